// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tree is one array in devpath order, threaded with parent, child and sibling links;
 * every device holds the typed values of its kind, read from the record once.
 */

#include "tree.h"

#include <errno.h>
#include <string.h>

#include "device_read.h"
#include "history.h"
#include "prefault.h"
#include "select.h"
#include "unread.h"
#include "verdict.h"

void tree_free(struct tree *tree)
{
	if (!tree)
		return;
	free(tree->devices);
	arena_release(&tree->arena);
	free(tree->by_name);
	history_free(tree->history);
	free(tree);
}

static struct relatives *_nullable_ relatives_of(struct tree *tree, struct device *device)
{
	if (!device->relatives)
		device->relatives = arena_take(&tree->arena, sizeof(struct relatives));
	return device->relatives;
}

static void link_remoteproc(struct device *device, struct relatives *siblings)
{
	struct device *last = siblings->last_remoteproc;

	if (last)
		last->remoteproc.next = device;
	else
		siblings->first_remoteproc = device;
	siblings->last_remoteproc = device;
}

static int link_device(struct tree *tree, struct device *device, struct device *parent)
{
	struct relatives *siblings;

	device->parent = parent;
	if (device->kind == KIND_REMOTEPROC && !relatives_of(tree, device))
		return -ENOMEM;
	if (!parent)
		return 0;
	siblings = relatives_of(tree, parent);
	if (!siblings)
		return -ENOMEM;
	device->depth = parent->depth + 1;
	device->index = siblings->counts[device->kind]++;
	if (device->kind == KIND_REMOTEPROC)
		link_remoteproc(device, siblings);
	if (parent->last_child)
		parent->last_child->next = device;
	else
		parent->first_child = device;
	parent->last_child = device;
	/* A parent of channels without a subsystem is an edge, whatever it is called. */
	if (device->kind == KIND_CHANNEL && parent->kind == KIND_OTHER)
		parent->kind = KIND_EDGE;
	return 0;
}

/* The nearest kept ancestor, as an index into the records. */
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
	/* Where in the tree each record went. */
	_cleanup_free_ size_t *position = calloc(inventory->count + 1, sizeof(*position));

	if (!position)
		return -ENOMEM;
	for (size_t i = 0; i < inventory->count; i++) {
		struct device *device = &tree->devices[tree->count];
		size_t parent;
		int r;

		if (!choices[i].keep)
			continue;
		position[i] = tree->count++;
		device->record = &inventory->records[i];
		device->name = record_name(device->record);
		device->kind = choices[i].kind;
		parent = kept_parent(choices, i);
		r = link_device(tree, device,
				parent == NO_PARENT ? NULL
						    : &tree->devices[position[parent]]);
		if (r == 0)
			r = device_read(device, &tree->arena);
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

/* An empty log was recorded all the same, where the fact says so. */
static bool has_log(const struct inventory *inventory)
{
	return inventory->log.count > 0 || inventory->log.seen > 0 ||
	       record_property(&inventory->system, FACT_LOG);
}

/* Leaves out of the choices what is not wanted: a bool for each that is kept. */
static void drop_unwanted(struct choice *choices, size_t count, const bool *wanted)
{
	for (size_t i = 0; wanted && i < count; i++)
		if (choices[i].keep)
			choices[i].keep = *wanted++;
}

/* What a path implies always has a child: it was implied by that, unless the text says
 * something of it. */
static bool is_listed(const struct device *device)
{
	return !device->record->path_only || !device->first_child ||
	       device->record->attribute_count > 0;
}

/* A walk through sysfs, or a copy of one: what is not in it is not there. */
static bool is_whole(const struct tree *tree)
{
	if (inventory_is_pasted(tree->inventory))
		return false;
	tree_foreach (device, tree)
		if (device->record->path_only)
			return false;
	return true;
}

#define PATIENCE_US 10000000 /* as long as a remote takes to announce a channel */

/* Each bus that came online has had its time: a log has what was announced on it. */
static bool has_announcements(const struct history *history)
{
	bool any = false;

	for (size_t i = 0; history && i < history->virtio_count; i++) {
		const struct log_virtio *virtio = &history->virtios[i];
		const struct log_line *line;

		if (virtio->gone || virtio->online_line == NO_LINE)
			continue;
		line = &history->log->lines[virtio->online_line];
		if (!line->timed || history->log->last < line->time + PATIENCE_US)
			return false;
		any = true;
	}
	return any;
}

/* Of which kinds the tree would have a device if there were one. */
static void find_covered(struct tree *tree)
{
	bool implied[KIND_COUNT_] = { false }, listed[KIND_COUNT_] = { false };
	bool has_records = false, whole = is_whole(tree);

	tree_foreach (device, tree) {
		has_records = has_records || !device->record->path_only;
		*(is_listed(device) ? &listed[device->kind] : &implied[device->kind]) =
			true;
	}
	for (enum kind kind = 0; kind < KIND_COUNT_; kind++)
		tree->covers[kind] =
			whole ? !tree->incomplete
			      : listed[kind] || (has_records && !implied[kind]);
	if (!whole && !implied[KIND_CHANNEL] && has_announcements(tree->history))
		tree->covers[KIND_CHANNEL] = true;
}

static int compare_names(const void *a, const void *b)
{
	const struct device *x = *(const struct device *const *)a;
	const struct device *y = *(const struct device *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x > y) - (x < y);
}

static int sort_names(struct tree *tree)
{
	tree->by_name = reallocarray(NULL, tree->count + 1, sizeof(struct device *));
	if (!tree->by_name)
		return -ENOMEM;
	for (size_t i = 0; i < tree->count; i++)
		tree->by_name[i] = &tree->devices[i];
	qsort(tree->by_name, tree->count, sizeof(struct device *), compare_names);
	return 0;
}

size_t tree_named(const struct tree *tree, const char *name,
		  const struct device *const **ret)
{
	/* Names are sorted where there is a log, which is who asks. */
	size_t all = tree->by_name ? tree->count : 0;
	size_t first = 0, end = all, count = 0;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strcmp(tree->by_name[middle]->name, name) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	if (first < all)
		*ret = tree->by_name + first;
	while (first + count < all && strcmp((*ret)[count]->name, name) == 0)
		count++;
	return count;
}

/* Of what the kernel itself tells it is the subsystem that is missing. */
static void find_classless(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		struct device *device = &tree->devices[i];

		if (device->kind == KIND_REMOTEPROC)
			device->remoteproc.classless =
				device->record->path_only
					? tree->history && tree->history->classless
					: !device->record->subsystem;
	}
}

