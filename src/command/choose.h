/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Keeps the devices that are called so, what they are below and what is below them.
 * Returns the first name that no device has, and leaves the inventory as it is; NULL: all
 * are there. */
const char *choose_devices(struct inventory *inventory, char *const *names);

/* Drops all devices. */
void choose_none(struct inventory *inventory);
