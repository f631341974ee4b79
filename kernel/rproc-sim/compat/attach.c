// SPDX-License-Identifier: GPL-2.0-only
/*
 * Before v5.13 the core cannot attach to a processor and learn of its vdevs. There this
 * stands in for ../attach.c.
 */

#include <linux/version.h>

#include "../rproc_sim.h"

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
#include "../attach.c"
#else
int sim_attach_setup(struct rproc *rproc)
{
	return -EOPNOTSUPP;
}
#endif
