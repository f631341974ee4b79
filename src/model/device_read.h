/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "device.h"

/* Reads what the record says of a device of its kind, whose parent is linked already. A
 * name that the record has only inside another goes to the arena. 0 or -ENOMEM. */
int device_read(struct device *device, struct arena *arena);
