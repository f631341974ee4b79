// SPDX-License-Identifier: GPL-2.0-or-later
/* Marks for each device of a tree: what is asked for, and what has to come along. */

#include "pick.h"

#include <errno.h>
#include <string.h>

#include "names.h"
#include "path_names.h"

struct picking {
	const struct tree *tree;
	bool *asked;  /* named, below what is named, or belongs to it */
	bool *wanted; /* those, and what is above them */
};

static void picking_release(struct picking *picking)
{
	free(picking->asked);
	free(picking->wanted);
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* A path as a person writes it, whichever root was read: /sys/devices/..., a link below
 * /sys/class or /sys/bus, or /devices/... as in JSON. */
static bool is_path(const struct device *device, const char *path)
{
	const char *last = strrchr(path, '/') + 1;

	if (starts_with(path, PATH_CLASSES "/") || starts_with(path, PATH_BUSES "/"))
		return name_is(device->name, span_of(last));
	if (starts_with(path, PATH_DEVICES))
		path += strlen(PATH_SYS);
	return name_is(device->record->path, span_of(path));
}

bool device_is_called(const struct device *device, const char *name)
{
	size_t size = strlen(name);
	_cleanup_free_ char *bare = strndup(
		name,
		size > 1 && name[0] == '/' && name[size - 1] == '/' ? size - 1 : size);

	if (!bare || !*bare)
		return false;
	if (starts_with(bare, PATH_DEV "/"))
		return name_is(device->devnode, span_of(bare + strlen(PATH_DEV "/")));
	if (bare[0] == '/')
		return is_path(device, bare);
	return name_is(device->name, span_of(bare)) ||
	       (device->kind == KIND_REMOTEPROC &&
		name_is(device->remoteproc.name, span_of(bare))) ||
	       (device->kind == KIND_CHANNEL &&
		name_is(device->channel.name, span_of(bare)));
}

static size_t position(const struct picking *picking, const struct device *device)
{
	return (size_t)(device - picking->tree->devices);
}

static bool ask(struct picking *picking, const char *name)
{
	bool found = false;

	tree_foreach (device, picking->tree)
		if (device_is_called(device, name)) {
			picking->asked[position(picking, device)] = true;
			found = true;
		}
	return found;
}

/* A parent lies before its children; an owner need not. */
static void ask_for_company(struct picking *picking)
{
	tree_foreach (device, picking->tree) {
		bool *asked = &picking->asked[position(picking, device)];

		*asked = *asked || (device->owner &&
				    picking->asked[position(picking, device->owner)]);
	}
	tree_foreach (device, picking->tree) {
		bool *asked = &picking->asked[position(picking, device)];

		*asked = *asked || (device->parent &&
				    picking->asked[position(picking, device->parent)]);
	}
}

static void want(struct picking *picking, const struct device *device)
{
	for (; device; device = device->parent)
		picking->wanted[position(picking, device)] = true;
}

/* A verdict speaks of the owner, and of those that may be it. */
static void want_context(struct picking *picking, const struct device *device)
{
	const struct device *above =
		device_is_flagged(device) ? verdict_owner_parent(device) : NULL;

	want(picking, device);
	want(picking, device->owner);
	for (const struct device *each = above ? above->first_remoteproc : NULL; each;
	     each = each->next_remoteproc)
		want(picking, each);
}

int tree_pick(const struct tree *tree, char *const *names, struct tree **ret,
	      const char **ret_unknown)
{
	_cleanup_(picking_release) struct picking picking = {
		tree,
		calloc(tree->count + 1, sizeof(bool)),
		calloc(tree->count + 1, sizeof(bool)),
	};

	if (!picking.asked || !picking.wanted)
		return -ENOMEM;
	for (; *names; names++)
		if (!ask(&picking, *names)) {
			*ret_unknown = *names;
			return 0;
		}
	ask_for_company(&picking);
	tree_foreach (device, tree)
		if (picking.asked[position(&picking, device)])
			want_context(&picking, device);
	return tree_build_part(tree->inventory, picking.wanted, ret);
}
