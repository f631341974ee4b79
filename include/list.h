/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Words separated by commas, as a command line has them. */

#include <stdbool.h>
#include <stddef.h>

/* One word of a list, which it borrows: size bytes. */
struct word {
	const char *text;
	size_t size;
};

/* The next word; *at starts as the list (may be NULL) and is NULL behind the last. An
 * empty list has one empty word. */
bool list_next(const char **at, struct word *ret);

bool word_is(const struct word *word, const char *name);

/* Whether a list, which may be NULL, has that word. */
bool list_has(const char *list, const char *name);
