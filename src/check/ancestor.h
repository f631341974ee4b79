/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "check.h"

bool ancestor_applies_to_channel(const struct device *device);
bool ancestor_applies_to_virtio(const struct device *device);
int ancestor_judge(const struct device *device, struct result *result);
