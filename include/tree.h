/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The tree of the devices that matter, rebuilt from an inventory for every kernel era:
 * platform device, remoteprocN, vdev, virtioK, channels, character devices. It is a pure
 * function of the inventory and never edited: when something changes, build it again.
 *
 * A tree borrows the inventory it was built from, which has to outlive it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cleanup.h"
#include "inventory.h"

enum kind {
	KIND_OTHER,      /* a leaf or an ancestor that is none of the below */
	KIND_BUS_DEVICE, /* platform, pci, ...: what everything hangs from */
	KIND_REMOTEPROC, /* DEVTYPE=remoteproc; class remoteproc since v4.10 */
	KIND_VDEV,       /* X#vdevNbuffer (v5.1-v6.0), rproc-virtio.* (v6.1 on) */
	KIND_VIRTIO,     /* device of the bus virtio */
	KIND_EDGE,       /* SMD or GLINK edge: holds channels, has no subsystem */
	KIND_CHANNEL,    /* device of the bus rpmsg */
	KIND_CHARDEV,    /* device of the class rpmsg */
	KIND_COUNT_,
};

enum verdict {
	VERDICT_NONE, /* no verdict is due */
	VERDICT_OK,
	VERDICT_NO_REMOTEPROC,
	VERDICT_BESIDE,
	VERDICT_MISPARENTED,
	VERDICT_ORPHAN,
	VERDICT_COUNT_,
};

enum tristate { UNKNOWN = -1, NO = 0, YES = 1 };

#define VIRTIO_ID_RPMSG 7 /* include/uapi/linux/virtio_ids.h */

struct number {
	bool known;
	uint32_t value;
};

/* Text is borrowed from the record; NULL: not known. */
struct remoteproc_facts {
	const char *name;
	const char *state;
	const char *firmware;
	const char *recovery;
	const char *coredump;
};

struct virtio_facts {
	struct number id;     /* VIRTIO_ID_* */
	struct number status; /* bits of include/uapi/linux/virtio_config.h */
	const char *features; /* 64 characters, 128 in v7; bit 0 first */
};

struct channel_facts {
	char *name; /* owned by the device: the record may hold it only inside others */
	struct number src;
	struct number dst; /* 0xffffffff: any (RPMSG_ADDR_ANY, include/linux/rpmsg.h) */
	enum tristate announce;
	const char *driver_override; /* NULL: not set, or not known */
	bool service; /* made by the kernel itself: rpmsg_ns, _ctrl, _chrdev */
};

struct device {
	const struct record *record;
	const char *name; /* last component of the path */
	enum kind kind;
	struct device *parent; /* nearest ancestor that is in the tree; NULL: a root */
	struct device *first_child;
	struct device *last_child;
	struct device *next;
	unsigned int depth;
	size_t index;               /* how many siblings of its kind come before it */
	size_t counts[KIND_COUNT_]; /* its children by kind */
	const struct device *first_remoteproc; /* among its children */
	struct device *last_remoteproc;
	const struct device *next_remoteproc; /* among its siblings */
	const char *driver;  /* NULL: none, or not known (record->path_only) */
	const char *devnode; /* below /dev, "rpmsg0"; NULL: none */
	union {
		struct remoteproc_facts remoteproc;
		struct virtio_facts virtio;
		struct channel_facts channel;
	};
	enum verdict verdict;
	/* The remote processor this device belongs to: the nearest ancestor of that kind,
	 * or, where the verdict is misparented or beside, the only one on the bus device.
	 */
	const struct device *owner;
	size_t owner_index;        /* how many of its kind the owner has before it */
	size_t owned[KIND_COUNT_]; /* of a remote processor: what it owns, by kind */
	const struct transport *transport; /* why there is none by design, or NULL */
};

struct tree {
	const struct inventory *inventory;
	struct device *devices; /* in devpath order: a parent lies before its children */
	size_t count;
	const struct device
		*only_vdev; /* the vdev, where exactly one processor has any */
};

void tree_free(struct tree *tree);
static inline void tree_freep(struct tree **tree)
{
	tree_free(*tree);
}
#define _cleanup_tree_ _cleanup_(tree_freep)

/* Builds the tree of a sorted inventory, the verdicts included. 0 or -ENOMEM. */
int tree_build(const struct inventory *inventory, struct tree **ret);

#define tree_foreach(each, tree)                                                         \
	for (const struct device *each = (tree)->devices;                                \
	     each < (tree)->devices + (tree)->count; each++)

#define tree_foreach_child(child, of)                                                    \
	for (const struct device *child = (of)->first_child; child; child = child->next)

/* The nearest ancestor of that kind, NULL: none. */
const struct device *device_ancestor(const struct device *device, enum kind kind);

/* The bus device that a device of ours hangs from, NULL when it is not known. */
const struct device *device_bus_ancestor(const struct device *device);

/* Where the remote processor of a device has to be looked for, when it is no ancestor:
 * what its vdev hangs from, or its bus device; NULL when that is not known. */
const struct device *verdict_place(const struct device *device);

/* The only remote processor that hangs from a place; NULL when there are none or several.
 * *ret_count says how many. place may be NULL. */
const struct device *verdict_owner(const struct device *place, size_t *ret_count);

/* N of X#vdevNbuffer; of an rproc-virtio device its place among its siblings. */
size_t vdev_index(const struct device *vdev);

/* Whether a remote processor or an rpmsg device is in the tree at all. */
bool tree_has_subject(const struct tree *tree);

/* The words of interface.md. */
const char *kind_name(enum kind kind);
const char *verdict_name(enum verdict verdict); /* "ok"; VERDICT_NONE: NULL */
const char *source_kind_name(enum source_kind kind);

/* Flagged: a verdict is due, and there is no remoteproc ancestor. */
static inline bool device_is_flagged(const struct device *device)
{
	return device->verdict > VERDICT_OK;
}

/* What a device is, from its record alone; see the table in kind.c. */
enum kind kind_of(const struct record *record);

/* The attributes that are read of a device of that kind, in the order in which they are
 * written; NULL-terminated, never NULL. */
const char *const *kind_attributes(enum kind kind);

/* A transport that has no remote processor by design; see the table in transport.c. */
struct transport {
	const char *name;
	const char *reason; /* one clause for the message */
	bool (*match)(const struct device *device);
};
const struct transport *transport_find(const struct device *device);

/* Adds the devices that paths imply, where a text source cannot name them: see infer.c.
 * The inventory is sorted afterwards. 0 or -ENOMEM. */
int infer_devices(struct inventory *inventory);
