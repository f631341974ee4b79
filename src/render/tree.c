// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What show prints: the tree in columns, and below it what was found. The cells are made
 * and, on a terminal that is too narrow, cut here; libsmartcols draws.
 */

#include <errno.h>
#include <libsmartcols.h>
#include <stdint.h>
#include <string.h>

#include "format.h"
#include "list.h"
#include "mark.h"
#include "paragraph.h"
#include "problem.h"

struct table {
	const struct findings *findings;
	const struct finding **worst; /* one for each device */
	const struct column **shown;
	size_t *limits; /* of each shown column, in characters; SIZE_MAX: none */
	size_t shown_count;
	char **cells; /* shown_count for each device */
	struct libscols_table *scols;
	struct libscols_line **lines; /* one for each device */
};

static void table_release(struct table *table)
{
	size_t count =
		table->cells ? table->findings->tree->count * table->shown_count : 0;

	for (size_t i = 0; i < count; i++)
		free(table->cells[i]);
	free(table->cells);
	free(table->worst);
	free(table->shown);
	free(table->limits);
	scols_unref_table(table->scols);
	free(table->lines);
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

static int add_columns(struct table *table, const struct render_options *options)
{
	const char *list = options->columns;
	bool adds = !list || *list == '+';
	struct span word;
	int r = 0;

	for (const struct column *column = columns; column->name && r == 0; column++)
		if (options->all_columns || (adds && column->usual))
			r = add_column(table, column);
	if (list && adds)
		list++;
	while (r == 0 && list_next(&list, &word)) {
		const struct column *column = column_find(word.start, word.size);

		r = column ? add_column(table, column) : -EINVAL;
	}
	return r;
}

static int fill_cells(struct table *table, const struct render_options *options)
{
	const struct tree *tree = table->findings->tree;

	for (size_t i = 0; i < tree->count; i++)
		for (size_t c = 0; c < table->shown_count; c++) {
			const struct column *column = table->shown[c];
			char *cell =
				column->cell
					? column->cell(&tree->devices[i], options)
					: column->finding_cell(table->worst[i], options);

			free(table->cells[i * table->shown_count + c]);
			table->cells[i * table->shown_count + c] = cell;
			if (!cell)
				return -ENOMEM;
		}
	return 0;
}

static bool is_device_column(const struct column *column)
{
	return strcmp(column->name, "DEVICE") == 0;
}

/* What the lines of the tree take before a name. */
static size_t lines_width(const struct column *column, const struct device *device)
{
	return is_device_column(column) ? 2 * (size_t)device->depth : 0;
}

static size_t column_width(const struct table *table, size_t c)
{
	const struct tree *tree = table->findings->tree;
	size_t widest = strlen(table->shown[c]->name);

	for (size_t i = 0; i < tree->count; i++) {
		const char *cell = table->cells[i * table->shown_count + c];
		size_t width = lines_width(table->shown[c], &tree->devices[i]) +
			       paragraph_width(cell, strlen(cell));

		widest = width > widest ? width : widest;
	}
	return widest;
}

static size_t table_width(const struct table *table)
{
	size_t width = table->shown_count > 0 ? table->shown_count - 1 : 0;

	for (size_t c = 0; c < table->shown_count; c++)
		width += column_width(table, c);
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
			size_t wide = column_width(table, c), spare;

			if (table->shown[c]->squeeze != turn || wide <= LEAST_WIDTH)
				continue;
			spare = wide - LEAST_WIDTH;
			spare = spare < excess ? spare : excess;
			table->limits[c] = wide - spare;
			excess -= spare;
		}
}

/* How many bytes the first characters of a text have. */
static size_t bytes_of(const char *text, size_t characters)
{
	size_t size = 0;

	while (text[size] && (characters > 0 || (text[size] & 0xc0) == 0x80))
		characters -= (text[size++] & 0xc0) != 0x80;
	return size;
}

/* Cuts a cell to its column, the mark that says so included. */
static int cut_cell(char **cell, size_t limit, bool ascii)
{
	const char *mark = ascii ? "~" : "…";
	char *cut;

	if (paragraph_width(*cell, strlen(*cell)) <= limit)
		return 0;
	if (asprintf(&cut, "%.*s%s", (int)bytes_of(*cell, limit > 0 ? limit - 1 : 0),
		     *cell, mark) < 0)
		return -ENOMEM;
	free(*cell);
	*cell = cut;
	return 0;
}

static int cut_cells(struct table *table, bool ascii)
{
	const struct tree *tree = table->findings->tree;
	int r = 0;

	for (size_t i = 0; i < tree->count; i++)
		for (size_t c = 0; c < table->shown_count && r == 0; c++) {
			size_t taken = lines_width(table->shown[c], &tree->devices[i]);
			size_t limit = table->limits[c];

			if (limit == SIZE_MAX)
				continue;
			r = cut_cell(&table->cells[i * table->shown_count + c],
				     limit > taken + 1 ? limit - taken : 1, ascii);
		}
	return r;
}

