/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Words separated by commas, as a command line has them. */

#include "span.h"

/* The next word; *at starts as the list (may be NULL) and is NULL after the last. An
 * empty list has one empty word. */
bool list_next(const char **at, struct span *ret);

/* Whether a list, which may be NULL, has that word. */
bool list_has(const char *list, const char *name);
