/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernels before the newest need besides. None of it is for mainline, where the calls
 * go with this header.
 */

#ifndef RPROC_SIM_COMPAT_H
#define RPROC_SIM_COMPAT_H

#include <linux/remoteproc.h>

/* Stops the processor, whoever still uses it, before rproc_del(). */
void sim_compat_stop(struct rproc *rproc);

/* Gives the device an empty device tree node until it is unbound. */
int sim_compat_add_node(struct device *dev);

#endif
