/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernels before the newest need besides. None of it is for mainline, where the
 * calls go with this header.
 */

#ifndef RPROC_SIM_COMPAT_H
#define RPROC_SIM_COMPAT_H

#include <linux/remoteproc.h>

/* Stops the processor, whoever still uses it, before rproc_del(). */
void sim_compat_stop(struct rproc *rproc);

/* From now on each platform device of the simulator gets an empty device tree node. */
int sim_compat_give_nodes(void);
void sim_compat_stop_giving(void);

#endif
