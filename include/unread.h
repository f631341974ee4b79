/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What was there and could not be read: a file, a link, or a directory, of which nothing
 * below is known then. Kept as facts of the system, so that a replay knows it, too:
 *   RPROC_TREE_UNREAD      how many
 *   RPROC_TREE_UNREAD_00   EIO /sys/devices/.../state       and so on, the first of them
 * A device that is gone is none of these: it is not there.
 */

#include "inventory.h"

#define UNREAD_KEPT 32 /* of more only the number is known */

struct unread {
	const char *path; /* as the kernel names it, "/sys/..."; borrowed */
	const char *name; /* "EIO"; borrowed, size bytes */
	size_t size;
	int error; /* 0: no error this program knows */
};

/* 0 or -ENOMEM. error is positive. */
int unread_add(struct inventory *inventory, const char *path, int error);

size_t unread_count(const struct inventory *inventory);

/* One of the first; false: so many are not kept. */
bool unread_get(const struct inventory *inventory, size_t i, struct unread *ret);

/* The first that lies in the directory of a device or below it (path is the record's,
 * NULL: any), and has that file name (NULL: any). Where more went unread than are kept,
 * it may be any. False: all of it was read. */
bool unread_find(const struct inventory *inventory, const char *path, const char *file,
		 struct unread *ret);

/* Why it could not be read, in the words of strerror(). */
const char *unread_reason(const struct unread *unread);
