// SPDX-License-Identifier: GPL-2.0-or-later
#include "paragraph.h"

#include <string.h>

/* Bytes that continue a UTF-8 character take no column. */
size_t paragraph_width(const char *text, size_t size)
{
	size_t width = 0;

	for (size_t i = 0; i < size; i++)
		width += (text[i] & 0xc0) != 0x80;
	return width;
}

void paragraph_write(FILE *out, const char *text, size_t width, const char *indent)
{
	size_t column = 0;

	while (*text) {
		size_t blanks = strspn(text, " ");
		size_t size = strcspn(text + blanks, " ");
		size_t wide = paragraph_width(text + blanks, size);

		if (column > 0 && size > 0 && column + blanks + wide > width) {
			fprintf(out, "\n%s", indent);
			column = strlen(indent);
			blanks = 0;
			text += strspn(text, " ");
		}
		if (size > 0)
			fwrite(text, 1, blanks + size, out);
		column += blanks + wide;
		text += blanks + size;
	}
	fputc('\n', out);
}
