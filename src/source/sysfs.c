// SPDX-License-Identifier: GPL-2.0-or-later
#include "sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "cleanup.h"

#define FILE_MAX (1u << 20)

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
		n = read(fd, *bytes + *size, allocated - *size);
		if (n < 0)
			return -errno;
		*size += (size_t)n;
		if (n == 0 || *size > FILE_MAX)
			return 0;
	}
}

int sysfs_read_raw(int directory, const char *name, char **ret, size_t *ret_size)
{
	_cleanup_close_ int fd =
		openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	_cleanup_free_ char *bytes = NULL;
	char page[4096];
	ssize_t n;
	size_t size;
	int r = 0;

	if (fd < 0)
		return -errno;
	n = read(fd, page, sizeof(page));
	if (n < 0)
		return -errno;
	size = (size_t)n;
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

int sysfs_read(int directory, const char *name, char **ret, size_t *ret_size)
{
	int r = sysfs_read_raw(directory, name, ret, ret_size);

	if (r == 0 && *ret_size > 0 && (*ret)[*ret_size - 1] == '\n')
		(*ret)[--*ret_size] = '\0';
	return r;
}

int sysfs_link(int directory, const char *name, char **ret)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(directory, name, target, sizeof(target) - 1);
	char *copy;

	if (n < 0)
		return -errno;
	target[n] = '\0';
	copy = strdup(target);
	if (!copy)
		return -ENOMEM;
	*ret = copy;
	return 0;
}

bool sysfs_is_replay(void)
{
	return access("/sys/kernel", F_OK) < 0;
}
