/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One device of a tree: what its record says, as typed facts, its place among the others,
 * its verdict and its owner; and the questions that are asked of it.
 *
 * A device borrows its record; devices live in their tree (tree.h), which links them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kind.h"

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

#define tree_foreach_child(child, of)                                                    \
	for (const struct device *child = (of)->first_child; child; child = child->next)

/* The nearest ancestor of that kind, NULL: none. */
const struct device *device_ancestor(const struct device *device, enum kind kind);

/* The bus device that a device of ours hangs from, NULL when it is not known. */
const struct device *device_bus_ancestor(const struct device *device);

/* Where the remote processor of a device has to be looked for, when it is no ancestor:
 * what its vdev hangs from, or its bus device; NULL when that is not known. */
const struct device *verdict_owner_parent(const struct device *device);

/* The only remote processor that hangs from a place; NULL when there are none or several.
 * *ret_count says how many. place may be NULL. */
const struct device *verdict_owner(const struct device *place, size_t *ret_count);

/* N of X#vdevNbuffer; of an rproc-virtio device its place among its siblings. */
size_t vdev_index(const struct device *vdev);

/* Flagged: a verdict is due, and there is no remoteproc ancestor. */
static inline bool device_is_flagged(const struct device *device)
{
	return device->verdict > VERDICT_OK;
}

/* "ok", "misparented", ...; VERDICT_NONE: NULL */
const char *verdict_name(enum verdict verdict);

/* A transport that has no remote processor by design; see the table in transport.c. */
struct transport {
	const char *name;
	const char *reason; /* one clause for the message */
	bool (*match)(const struct device *device);
};
const struct transport *transport_find(const struct device *device);
