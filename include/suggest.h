/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * "Did you mean": a word that names nothing, and the name that is most like it of those
 * that are offered. Names and word are borrowed.
 */

#include "span.h"

struct suggestion {
	struct span word;
	const char *nearest; /* NULL: nothing is like it */
	size_t distance;     /* how many letters are different */
};

struct suggestion suggestion_of(const char *word);

/* Keeps the name if it is more like the word than what was offered before. */
void suggest(struct suggestion *suggestion, const char *name);

/* "unknown WHAT 'WORD' (did you mean NAME?); POINTER". */
void complain_unknown(const char *what, const struct suggestion *suggestion,
		      const char *pointer);
