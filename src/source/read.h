/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Files that were there but may not be read. */
struct unreadable {
	size_t count;
	char *first; /* path below /sys of the first; owned by the holder; may be NULL */
};

/* Counts a file that could not be read for want of permission. -ENOMEM when r is that, 0
 * for any other error: a file may be gone, or refuse to be read. */
int read_failed(struct unreadable *unreadable, int r, const char *path, const char *name);

/* Fills a record from the device's open directory and the text of its uevent file, which
 * is changed: links, properties, the attributes of its kind, each file read once.
 * 0, -ENOMEM, or -E2BIG for a uevent longer than any kernel's. */
int read_device(int directory, char *uevent, struct inventory *inventory,
		struct record *record, struct unreadable *unreadable);
