// SPDX-License-Identifier: GPL-2.0-or-later
#include "blacklist.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "path_names.h"
#include "sysfs.h"

static const char *const usual[] = { PATHS_MODPROBE_D, NULL };

/* modprobe takes '-' and '_' for the same. */
static bool is_same_module(const char *a, const char *b)
{
	while (*a && (*a == *b || (strchr("-_", *a) && *b && strchr("-_", *b)))) {
		a++;
		b++;
	}
	return *a == *b;
}

static bool has_module(FILE *file, const char *module)
{
	char line[512], name[256];

	while (fgets(line, sizeof(line), file))
		if (sscanf(line, " blacklist %255s", name) == 1 &&
		    is_same_module(name, module))
			return true;
	return false;
}

/* 1: the file has it, 0, or -ENOMEM. */
static int search_file(struct reading *reading, const char *path, const char *module)
{
	int fd = paths_open(reading->paths, path, 0);
	_cleanup_file_ FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
	int r;

	if (!file) {
		r = fd < 0 ? fd : -errno;
		if (fd >= 0)
			close(fd);
		return read_failed(reading, r, path, NULL);
	}
	if (has_module(file, module))
		return 1;
	return ferror(file) ? read_failed(reading, -errno, path, NULL) : 0;
}

static bool is_configuration(const char *name)
{
	size_t size = strlen(name);

	return name[0] != '.' && size > 5 && strcmp(name + size - 5, ".conf") == 0;
}

/* The first file, by its name; several may have the module. */
static int search_entries(struct reading *reading, DIR *entries, const char *directory,
			  const char *module, char **ret)
{
	_cleanup_free_ char *first = NULL;
	const struct dirent *entry;
	int error = 0, r = 0;

	while (r >= 0 && (entry = sysfs_next(entries, &error))) {
		_cleanup_free_ char *path = NULL;

		if (!is_configuration(entry->d_name))
			continue;
		if (asprintf(&path, "%s/%s", directory, entry->d_name) < 0)
			return -ENOMEM;
		if (first && strcmp(first, path) < 0)
			continue;
		r = search_file(reading, path, module);
		if (r > 0) {
			free(first);
			first = steal(path);
		}
	}
	if (r >= 0 && error < 0)
		r = read_failed(reading, error, directory, NULL);
	if (r >= 0)
		*ret = steal(first);
	return r < 0 ? r : 0;
}

/* A directory's files, or the file itself. */
static int search(struct reading *reading, const char *place, const char *module,
		  char **ret)
{
	_cleanup_entries_ DIR *entries = NULL;
	int fd = paths_open(reading->paths, place, O_DIRECTORY);
	int r = fd < 0 ? fd : sysfs_list(fd, &entries);

	if (r == 0)
		return search_entries(reading, entries, place, module, ret);
	if (r != -ENOTDIR)
		return read_failed(reading, r, place, NULL);
	r = search_file(reading, place, module);
	if (r <= 0)
		return r;
	*ret = strdup(place);
	return *ret ? 0 : -ENOMEM;
}

int blacklist_find(struct reading *reading, const char *module,
		   const char *const *configuration, char **ret)
{
	char *found = NULL;
	int r = 0;

	for (const char *const *place = configuration ? configuration : usual;
	     r == 0 && !found && *place; place++)
		r = search(reading, *place, module, &found);
	if (r == 0)
		*ret = found;
	return r;
}
