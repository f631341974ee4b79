/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "inventory.h"
#include "nullable.h"

/* The driver that makes a remote processor of a device with that compatible, as it is
 * called on the bus platform; "" where only the compatible's form tells that there is
 * one; NULL: none does. */
const char *_nullable_ compatible_driver(const char *compatible);

/* The same of the first in the OF_COMPATIBLE_N of a record. */
const char *_nullable_ compatible_driver_of(const struct record *record);
