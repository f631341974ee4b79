/* SPDX-License-Identifier: GPL-2.0-only */
/* In the kernel's own tree it is the core's header; its headers package has none. */

#ifndef RPROC_SIM_COMPAT_REMOTEPROC_INTERNAL_H
#define RPROC_SIM_COMPAT_REMOTEPROC_INTERNAL_H

#include <linux/irqreturn.h>
#include <linux/remoteproc.h>

irqreturn_t rproc_vq_interrupt(struct rproc *rproc, int vq_id);

#endif
