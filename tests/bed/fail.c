// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A preload that lets one system call fail: the $FAIL_NUMBER-th $FAIL_CALL on a path
 * below /sys fails with $FAIL_ERROR (a number). Calls are counted where the program and
 * its libraries make them, before umockdev puts the bed in the place of /sys. When the
 * process ends, "calls N" is appended to $FAIL_COUNT, so that a test knows when it has
 * failed each.
 */

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* glibc's headers give these several names; here each is its own symbol. */
#undef fstatat64
#undef lstat64

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

static long count;

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAIL_COUNT");
	int fd;

	if (!path)
		return;
	fd = NEXT(open)(path, O_WRONLY | O_APPEND | O_CREAT, 0644);
	if (fd >= 0)
		dprintf(fd, "calls %ld\n", count);
}

static int below_bed(const char *path)
{
	const char *bed = getenv("UMOCKDEV_DIR");

	return strncmp(path, "/sys", 4) == 0 ||
	       (bed && strncmp(path, bed, strlen(bed)) == 0);
}

/* Whether a descriptor is of a file of the bed; -1 (AT_FDCWD) is none. */
static int is_of_bed(int fd)
{
	char link[48], path[4096];
	ssize_t size;

	if (fd < 0)
		return 0;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	size = NEXT(readlink)(link, path, sizeof(path) - 1);
	if (size < 0)
		return 0;
	path[size] = '\0';
	return below_bed(path);
}

static int fails(const char *call, int concerned)
{
	const char *which = getenv("FAIL_CALL"), *number = getenv("FAIL_NUMBER");
	const char *error = getenv("FAIL_ERROR");

	if (!concerned || !which || strcmp(which, call) != 0)
		return 0;
	if (++count != (number ? atol(number) : 0))
		return 0;
	errno = error ? atoi(error) : EIO;
	return 1;
}

static int concerns(int directory, const char *path)
{
	return *path == '/' ? below_bed(path) : is_of_bed(directory);
}

#define OPEN(name)                                                                       \
	int name(const char *path, int flags, ...)                                       \
	{                                                                                \
		mode_t mode = 0;                                                         \
		va_list arguments;                                                       \
                                                                                         \
		va_start(arguments, flags);                                              \
		if (flags & O_CREAT)                                                     \
			mode = va_arg(arguments, mode_t);                                \
		va_end(arguments);                                                       \
		if (fails("open", below_bed(path)))                                      \
			return -1;                                                       \
		return NEXT(name)(path, flags, mode);                                    \
	}

#define OPENAT(name)                                                                     \
	int name(int directory, const char *path, int flags, ...)                        \
	{                                                                                \
		mode_t mode = 0;                                                         \
		va_list arguments;                                                       \
                                                                                         \
		va_start(arguments, flags);                                              \
		if (flags & O_CREAT)                                                     \
			mode = va_arg(arguments, mode_t);                                \
		va_end(arguments);                                                       \
		if (fails("openat", concerns(directory, path)))                          \
			return -1;                                                       \
		return NEXT(name)(directory, path, flags, mode);                         \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t read(int fd, void *bytes, size_t size)
{
	if (fails("read", is_of_bed(fd)))
		return -1;
	return NEXT(read)(fd, bytes, size);
}

struct dirent *readdir(DIR *directory)
{
	if (fails("readdir", is_of_bed(dirfd(directory))))
		return NULL;
	return NEXT(readdir)(directory);
}

struct dirent64 *readdir64(DIR *directory)
{
	if (fails("readdir", is_of_bed(dirfd(directory))))
		return NULL;
	return NEXT(readdir64)(directory);
}

DIR *fdopendir(int fd)
{
	if (fails("fdopendir", is_of_bed(fd)))
		return NULL;
	return NEXT(fdopendir)(fd);
}

DIR *opendir(const char *path)
{
	if (fails("opendir", below_bed(path)))
		return NULL;
	return NEXT(opendir)(path);
}

ssize_t readlink(const char *path, char *target, size_t size)
{
	if (fails("readlink", below_bed(path)))
		return -1;
	return NEXT(readlink)(path, target, size);
}

ssize_t readlinkat(int directory, const char *path, char *target, size_t size)
{
	if (fails("readlinkat", concerns(directory, path)))
		return -1;
	return NEXT(readlinkat)(directory, path, target, size);
}

int access(const char *path, int mode)
{
	if (fails("access", below_bed(path)))
		return -1;
	return NEXT(access)(path, mode);
}

#define STATAT(name, type)                                                               \
	int name(int directory, const char *path, struct type *status, int flags)        \
	{                                                                                \
		if (fails("fstatat", concerns(directory, path)))                         \
			return -1;                                                       \
		return NEXT(name)(directory, path, status, flags);                       \
	}

#define LSTAT(name, type)                                                                \
	int name(const char *path, struct type *status)                                  \
	{                                                                                \
		if (fails("lstat", below_bed(path)))                                     \
			return -1;                                                       \
		return NEXT(name)(path, status);                                         \
	}

STATAT(fstatat, stat)
STATAT(fstatat64, stat64)
LSTAT(lstat, stat)
LSTAT(lstat64, stat64)
