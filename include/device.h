/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One device of a tree: what its record says, as typed values, the devices around it, its
 * verdict and its owner; and the questions that are asked of it.
 *
 * A device borrows its record; devices live in their tree (tree.h), which links them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kind.h"
#include "nullable.h"

enum verdict {
	VERDICT_NONE, /* no verdict is due */
	VERDICT_OK,
	VERDICT_NO_REMOTEPROC,
	VERDICT_BESIDE,
	VERDICT_MISPARENTED,
	VERDICT_ORPHAN,
	VERDICT_UNKNOWN, /* the source does not say what its parent is */
	VERDICT_COUNT_,
};

enum tristate { UNKNOWN = -1, NO = 0, YES = 1 };

/* The words of a remote processor's attribute "state", rproc_state_string[] in
 * drivers/remoteproc/remoteproc_sysfs.c. */
enum remoteproc_state {
	REMOTEPROC_NOT_RECORDED,
	REMOTEPROC_OFFLINE,
	REMOTEPROC_SUSPENDED,
	REMOTEPROC_RUNNING,
	REMOTEPROC_CRASHED,
	REMOTEPROC_DELETED, /* v5.10 only */
	REMOTEPROC_ATTACHED,
	REMOTEPROC_DETACHED,
	REMOTEPROC_INVALID,
	REMOTEPROC_OTHER, /* a word that none of the kernels above writes */
	REMOTEPROC_STATE_COUNT_,
};

/* What kmod said of the module that would serve a device (FACT_MODULE_STATE). */
enum module_state {
	MODULE_NOT_RECORDED,
	MODULE_NO_KMOD,  /* nobody was asked: the program was built without it */
	MODULE_NO_INDEX, /* so kmod knows nothing; a word it does not say counts as this
			  */
	MODULE_NONE,     /* no installed module has the alias */
	MODULE_NOT_LOADED,
	MODULE_LOADING, /* or unloading */
	MODULE_LIVE,
	MODULE_BUILTIN,
};

/* What is in /dev under the name of a device's node (FACT_NODE). */
enum node_state {
	NODE_NOT_RECORDED,
	NODE_CHAR, /* the device's own node */
	NODE_MISSING,
	NODE_NO_CHAR,      /* something else: often a plain file */
	NODE_OTHER_NUMBER, /* the node of another device */
};

struct number {
	bool known;
	uint32_t value;
};

/* Text is borrowed from the record, or the tree's; NULL: not known. */
struct remoteproc {
	const char *name;
	enum remoteproc_state state;
	const char *state_word; /* as the kernel wrote it */
	const char *firmware;
	enum tristate firmware_found; /* the file of that name; UNKNOWN without one */
	const char *recovery;
	const char *coredump;
	bool classless; /* before v4.10: its files are in debugfs, as far as it has any */
	const struct device *next; /* of the processors among its siblings */
};

struct virtio {
	struct number id;     /* VIRTIO_ID_* of linux/virtio_ids.h */
	struct number status; /* bits VIRTIO_CONFIG_S_* of linux/virtio_config.h */
	const char *features; /* 64 characters, 128 in v7; bit 0 first */
};

struct channel {
	const char *name;
	struct number src;
	struct number dst; /* RPMSG_ADDR_ANY of linux/rpmsg.h: any */
	enum tristate announce;
	const char *driver_override; /* NULL: not set, or not known */
	bool service; /* made by the kernel itself: rpmsg_ns, _ctrl, _chrdev */
};

/* What only a device with children needs, and a remote processor: most are neither. */
struct relatives {
	unsigned int counts[KIND_COUNT_]; /* its children by kind */
	unsigned int
		owned[KIND_COUNT_]; /* of a remote processor: what it owns, by kind */
	struct device *first_remoteproc; /* among its children */
	struct device *last_remoteproc;
};

