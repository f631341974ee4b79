// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A preload that makes a device vanish while it is read: when the program opens a file
 * named $VANISH_WHEN in the directory $VANISH_DIRECTORY, that directory is removed first,
 * with all below it. The program's own descriptor of the directory stays, as in sysfs.
 */

#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int openat64(int directory, const char *name, int flags, ...);

static int remove_one(const char *path, const struct stat *status, int type,
		      struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static void vanish_if_asked(int directory, const char *name)
{
	const char *when = getenv("VANISH_WHEN"), *which = getenv("VANISH_DIRECTORY");
	char link[64], path[PATH_MAX];
	ssize_t size;

	if (!when || !which || strcmp(when, name) != 0)
		return;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", directory);
	size = readlink(link, path, sizeof(path) - 1);
	if (size < 0)
		return;
	path[size] = '\0';
	if (strcmp(path, which) != 0)
		return;
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	fputs("vanished\n", stderr);
}

int openat64(int directory, const char *name, int flags, ...)
{
	int (*next)(int, const char *, int, ...) =
		(int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat64");

	vanish_if_asked(directory, name);
	return next(directory, name, flags);
}
