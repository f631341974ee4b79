/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Files that were there but may not be read. */
struct unreadable {
	size_t count;
	char *first; /* path below /sys of the first; owned by the holder; may be NULL */
};

/* Adds the devices of this field and their ancestors, unsorted. *ret_unreadable is set
 * even on failure. 0 or -errno. */
int udev_walk(struct inventory *inventory, struct unreadable *ret_unreadable);
