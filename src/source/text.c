// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The cursor: a text in memory, cut into lines as it is read. What a line means is the
 * business of the readers (readers.c).
 */

#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

int text_malformed(const struct text *text, struct notice *notice, const char *format,
		   ...)
{
	char what[384];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	notice_set(notice, "%s:%zu: %s", text->name, text->number, what);
	return -EBADMSG;
}

bool text_next(struct text *text, struct line *ret)
{
	char *start = text->bytes + text->position, *end;
	size_t rest = text->size - text->position;

	if (rest == 0)
		return false;
	end = memchr(start, '\n', rest);
	if (!end)
		end = start + rest;
	text->ended = end < text->bytes + text->size;
	*end = '\0';
	text->position += (size_t)(end - start) + text->ended;
	text->number++;
	*ret = (struct line){ start, (size_t)(end - start) };
	while (ret->size > 0 && start[ret->size - 1] == '\r')
		start[--ret->size] = '\0';
	return true;
}

bool text_any(const struct text *text, bool (*wanted)(const struct line *line))
{
	const char *end = text->bytes + text->size;

	for (const char *at = text->bytes; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct line line = { (char *)at, (size_t)((stop ? stop : end) - at) };

		if (wanted(&line))
			return true;
		at += line.size + 1;
	}
	return false;
}
