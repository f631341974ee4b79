// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What show prints: the tree in columns, and below it what was found. Cells are made row
 * by row into one text; when all are there, each column is as wide as its widest.
 */

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "array.h"
#include "format.h"
#include "list.h"
#include "mark.h"
#include "paragraph.h"
#include "pen.h"
#include "problem.h"

struct table {
	const struct findings *findings;
	const struct render_options *options;
	const struct finding **worst; /* one for each device */
	const struct column **shown;
	size_t shown_count;
	size_t *widths; /* of each shown column, on a terminal */
	char *cells;    /* each with a NUL at its end, row by row */
	size_t size, allocated;
};

static void table_release(struct table *table)
{
	free(table->worst);
	free(table->shown);
	free(table->widths);
	free(table->cells);
}

static int add_column(struct table *table, const struct column *column)
{
	const struct column **shown =
		reallocarray(table->shown, table->shown_count + 1, sizeof(*shown));

	if (!shown)
		return -ENOMEM;
	table->shown = shown;
	table->shown[table->shown_count++] = column;
	return 0;
}

static int add_columns(struct table *table)
{
	const char *list = table->options->columns;
	bool adds = !list || *list == '+';
	struct span word;
	int r = 0;

	for (const struct column *column = columns; column->name && r == 0; column++)
		if (table->options->all_columns || (adds && column->usual))
			r = add_column(table, column);
	if (list && adds)
		list++;
	while (r == 0 && list_next(&list, &word)) {
		const struct column *column = column_find(word.start, word.size);

		r = column ? add_column(table, column) : -EINVAL;
	}
	return r;
}

/* How many bytes the next character has, and columns it takes: a letter of Asia takes
 * two, an accent none. */
static size_t next_character(const char *text, size_t *ret_width)
{
	size_t most, size;
	mbstate_t state = { 0 };
	wchar_t character;
	int width;

	*ret_width = 1;
	if ((*text & 0x80) == 0)
		return 1;
	most = strnlen(text, MB_LEN_MAX);
	size = mbrtowc(&character, text, most, &state);
	if (size > most) /* none of the locale */
		return 1;
	width = wcwidth(character);
	if (width >= 0)
		*ret_width = (size_t)width;
	return size;
}

/* How many bytes at the start of a text take no more than so many columns; *ret_width:
 * how many they take. */
static size_t fitting(const char *text, size_t limit, size_t *ret_width)
{
	size_t size = 0, width = 0, one;

	while (text[size]) {
		size_t next = next_character(text + size, &one);

		if (width + one > limit)
			break;
		width += one;
		size += next;
	}
	*ret_width = width;
	return size;
}

static size_t width_of(const char *text)
{
	size_t width;

	fitting(text, SIZE_MAX, &width);
	return width;
}

/* What the lines of the tree take before a name. */
static size_t lines_width(const struct table *table, const struct column *column,
			  const struct device *device)
{
	bool has_lines = !table->options->list && !table->options->raw &&
			 strcmp(column->name, "DEVICE") == 0;

	return has_lines ? 2 * (size_t)device->depth : 0;
}

static int add_cell(struct table *table, size_t i, size_t c,
		    const struct render_options *options)
{
	const struct device *device = &table->findings->tree->devices[i];
	const struct column *column = table->shown[c];
	_cleanup_free_ char *cell =
		column->cell ? column->cell(device, options)
			     : column->finding_cell(table->worst[i], options);
	size_t size, width;

	if (!cell)
		return -ENOMEM;
	size = strlen(cell) + 1;
	if (array_reserve(table->cells, table->size + size, table->allocated) < 0)
		return -ENOMEM;
	memcpy(table->cells + table->size, cell, size);
	table->size += size;
	width = lines_width(table, column, device) + width_of(cell);
	if (width > table->widths[c])
		table->widths[c] = width;
	return 0;
}

static int fill(struct table *table, const struct render_options *options)
{
	table->size = 0;
	for (size_t c = 0; c < table->shown_count; c++)
		table->widths[c] = strlen(table->shown[c]->name);
	for (size_t i = 0; i < table->findings->tree->count; i++)
		for (size_t c = 0; c < table->shown_count; c++)
			if (add_cell(table, i, c, options) < 0)
				return -ENOMEM;
	return 0;
}

static size_t table_width(const struct table *table)
{
	size_t width = 0;

	for (size_t c = 0; c < table->shown_count; c++)
		width += table->widths[c] + (c > 0);
	return width;
}

#define LEAST_WIDTH                                                                      \
	12 /* below which a column is not squeezed, but for the last resort              \
	    */

/* Takes room from the columns that give it up first. What remains too wide is so because
 * the terminal is narrower than the least of all columns. */
static void squeeze(struct table *table, size_t width)
{
	size_t total = table_width(table);
	size_t excess = total > width ? total - width : 0;

	for (int turn = 1; turn <= 4 && excess > 0; turn++)
		for (size_t c = 0; c < table->shown_count && excess > 0; c++) {
			size_t spare;

			if (table->shown[c]->squeeze != turn ||
			    table->widths[c] <= LEAST_WIDTH)
				continue;
			spare = table->widths[c] - LEAST_WIDTH;
			spare = spare < excess ? spare : excess;
			table->widths[c] -= spare;
			excess -= spare;
		}
}

/* Nothing is cut in a pipe, nor where there is room. */
static int fit(struct table *table)
{
	struct render_options compact = *table->options;
	size_t width = table->options->width;
	int r = fill(table, table->options);

	if (r < 0 || width == 0 || table_width(table) <= width)
		return r;
	compact.compact = true;
	r = fill(table, &compact);
	squeeze(table, width);
	return r;
}

