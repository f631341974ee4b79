/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the kernel said, copied once: a flat list of records, one for each device, plus
 * the few facts about the system as a whole. Sources fill an inventory; everything
 * downstream reads it and changes nothing, so that replay is the same as life.
 *
 * Ownership: an inventory owns its records and their strings, which lie in its arena and
 * go with it. Setters copy; what lends, as it says, has to outlive the inventory.
 * Errors: 0 or -errno; on failure the inventory is as it was.
 */

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "cleanup.h"
#include "log.h"
#include "nullable.h"

enum source_kind {
	SOURCE_LIVE,     /* libudev on this system */
	SOURCE_SNAPSHOT, /* our snapshot, umockdev-record, udevadm info --export-db */
	SOURCE_LISTING,  /* a pasted ls -l: paths only; pasted attributes */
	SOURCE_LOG,      /* a pasted kernel log */
	SOURCE_MIXED,    /* a log and a listing or attributes, of one system */
};

/* How much of each device is read of a live system: a file that nobody looks at costs as
 * much as one that counts. What a check asks is read always. */
enum depth {
	DEPTH_ALL,    /* every record is as a capture has it */
	DEPTH_FACTS,  /* what JSON has of a device */
	DEPTH_TREE,   /* what a person sees of it */
	DEPTH_CHECKS, /* what is asked of it */
};

/* An attribute file: its bytes as read, without one trailing newline. */
struct attribute {
	const char *name;  /* file name below the device's directory */
	const char *value; /* size bytes and a NUL */
	size_t size;
};

struct property {
	const char *key;
	const char *value;
};

struct record {
	const char *path;      /* "/devices/...", any byte but NUL; no trailing slash */
	const char *subsystem; /* NULL: the device has none, or is known by its path only
				*/
	const char *driver_target;   /* target of the driver link as the kernel has it, or
					NULL */
	struct property *properties; /* the uevent's, sorted by key, unique */
	struct attribute *attributes; /* in the order they were read */
	struct arena
		*arena; /* of its inventory; of none: its own, NULL as long as empty */
	unsigned int property_count, property_room;
	unsigned int attribute_count, attribute_room;
	size_t line;    /* where a text source has it, 1 is the first; 0: live */
	bool path_only; /* from a listing, or inferred from a child's path */
	bool own_arena;
};

/* Facts about the system as a whole; in a snapshot they stand on the first record. */
#define FACT_KERNEL  "RPROC_TREE_KERNEL"  /* release */
#define FACT_MACHINE "RPROC_TREE_MACHINE" /* device tree model */
#define FACT_ALIASES                                                                     \
	"RPROC_TREE_ALIASES" /* rpmsg:NAME=MODULE ... of installed modules               \
			      */
#define FACT_DRIVERS     "RPROC_TREE_DRIVERS" /* drivers registered on the bus rpmsg */
#define FACT_LEAKED      "RPROC_TREE_LEAKED" /* see source/directories.c: virtio=1 rpmsg=2 */
#define FACT_UNREAD      "RPROC_TREE_UNREAD"  /* see unread.h: how many files */
#define FACT_UNREAD_FILE "RPROC_TREE_UNREAD_" /* 00 and so on: each */
#define FACT_PLAIN                                                                       \
	"RPROC_TREE_PLAIN" /* list.h: files in /dev with names of nodes, and no device   \
			    */
#define FACT_PASTED                                                                      \
	"RPROC_TREE_PASTED"       /* 1: of a text that was pasted, or a capture of one */
#define FACT_ODD "RPROC_TREE_ODD" /* lines of a text, not understood: how many */

/* More facts about the system, which only a report collects (source/about.c); what is not
 * there could not be read. */
#define FACT_COMPATIBLE "RPROC_TREE_COMPATIBLE" /* of the device tree's root */
#define FACT_CONFIG     "RPROC_TREE_CONFIG"     /* REMOTEPROC=y ..., without CONFIG_ */
#define FACT_LOADED     "RPROC_TREE_LOADED"     /* names of modules */
#define FACT_LOG        "RPROC_TREE_LOG"        /* how many lines of the kernel log */
#define FACT_LOG_FROM   "RPROC_TREE_LOG_FROM"   /* seconds: when the log starts */
#define FACT_LOG_TO     "RPROC_TREE_LOG_TO"     /* seconds: how long the log goes on */
#define FACT_LOG_LINE   "RPROC_TREE_LOG_"       /* 0001 and so on: each line */
#define FACT_REDACTED   "RPROC_TREE_REDACTED"   /* what redact() masked */

/* Facts about a device that its directory does not tell; recorded at capture because
 * what they are asked of is there at that time only. */