int tree_build(const struct inventory *inventory, struct tree **ret)
{
	return tree_build_part(inventory, NULL, ret);
}

int tree_build_part(const struct inventory *inventory, const bool *wanted,
		    struct tree **ret)
{
	_cleanup_tree_ struct tree *tree = calloc(1, sizeof(*tree));
	_cleanup_free_ struct choice *choices = NULL;
	size_t kept = 0;
	int r;

	if (!tree)
		return -ENOMEM;
	tree->inventory = inventory;
	if (has_log(inventory) && history_tell(&inventory->log, &tree->history) < 0)
		return -ENOMEM;
	r = select_records(inventory, &choices);
	if (r < 0)
		return r;
	drop_unwanted(choices, inventory->count, wanted);
	for (size_t i = 0; i < inventory->count; i++)
		kept += choices[i].keep;
	tree->devices = calloc(kept + 1, sizeof(*tree->devices));
	if (!tree->devices)
		return -ENOMEM;
	prefault(tree->devices, kept * sizeof(*tree->devices));
	r = add_devices(tree, choices);
	if (r == 0 && tree->history)
		r = sort_names(tree);
	if (r < 0)
		return r;
	for (size_t i = 0; i < tree->count; i++)
		verdict_give(&tree->devices[i]);
	find_classless(tree);
	tree->only_vdev = find_only_vdev(tree);
	tree->incomplete = unread_is_incomplete(inventory);
	find_covered(tree);
	*ret = steal(tree);
	return 0;
}

bool tree_has_subject(const struct tree *tree)
{
	tree_foreach (device, tree)
		if (device->kind == KIND_REMOTEPROC || device->kind == KIND_CHANNEL ||
		    device->kind == KIND_CHARDEV || device->verdict != VERDICT_NONE ||
		    record_property(device->record, FACT_MISSING))
			return true;
	return record_property(&tree->inventory->system, FACT_LEAKED);
}

bool tree_covers(const struct tree *tree, enum kind kind)
{
	return tree->covers[kind];
}

const char *source_kind_name(enum source_kind kind)
{
	switch (kind) {
	case SOURCE_LIVE:
		return "live";
	case SOURCE_LISTING:
		return "listing";
	case SOURCE_LOG:
		return "log";
	case SOURCE_MIXED:
		return "mixed";
	default:
		return "snapshot";
	}
}
