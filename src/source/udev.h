/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"
#include "read.h"

/* Adds the devices of this field and their ancestors, unsorted. *ret_unreadable is set
 * even on failure. 0 or -errno. */
int udev_walk(struct inventory *inventory, struct unreadable *ret_unreadable);
