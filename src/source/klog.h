/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Adds the lines of a kernel log that concern this field. The log is as klogctl(2) gives
 * it, and is cut into lines. 0 or -ENOMEM. */
int klog_add(struct inventory *inventory, char *log);
