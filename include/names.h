/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The forms of the names that the kernel gives to the devices of this field. Each says
 * where the kernel makes it. Names, not paths, unless said otherwise.
 */

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Path of X#vdevNbuffer where X is the name of the directory it lies in: dev_set_name()
 * in rproc_handle_vdev(), drivers/remoteproc/remoteproc_core.c, v5.1 to v6.0. */
bool name_is_vdev_buffer(const char *path);

/* rproc-virtio.N, rproc-virtio.N.auto: platform device of rproc_add_virtio_dev(),
 * drivers/remoteproc/remoteproc_core.c, v6.1 on. */
bool name_is_rproc_virtio(const char *name);

/* remoteprocN: rproc_alloc(), drivers/remoteproc/remoteproc_core.c. */
bool name_is_remoteproc(const char *name);

/* virtioN: register_virtio_device(), drivers/virtio/virtio.c. */
bool name_is_virtio(const char *name);

/* rpmsgN, rpmsg_ctrlN: drivers/rpmsg/rpmsg_char.c and rpmsg_ctrl.c. */
bool name_is_rpmsg_chardev(const char *name);

/* X:smd-edge, X:glink-edge, smd:NODE: drivers/rpmsg/qcom_smd.c and qcom_glink_smem.c name
 * an edge after its parent and its device tree node. */
bool name_is_edge(const char *name);

/* dddd:bb:dd.f of a PCI device: pci_setup_device(), drivers/pci/probe.c. */
bool name_is_pci(const char *name);

/* PARENT.CHANNEL.SRC.DST (signed decimals): rpmsg_register_device(),
 * drivers/rpmsg/rpmsg_core.c; before v4.9 rpmsgN. */
struct channel_name {
	size_t channel_end; /* offset of what follows CHANNEL */
	long long src;      /* -1: any */
	long long dst;
};
bool name_parse_channel(const char *name, struct channel_name *ret);

/* Whether a name, which may be NULL, is what a person typed: as the kernel has it, or as
 * this program prints it. */
bool name_is(const char *name, struct span typed);
