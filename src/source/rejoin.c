// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What holds a message of the kernel in one line, and is no part of it: the padding of a
 * terminal, the JSON of journalctl, dmesg and test frameworks. Whether pieces belong
 * together is told by what the kernel can have said.
 */

#include "rejoin.h"

#include <errno.h>
#include <string.h>

#include "cleanup.h"
#include "log.h"

bool rejoin_is_phrase(const char *line, struct phrase *ret)
{
	return phrase_parse(line, strlen(line), ret) && ret->event != EVENT_DRIVER_ERROR;
}

#define PADDING 12 /* a terminal fills the rest of its line with blanks */

size_t rejoin_explained(const char *line)
{
	struct phrase phrase;

	return rejoin_is_phrase(line, &phrase) && phrase.pattern ? strlen(phrase.pattern)
								 : 0;
}

/* A long message, blanks and what is left of it: a terminal's line was copied with its
 * padding. Whether a blank stood there is told by what the kernel can have said; a single
 * word that nothing else explains is the rest of the one before. */
static int close_gap(const char *line, size_t before, size_t rest, char **ret)
{
	_cleanup_free_ char *glued = NULL, *spaced = NULL;
	size_t as_is = rejoin_explained(line), one, two;

	*ret = NULL;
	if (asprintf(&glued, "%.*s%s", (int)before, line, line + rest) < 0)
		return -ENOMEM;
	if (asprintf(&spaced, "%.*s %s", (int)before, line, line + rest) < 0)
		return -ENOMEM;
	one = rejoin_explained(glued);
	two = rejoin_explained(spaced);
	if (two > one && two > as_is)
		*ret = steal(spaced);
	else if (one > as_is || (one > 0 && !strchr(line + rest, ' ')))
		*ret = steal(glued);
	return 0;
}

int rejoin_padded(char **line)
{
	struct span stamp;
	uint64_t time;
	char *closed;
	size_t before = 50, gap;
	int r;

	if (log_parse_time(span_of(*line), &stamp, &time) == 0)
		return 0;
	for (; strlen(*line) > before; before += gap ? gap : 1) {
		gap = strspn(*line + before, " ");
		if (gap < PADDING || !(*line)[before + gap] ||
		    (*line)[before + gap] == '[')
			continue;
		r = close_gap(*line, before, before + gap, &closed);
		if (r < 0)
			return r;
		if (!closed)
			continue;
		free(*line);
		*line = closed;
	}
	return 0;
}

/* Of a string in JSON, in place: escapes of more than one letter do not stand in what the
 * kernel says of this field, and are left. */
static void unquote(char *to, const char *at)
{
	for (; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1] && strchr("\"\\/", at[1]))
			at++;
		*to++ = *at;
	}
	*to = '\0';
}

void rejoin_unwrap(char *line)
{
	static const char *const keys[] = { "\"MESSAGE\"", "\"msg\"" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const char *at = strstr(line, keys[i]);

		if (!at)
			continue;
		at += strlen(keys[i]);
		at += strspn(at, " ");
		if (*at != ':')
			continue;
		at += 1 + strspn(at + 1, " ");
		if (*at == '"')
			unquote(line, at + 1);
		return;
	}
}
