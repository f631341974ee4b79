/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The tree of the devices that matter, rebuilt from an inventory for every kernel era:
 * platform device, remoteprocN, vdev, virtioK, channels, character devices. It is a pure
 * function of the inventory and never edited: when something changes, build it again.
 *
 * A tree borrows the inventory it was built from, which has to outlive it.
 */

#include "cleanup.h"
#include "device.h"

struct history;

struct tree {
	const struct inventory *inventory;
	struct device *devices; /* in devpath order: a parent lies before its children */
	size_t count;
	struct arena arena; /* of what devices have besides */
	struct history
		*history; /* what the kernel log tells; NULL: it was not recorded */
	bool incomplete;  /* there may be more devices: some could not be read */
	bool covers[KIND_COUNT_]; /* see tree_covers() */
	const struct device
		*only_vdev; /* the vdev, where exactly one processor has any */
	const struct device *
		*by_name; /* as many, with a history only: see tree_named() */
};

void tree_free(struct tree *tree);
static inline void tree_freep(struct tree **tree)
{
	tree_free(*tree);
}
#define _cleanup_tree_ _cleanup_(tree_freep)

/* Whether the device is one of the tree's own; NULL is none. */
static inline bool tree_has(const struct tree *tree,
			    const struct device *_nullable_ device)
{
	return (uintptr_t)device - (uintptr_t)tree->devices <
	       tree->count * sizeof(*tree->devices);
}

/* Builds the tree of a sorted inventory, the verdicts included. 0 or -ENOMEM. */
int tree_build(const struct inventory *inventory, struct tree **ret);

/* The same of some of its devices only: wanted has a bool for each that the whole tree
 * has, in its order; NULL: all. */
int tree_build_part(const struct inventory *inventory, const bool *wanted,
		    struct tree **ret);

#define tree_foreach(each, tree)                                                         \
	for (const struct device *each = (tree)->devices;                                \
	     each < (tree)->devices + (tree)->count; each++)

/* The devices of that name, in the order of the tree: *ret is the first of so many. Of a
 * tree with a history: what the kernel log tells is told of names. */
size_t tree_named(const struct tree *tree, const char *name,
		  const struct device *const **ret);

/* Whether a remote processor or an rpmsg device is in the tree at all, or a device that
 * would be a remote processor, or what one has leaked. */
bool tree_has_subject(const struct tree *tree);

/* Whether a tree would have a device of that kind if there were one: a listing of one
 * directory has what it lists and what the paths imply. */
bool tree_covers(const struct tree *tree, enum kind kind);

/* "live", "snapshot", "listing" */
const char *source_kind_name(enum source_kind kind);