#define FACT_MODULE         "RPROC_TREE_MODULE"           /* that kmod would load */
#define FACT_MODULE_STATE   "RPROC_TREE_MODULE_STATE"     /* see source/modules.c */
#define FACT_BLACKLIST      "RPROC_TREE_MODULE_BLACKLIST" /* the file that says so */
#define FACT_FIRMWARE       "RPROC_TREE_FIRMWARE"         /* found, missing */
#define FACT_MISSING        "RPROC_TREE_MISSING" /* see source/missing.c: why no driver */
#define FACT_MISSING_DETAIL "RPROC_TREE_MISSING_DETAIL"
#define FACT_BUFFERS        "RPROC_TREE_BUFFERS" /* of a vdev: node of its pool */
#define FACT_NODE           "RPROC_TREE_NODE" /* char, other-number, no-char, missing */

/* Attributes from elsewhere (debugfs, device tree) are filed below this directory. */
#define FACT_DIRECTORY      "rproc-tree/"
#define FACT_RESOURCE_TABLE FACT_DIRECTORY "resource_table"
#define FACT_CARVEOUTS      FACT_DIRECTORY "carveout_memories"
#define FACT_TRACE          FACT_DIRECTORY "trace0" /* its last lines */
#define FACT_MEMORY_REGION  FACT_DIRECTORY "memory-region"

/* Below it lies what a text names without saying where it is. */
#define PLACE_UNKNOWN "/devices/unknown"

/* What this system refused to tell; a text never refuses. */
enum refusal {
	REFUSED_DEBUGFS = 1 << 0, /* root would be let read it */
	REFUSED_LOG = 1 << 1,     /* the same */
	REFUSED_ROOT_LOG = 1 << 2 /* not even root */
};

struct inventory {
	enum source_kind kind;
	unsigned int refused; /* enum refusal */
	struct record system; /* facts about the system: properties FACT_*, no path */
	struct record *records;
	size_t count;
	size_t allocated;
	struct arena arena; /* of the strings and arrays of all records */
	struct log log;     /* the kernel log, as far as it is known */
};

void inventory_free(struct inventory *inventory);
static inline void inventory_freep(struct inventory **inventory)
{
	inventory_free(*inventory);
}
#define _cleanup_inventory_ _cleanup_(inventory_freep)

/* Returns an empty inventory the caller owns, or NULL when out of memory. */
struct inventory *_nullable_ inventory_new(enum source_kind kind);

/* Appends a record for a device path (size bytes, copied). The pointer in *ret is good
 * until the next record is added. */
int inventory_add(struct inventory *inventory, const char *path, size_t size,
		  struct record **ret);

/* The same without a copy: lends the path. */
int inventory_add_lent(struct inventory *inventory, const char *path,
		       struct record **ret);

/* The same for a device of which a text tells the path and no more (path_only). subsystem
 * is copied; NULL: none, or not told. */
int inventory_add_path_only(struct inventory *inventory, const char *path,
			    const char *subsystem, struct record **ret);

/* Whether it is of a text that a person put together, or of a capture of one: what it
 * does not have may be there all the same. */
bool inventory_is_pasted(const struct inventory *inventory);

/* Sorts the records by path (devpath_compare()). 0 or -ENOMEM. */
int inventory_sort(struct inventory *inventory);

/* The same where so many records at the start are in order. */
int inventory_sort_from(struct inventory *inventory, size_t sorted);

/* The first record whose path another record before it has; NULL: none. Sorted only. */
const struct record *_nullable_ inventory_duplicate(const struct inventory *inventory,
						    const struct record **ret_first);

/* Releases a record that is in no inventory. */
void record_clear(struct record *record);

/* The record of a path; sorted only. NULL: there is none. */
struct record *_nullable_ inventory_find(const struct inventory *inventory,
					 const char *path);

/* The nearest recorded ancestor of a path; sorted only. NULL: there is none. */
struct record *_nullable_ inventory_find_above(const struct inventory *inventory,
					       const char *path);

int record_set_property(struct record *record, const char *key, const char *value);
int record_add_attribute(struct record *record, const char *name, const char *value,
			 size_t size);

/* The same without copies: lend key, name and value. */
int record_lend_property(struct record *record, const char *key, const char *value);
int record_lend_attribute(struct record *record, const char *name, const char *value,
			  size_t size);

/* Sets one of the record's strings to a copy; size bytes. */
int record_set(struct record *record, const char **string, const char *bytes,
	       size_t size);

/* Borrowed from the record; NULL when it has none. */
const char *_nullable_ record_property(const struct record *record, const char *key);
const struct attribute *_nullable_ record_attribute(const struct record *record,
						    const char *name);

/* The value of an attribute as text; NULL when the record has none. */
const char *_nullable_ record_text(const struct record *record, const char *name);

/* Last component of the path. */
const char *record_name(const struct record *record);

/* Name of the bound driver, NULL: none, or not known (path_only). The driver link is
 * asked first: a uevent's DRIVER= may be forged by a channel's name. */
const char *_nullable_ record_driver(const struct record *record);
