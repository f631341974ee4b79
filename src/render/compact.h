/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

/* Writes what debugfs tells in many short lines (resource_table, carveout_memories) as a
 * row for each entry and vring. ASCII, indented, at most width columns. 0 or -ENOMEM. */
int compact_write(FILE *out, const char *text, size_t width);
