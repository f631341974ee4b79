/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Below which root the paths of path_names.h are: this system, or a directory that holds
 * a copy of another machine's sys/, dev/, proc/ and lib/, or its mounted root file
 * system.
 *
 * Below a directory nothing leads out of it: links are followed here, name by name, an
 * absolute one and a ".." stay below the root.
 */

#include <limits.h>
#include <stdbool.h>

#include "cleanup.h"
#include "path_names.h"

struct paths {
	int root;         /* AT_FDCWD: this system; else a directory, owned */
	const char *name; /* of that directory, for messages and libkmod; borrowed */
	bool is_bed;      /* see paths_is_bed() */
};

/* sysroot is a directory; NULL: this system. 0 or -errno. */
int paths_init(struct paths *ret, const char *sysroot);
void paths_release(struct paths *paths);
#define _cleanup_paths_ _cleanup_(paths_release)

static inline bool paths_is_live(const struct paths *paths)
{
	return !paths->name[0];
}

/* Whether /sys is a test bed's (umockdev), which has no kernel/ directory: what the
 * running kernel, its log, /proc, /dev and modules would say is of another system. A copy
 * below a directory is no bed: all that is there is the other machine's. */
bool paths_is_bed(const struct paths *paths);

/* Opens an absolute path below the root to be read. A descriptor or -errno. */
int paths_open(const struct paths *paths, const char *path, int flags);

/* The same of a path without links, such as a device's own. */
int paths_open_real(const struct paths *paths, const char *path, int flags);

/* The path without links; still as seen from below the root. 0 or -errno. */
int paths_real(const struct paths *paths, const char *path, char ret[PATH_MAX]);

/* 0: it is there; -errno. */
int paths_find(const struct paths *paths, const char *path);

/* The same of a path without links, but for its end, which is not followed. */
int paths_find_real(const struct paths *paths, const char *path);