/* Nothing is cut in a pipe, nor where there is room. */
static int fit(struct table *table, const struct render_options *options)
{
	struct render_options compact = *options;
	int r = fill_cells(table, options);

	if (r < 0 || options->width == 0 || table_width(table) <= options->width)
		return r;
	compact.compact = true;
	r = fill_cells(table, &compact);
	if (r < 0)
		return r;
	squeeze(table, options->width);
	return cut_cells(table, options->ascii);
}

static const char *line_color(const struct finding *worst)
{
	return worst && finding_is_problem(worst) ? marks[worst->status].color : NULL;
}

static int add_line(struct table *table, size_t i)
{
	const struct tree *tree = table->findings->tree;
	const struct device *device = &tree->devices[i];
	struct libscols_line *parent =
		device->parent ? table->lines[device->parent - tree->devices] : NULL;
	struct libscols_line *line = scols_table_new_line(table->scols, parent);

	if (!line)
		return -ENOMEM;
	table->lines[i] = line;
	for (size_t c = 0; c < table->shown_count; c++)
		if (scols_line_set_data(line, c,
					table->cells[i * table->shown_count + c]) < 0)
			return -ENOMEM;
	if (line_color(table->worst[i]))
		return scols_line_set_color(line, line_color(table->worst[i]));
	return 0;
}

/* Without the blanks that pad the last cells: mails and golden files need none. */
static void write_trimmed(FILE *out, const char *text)
{
	while (*text) {
		size_t size = strcspn(text, "\n"), kept = size;

		while (kept > 0 && text[kept - 1] == ' ')
			kept--;
		fwrite(text, 1, kept, out);
		fputc('\n', out);
		text += size + (text[size] == '\n');
	}
}

/* Those that the library would take by itself, but it does not say when it cannot. */
static int set_symbols(struct libscols_table *scols, bool ascii)
{
	struct libscols_symbols *symbols = scols_new_symbols();
	int r = symbols ? 0 : -ENOMEM;

	if (r == 0)
		r = scols_symbols_set_branch(symbols, ascii ? "|-" : "├─");
	if (r == 0)
		r = scols_symbols_set_vertical(symbols, ascii ? "| " : "│ ");
	if (r == 0)
		r = scols_symbols_set_right(symbols, ascii ? "`-" : "└─");
	if (r == 0)
		r = scols_symbols_set_title_padding(symbols, " ");
	if (r == 0)
		r = scols_symbols_set_cell_padding(symbols, " ");
	if (r == 0)
		r = scols_table_set_symbols(scols, symbols);
	scols_unref_symbols(symbols);
	return r;
}

static int draw(struct table *table, const struct render_options *options, char **ret)
{
	bool has_lines = !options->list && !options->raw;
	int r;

	table->scols = scols_new_table();
	r = table->scols ? set_symbols(table->scols, options->ascii) : -ENOMEM;
	if (r < 0)
		return r;
	scols_table_enable_noencoding(table->scols, 1);
	scols_table_enable_ascii(table->scols, options->ascii);
	scols_table_enable_colors(table->scols, options->color);
	scols_table_enable_noheadings(table->scols, options->no_headings);
	scols_table_enable_raw(table->scols, options->raw);
	scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_NEVER);
	for (size_t c = 0; c < table->shown_count; c++)
		if (!scols_table_new_column(table->scols, table->shown[c]->name, 0,
					    has_lines && is_device_column(table->shown[c])
						    ? SCOLS_FL_TREE
						    : 0))
			return -ENOMEM;
	for (size_t i = 0; i < table->findings->tree->count && r == 0; i++)
		r = add_line(table, i);
	if (r == 0)
		r = scols_print_table_to_string(table->scols, ret);
	return r < 0 ? r : *ret ? 0 : -ENOMEM;
}

static int prepare(struct table *table, const struct render_options *options)
{
	int r = add_columns(table, options);

	if (r == 0)
		r = findings_worst(table->findings, &table->worst);
	if (r < 0)
		return r;
	table->limits = calloc(table->shown_count + 1, sizeof(*table->limits));
	table->cells = calloc(table->findings->tree->count * table->shown_count + 1,
			      sizeof(*table->cells));
	table->lines = calloc(table->findings->tree->count + 1, sizeof(*table->lines));
	if (!table->limits || !table->cells || !table->lines)
		return -ENOMEM;
	for (size_t c = 0; c < table->shown_count; c++)
		table->limits[c] = SIZE_MAX;
	return 0;
}

int tree_write(FILE *out, const struct findings *findings,
	       const struct render_options *options)
{
	__attribute__((cleanup(table_release))) struct table table = { .findings =
									       findings };
	_cleanup_free_ char *text = NULL;
	int r = prepare(&table, options);

	if (r == 0)
		r = fit(&table, options);
	if (r == 0)
		r = draw(&table, options, &text);
	if (r == 0 && options->raw && *text)
		fprintf(out, "%s\n", text); /* a blank at the end is an empty cell */
	else if (r == 0)
		write_trimmed(out, text);
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
