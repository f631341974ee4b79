// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directories of buses and classes, listed by ourselves: all there is below the root
 * of another machine, and on this one what libudev leaves out. That is a device that it
 * could not open, a remote processor before v4.10, which has no class, and a leaked
 * device: up to v6.12 a remote processor that was started more than once and removed
 * leaves links in the buses' directories that point nowhere.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "names.h"
#include "sysfs.h"
#include "walk.h"

struct directory {
	const char *path;
	const char *bus; /* NULL: a class, which has no leaked devices */
};

static const struct directory directories[] = {
	{ PATH_CLASSES "/remoteproc", NULL },
	{ PATH_BUSES "/virtio/devices", "virtio" },
	{ PATH_BUSES "/rpmsg/devices", "rpmsg" },
	{ PATH_CLASSES "/rpmsg", NULL },
};

/* Names of the devices that were found so far, sorted; borrowed from the records. */
struct known {
	const char **names;
	size_t count;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int known_fill(const struct inventory *inventory, struct known *ret)
{
	ret->names = calloc(inventory->count + 1, sizeof(*ret->names));
	if (!ret->names)
		return -ENOMEM;
	for (; ret->count < inventory->count; ret->count++)
		ret->names[ret->count] = record_name(&inventory->records[ret->count]);
	qsort(ret->names, ret->count, sizeof(*ret->names), compare_names);
	return 0;
}

/* A name says enough, so that a link costs no call; but rpmsg0 was a channel before v4.9
 * and is a character device, too. */
static bool is_known(const struct known *known, const char *name)
{
	return !name_is_rpmsg_chardev(name) &&
	       bsearch(&name, known->names, known->count, sizeof(*known->names),
		       compare_names);
}

/* Whether the link is there, and no device that just went away took it along. */
static bool has_link(int directory, const char *name)
{
	_cleanup_free_ char *target = NULL;

	return sysfs_link(directory, name, &target) == 0;
}

/* Takes "." and ".." out of an absolute path. */
static void normalise(char *path)
{
	char *to = path;

	for (const char *at = path; *at;) {
		size_t size = 1 + strcspn(at + 1, "/");

		if (size == 3 && memcmp(at, "/..", 3) == 0) {
			while (to > path && *--to != '/')
				;
		} else if (size > 1 && !(size == 2 && at[1] == '.')) {
			memmove(to, at, size);
			to += size;
		}
		at += size;
	}
	*to = '\0';
}

/* Where a path leads, without links. What a link of the running kernel's sysfs names has
 * none but itself: that saves a call for each name in it. */
static int find_target(const struct paths *paths, char *path, char ret[PATH_MAX])
{
	int r;

	if (!paths_is_live(paths))
		return paths_real(paths, path, ret);
	normalise(path);
	r = paths_find_real(paths, path);
	if (r == 0)
		strcpy(ret, path);
	return r;
}

/* The device that an entry links to, without links. 1: it has one, "/devices/..."; 0: it
 * has none, -ENOENT: it leads nowhere, -errno. */
static int resolve(const struct paths *paths, int directory, const char *above,
		   const char *name, char ret[PATH_MAX])
{
	_cleanup_free_ char *target = NULL;
	char path[PATH_MAX], real[PATH_MAX];
	int r = sysfs_link(directory, name, &target);

	if (r < 0)
		return r == -EINVAL || sysfs_is_gone(r) ? 0 : r;
	if (snprintf(path, sizeof(path), "%s%s%s", *target == '/' ? "" : above,
		     *target == '/' ? "" : "/", target) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	r = find_target(paths, path, real);
	if (r < 0)
		return sysfs_is_gone(r) ? -ENOENT : r;
	if (strncmp(real, PATH_DEVICES, strlen(PATH_DEVICES)) != 0)
		return 0;
	strcpy(ret, real + strlen(PATH_SYS));
	return 1;
}

static int take_entry(struct walk *walk, const struct directory *directory, int fd,
		      const char *name, size_t *leaked)
{
	char path[PATH_MAX];
	int r = resolve(walk->reading->paths, fd, directory->path, name, path);

	if (r == -ENOENT) {
		*leaked += directory->bus && has_link(fd, name);
		return 0;
	}
	if (r < 0)
		return read_failed(walk->reading, r, directory->path, name);
	return r > 0 ? walk_found(walk, path) : 0;
}

static int take_entries(struct walk *walk, const struct directory *directory,
			DIR *entries, size_t *leaked)
{
	_cleanup_free_ const char **names = NULL;
	struct known known = { 0 };
	const struct dirent *entry;
	int error = 0, r = known_fill(walk->reading->inventory, &known);

	names = known.names;
	(void)names; /* released with its scope */
	while (r == 0 && (entry = sysfs_next(entries, &error)))
		if (!is_known(&known, entry->d_name))
			r = take_entry(walk, directory, dirfd(entries), entry->d_name,
				       leaked);
	if (r == 0 && error < 0)
		r = read_failed(walk->reading, error, directory->path, NULL);
	return r;
}

/* A directory that is there, or NULL. 0, or -ENOMEM. */
static int open_entries(struct reading *reading, const char *path, DIR **ret)
{
	int fd = paths_open(reading->paths, path, O_DIRECTORY);
	int r = fd < 0 ? fd : sysfs_list(fd, ret);

	return r < 0 ? read_failed(reading, r, path, NULL) : 0;
}

static int add_leaked(struct inventory *inventory, const char *bus, size_t count)
{
	const char *known = record_property(&inventory->system, FACT_LEAKED);
	_cleanup_free_ char *text = NULL;

	if (count == 0)
		return 0;
	if (asprintf(&text, "%s%s%s=%zu", known ? known : "", known ? " " : "", bus,
		     count) < 0)
		return -ENOMEM;
	return record_set_property(&inventory->system, FACT_LEAKED, text);
}

static int walk_directory(struct walk *walk, const struct directory *directory)
{
	_cleanup_entries_ DIR *entries = NULL;
	size_t leaked = 0;
	int r = open_entries(walk->reading, directory->path, &entries);

	if (r < 0 || !entries)
		return r;
	r = take_entries(walk, directory, entries, &leaked);
	return r < 0 ? r : add_leaked(walk->reading->inventory, directory->bus, leaked);
}

/* remoteprocN below a platform device, without a class directory in between. */
static int find_processor(struct walk *walk, const char *platform)
{
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	char path[PATH_MAX];
	int error = 0, r;

	if (snprintf(path, sizeof(path), PATH_SYS "%s", platform) >= (int)sizeof(path))
		return 0;
	r = open_entries(walk->reading, path, &entries);
	while (r == 0 && entries && (entry = sysfs_next(entries, &error))) {
		if (!name_is_remoteproc(entry->d_name) || entry->d_type == DT_LNK ||
		    snprintf(path, sizeof(path), "%s/%s", platform, entry->d_name) >=
			    (int)sizeof(path))
			continue;
		r = walk_found(walk, path);
	}
	return r == 0 && error < 0
		       ? read_device_failed(walk->reading, error, platform, NULL)
		       : r;
}

/* Before v4.10 the name below a platform device is all there is; looked for only where
 * rpmsg is, and no class of remote processors. */
static int walk_platform(struct walk *walk)
{
	static const char above[] = PATH_BUSES "/platform/devices";
	const struct paths *paths = walk->reading->paths;
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	int error = 0, r;

	if (!sysfs_is_gone(paths_find(paths, PATH_CLASSES "/remoteproc")) ||
	    paths_find(paths, PATH_BUSES "/rpmsg") < 0)
		return 0;
	r = open_entries(walk->reading, above, &entries);
	while (r == 0 && entries && (entry = sysfs_next(entries, &error))) {
		char path[PATH_MAX];

		r = resolve(paths, dirfd(entries), above, entry->d_name, path);
		if (r > 0)
			r = find_processor(walk, path);
		else if (r < 0)
			r = read_failed(walk->reading, r, above, entry->d_name);
	}
	return r == 0 && error < 0 ? read_failed(walk->reading, error, above, NULL) : r;
}

int walk_directories(struct walk *walk)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(directories); i++)
		r = walk_directory(walk, &directories[i]);
	return r < 0 ? r : walk_platform(walk);
}
