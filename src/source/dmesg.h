/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "text.h"

/* The kernel log. A notice without an error: some of it could not be placed. */
int dmesg_read(struct text *text, struct inventory *inventory, struct notice *notice);

/* Whether a line is one that dmesg_read() has a use for. */
bool dmesg_is_line(const struct line *line);

/* What find /sys prints; the same two. */
int find_read(struct text *text, struct inventory *inventory, struct notice *notice);
bool find_is_path(const struct line *line);
