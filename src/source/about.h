/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"

/* Records the options of the kernel's configuration that concern this field, FACT_CONFIG,
 * where it can be read. 0 or -ENOMEM. */
int about_config(struct reading *reading);
