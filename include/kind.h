/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What a device of this field is. Only what the kernel itself says counts: subsystem,
 * device type, the fixed form of a name; see the table in kind.c.
 */

#include <stdint.h>

#include "inventory.h"

enum kind {
	KIND_OTHER,      /* a leaf or an ancestor that is none of the below */
	KIND_BUS_DEVICE, /* platform, pci, ...: the root of one tree */
	KIND_REMOTEPROC, /* DEVTYPE=remoteproc; class remoteproc since v4.10 */
	KIND_VDEV,       /* X#vdevNbuffer (v5.1-v6.0), rproc-virtio.* (v6.1 on) */
	KIND_VIRTIO,     /* device of the bus virtio */
	KIND_EDGE,       /* SMD or GLINK edge: holds channels, has no subsystem */
	KIND_CHANNEL,    /* device of the bus rpmsg */
	KIND_CHARDEV,    /* device of the class rpmsg */
	KIND_COUNT_,
};

/* What a device is, from its record alone; see the table in kind.c. */
enum kind kind_of(const struct record *record);

/* The id of a virtio device (linux/virtio_ids.h), from its attribute "device" or its
 * alias, virtio:d00000007v00000000 (virtio_uevent(), drivers/virtio/virtio.c). False: the
 * record does not say. */
bool record_virtio_id(const struct record *record, uint32_t *ret);

/* Whether the record of a virtio device is of an rpmsg device: by its id, or where that
 * is not recorded by its driver, which serves no other id. */
bool record_is_rpmsg_virtio(const struct record *record);

/* Whether a record is of a bus whose devices are of no use without a driver, as children
 * of processors and channels are: platform, auxiliary. */
bool record_is_driven_child(const struct record *record);

/* The attributes that are read of a device of that kind, in the order in which they are
 * written; NULL-terminated, never NULL. */
const char *const *kind_attributes(enum kind kind);

/* "remoteproc", "vdev", ...: the words of the JSON. */
const char *kind_name(enum kind kind);
