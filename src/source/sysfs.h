/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

#include "cleanup.h"
#include "nullable.h"

/* Files of sysfs: small, read once. A call that a signal broke off is made again. Errors:
 * -errno as the kernel gave it. */

/* Opens a file or directory to be read: a descriptor or -errno. */
int sysfs_open(int directory, const char *name, int flags);

/* The whole file, NUL-terminated, without one trailing newline; the caller owns *ret. */
int sysfs_read(int directory, const char *name, char **ret, size_t *ret_size);

/* The same to the last byte: for what is not text. */
int sysfs_read_raw(int directory, const char *name, char **ret, size_t *ret_size);

/* What is left of an open file, in the same way. */
int sysfs_read_fd(int fd, char **ret, size_t *ret_size);

/* The target of a link; the caller owns *ret. */
int sysfs_link(int directory, const char *name, char **ret);

/* A directory's entries. Takes the descriptor, and closes it on failure. */
int sysfs_list(int directory, DIR **ret);

/* The next but "." and ".."; NULL: the end, or *ret_error is not 0. */
const struct dirent *_nullable_ sysfs_next(DIR *entries, int *ret_error);

static inline void sysfs_closedirp(DIR **entries)
{
	if (*entries)
		closedir(*entries);
}
#define _cleanup_entries_ _cleanup_(sysfs_closedirp)

/* Whether an error says that the file, or its device, is not there (any more). */
bool sysfs_is_gone(int r);
