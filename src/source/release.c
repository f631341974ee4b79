// SPDX-License-Identifier: GPL-2.0-or-later
#include "release.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>

#include "sysfs.h"

static int ask_kernel(char **ret)
{
	struct utsname names;

	if (uname(&names) < 0)
		return 0;
	*ret = strdup(names.release);
	return *ret ? 0 : -ENOMEM;
}

/* A name that leads nowhere else: it becomes part of paths. */
static bool is_release(const char *text)
{
	return *text && *text != '.' && !strchr(text, '/') && strlen(text) < 256;
}

/* "Linux version 6.6.32 (...", where osrelease was not copied. */
static int parse_version(char *version, char **ret)
{
	static const char start[] = "Linux version ";

	if (strncmp(version, start, strlen(start)) != 0)
		return 0;
	version += strlen(start);
	version[strcspn(version, " \n")] = '\0';
	*ret = strdup(version);
	return *ret ? 0 : -ENOMEM;
}

static int read_version(struct reading *reading, char **ret)
{
	_cleanup_close_ int fd = paths_open(reading->paths, PATH_VERSION, 0);
	_cleanup_free_ char *version = NULL;
	size_t size;
	int r = fd < 0 ? fd : sysfs_read_fd(fd, &version, &size);

	return r < 0 ? read_failed(reading, r, PATH_VERSION, NULL)
		     : parse_version(version, ret);
}

static int ask_files(struct reading *reading, char **ret)
{
	_cleanup_close_ int fd = paths_open(reading->paths, PATH_OSRELEASE, 0);
	size_t size;
	int r = fd < 0 ? fd : sysfs_read_fd(fd, ret, &size);

	if (r < 0)
		r = read_failed(reading, r, PATH_OSRELEASE, NULL);
	else
		(*ret)[strcspn(*ret, "\n")] = '\0';
	return r == 0 && !*ret ? read_version(reading, ret) : r;
}

int release_find(struct reading *reading, char **ret)
{
	_cleanup_free_ char *release = NULL;
	int r = paths_is_live(reading->paths) ? ask_kernel(&release)
					      : ask_files(reading, &release);

	if (r == 0)
		*ret = release && is_release(release) ? steal(release) : NULL;
	return r;
}

/* The name of the only entry, NULL: there is none, or more than one. */
static int only_entry(struct reading *reading, char **ret)
{
	_cleanup_entries_ DIR *entries = NULL;
	_cleanup_free_ char *name = NULL;
	const struct dirent *entry;
	int fd = paths_open(reading->paths, PATH_MODULES, O_DIRECTORY);
	int error = 0, r = fd < 0 ? fd : sysfs_list(fd, &entries);
	size_t count = 0;

	if (r < 0)
		return read_failed(reading, r, PATH_MODULES, NULL);
	while ((entry = sysfs_next(entries, &error)) && ++count == 1) {
		name = strdup(entry->d_name);
		if (!name)
			return -ENOMEM;
	}
	if (error < 0)
		return read_failed(reading, error, PATH_MODULES, NULL);
	*ret = count == 1 ? steal(name) : NULL;
	return 0;
}

/* libkmod opens the directory by its own: links are followed for it, below the root. */
int release_modules(struct reading *reading, char **ret)
{
	_cleanup_free_ char *release = NULL, *path = NULL;
	char real[PATH_MAX];
	int r = release_find(reading, &release);

	if (r == 0 && !release && !paths_is_live(reading->paths))
		r = only_entry(reading, &release);
	if (r < 0)
		return r;
	*ret = NULL;
	if (!release)
		return 0;
	if (asprintf(&path, PATH_MODULES "/%s", release) < 0)
		return -ENOMEM;
	r = paths_real(reading->paths, path, real);
	if (r < 0)
		return read_failed(reading, r, path, NULL);
	return asprintf(ret, "%s%s", reading->paths->name, real) < 0 ? -ENOMEM : 0;
}
