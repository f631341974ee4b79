// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A row starts with a line that is not indented, or with a vring; the lines below it are
 * a name and a value each. All of them stay, but for those that the kernel reserves.
 */

#include "compact.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "buffer.h"
#include "escape.h"
#include "paragraph.h"

static const struct {
	const char *name; /* as the kernel's debugfs has it */
	const char *brief;
} names[] = {
	{ "Device Address", "da" },
	{ "Device address", "da" },
	{ "Physical Address", "pa" },
	{ "Physical address", "pa" },
	{ "Virtual address", "va" },
	{ "DMA address", "dma" },
	{ "Number of buffers", "num" },
	{ "Alignment", "align" },
	{ "Number of vrings", "vrings" },
	{ "Notify ID", "notify" },
	{ "Device features", "features" },
	{ "Guest features", "guest features" },
	{ "Config length", "config" },
	{ "Length", "len" },
	{ "Status", "status" },
	{ "ID", "id" },
	{ "Name", "name" },
};

struct line {
	const char *text;
	size_t size;
	size_t indent;
};

static bool starts_with(const struct line *line, const char *start)
{
	return line->size >= strlen(start) &&
	       memcmp(line->text, start, strlen(start)) == 0;
}

/* The next line without the blanks before it; false: there is none. */
static bool next_line(const char **at, struct line *ret)
{
	size_t size = strcspn(*at, "\n");

	if (!**at)
		return false;
	ret->indent = strspn(*at, " \t");
	ret->indent = ret->indent < size ? ret->indent : size;
	ret->text = *at + ret->indent;
	ret->size = size - ret->indent;
	*at += size + ((*at)[size] == '\n');
	return true;
}

/* "NAME VALUE" or "NAME: VALUE", in brief. */
static void add_value(FILE *row, const struct line *line)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t size = strlen(names[i].name);

		if (!starts_with(line, names[i].name) || line->size <= size ||
		    !strchr(" :", line->text[size]))
			continue;
		size += strspn(line->text + size, " :");
		fprintf(row, ", %s %.*s", names[i].brief, (int)(line->size - size),
			line->text + size);
		return;
	}
	fprintf(row, ", %.*s", (int)line->size, line->text);
}

static int end_row(FILE *out, struct buffer *row, size_t width)
{
	_cleanup_free_ char *raw = NULL, *shown = NULL, *text = NULL;
	size_t size;
	int r = row->out ? buffer_take(row, &raw, &size) : 0;

	if (r < 0 || !raw)
		return r;
	shown = escape_bytes(raw, size, ESCAPE_ASCII);
	if (!shown || asprintf(&text, "  %s", shown) < 0)
		return -ENOMEM;
	paragraph_write(out, text, width, "      ");
	return 0;
}

int compact_write(FILE *out, const char *text, size_t width)
{
	_cleanup_buffer_ struct buffer row = { 0 };
	struct line line;
	int r = 0;

	while (r == 0 && next_line(&text, &line)) {
		if (line.size == 0 || starts_with(&line, "Reserved"))
			continue;
		if (row.out && line.indent > 0 && !starts_with(&line, "Vring")) {
			add_value(row.out, &line);
			continue;
		}
		r = end_row(out, &row, width);
		if (r == 0)
			r = buffer_open(&row);
		if (r == 0)
			fwrite(line.text, 1,
			       line.size - (line.text[line.size - 1] == ':'), row.out);
	}
	return r < 0 ? r : end_row(out, &row, width);
}
