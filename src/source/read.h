/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"
#include "paths.h"

/* One reading of a system: from where, into what, and what could not be read. */
struct reading {
	const struct paths *paths;
	struct inventory *inventory;
	enum depth depth;      /* see inventory.h */
	size_t forbidden;      /* files below /sys/devices without permission */
	char *first_forbidden; /* owned; may be NULL */
};

/*
 * Says that a file could not be read: path/name (name may be NULL), r is -errno. One that
 * is gone is nothing; anything else is kept in the inventory (unread.h). -ENOMEM when r
 * is that, else 0.
 */
int read_failed(struct reading *reading, int r, const char *path, const char *name);

/* The same of a device's file; the path is a record's. */
int read_device_failed(struct reading *reading, int r, const char *path,
		       const char *name);

/* Reads a device from its open directory into a new record, the last of the inventory:
 * links, properties, the attributes of its kind, each file read once. 1: done; 0: it is
 * not a device, it is gone, or could not be read; -ENOMEM. */
int read_device(struct reading *reading, int directory, const char *path);
