// SPDX-License-Identifier: GPL-2.0-or-later
#include "suggest.h"

#include <ctype.h>
#include <string.h>

#include "command.h"
#include "escape.h"

#define SIZE_MOST 63 /* what is longer is like nothing */

struct suggestion suggestion_of(const char *word)
{
	return (struct suggestion){ .word = span_of(word) };
}

static bool is_same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add, drop or swap with their neighbour: optimal string alignment. */
static size_t distance(struct span a, struct span b)
{
	size_t rows[3][SIZE_MOST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.size; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		size_t *unused = before;

		before = above;
		above = row;
		row = unused;
		row[0] = i;
		for (size_t j = 1; j <= b.size; j++) {
			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j], above[j - 1] + !is_same(a.start[i - 1],
								       b.start[j - 1]));
			if (i > 1 && j > 1 && is_same(a.start[i - 1], b.start[j - 2]) &&
			    is_same(a.start[i - 2], b.start[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return row[b.size];
}

/* A name that goes on where the word ends is as near as one with a letter changed. */
static bool begins_with(struct span name, struct span word)
{
	return word.size >= 3 && name.size > word.size &&
	       strncasecmp(name.start, word.start, word.size) == 0;
}

void suggest(struct suggestion *suggestion, const char *name)
{
	const struct span word = suggestion->word;
	const struct span other = span_of(name);
	size_t found;

	if (word.size < 2 || word.size > SIZE_MOST || other.size > SIZE_MOST)
		return;
	found = begins_with(other, word) ? 1 : distance(word, other);
	if (found > (word.size + 1) / 3 ||
	    (suggestion->nearest && suggestion->distance <= found))
		return;
	suggestion->nearest = name;
	suggestion->distance = found;
}

void complain_unknown(const char *what, const struct suggestion *suggestion,
		      const char *pointer)
{
	_cleanup_free_ char *word =
		escape_bytes(suggestion->word.start, suggestion->word.size, 0);
	_cleanup_free_ char *nearest = escape_string(suggestion->nearest, 0);

	if (suggestion->nearest)
		complain("unknown %s '%s' (did you mean %s?); %s", what, word ? word : "",
			 nearest ? nearest : "", pointer);
	else
		complain("unknown %s '%s'; %s", what, word ? word : "", pointer);
}
