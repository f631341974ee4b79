// SPDX-License-Identifier: GPL-2.0-or-later
#include "paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sysfs.h"

#define LINKS_MAX 40 /* the kernel's limit */

/* A path on its way to be one without links. */
struct resolution {
	char done[PATH_MAX]; /* has none; "" is the root */
	char rest[PATH_MAX];
	int links;
};

/* What the *at() functions take: absolute paths of this system stay absolute, so that a
 * test bed can be put in their place. */
static const char *below_root(const struct paths *paths, const char *path)
{
	if (paths_is_live(paths))
		return *path ? path : "/";
	path += strspn(path, "/");
	return *path ? path : ".";
}

static int look(const struct paths *paths, const char *path, int flags)
{
	struct stat status;
	int r;

	do
		r = fstatat(paths->root, below_root(paths, path), &status, flags);
	while (r < 0 && errno == EINTR);
	return r < 0 ? -errno : 0;
}

int paths_find_real(const struct paths *paths, const char *path)
{
	return look(paths, path, AT_SYMLINK_NOFOLLOW);
}

int paths_init(struct paths *ret, const char *sysroot)
{
	struct paths paths = { .root = AT_FDCWD, .name = "" };
	int r;

	if (sysroot) {
		paths.root = sysfs_open(AT_FDCWD, sysroot, O_DIRECTORY);
		if (paths.root < 0)
			return paths.root;
		paths.name = sysroot;
		*ret = paths;
		return 0;
	}
	r = paths_find_real(&paths, PATH_KERNEL);
	if (r < 0 && !sysfs_is_gone(r))
		return r;
	paths.is_bed = r < 0;
	*ret = paths;
	return 0;
}

void paths_release(struct paths *paths)
{
	if (paths->root >= 0)
		close(paths->root);
}

bool paths_is_bed(const struct paths *paths)
{
	return paths->is_bed;
}

/* Puts a link's target before what is left to do. */
static int follow(struct resolution *resolution, const char *target)
{
	char rest[PATH_MAX];

	if (++resolution->links > LINKS_MAX)
		return -ELOOP;
	if (snprintf(rest, sizeof(rest), "%s/%s", target, resolution->rest) >=
	    (int)sizeof(rest))
		return -ENAMETOOLONG;
	strcpy(resolution->rest, rest);
	if (*target == '/')
		resolution->done[0] = '\0';
	return 0;
}

/* Takes the next name off what is left; "" when there is none. */
static void next_name(char *rest, char name[PATH_MAX])
{
	size_t slashes = strspn(rest, "/"), size = strcspn(rest + slashes, "/");

	memcpy(name, rest + slashes, size);
	name[size] = '\0';
	memmove(rest, rest + slashes + size, strlen(rest + slashes + size) + 1);
}

static void go_up(char *done)
{
	char *slash = strrchr(done, '/');

	if (slash)
		*slash = '\0';
}

static int step(const struct paths *paths, struct resolution *resolution,
		const char *name)
{
	_cleanup_free_ char *target = NULL;
	size_t size = strlen(resolution->done);
	int r;

	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0) {
		go_up(resolution->done);
		return 0;
	}
	if (size + strlen(name) + 2 > PATH_MAX)
		return -ENAMETOOLONG;
	sprintf(resolution->done + size, "/%s", name);
	r = sysfs_link(paths->root, below_root(paths, resolution->done), &target);
	if (r == -EINVAL) /* it is there, and is no link */
		return 0;
	if (r < 0)
		return r;
	resolution->done[size] = '\0';
	return follow(resolution, target);
}

int paths_real(const struct paths *paths, const char *path, char ret[PATH_MAX])
{
	struct resolution resolution = { .done = "" };
	char name[PATH_MAX];
	int r = 0;

	if (snprintf(resolution.rest, PATH_MAX, "%s", path) >= PATH_MAX)
		return -ENAMETOOLONG;
	for (next_name(resolution.rest, name); *name && r == 0;
	     next_name(resolution.rest, name))
		r = step(paths, &resolution, name);
	if (r == 0)
		strcpy(ret, resolution.done);
	return r;
}

int paths_open_real(const struct paths *paths, const char *path, int flags)
{
	return sysfs_open(paths->root, below_root(paths, path), flags | O_NOFOLLOW);
}

int paths_open(const struct paths *paths, const char *path, int flags)
{
	char real[PATH_MAX];
	int r;

	if (paths_is_live(paths))
		return sysfs_open(paths->root, path, flags);
	r = paths_real(paths, path, real);
	return r < 0 ? r : paths_open_real(paths, real, flags);
}

int paths_find(const struct paths *paths, const char *path)
{
	char real[PATH_MAX];
	int r;

	if (paths_is_live(paths))
		return look(paths, path, 0);
	r = paths_real(paths, path, real);
	return r < 0 ? r : paths_find_real(paths, real);
}
