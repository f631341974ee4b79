/* SPDX-License-Identifier: GPL-2.0-only */
/* Before v6.11 a transport was handed callbacks and names as two arrays. */

#ifndef RPROC_SIM_COMPAT_FIND_VQS_H
#define RPROC_SIM_COMPAT_FIND_VQS_H

#include <linux/version.h>
#include <linux/virtio_config.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)

#define SIM_DEFINE_OLD_FIND_VQS(function)
#define SIM_FIND_VQS(function) (function)

#else

struct virtqueue_info {
	const char *name;
	vq_callback_t *callback;
};

/* A function of the old signature that calls one of the new. */
#define SIM_DEFINE_OLD_FIND_VQS(function) \
	static int function##_old(struct virtio_device *vdev, unsigned int count, \
				  struct virtqueue *queues[], \
				  vq_callback_t *callbacks[], const char *const names[], \
				  const bool *context, struct irq_affinity *affinity) \
	{ \
		struct virtqueue_info info[SIM_DIRECTIONS]; \
		unsigned int i; \
\
		if (count > SIM_DIRECTIONS) \
			return -EINVAL; \
		for (i = 0; i < count; i++) { \
			info[i].name = names[i]; \
			info[i].callback = callbacks[i]; \
		} \
		return function(vdev, count, queues, info, affinity); \
	}
#define SIM_FIND_VQS(function) (function##_old)

#endif
#endif
