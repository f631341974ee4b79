// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Paths that were visited are kept in a set, so that a device is read once however many
 * ways lead to it: from its subsystem, up from a child, down from a parent. A device that
 * goes away meanwhile is skipped; a walk does not fail for it.
 */

#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <string.h>
#include <sys/stat.h>

#include "kind.h"
#include "names.h"
#include "sysfs.h"

static int visit(struct walk *walk, int above, const char *path, bool inside);

static int compare_strings(const void *a, const void *b)
{
	return strcmp(a, b);
}

bool walk_has(const struct walk *walk, const char *path)
{
	return tfind(path, &walk->visited, compare_strings);
}

/* The record's path lasts, but may be another than the directory's: a test bed writes it
 * escaped. */
static int mark_visited(struct walk *walk, const char *path, const struct record *record)
{
	const char *kept = strcmp(record->path, path) == 0
				   ? record->path
				   : arena_copy(record->arena, path, strlen(path));

	return kept && tsearch(kept, &walk->visited, compare_strings) ? 0 : -ENOMEM;
}

static void keep(void *path)
{
	(void)path;
}

void walk_release(struct walk *walk)
{
	tdestroy(walk->visited, keep);
}

/* The directory of a device, without links: a descriptor or -errno. above is the one it
 * lies in, where that is open: a long path costs. */
static int open_directory(const struct walk *walk, int above, const char *path)
{
	char full[PATH_MAX];

	if (above >= 0)
		return sysfs_open(above, strrchr(path, '/') + 1,
				  O_DIRECTORY | O_NOFOLLOW);
	if (snprintf(full, sizeof(full), PATH_SYS "%s", path) >= (int)sizeof(full))
		return -ENAMETOOLONG;
	return paths_open_real(walk->reading->paths, full, O_DIRECTORY);
}

/* 1, 0, or -errno where it cannot be told. */
static int is_directory(int directory, const struct dirent *entry)
{
	struct stat status;
	int r;

	if (entry->d_name[0] == '.' || strcmp(entry->d_name, "power") == 0)
		return 0;
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	do
		r = fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW);
	while (r < 0 && errno == EINTR);
	return r < 0 ? -errno : S_ISDIR(status.st_mode);
}

/* What is done with each directory below a device, whose directory is above. */
typedef int (*child_function)(struct walk *walk, int above, const char *path);

static int each_entry(struct walk *walk, DIR *entries, const char *above,
		      child_function function)
{
	const struct dirent *entry;
	int error, r = 0;

	while (r == 0 && (entry = sysfs_next(entries, &error))) {
		char path[PATH_MAX];

		r = is_directory(dirfd(entries), entry);
		if (r < 0)
			r = read_device_failed(walk->reading, r, above, entry->d_name);
		else if (r > 0 && snprintf(path, sizeof(path), "%s/%s", above,
					   entry->d_name) < (int)sizeof(path))
			r = function(walk, dirfd(entries), path);
		else
			r = 0;
		r = r > 0 ? 0 : r;
	}
	if (r == 0 && error < 0)
		r = read_device_failed(walk->reading, error, above, NULL);
	return r;
}

/* Takes the directory, and closes it. */
static int each_directory(struct walk *walk, int directory, const char *path,
			  child_function function)
{
	_cleanup_entries_ DIR *entries = NULL;
	int r = sysfs_list(directory, &entries);

	return r < 0 ? read_device_failed(walk->reading, r, path, NULL)
		     : each_entry(walk, entries, path, function);
}

static int visit_if_device(struct walk *walk, int above, const char *path)
{
	return visit(walk, above, path, true);
}

/* A directory below one of our devices is a device, or the glue of a class. */
static int visit_child(struct walk *walk, int above, const char *path)
{
	int r = visit(walk, above, path, true);
	int glue;

	if (r != 0)
		return r;
	glue = open_directory(walk, above, path);
	return glue < 0 ? read_device_failed(walk->reading, glue, path, NULL)
			: each_directory(walk, glue, path, visit_if_device);
}

