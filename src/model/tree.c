// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tree is one array in devpath order, threaded with parent, child and sibling links;
 * every device holds the typed facts of its kind, read from the record once.
 */

#include "tree.h"

#include <errno.h>
#include <string.h>

#include "facts.h"
#include "select.h"
#include "unread.h"
#include "verdict.h"

void tree_free(struct tree *tree)
{
	if (!tree)
		return;
	for (size_t i = 0; i < tree->count; i++)
		facts_clear(&tree->devices[i]);
	free(tree->devices);
	free(tree);
}

static void link_remoteproc(struct device *device, struct device *parent)
{
	struct device *last = parent->last_remoteproc;

	if (device->kind != KIND_REMOTEPROC)
		return;
	if (last)
		last->next_remoteproc = device;
	else
		parent->first_remoteproc = device;
	parent->last_remoteproc = device;
}

static void link_device(struct device *device, struct device *parent)
{
	device->parent = parent;
	if (!parent)
		return;
	device->depth = parent->depth + 1;
	device->index = parent->counts[device->kind]++;
	link_remoteproc(device, parent);
	if (parent->last_child)
		parent->last_child->next = device;
	else
		parent->first_child = device;
	parent->last_child = device;
	/* A parent of channels without a subsystem is an edge, whatever it is called. */
	if (device->kind == KIND_CHANNEL && parent->kind == KIND_OTHER &&
	    !parent->record->subsystem)
		parent->kind = KIND_EDGE;
}

/* The nearest kept ancestor, as index into the tree: place[] says where records went. */
static size_t kept_parent(const struct choice *choices, size_t i)
{
	do
		i = choices[i].parent;
	while (i != NO_PARENT && !choices[i].keep);
	return i;
}

static int add_devices(struct tree *tree, const struct choice *choices)
{
	const struct inventory *inventory = tree->inventory;
	_cleanup_free_ size_t *place = calloc(inventory->count + 1, sizeof(*place));

	if (!place)
		return -ENOMEM;
	for (size_t i = 0; i < inventory->count; i++) {
		struct device *device = &tree->devices[tree->count];
		size_t parent;
		int r;

		if (!choices[i].keep)
			continue;
		place[i] = tree->count++;
		device->record = &inventory->records[i];
		device->name = record_name(device->record);
		device->kind = choices[i].kind;
		parent = kept_parent(choices, i);
		link_device(device,
			    parent == NO_PARENT ? NULL : &tree->devices[place[parent]]);
		r = facts_read(device);
		if (r < 0)
			return r;
	}
	return 0;
}

/* What v6.1.0 left over where two remote processors wanted the same name. */
static const struct device *find_only_vdev(const struct tree *tree)
{
	const struct device *found = NULL;

	tree_foreach (device, tree) {
		if (device->kind != KIND_VDEV)
			continue;
		if (found && found->owner != device->owner)
			return NULL;
		found = found ? found : device;
	}
	return found;
}

int tree_build(const struct inventory *inventory, struct tree **ret)
{
	_cleanup_tree_ struct tree *tree = calloc(1, sizeof(*tree));
	_cleanup_free_ struct choice *choices = NULL;
	size_t kept = 0;
	int r;

	if (!tree)
		return -ENOMEM;
	tree->inventory = inventory;
	r = select_records(inventory, &choices);
	if (r < 0)
		return r;
	for (size_t i = 0; i < inventory->count; i++)
		kept += choices[i].keep;
	tree->devices = calloc(kept + 1, sizeof(*tree->devices));
	if (!tree->devices)
		return -ENOMEM;
	r = add_devices(tree, choices);
	if (r < 0)
		return r;
	for (size_t i = 0; i < tree->count; i++)
		verdict_give(&tree->devices[i]);
	tree->only_vdev = find_only_vdev(tree);
	tree->incomplete = unread_is_incomplete(inventory);
	*ret = steal(tree);
	return 0;
}

const struct device *device_ancestor(const struct device *device, enum kind kind)
{
	do
		device = device->parent;
	while (device && device->kind != kind);
	return device;
}

const struct device *device_bus_ancestor(const struct device *device)
{
	return device_ancestor(device, KIND_BUS_DEVICE);
}

bool tree_has_subject(const struct tree *tree)
{
	tree_foreach (device, tree)
		if (device->kind == KIND_REMOTEPROC || device->kind == KIND_CHANNEL ||
		    device->kind == KIND_CHARDEV || device->verdict != VERDICT_NONE)
			return true;
	return false;
}

const char *source_kind_name(enum source_kind kind)
{
	switch (kind) {
	case SOURCE_LIVE:
		return "live";
	case SOURCE_LISTING:
		return "listing";
	default:
		return "snapshot";
	}
}
