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

/* A path as a person writes it, whichever root was read: /sys/devices/..., a link below
 * /sys/class or /sys/bus, or /devices/... as in JSON. */
static bool is_path(const struct device *device, struct span path)
{
	const char *slash = memrchr(path.start, '/', path.size);

	if (span_starts(path, PATH_CLASSES "/") || span_starts(path, PATH_BUSES "/"))
		return name_is(device->name,
			       span_from(path, (size_t)(slash + 1 - path.start)));
	if (span_starts(path, PATH_DEVICES))
		path = span_from(path, strlen(PATH_SYS));
	return name_is(device->record->path, path);
}

bool device_is_called(const struct device *device, const char *name)
{
	struct span bare = span_of(name);

	if (bare.size > 1 && *name == '/' && name[bare.size - 1] == '/')
		bare.size--;
	if (bare.size == 0)
		return false;
	if (span_starts(bare, PATH_DEV "/"))
		return name_is(device->devnode, span_from(bare, strlen(PATH_DEV "/")));
	if (*name == '/')
		return is_path(device, bare);
	return name_is(device->name, bare) ||
	       (device->kind == KIND_REMOTEPROC &&
		name_is(device->remoteproc.name, bare)) ||
	       (device->kind == KIND_CHANNEL && name_is(device->channel.name, bare));
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
	for (const struct device *each = above ? device_first_remoteproc(above) : NULL;
	     each; each = each->remoteproc.next)
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