struct device {
	const struct record *record;
	const char *name;      /* last component of the path */
	struct device *parent; /* nearest ancestor that is in the tree; NULL: a root */
	struct device *first_child;
	struct device *last_child;
	struct device *next;
	struct relatives *relatives; /* the tree's; NULL: it needs none */
	enum kind kind;
	unsigned int depth;
	unsigned int index;       /* how many siblings of its kind come before it */
	unsigned int owner_index; /* how many of its kind the owner has before it */
	enum verdict verdict;
	enum module_state module; /* that would serve a device without driver */
	enum node_state node;
	const char *driver;  /* NULL: none, or not known (record->path_only) */
	const char *devnode; /* below /dev, "rpmsg0"; NULL: none */
	union {
		struct remoteproc remoteproc;
		struct virtio virtio;
		struct channel channel;
	};
	/* The remote processor this device belongs to: the nearest ancestor of that kind,
	 * or, where the verdict is misparented or beside, the only one on the bus device.
	 */
	const struct device *owner;
	const struct transport *transport; /* why there is none by design, or NULL */
};

/* How many of a kind are its children. */
static inline size_t device_count(const struct device *device, enum kind kind)
{
	return device->relatives ? device->relatives->counts[kind] : 0;
}

/* How many of a kind a remote processor owns. */
static inline size_t device_owned(const struct device *device, enum kind kind)
{
	return device->relatives ? device->relatives->owned[kind] : 0;
}

/* The first remote processor among its children; the next is remoteproc.next. */
static inline const struct device *_nullable_
device_first_remoteproc(const struct device *device)
{
	return device->relatives ? device->relatives->first_remoteproc : NULL;
}

#define tree_foreach_child(child, of)                                                    \
	for (const struct device *child = (of)->first_child; child; child = child->next)

/* The nearest ancestor of that kind, NULL: none. */
const struct device *_nullable_ device_ancestor(const struct device *device,
						enum kind kind);

/* The bus device that a device of ours is below, NULL when it is not known. */
const struct device *_nullable_ device_bus_ancestor(const struct device *device);

/* A virtio device whose driver would be virtio_rpmsg_bus. */
bool device_is_rpmsg_virtio(const struct device *device);

/* A channel that a firmware announced or a person made, not the kernel by itself. */
bool device_is_user_channel(const struct device *device);

/* A channel that needs a driver, or a child of a channel or processor that does: one of a
 * bus with drivers, where nothing but a driver makes it useful. */
bool device_needs_driver(const struct device *device);

/* Whether one is a child of the device. */
bool device_has_user_channel(const struct device *device);

/* A remote processor whose firmware runs: running, or attached to. */
bool remoteproc_runs(const struct device *device);

/* "offline", "running", ...; "unknown": not recorded, or another word. */
const char *remoteproc_state_word(enum remoteproc_state state);

/* A virtio device that its driver has brought up and that has not failed since. */
bool virtio_is_up(const struct device *device);

/* N of X#vdevNbuffer; of an rproc-virtio device how many of its siblings come before. */
size_t vdev_index(const struct device *vdev);

/* Writes the address of a channel, as 0x400, and a NUL: ADDRESS_SIZE bytes at most.
 * Returns where that is. For what there are many of: printf() reads its format each time.
 */
#define ADDRESS_SIZE sizeof("0x01234567")
char *address_write(char *to, uint32_t address);

/* The device whose child the owner of a device would be, when it is not an ancestor: the
 * parent of its vdev, or its bus device; NULL when that is not known. */
const struct device *_nullable_ verdict_owner_parent(const struct device *device);

/* The memory regions of that device, as FACT_MEMORY_REGION has them. NULL: not known; a
 * snapshot keeps them of a device of a bus only. */
const char *_nullable_ verdict_owner_regions(const struct device *device);

/* The only remote processor that is a child of parent (may be NULL); NULL when there are
 * none or several. *ret_count says how many. */
const struct device *_nullable_ verdict_owner(const struct device *parent,
					      size_t *ret_count);

/* Flagged: a verdict is due, and no remoteproc ancestor is known. */
static inline bool device_is_flagged(const struct device *device)
{
	return device->verdict > VERDICT_OK && device->verdict != VERDICT_UNKNOWN;
}

/* "ok", "misparented", ...; VERDICT_NONE: NULL */
const char *_nullable_ verdict_name(enum verdict verdict);

/* A transport that has no remote processor by design; see the table in transport.c. */
struct transport {
	const char *name;
	const char *reason; /* one clause for the message */
	bool (*applies)(const struct device *device);
};
const struct transport *_nullable_ transport_find(const struct device *device);
