/* SPDX-License-Identifier: GPL-2.0-only */
/* For kernels before v5.16, which have no such header of their own. */

#ifndef RPROC_SIM_COMPAT_CC_PLATFORM_H
#define RPROC_SIM_COMPAT_CC_PLATFORM_H

#include <linux/mem_encrypt.h>

enum cc_attr {
	CC_ATTR_MEM_ENCRYPT,
};

static inline bool cc_platform_has(enum cc_attr attr)
{
	return mem_encrypt_active();
}

#endif