/* Below a bus device only vdevs are ours that no subsystem leads to: misparented ones. */
static int visit_vdev(struct walk *walk, int above, const char *path)
{
	if (!name_is_vdev_buffer(path) && !name_is_rproc_virtio(strrchr(path, '/') + 1))
		return 0;
	return visit(walk, above, path, true);
}

/* Whether directories may lie in one, besides power: its links tell, where the file
 * system counts them, as sysfs does. */
static bool may_have_children(const struct walk *walk, int directory)
{
	struct stat status, power;

	if (!paths_is_live(walk->reading->paths) || fstat(directory, &status) < 0 ||
	    status.st_nlink < 2 || status.st_nlink > 3)
		return true;
	return status.st_nlink == 3 &&
	       (fstatat(directory, "power", &power, AT_SYMLINK_NOFOLLOW) < 0 ||
		!S_ISDIR(power.st_mode));
}

/* What is looked for below a device; NULL: nothing. */
static child_function children_of(const struct record *record, bool inside)
{
	switch (kind_of(record)) {
	case KIND_REMOTEPROC:
	case KIND_VDEV:
	case KIND_EDGE:
	case KIND_CHANNEL:
	case KIND_CHARDEV: /* rpmsgN is a child of rpmsg_ctrlN */
		return visit_child;
	case KIND_VIRTIO:
		return inside || record_is_rpmsg_virtio(record) ? visit_child : NULL;
	case KIND_BUS_DEVICE:
	case KIND_OTHER:
		return inside ? NULL : visit_vdev;
	default:
		return NULL;
	}
}

static const struct record *last_record(const struct walk *walk)
{
	return &walk->reading->inventory->records[walk->reading->inventory->count - 1];
}

/* Reads a device, unless it was read before, and what lies below it. above: the directory
 * it lies in, or -1. inside: it was found below a device of ours. 1: it is a device; 0:
 * it is none, or it is gone. */
static int visit(struct walk *walk, int above, const char *path, bool inside)
{
	child_function children = NULL;
	int directory, r;

	if (walk_has(walk, path))
		return 1;
	directory = open_directory(walk, above, path);
	if (directory < 0)
		return read_device_failed(walk->reading, directory, path, NULL);
	r = read_device(walk->reading, directory, path);
	if (r > 0) {
		children = children_of(last_record(walk), inside);
		r = mark_visited(walk, path, last_record(walk));
		r = r < 0 ? r : 1;
	}
	if (r < 0 || !children || !may_have_children(walk, directory)) {
		close(directory);
		return r;
	}
	r = each_directory(walk, directory, path, children);
	return r < 0 ? r : 1;
}

/* Whether a device ends the way up: it is of a bus that none of our devices is of. */
static bool ends_way_up(const struct record *record)
{
	const char *subsystem = record->subsystem;

	return subsystem && strcmp(subsystem, "virtio") != 0 &&
	       strcmp(subsystem, "rpmsg") != 0 && strcmp(subsystem, "remoteproc") != 0 &&
	       !name_is_rproc_virtio(record_name(record));
}

static const struct record *find_record(const struct walk *walk, const char *path)
{
	const struct inventory *inventory = walk->reading->inventory;

	for (size_t i = inventory->count; i-- > 0;)
		if (strcmp(inventory->records[i].path, path) == 0)
			return &inventory->records[i];
	return NULL;
}

/* From a device up to the first device of a bus. What was visited before has its own
 * ancestors already. */
static int visit_ancestors(struct walk *walk, const char *path)
{
	char above[PATH_MAX];
	char *slash;

	snprintf(above, sizeof(above), "%s", path);
	while ((slash = strrchr(above, '/')) && slash > above) {
		const struct record *record;
		int r;

		*slash = '\0';
		if (walk_has(walk, above))
			return 0;
		r = visit(walk, -1, above, false);
		record = r > 0 ? find_record(walk, above) : NULL;
		if (r < 0 || (record && ends_way_up(record)))
			return r < 0 ? r : 0;
	}
	return 0;
}

int walk_found(struct walk *walk, const char *path)
{
	int r;

	if (strlen(path) >= PATH_MAX || walk_has(walk, path))
		return 0;
	r = visit_ancestors(walk, path);
	if (r >= 0)
		r = visit(walk, -1, path, false);
	return r < 0 ? r : 0;
}
