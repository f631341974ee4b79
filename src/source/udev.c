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

#include "names.h"
#include "sysfs.h"
#include "tree.h"
#include "udev.h"
#include "uevent.h"

#define SYS "/sys"

struct walk {
	struct udev *udev;
	struct inventory *inventory;
	void *visited;     /* set of syspaths, tsearch(3) */
	size_t unreadable; /* files without permission */
	char *first_unreadable;
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

/* Not all that a device may say is there for everybody, or at all. */
static int note_unreadable(struct walk *walk, int r, const char *syspath,
			   const char *name)
{
	if (r != -EACCES && r != -EPERM)
		return r == -ENOMEM ? r : 0;
	if (walk->unreadable++ == 0 &&
	    asprintf(&walk->first_unreadable, "%s/%s", syspath, name) < 0)
		return -ENOMEM;
	return 0;
}

/* Cuts a channel's uevent before MODALIAS, which the kernel writes last (rpmsg_uevent(),
 * rpmsg_core.c), when the alias has a newline: the rest is the remote's word. */
static int distrust_uevent(int directory, const struct record *record, char *uevent)
{
	_cleanup_free_ char *alias = NULL;
	char *line = strncmp(uevent, "MODALIAS=", 9) == 0 ? uevent
							  : strstr(uevent, "\nMODALIAS=");
	size_t size;
	int r;

	if (!line || !record->subsystem || strcmp(record->subsystem, "rpmsg") != 0)
		return 0;
	r = sysfs_read(directory, "modalias", &alias, &size);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	if (memchr(alias, '\n', size))
		*line = '\0';
	return 0;
}

static int read_links(int directory, struct record *record)
{
	_cleanup_free_ char *target = NULL;
	int r = sysfs_link(directory, "subsystem", &target);

	if (r == 0) {
		const char *slash = strrchr(target, '/');

		record->subsystem = strdup(slash ? slash + 1 : target);
		if (!record->subsystem)
			return -ENOMEM;
	}
	if (r == -ENOMEM)
		return r;
	r = sysfs_link(directory, "driver", &record->driver_target);
	return r == -ENOMEM ? r : 0;
}

static int read_attributes(struct walk *walk, int directory, struct record *record)
{
	for (const char *const *name = kind_attributes(kind_of(record)); *name; name++) {
		_cleanup_free_ char *value = NULL;
		size_t size;
		int r = sysfs_read(directory, *name, &value, &size);

		r = r < 0 ? note_unreadable(walk, r, record->path, *name)
			  : record_add_attribute(record, *name, value, size);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Fills a record from the device's open directory. */
static int read_record(struct walk *walk, int directory, struct record *record,
		       char *uevent)
{
	int r = read_links(directory, record);

	if (r == 0)
		r = distrust_uevent(directory, record, uevent);
	if (r == 0)
		r = uevent_take(walk->inventory, record, uevent);
	if (r == 0 || r == -E2BIG)
		r = uevent_finish(record, 0);
	if (r == 0)
		r = read_attributes(walk, directory, record);
	return r;
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

/* What visit_children() does with each directory below a device. */
typedef int (*child_function)(struct walk *walk, const char *syspath, void *data);

static int each_directory(struct walk *walk, int directory, const char *syspath,
			  child_function function, void *data)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_(closedirp) DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
	const struct dirent *entry;

	if (!entries) {
		if (copy >= 0)
			close(copy);
		return copy < 0 ? 0 : -ENOMEM;
	}
	while ((entry = readdir(entries))) {
		char path[PATH_MAX];
		int r;

		if (!is_directory(directory, entry) ||
		    snprintf(path, sizeof(path), "%s/%s", syspath, entry->d_name) >=
			    (int)sizeof(path))
			continue;
		r = function(walk, path, data);
		if (r < 0)
			return r;
	}
	return 0;
}

static int visit_if_device(struct walk *walk, const char *syspath, void *data)
{
	(void)data;
	return visit(walk, syspath, true);
}

/* A directory below one of our devices is a device, or the glue of a class. */
static int visit_child(struct walk *walk, const char *syspath, void *data)
{
	int r = visit(walk, syspath, true);
	_cleanup_close_ int glue = -1;

	if (r != 0)
		return r;
	glue = open(syspath, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	return glue < 0 ? 0 : each_directory(walk, glue, syspath, visit_if_device, data);
}

/* Below a bus device only vdevs are ours that no subsystem leads to: misparented ones. */
static int visit_vdev(struct walk *walk, const char *syspath, void *data)
{
	if (!name_is_vdev_buffer(syspath) &&
	    !name_is_rproc_virtio(strrchr(syspath, '/') + 1))
		return 0;
	return visit_if_device(walk, syspath, data);
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

/* Reads a device, unless it was read before, and what lies below it. inside: it was found
 * below a device of ours. 1: it is a device; 0: it is none, or it is gone. */
static int visit(struct walk *walk, const char *syspath, bool inside)
{
	_cleanup_close_ int directory = -1;
	_cleanup_free_ char *uevent = NULL;
	const char *path = syspath + strlen(SYS);
	child_function children;
	struct record *record;
	size_t size;
	int r;

	if (is_visited(walk, syspath))
		return 1;
	directory = open(syspath, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (directory < 0)
		return note_unreadable(walk, -errno, path, "");
	r = sysfs_read(directory, "uevent", &uevent, &size);
	if (r < 0)
		return note_unreadable(walk, r, path, "uevent");
	r = mark_visited(walk, syspath);
	if (r == 0)
		r = inventory_add(walk->inventory, path, strlen(path), &record);
	if (r == 0)
		r = read_record(walk, directory, record, uevent);
	if (r != 0)
		return r;
	children = children_of(record, inside);
	if (children)
		r = each_directory(walk, directory, syspath, children, NULL);
	return r < 0 ? r : 1;
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
		const char *subsystem = udev_device_get_subsystem(parent);
		const char *above = udev_device_get_syspath(parent);
		bool known = is_visited(walk, above);
		int r = visit(walk, above, false);

		if (r < 0 || known)
			return r < 0 ? r : 0;
		if (subsystem && strcmp(subsystem, "virtio") &&
		    strcmp(subsystem, "rpmsg") && strcmp(subsystem, "remoteproc") &&
		    !name_is_rproc_virtio(strrchr(above, '/') + 1))
			return 0;
	}
	return 0;
}

/* All subsystems in one enumeration: libudev looks at each parent of what it finds until
 * one is in the list already, and where only "rpmsg" is asked for, none ever is. */
static int enumerate_all(struct udev_enumerate *enumerate)
{
	static const char *const subsystems[] = { "remoteproc", "rpmsg", "virtio" };
	int r = 0;

	for (size_t i = 0; r >= 0 && i < ARRAY_SIZE(subsystems); i++)
		r = udev_enumerate_add_match_subsystem(enumerate, subsystems[i]);
	return r < 0 ? r : udev_enumerate_scan_devices(enumerate);
}

static int walk_all(struct walk *walk)
{
	_cleanup_(enumerate_unrefp) struct udev_enumerate *enumerate =
		udev_enumerate_new(walk->udev);
	struct udev_list_entry *entry;
	int r = enumerate ? enumerate_all(enumerate) : -ENOMEM;

	if (r < 0)
		return r;
	udev_list_entry_foreach (entry, udev_enumerate_get_list_entry(enumerate)) {
		const char *syspath = udev_list_entry_get_name(entry);

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

int udev_walk(struct inventory *inventory, struct unreadable *ret_unreadable)
{
	_cleanup_(udev_unrefp) struct udev *udev = udev_new();
	struct walk walk = { .udev = udev, .inventory = inventory };
	int r = udev ? walk_all(&walk) : -ENOMEM;

	tdestroy(walk.visited, free);
	*ret_unreadable = (struct unreadable){ walk.unreadable, walk.first_unreadable };
	return r < 0 ? r : 0;
}
