/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Messages of the kernel out of what holds them, for undress(). */

#include "phrase.h"

/* A phrase, and not just any error of any driver. */
bool rejoin_is_phrase(const char *line, struct phrase *ret);

/* How much of a line a phrase of the kernel explains; 0: none. */
size_t rejoin_explained(const char *line);

/* A line that a terminal broke, and that was copied with its padding, is one again. 0 or
 * -ENOMEM. */
int rejoin_padded(char **line);

/* The message in a line of JSON, in place: "MESSAGE" of journalctl, "msg" of dmesg -J and
 * of LAVA. Any other line stays. */
void rejoin_unwrap(char *line);
