/* SPDX-License-Identifier: GPL-2.0-only */
/* What a stock kernel was configured without. */

#define CONFIG_REMOTEPROC 1
#define CONFIG_REMOTEPROC_CDEV 1
#define CONFIG_RPMSG 1
#define CONFIG_RPMSG_CHAR 1
#define CONFIG_RPMSG_CTRL 1
#define CONFIG_RPMSG_NS 1
#define CONFIG_RPMSG_VIRTIO 1
