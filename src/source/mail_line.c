// SPDX-License-Identifier: GPL-2.0-or-later
#include "mail_line.h"

#include <string.h>

#include "cleanup.h"

struct span mail_line_next(const char **at)
{
	const char *end = strchrnul(*at, '\n');
	struct span line = { *at, (size_t)(end - *at) };

	*at = *end ? end + 1 : end;
	while (line.size > 0 && line.start[line.size - 1] == '\r')
		line.size--;
	return line;
}

struct span mail_line_unquoted(struct span line)
{
	while (line.size > 0 && *line.start == '>') {
		size_t skip = 1 + (line.size > 1 && line.start[1] == ' ');

		line.start += skip;
		line.size -= skip;
	}
	return line;
}

void mail_line_decode_entities(char *text)
{
	static const struct {
		const char *name;
		char byte;
	} entities[] = {
		{ "&gt;", '>' },   { "&lt;", '<' },    { "&quot;", '"' },
		{ "&#39;", '\'' }, { "&apos;", '\'' }, { "&#34;", '"' },
		{ "&nbsp;", ' ' }, { "&amp;", '&' },
	};
	char *to = text;

	while (*text) {
		size_t i = 0;

		while (i < ARRAY_SIZE(entities) &&
		       strncmp(text, entities[i].name, strlen(entities[i].name)) != 0)
			i++;
		*to++ = i < ARRAY_SIZE(entities) ? entities[i].byte : *text;
		text += i < ARRAY_SIZE(entities) ? strlen(entities[i].name) : 1;
	}
	*to = '\0';
}

bool mail_line_decode_printable(char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *to = text;
	bool soft;

	for (; *text; text++) {
		const char *high =
			*text == '=' && text[1] ? strchr(digits, text[1]) : NULL;
		const char *low = high && text[2] ? strchr(digits, text[2]) : NULL;

		if (*text == '=' && !text[1])
			break;
		*to++ = low ? (char)((high - digits) << 4 | (low - digits)) : *text;
		text += low ? 2 : 0;
	}
	soft = *text == '='; /* which may be where the end is written */
	*to = '\0';
	return soft;
}

bool mail_line_starts(struct span line, const char *prefix)
{
	return line.size >= strlen(prefix) &&
	       strncmp(line.start, prefix, strlen(prefix)) == 0;
}

struct span mail_line_bare(struct span line)
{
	while (mail_line_starts(line, "&gt;")) {
		/* It ends in a line end or a NUL. */
		size_t skip = 4 + (line.start[4] == ' ');

		line.start += skip;
		line.size -= skip;
	}
	return mail_line_unquoted(line);
}

bool mail_line_is_record(struct span line)
{
	return line.size > 3 && strchr("PNSEALH", *line.start) && line.start[1] == ':' &&
	       line.start[2] == ' ';
}