/* A row being written: the blanks after a cell wait for the next that is not empty, as
 * mails and golden files need none at the end of a line. */
struct row {
	struct pen *pen;
	size_t blanks;
};

static void write_part(struct row *row, const char *text, size_t size)
{
	size_t end = size;

	while (end > 0 && text[end - 1] == ' ')
		end--;
	if (end > 0) {
		pen_blanks(row->pen, row->blanks);
		row->blanks = 0;
	}
	pen_put(row->pen, text, end);
	row->blanks += size - end;
}

/* The lines that pass by, of the device and of those above it. */
static void write_passing_lines(struct row *row, const struct device *device, bool ascii)
{
	const char *line = ascii ? "|" : "│";

	if (!device->parent)
		return;
	write_passing_lines(row, device->parent, ascii);
	if (device->next)
		write_part(row, line, strlen(line));
	row->blanks += device->next ? 1 : 2;
}

static void write_lines(struct row *row, const struct device *device, bool ascii)
{
	const char *line = device->next ? (ascii ? "|-" : "├─") : (ascii ? "`-" : "└─");

	write_passing_lines(row, device->parent, ascii);
	write_part(row, line, strlen(line));
}

/* A cell that is wider than its column is cut, with a mark that says so. width: of what
 * was written of it. */
static void write_cell(struct row *row, const char *cell, size_t width, size_t limit,
		       bool ascii)
{
	const char *mark = ascii ? "~" : "…";
	size_t left = limit > width + 1 ? limit - width : 1, taken;
	size_t size = fitting(cell, left, &taken);

	if (cell[size]) {
		size = fitting(cell, left - 1, &taken);
		write_part(row, cell, size);
		write_part(row, mark, strlen(mark));
		taken++;
	} else {
		write_part(row, cell, size);
	}
	row->blanks += 1 + (limit > width + taken ? limit - width - taken : 0);
}

/* For a script: a blank ends a cell, and what is no plain letter of ASCII is \xNN. */
static void write_raw(struct pen *pen, const char *cell)
{
	char escaped[8];

	for (; *cell; cell++)
		if ((unsigned char)(*cell - '!') <= '~' - '!' && *cell != '\\') {
			pen_byte(pen, *cell);
		} else {
			snprintf(escaped, sizeof(escaped), "\\x%02x",
				 (unsigned char)*cell);
			pen_text(pen, escaped);
		}
}

/* NULL: the heading. *cells moves past those of the row. */
static void write_row(struct pen *pen, const struct table *table,
		      const struct device *device, const char **cells)
{
	struct row row = { .pen = pen };
	bool ascii = table->options->ascii;

	for (size_t c = 0; c < table->shown_count; c++) {
		const struct column *column = table->shown[c];
		const char *cell = device ? *cells : column->name;
		size_t width = device ? lines_width(table, column, device) : 0;

		if (device)
			*cells += strlen(*cells) + 1;
		if (table->options->raw) {
			write_raw(pen, cell);
			pen_text(pen, c + 1 < table->shown_count ? " " : "");
			continue;
		}
		if (width > 0)
			write_lines(&row, device, ascii);
		write_cell(&row, cell, width, table->widths[c], ascii);
	}
}

static void write_rows(FILE *out, const struct table *table)
{
	const struct tree *tree = table->findings->tree;
	const char *cells = table->cells;
	struct pen pen = { .out = out };

	if (tree->count > 0 && !table->options->no_headings) {
		write_row(&pen, table, NULL, &cells);
		pen_byte(&pen, '\n');
	}
	tree_foreach (device, tree) {
		const struct finding *worst = table->worst[device - tree->devices];
		bool colored =
			table->options->color && worst && finding_is_problem(worst);

		pen_text(&pen, colored ? marks[worst->status].color : "");
		write_row(&pen, table, device, &cells);
		pen_text(&pen, colored ? MARK_PLAIN "\n" : "\n");
	}
	pen_flush(&pen);
}

int tree_write(FILE *out, const struct findings *findings,
	       const struct render_options *options)
{
	__attribute__((cleanup(table_release))) struct table table = {
		.findings = findings,
		.options = options,
	};
	int r = add_columns(&table);

	if (r == 0)
		r = findings_worst(findings, &table.worst);
	if (r < 0)
		return r;
	table.widths = calloc(table.shown_count + 1, sizeof(*table.widths));
	r = table.widths ? fit(&table) : -ENOMEM;
	if (r == 0)
		write_rows(out, &table);
	return r;
}

static bool has_any(const struct findings *findings)
{
	return findings->statuses[STATUS_FAIL] + findings->statuses[STATUS_WARN] +
		       findings->statuses[STATUS_INFO] >
	       0;
}

int tree_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	int r = tree_write(out, findings, options);
	enum problem_detail detail = options->verbose ? PROBLEM_FIXES : PROBLEM_MESSAGES;

	if (options->no_headings || options->list || options->raw || options->quiet)
		return r;
	/* What was found is of something that is gone. */
	if (findings->tree->count == 0)
		fputs("No remote processor and no rpmsg device.\n", out);
	fputc('\n', out);
	if (r == 0)
		r = problems_write(out, findings, detail, options);
	if (r == 0)
		r = summary_write(out, findings, options);
	if (r == 0 && has_any(findings) && !options->verbose)
		paragraph_write(
			out,
			"rproc-tree check prints evidence and fixes, rproc-tree explain CHECK says more.",
			options->width, "");
	return r;
}
