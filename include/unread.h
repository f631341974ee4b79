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

/* The first that may have to do with a device (path is the record's): a file of its own,
 * of one below, of one above, or what lists the devices. Where more went unread than are
 * kept it may be any. False: all that tells of it was read. */
bool unread_concerns(const struct inventory *inventory, const char *path,
		     struct unread *ret);

/* Whether there may be devices that are not in the inventory: what lists or identifies
 * them could not be read. */
bool unread_is_incomplete(const struct inventory *inventory);

/* Why it could not be read, in the words of strerror(). */
const char *unread_reason(const struct unread *unread);
