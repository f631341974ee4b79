// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which records belong to the tree. A seed is a device of this field; it brings along its
 * ancestors up to the first device of a bus, and its own direct children as leaves. All
 * the rest of the machine (the export of udevadm has thousands) stays out.
 */

#include "select.h"
#include "devpath.h"

#include <errno.h>
#include <string.h>

struct selection {
	const struct inventory *inventory;
	struct choice *choices; /* one for each record */
};

/* In devpath order the parent of a record is the nearest record before it that is a
 * prefix: the last one tried, or one of that one's ancestors. */
static void link_parents(struct selection *selection)
{
	const struct record *records = selection->inventory->records;

	for (size_t i = 0; i < selection->inventory->count; i++) {
		size_t parent = i > 0 ? i - 1 : NO_PARENT;

		if (i > 0 && devpath_are_siblings(records[parent].path, records[i].path))
			parent = selection->choices[parent].parent;
		while (parent != NO_PARENT &&
		       !devpath_is_below(records[i].path, records[parent].path))
			parent = selection->choices[parent].parent;
		selection->choices[i] = (struct choice){
			.parent = parent,
			.kind = kind_of(&records[i]),
		};
	}
}

static bool is_below_remoteproc(const struct selection *selection, size_t i)
{
	for (size_t p = selection->choices[i].parent; p != NO_PARENT;
	     p = selection->choices[p].parent)
		if (selection->choices[p].kind == KIND_REMOTEPROC ||
		    selection->choices[p].kind == KIND_VDEV)
			return true;
	return false;
}

static bool is_seed(const struct selection *selection, size_t i)
{
	switch (selection->choices[i].kind) {
	case KIND_REMOTEPROC:
	case KIND_VDEV:
	case KIND_EDGE:
	case KIND_CHANNEL:
	case KIND_CHARDEV:
		return true;
	case KIND_VIRTIO:
		return record_is_rpmsg_virtio(&selection->inventory->records[i]) ||
		       is_below_remoteproc(selection, i);
	case KIND_BUS_DEVICE: /* it would be a remote processor, and is none */
		return record_property(&selection->inventory->records[i], FACT_MISSING);
	default:
		return false;
	}
}

static void keep_ancestors(struct selection *selection, size_t i)
{
	struct choice *choices = selection->choices;

	while (choices[i].kind != KIND_BUS_DEVICE && choices[i].parent != NO_PARENT) {
		i = choices[i].parent;
		if (choices[i].keep && choices[i].walked)
			break;
		choices[i].keep = choices[i].walked = true;
	}
}

/* A child of a seed that is none of ours: watchdog, tty, iio, devcoredump. */
static bool is_leaf(const struct selection *selection, size_t i)
{
	size_t parent = selection->choices[i].parent;

	return !selection->choices[i].keep && parent != NO_PARENT &&
	       selection->choices[parent].keep && !selection->choices[parent].leaf &&
	       selection->choices[parent].kind != KIND_BUS_DEVICE;
}

int select_records(const struct inventory *inventory, struct choice **ret)
{
	_cleanup_free_ struct choice *choices =
		calloc(inventory->count + 1, sizeof(*choices));
	struct selection selection = { inventory, choices };

	if (!choices)
		return -ENOMEM;
	link_parents(&selection);
	for (size_t i = 0; i < inventory->count; i++)
		if (is_seed(&selection, i)) {
			choices[i].keep = true;
			keep_ancestors(&selection, i);
		}
	for (size_t i = 0; i < inventory->count; i++)
		if (is_leaf(&selection, i)) {
			choices[i].keep = choices[i].leaf = true;
			choices[i].kind = KIND_OTHER;
		}
	*ret = steal(choices);
	return 0;
}
