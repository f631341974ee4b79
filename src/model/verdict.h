/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "device.h"

/* Sets verdict, owner and transport of a device whose links and values are there. */
void verdict_give(struct device *device);
