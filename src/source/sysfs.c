// SPDX-License-Identifier: GPL-2.0-or-later
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#define FILE_MAX (1u << 20)

int sysfs_open(int directory, const char *name, int flags)
{
	int fd;

	do
		fd = openat(directory, name, flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

static ssize_t read_once(int fd, char *bytes, size_t size)
{
	ssize_t n;

	do
		n = read(fd, bytes, size);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

/* An attribute is at most a page and comes in one read; what fills the buffer (files of
 * debugfs, of a test bed) is read on. */
static int read_on(int fd, char **bytes, size_t *size)
{
	size_t allocated = *size;

	for (;;) {
		ssize_t n;

		if (*size == allocated) {
			char *larger = realloc(*bytes, 2 * allocated + 1);

			if (!larger)
				return -ENOMEM;
			*bytes = larger;
			allocated *= 2;
		}
		n = read_once(fd, *bytes + *size, allocated - *size);
		if (n < 0)
			return (int)n;
		*size += (size_t)n;
		if (n == 0 || *size > FILE_MAX)
			return 0;
	}
}

int sysfs_read_fd(int fd, char **ret, size_t *ret_size)
{
	_cleanup_free_ char *bytes = NULL;
	char page[4096];
	ssize_t n = read_once(fd, page, sizeof(page));
	size_t size = (size_t)n;
	int r = 0;

	if (n < 0)
		return (int)n;
	bytes = malloc(size + 1);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, page, size);
	if (size == sizeof(page))
		r = read_on(fd, &bytes, &size);
	if (r < 0)
		return r;
	bytes[size] = '\0';
	*ret = steal(bytes);
	*ret_size = size;
	return 0;
}

int sysfs_read_raw(int directory, const char *name, char **ret, size_t *ret_size)
{
	_cleanup_close_ int fd = sysfs_open(directory, name, O_NOFOLLOW);

	return fd < 0 ? fd : sysfs_read_fd(fd, ret, ret_size);
}

int sysfs_read(int directory, const char *name, char **ret, size_t *ret_size)
{
	int r = sysfs_read_raw(directory, name, ret, ret_size);

	if (r == 0 && *ret_size > 0 && (*ret)[*ret_size - 1] == '\n')
		(*ret)[--*ret_size] = '\0';
	return r;
}

int sysfs_link(int directory, const char *name, char **ret)
{
	char target[PATH_MAX], *copy;
	ssize_t n;

	do
		n = readlinkat(directory, name, target, sizeof(target) - 1);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	target[n] = '\0';
	copy = strdup(target);
	if (!copy)
		return -ENOMEM;
	*ret = copy;
	return 0;
}

int sysfs_list(int directory, DIR **ret)
{
	DIR *entries;
	int error;

	do
		entries = fdopendir(directory);
	while (!entries && errno == EINTR);
	if (entries) {
		*ret = entries;
		return 0;
	}
	error = errno;
	close(directory);
	return -error;
}

const struct dirent *sysfs_next(DIR *entries, int *ret_error)
{
	const struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(entries);
	} while (entry ? strcmp(entry->d_name, ".") == 0 ||
				 strcmp(entry->d_name, "..") == 0
		       : errno == EINTR);
	*ret_error = entry ? 0 : -errno;
	return entry;
}

bool sysfs_is_gone(int r)
{
	return r == -ENOENT || r == -ENODEV || r == -ENXIO || r == -ENOTDIR;
}
