// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The calls that can fail. Those on files count where they are on a path below /sys, or
 * below the bed that umockdev or --sysroot puts in its place; allocations count wherever
 * they are made, in libraries too, but for those of setlocale(): a locale that cannot be
 * loaded reads as one that is not installed, and the output is ASCII then.
 */

#include "torture.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <locale.h>
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

struct plan plan = { .call = CALL_NONE };

static int below_bed(const char *path)
{
	const char *bed = getenv("UMOCKDEV_DIR"), *root = getenv("TORTURE_ROOT");

	return strncmp(path, "/sys", 4) == 0 ||
	       (bed && strncmp(path, bed, strlen(bed)) == 0) ||
	       (root && strncmp(path, root, strlen(root)) == 0);
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

/* For a person: which call it is. */
static void show_caller(void)
{
	void *frames[16];

	plan.call = CALL_NONE;
	backtrace_symbols_fd(frames, backtrace(frames, 16), STDERR_FILENO);
}

/* FNV-1a of the addresses that it will return to; they are the same in each child. */
static uint64_t hash_callers(void)
{
	uint64_t hash = 0xcbf29ce484222325;
	void *frames[32];
	int count = backtrace(frames, 32);

	for (int i = 0; i < count; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 0x100000001b3;
	return hash | 1; /* 0 is a free slot */
}

static void note_place(struct places *places, long number)
{
	uint64_t hash = hash_callers();
	size_t slot = hash / 2 % (2 * PLACES_MAX);

	while (places->hashes[slot] && places->hashes[slot] != hash)
		slot = (slot + 1) % (2 * PLACES_MAX);
	if (places->hashes[slot] || places->all == PLACES_MAX)
		return;
	places->hashes[slot] = hash;
	places->all++;
	places->numbers[places->count++] = number;
}

bool call_fails(enum call call)
{
	if (plan.call != call)
		return false;
	plan.count++;
	if (plan.places) {
		plan.call = CALL_NONE;
		note_place(plan.places, plan.count);
		plan.call = call;
	}
	if (plan.count != plan.number)
		return false;
	if (getenv("TORTURE_SHOW"))
		show_caller();
	errno = plan.error;
	return true;
}

static bool fails(enum call call, int concerned)
{
	return plan.call == call && concerned && call_fails(call);
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
		if (fails(CALL_OPEN, below_bed(path)))                                   \
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
		if (fails(CALL_OPENAT, concerns(directory, path)))                       \
			return -1;                                                       \
		return NEXT(name)(directory, path, flags, mode);                         \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ssize_t read(int fd, void *bytes, size_t size)
{
	if (fails(CALL_READ, is_of_bed(fd)))
		return -1;
	return NEXT(read)(fd, bytes, size);
}

struct dirent *readdir(DIR *directory)
{
	if (fails(CALL_READDIR, is_of_bed(dirfd(directory))))
		return NULL;
	return NEXT(readdir)(directory);
}

struct dirent64 *readdir64(DIR *directory)
{
	if (fails(CALL_READDIR, is_of_bed(dirfd(directory))))
		return NULL;
	return NEXT(readdir64)(directory);
}

DIR *fdopendir(int fd)
{
	if (fails(CALL_FDOPENDIR, is_of_bed(fd)))
		return NULL;
	return NEXT(fdopendir)(fd);
}

DIR *opendir(const char *path)
{
	if (fails(CALL_OPENDIR, below_bed(path)))
		return NULL;
	return NEXT(opendir)(path);
}

ssize_t readlink(const char *path, char *target, size_t size)
{
	if (fails(CALL_READLINK, below_bed(path)))
		return -1;
	return NEXT(readlink)(path, target, size);
}

ssize_t readlinkat(int directory, const char *path, char *target, size_t size)
{
	if (fails(CALL_READLINKAT, concerns(directory, path)))
		return -1;
	return NEXT(readlinkat)(directory, path, target, size);
}

int access(const char *path, int mode)
{
	if (fails(CALL_ACCESS, below_bed(path)))
		return -1;
	return NEXT(access)(path, mode);
}

#define STATAT(name, type)                                                               \
	int name(int directory, const char *path, struct type *status, int flags)        \
	{                                                                                \
		if (fails(CALL_FSTATAT, concerns(directory, path)))                      \
			return -1;                                                       \
		return NEXT(name)(directory, path, status, flags);                       \
	}

#define LSTAT(name, type)                                                                \
	int name(const char *path, struct type *status)                                  \
	{                                                                                \
		if (fails(CALL_LSTAT, below_bed(path)))                                  \
			return -1;                                                       \
		return NEXT(name)(path, status);                                         \
	}

STATAT(fstatat, stat)
STATAT(fstatat64, stat64)
LSTAT(lstat, stat)
LSTAT(lstat64, stat64)

/* glibc's own names: dlsym() would allocate. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
	return call_fails(CALL_MALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return call_fails(CALL_MALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return call_fails(CALL_MALLOC) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(old, bytes);
}

char *setlocale(int category, const char *locale)
{
	enum call call = plan.call;
	char *result;

	plan.call = CALL_NONE;
	result = NEXT(setlocale)(category, locale);
	plan.call = call;
	return result;
}
