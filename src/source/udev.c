// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The live walk. libudev says which devices the subsystems have and what a device's
 * parent is; their files are read here, once each and raw, because libudev trims values
 * and lets a channel's name forge uevent lines. Visited paths are kept in a set, so that
 * a device is read once however many ways lead to it: from its subsystem, up from a
 * child, down from a parent. A device that goes away meanwhile is skipped; a walk does
 * not fail for it.
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <limits.h>
#include <search.h>
#include <string.h>
#include <sys/stat.h>

#include "kind.h"
#include "names.h"
#include "sysfs.h"
#include "udev.h"

#define SYS "/sys"

struct walk {
	struct udev *udev;
	struct inventory *inventory;
	void *visited; /* set of syspaths, tsearch(3) */
	struct unreadable unreadable;
};

static int visit(struct walk *walk, const char *syspath, bool inside);

static void udev_unrefp(struct udev **udev)
{
	udev_unref(*udev);
}

static void enumerate_unrefp(struct udev_enumerate **enumerate)
{
	udev_enumerate_unref(*enumerate);
}

static void device_unrefp(struct udev_device **device)
{
	udev_device_unref(*device);
}

static void closedirp(DIR **directory)
{
	if (*directory)
		closedir(*directory);
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_visited(const struct walk *walk, const char *syspath)
{
	return tfind(syspath, &walk->visited, compare_strings);
}

static int mark_visited(struct walk *walk, const char *syspath)
{
	char *copy = strdup(syspath);

	if (copy && tsearch(copy, &walk->visited, compare_strings))
		return 0;
	free(copy);
	return -ENOMEM;
}

static bool is_directory(int directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_name[0] == '.' || strcmp(entry->d_name, "power") == 0)
		return false;
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* What is done with each directory below a device. */
typedef int (*child_function)(struct walk *walk, const char *syspath);

/* Takes the directory, and closes it. */
static int each_directory(struct walk *walk, int directory, const char *syspath,
			  child_function function)
{
	_cleanup_(closedirp) DIR *entries = fdopendir(directory);
	const struct dirent *entry;

	if (!entries) {
		close(directory);
		return -ENOMEM;
	}
	while ((entry = readdir(entries))) {
		char path[PATH_MAX];
		int r;

		if (!is_directory(directory, entry) ||
		    snprintf(path, sizeof(path), "%s/%s", syspath, entry->d_name) >=
			    (int)sizeof(path))
			continue;
		r = function(walk, path);
		if (r < 0)
			return r;
	}
	return 0;
}

static int visit_if_device(struct walk *walk, const char *syspath)
{
	return visit(walk, syspath, true);
}

/* A directory below one of our devices is a device, or the glue of a class. */
static int visit_child(struct walk *walk, const char *syspath)
{
	int r = visit(walk, syspath, true);
	int glue;

	if (r != 0)
		return r;
	glue = open(syspath, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	return glue < 0 ? 0 : each_directory(walk, glue, syspath, visit_if_device);
}

/* Below a bus device only vdevs are ours that no subsystem leads to: misparented ones. */
static int visit_vdev(struct walk *walk, const char *syspath)
{
	if (!name_is_vdev_buffer(syspath) &&
	    !name_is_rproc_virtio(strrchr(syspath, '/') + 1))
		return 0;
	return visit(walk, syspath, true);
}

static bool is_rpmsg_virtio(const struct record *record)
{
	const char *device = record_text(record, "device");

	return device && strcmp(device, "0x0007") == 0;
}

/* What is looked for below a device; NULL: nothing. */
static child_function children_of(const struct record *record, bool inside)
{
	switch (kind_of(record)) {
	case KIND_REMOTEPROC:
	case KIND_VDEV:
	case KIND_EDGE:
	case KIND_CHANNEL:
	case KIND_CHARDEV: /* rpmsgN hangs from rpmsg_ctrlN */
		return visit_child;
	case KIND_VIRTIO:
		return inside || is_rpmsg_virtio(record) ? visit_child : NULL;
	case KIND_BUS_DEVICE:
	case KIND_OTHER:
		return inside ? NULL : visit_vdev;
	default:
		return NULL;
	}
}

/* Reads the device of an open directory. 1: done; 0: it is none, or it is gone. */
static int read_visited(struct walk *walk, int directory, const char *syspath)
{
	const char *path = syspath + strlen(SYS);
	_cleanup_free_ char *uevent = NULL;
	struct record *record;
	size_t size;
	int r = sysfs_read(directory, "uevent", &uevent, &size);

	if (r < 0)
		return read_failed(&walk->unreadable, r, path, "uevent");
	r = mark_visited(walk, syspath);
	if (r == 0)
		r = inventory_add(walk->inventory, path, strlen(path), &record);
	if (r == 0)
		r = read_device(directory, uevent, walk->inventory, record,
				&walk->unreadable);
	return r < 0 ? r : 1;
}

/* Reads a device, unless it was read before, and what lies below it. inside: it was found
 * below a device of ours. 1: it is a device; 0: it is none, or it is gone. */
static int visit(struct walk *walk, const char *syspath, bool inside)
{
	child_function children = NULL;
	int directory, r;

	if (is_visited(walk, syspath))
		return 1;
	directory = open(syspath, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (directory < 0)
		return read_failed(&walk->unreadable, -errno, syspath + strlen(SYS), "");
	r = read_visited(walk, directory, syspath);
	if (r > 0)
		children = children_of(
			&walk->inventory->records[walk->inventory->count - 1], inside);
	if (!children) {
		close(directory);
		return r;
	}
	r = each_directory(walk, directory, syspath, children);
	return r < 0 ? r : 1;
}

/* Whether a device ends the way up: it is of a bus that none of our devices is of. */
static bool is_bus_device(struct udev_device *device)
{
	const char *subsystem = udev_device_get_subsystem(device);

	return subsystem && strcmp(subsystem, "virtio") != 0 &&
	       strcmp(subsystem, "rpmsg") != 0 && strcmp(subsystem, "remoteproc") != 0 &&
	       !name_is_rproc_virtio(strrchr(udev_device_get_syspath(device), '/') + 1);
}

/* From a device up to the first device of a bus; libudev knows what is a device there. */
static int visit_ancestors(struct walk *walk, const char *syspath)
{
	_cleanup_(device_unrefp) struct udev_device *device = NULL;
	struct udev_device *parent;
	char directory[PATH_MAX];

	if (snprintf(directory, sizeof(directory), "%s", syspath) >=
	    (int)sizeof(directory))
		return 0;
	*strrchr(directory, '/') = '\0';
	if (is_visited(walk, directory))
		return 0;
	device = udev_device_new_from_syspath(walk->udev, syspath);
	if (!device)
		return 0;
	for (parent = udev_device_get_parent(device); parent;
	     parent = udev_device_get_parent(parent)) {
		const char *above = udev_device_get_syspath(parent);
		bool known = is_visited(walk, above);
		int r = visit(walk, above, false);

		if (r < 0 || known || is_bus_device(parent))
			return r < 0 ? r : 0;
	}
	return 0;
}

/* Names of rpmsg devices that do not lie below a virtio device and are no character
 * devices: those are found below what they hang from, and cost libudev some 70 system
 * calls each. It can be told what to take, not what to leave: all names that do not begin
 * with virtioN or rpmsg. */
static const char *const elsewhere[] = {
	"[!vr]*",        "v[!i]*", "vi[!r]*", "vir[!t]*", "virt[!i]*", "virti[!o]*",
	"virtio[!0-9]*", "r[!p]*", "rp[!m]*", "rpm[!s]*", "rpms[!g]*",
};

static int take_elsewhere(struct udev_enumerate *enumerate)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < ARRAY_SIZE(elsewhere); i++)
		r = udev_enumerate_add_match_sysname(enumerate, elsewhere[i]);
	return r;
}

static int visit_found(struct walk *walk, struct udev_enumerate *enumerate)
{
	struct udev_list_entry *entry;

	udev_list_entry_foreach (entry, udev_enumerate_get_list_entry(enumerate)) {
		const char *syspath = udev_list_entry_get_name(entry);
		int r;

		if (is_visited(walk, syspath))
			continue;
		r = visit_ancestors(walk, syspath);
		if (r >= 0)
			r = visit(walk, syspath, false);
		if (r < 0)
			return r;
	}
	return 0;
}

static int walk_subsystem(struct walk *walk, const char *subsystem)
{
	_cleanup_(enumerate_unrefp) struct udev_enumerate *enumerate =
		udev_enumerate_new(walk->udev);
	int r = enumerate ? 0 : -ENOMEM;

	if (r >= 0)
		r = udev_enumerate_add_match_subsystem(enumerate, subsystem);
	if (r >= 0 && strcmp(subsystem, "rpmsg") == 0)
		r = take_elsewhere(enumerate);
	if (r >= 0)
		r = udev_enumerate_scan_devices(enumerate);
	return r < 0 ? r : visit_found(walk, enumerate);
}

static int walk_all(struct walk *walk)
{
	static const char *const subsystems[] = { "remoteproc", "virtio", "rpmsg" };
	int r = 0;

	for (size_t i = 0; r >= 0 && i < ARRAY_SIZE(subsystems); i++)
		r = walk_subsystem(walk, subsystems[i]);
	return r;
}

int udev_walk(struct inventory *inventory, struct unreadable *ret_unreadable)
{
	_cleanup_(udev_unrefp) struct udev *udev = udev_new();
	struct walk walk = { .udev = udev, .inventory = inventory };
	int r = udev ? walk_all(&walk) : -ENOMEM;

	tdestroy(walk.visited, free);
	*ret_unreadable = walk.unreadable;
	return r < 0 ? r : 0;
}
