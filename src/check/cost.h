/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "device.h"
#include "nullable.h"

/* What does not work without the driver of a device, for those of which that is known;
 * NULL: not known. */
const char *_nullable_ cost_of(const struct device *device);

/* Whether a processor does its work all the same. */
bool cost_is_small(const struct device *device);
