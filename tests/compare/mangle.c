// SPDX-License-Identifier: GPL-2.0-or-later
#include "mangle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 76

struct text {
	char *bytes;
	size_t size;
	FILE *out;
};

static FILE *begin(struct text *text)
{
	text->out = open_memstream(&text->bytes, &text->size);
	return text->out;
}

static char *end(struct text *text)
{
	fclose(text->out);
	return text->bytes;
}

/* Calls for each line without its end. */
static void each_line(const char *text, FILE *out,
		      void (*write)(FILE *out, const char *line, size_t size))
{
	while (*text) {
		size_t size = strcspn(text, "\n");

		write(out, text, size);
		text += size + (text[size] == '\n');
	}
}

static void put_plain(FILE *out, const char *line, size_t size)
{
	fprintf(out, "%.*s\n", (int)size, line);
}

static void put_quoted(FILE *out, const char *line, size_t size)
{
	fprintf(out, "%s%.*s\n", size > 0 ? "> " : ">", (int)size, line);
}

static void put_tightly(FILE *out, const char *line, size_t size)
{
	fprintf(out, ">%.*s\n", (int)size, line);
}

static void put_crlf(FILE *out, const char *line, size_t size)
{
	fprintf(out, "%.*s\r\n", (int)size, line);
}

/* At the last blank that fits, which is lost; a longer word stays whole. */
static void put_wrapped(FILE *out, const char *line, size_t size)
{
	while (size > WIDTH) {
		size_t at = WIDTH;

		while (at > 0 && line[at] != ' ')
			at--;
		if (at == 0)
			at = strcspn(line, " ");
		if (at >= size)
			break;
		fprintf(out, "%.*s\n", (int)at, line);
		line += at + 1;
		size -= at + 1;
	}
	put_plain(out, line, size);
}

/* The blank stays at the end of the line: format=flowed. */
static void put_flowed(FILE *out, const char *line, size_t size)
{
	while (size > WIDTH) {
		size_t at = WIDTH;

		while (at > 0 && line[at - 1] != ' ')
			at--;
		if (at == 0)
			break;
		fprintf(out, "%.*s\n", (int)at, line);
		line += at;
		size -= at;
	}
	put_plain(out, line, size);
}

static void put_chopped(FILE *out, const char *line, size_t size)
{
	for (; size > 80; line += 80, size -= 80)
		fprintf(out, "%.*s\n", 80, line);
	put_plain(out, line, size);
}

static void put_printable(FILE *out, const char *line, size_t size)
{
	size_t column = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)line[i];
		bool plain =
			c != '=' && c >= ' ' && c < 0x7f && (c != ' ' || i + 1 < size);

		if (column > 72) {
			fputs("=\n", out);
			column = 0;
		}
		if (plain)
			fputc(c, out);
		else
			fprintf(out, "=%02X", c);
		column += plain ? 1 : 3;
	}
	fputc('\n', out);
}

static void put_entities(FILE *out, const char *line, size_t size)
{
	for (size_t i = 0; i < size; i++)
		switch (line[i]) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		case '\'':
			fputs("&#39;", out);
			break;
		default:
			fputc(line[i], out);
		}
	fputc('\n', out);
}

#define MANGLING(name)                                                                   \
	static char *name(const char *text)                                              \
	{                                                                                \
		struct text mangled;                                                     \
                                                                                         \
		each_line(text, begin(&mangled), put_##name);                            \
		return end(&mangled);                                                    \
	}
MANGLING(plain)
MANGLING(quoted)
MANGLING(tightly)
MANGLING(crlf)
MANGLING(wrapped)
MANGLING(flowed)
MANGLING(chopped)
MANGLING(printable)
MANGLING(entities)

/* First b, then a. */
static char *both(char *(*a)(const char *), char *(*b)(const char *), const char *text)
{
	char *between = b(text), *mangled = a(between);

	free(between);
	return mangled;
}

static char *nested(const char *text)
{
	return both(quoted, tightly, text);
}

static char *quoted_then_wrapped(const char *text)
{
	return both(wrapped, quoted, text);
}

static char *wrapped_then_quoted(const char *text)
{
	return both(quoted, wrapped, text);
}

static char *page_of_quoted(const char *text)
{
	return both(entities, quoted, text);
}

static char *page_of_chopped_mail(const char *text)
{
	char *between = both(printable, chopped, text), *mangled = entities(between);

	free(between);
	return mangled;
}

static char *prose(const char *text)
{
	char *mangled;

	if (asprintf(&mangled,
		     "Hi all,\n\nour DSP is broken: see below.\n\n%s\n"
		     "Regards\n-- \nSomebody > nobody\nP.S.: \"E: mail\"\n",
		     text) < 0)
		return NULL;
	return mangled;
}

static char *all_of_it(const char *text)
{
	char *between = both(prose, wrapped_then_quoted, text), *mangled = crlf(between);

	free(between);
	return mangled;
}

const struct mangling manglings[] = {
	{ "plain", plain, false },
	{ "quoted", quoted, false },
	{ "tightly quoted", tightly, false },
	{ "nested", nested, false },
	{ "CRLF", crlf, false },
	{ "prose around it", prose, false },
	{ "HTML entities", entities, false },
	{ "quoted, as HTML", page_of_quoted, false },
	{ "quoted-printable", printable, false },
	{ "chopped, quoted-printable, as HTML", page_of_chopped_mail, false },
	{ "flowed", flowed, false },
	{ "chopped", chopped, false },
	{ "wrapped", wrapped, true },
	{ "quoted, then wrapped", quoted_then_wrapped, true },
	{ "wrapped, then quoted", wrapped_then_quoted, true },
	{ "all of it", all_of_it, true },
	{ NULL, NULL, false },
};
