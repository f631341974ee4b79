// SPDX-License-Identifier: GPL-2.0-or-later
#include "paragraph.h"

#include <stdbool.h>
#include <string.h>

struct paragraph {
	FILE *out;
	size_t width; /* 0: no limit */
	const char *indent;
	size_t column;
};

static bool continues_character(char c)
{
	return (c & 0xc0) == 0x80;
}

/* Bytes that continue a UTF-8 character take no column. */
size_t paragraph_width(const char *text, size_t size)
{
	size_t width = 0;

	for (size_t i = 0; i < size; i++)
		width += !continues_character(text[i]);
	return width;
}

static void break_line(struct paragraph *paragraph)
{
	fprintf(paragraph->out, "\n%s", paragraph->indent);
	paragraph->column = strlen(paragraph->indent);
}

static void write_character(struct paragraph *paragraph, const char *text, size_t size)
{
	if (paragraph->width > 0 && paragraph->column >= paragraph->width)
		break_line(paragraph);
	fwrite(text, 1, size, paragraph->out);
	paragraph->column++;
}

static void write_word(struct paragraph *paragraph, const char *word, size_t size)
{
	for (size_t i = 0, end; i < size; i = end) {
		for (end = i + 1; end < size && continues_character(word[end]);)
			end++;
		write_character(paragraph, word + i, end - i);
	}
}

static void write_blanks(struct paragraph *paragraph, size_t blanks)
{
	fprintf(paragraph->out, "%*s", (int)blanks, "");
	paragraph->column += blanks;
}

void paragraph_continue(FILE *out, const char *text, size_t column, size_t width,
			const char *indent)
{
	struct paragraph paragraph = { out, width, indent, column };

	while (*text) {
		size_t blanks = strspn(text, " "), size = strcspn(text + blanks, " ");
		size_t wide = paragraph_width(text + blanks, size);

		if (size > 0 && width > 0 && paragraph.column > strlen(indent) &&
		    paragraph.column + blanks + wide > width)
			break_line(&paragraph);
		else if (size > 0)
			write_blanks(&paragraph, blanks);
		write_word(&paragraph, text + blanks, size);
		text += blanks + size;
	}
	fputc('\n', out);
}

void paragraph_write(FILE *out, const char *text, size_t width, const char *indent)
{
	paragraph_continue(out, text, 0, width, indent);
}
