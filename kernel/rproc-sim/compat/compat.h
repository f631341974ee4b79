/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernels before the newest need besides. None of it is for mainline, where the
 * calls go with this header. What needs no call: before v5.8 the core keeps the pointer to
 * the name of a processor, so ../processor.c has it live as long as the device.
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
