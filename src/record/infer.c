// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a text source cannot name but a path implies. udevadm and stock umockdev-record
 * skip devices without a subsystem (X#vdevNbuffer, edges, remoteprocN before v4.10); a
 * listing has nothing but paths. From every device of this field the path is walked up,
 * component by component, to the first device that is recorded or is a bus device; the
 * forms of the kernel's own names tell what each component is. Never used live.
 */

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "devpath.h"
#include "infer.h"
#include "kind.h"
#include "names.h"

/* No device of this field hangs deeper below its bus device; a path made to imply more is
 * no kernel's. */
#define STEPS_MAX 16

/* One step of the walk: the component that ends at parent_size, seen from its child. */
struct step {
	struct inventory *inventory;
	const char *path;     /* of the device the walk started from */
	enum kind child;      /* kind of the component below */
	size_t recorded_size; /* length of the nearest recorded ancestor's path; 0: none
			       */
};

/* Class directories between a device and its class devices are no devices. */
static bool is_glue(const char *name, enum kind child)
{
	return (child == KIND_REMOTEPROC && strcmp(name, "remoteproc") == 0) ||
	       (child == KIND_CHARDEV && strcmp(name, "rpmsg") == 0);
}

/* What an unrecorded component is, by the form of its name and by what lies below it. */
static enum kind implied_kind(const struct step *step, const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	if (name_is_vdev_buffer(path) || name_is_rproc_virtio(name))
		return KIND_VDEV;
	if (name_is_edge(name))
		return KIND_EDGE;
	if (step->child == KIND_CHARDEV)
		return name_is_rpmsg_chardev(name) ? KIND_CHARDEV : KIND_CHANNEL;
	if (name_is_virtio(name) && step->child == KIND_CHANNEL)
		return KIND_VIRTIO;
	/* v5.1 on, remoteprocN lies in a class directory; a platform device may have the
	 * same name, and then a vdev beside, not below, the processor is a child of it.
	 */
	if (name_is_remoteproc(name) && step->child != KIND_REMOTEPROC) {
		bool in_class = (size_t)(name - path) > 12 &&
				strncmp(name - 12, "/remoteproc/", 12) == 0;

		return in_class || step->child == KIND_VIRTIO ? KIND_REMOTEPROC
							      : KIND_BUS_DEVICE;
	}
	if (step->recorded_size > 0)
		return step->child == KIND_CHANNEL ? KIND_EDGE : KIND_OTHER;
	return KIND_BUS_DEVICE;
}

static const char *implied_subsystem(enum kind kind, const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	if (kind == KIND_VIRTIO)
		return "virtio";
	if (kind == KIND_CHANNEL || kind == KIND_CHARDEV)
		return "rpmsg";
	if (kind == KIND_BUS_DEVICE)
		return name_is_pci(name) ? "pci" : "platform";
	if (kind == KIND_VDEV && name_is_rproc_virtio(name))
		return "platform";
	if (kind == KIND_REMOTEPROC && strstr(path, "/remoteproc/remoteproc"))
		return "remoteproc";
	return NULL;
}

static int add_implied(struct step *step, const char *path, enum kind kind)
{
	struct record *record;
	int r = inventory_add_path_only(step->inventory, path,
					implied_subsystem(kind, path), &record);

	if (r < 0)
		return r;
	if (kind == KIND_CHARDEV)
		return record_set_property(record, "DEVNAME", record_name(record));
	if (kind == KIND_REMOTEPROC)
		return record_set_property(record, "DEVTYPE", "remoteproc");
	return 0;
}

static int walk_up(struct step *step)
{
	_cleanup_free_ char *path = strdup(step->path);
	char *slash;

	if (!path)
		return -ENOMEM;
	for (int steps = 0; steps < STEPS_MAX && (slash = strrchr(path, '/')); steps++) {
		enum kind kind;
		int r;

		*slash = '\0';
		if (!strcmp(path, "/devices") || !strcmp(path, PLACE_UNKNOWN) ||
		    (size_t)(slash - path) == step->recorded_size)
			return 0;
		if (is_glue(strrchr(path, '/') + 1, step->child))
			continue;
		kind = implied_kind(step, path);
		if (kind == KIND_OTHER)
			continue;
		r = add_implied(step, path, kind);
		if (r < 0 || kind == KIND_BUS_DEVICE)
			return r;
		step->child = kind;
	}
	return 0;
}

static bool is_of_this_field(enum kind kind)
{
	return kind != KIND_OTHER && kind != KIND_BUS_DEVICE;
}

/* A device may be implied by several children, and by devices recorded later. */
static void drop_repeated(struct inventory *inventory)
{
	size_t kept = 0;

	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];
		bool again = kept > 0 && record->path_only &&
			     strcmp(inventory->records[kept - 1].path, record->path) == 0;

		if (!again)
			inventory->records[kept++] = *record;
	}
	inventory->count = kept;
}

#define NOTHING_ABOVE SIZE_MAX

/* The nearest recorded ancestor of a record: in a sorted list it is the one before it, or
 * above that; of the next in a directory the same. above has it of all that lie before.
 */
static size_t find_above(const struct inventory *inventory, const size_t *above, size_t i)
{
	size_t at = i > 0 ? i - 1 : NOTHING_ABOVE;

	if (i > 0 &&
	    devpath_are_siblings(inventory->records[at].path, inventory->records[i].path))
		return above[at];
	while (at != NOTHING_ABOVE &&
	       !devpath_is_below(inventory->records[i].path, inventory->records[at].path))
		at = above[at];
	return at;
}

int infer_devices(struct inventory *inventory)
{
	struct step step = { .inventory = inventory };
	size_t recorded = inventory->count;
	_cleanup_free_ size_t *above = reallocarray(NULL, recorded + 1, sizeof(*above));
	const char *walked = NULL;

	if (!above)
		return -ENOMEM;
	for (size_t i = 0; i < recorded; i++) {
		int r;

		above[i] = find_above(inventory, above, i);
		step.path = inventory->records[i].path;
		/* Then the walk was made already. */
		if (walked && devpath_are_siblings(walked, step.path))
			continue;
		step.child = kind_of(&inventory->records[i]);
		if (!is_of_this_field(step.child))
			continue;
		walked = step.path;
		step.recorded_size = above[i] == NOTHING_ABOVE
					     ? 0
					     : strlen(inventory->records[above[i]].path);
		r = walk_up(&step);
		if (r < 0)
			return r;
	}
	if (inventory->count > recorded && inventory_sort_from(inventory, recorded) < 0)
		return -ENOMEM;
	drop_repeated(inventory);
	return 0;
}
