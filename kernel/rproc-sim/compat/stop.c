// SPDX-License-Identifier: GPL-2.0-only
/*
 * Before v7 rproc_del() takes back one start only, and before v5.8 none that auto_boot
 * did not make: the devices of a processor that was started twice outlive it, and call
 * into a module that is gone.
 */

#include <linux/version.h>

#include "compat.h"

/* From v5.14 until v6.1 the core did not shut down what had crashed. */
static bool pretend_running(struct rproc *rproc)
{
	bool crashed = false;

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
	mutex_lock(&rproc->lock);
	crashed = rproc->state == RPROC_CRASHED;
	if (crashed)
		rproc->state = RPROC_RUNNING;
	mutex_unlock(&rproc->lock);
#endif
	return crashed;
}

void sim_compat_stop(struct rproc *rproc)
{
	int power = atomic_read(&rproc->power), before;

	while (power > 0) {
		before = power;
		rproc_shutdown(rproc);
		power = atomic_read(&rproc->power);
		if (power == before && !pretend_running(rproc))
			break;
	}
}
