/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "device.h"

/* Reads what the record says of a device of its kind, whose parent is linked already.
 * 0 or -ENOMEM. */
int device_read(struct device *device);

/* Releases what device_read() allocated. */
void device_clear(struct device *device);
