// SPDX-License-Identifier: GPL-2.0-or-later
/* What show prints: the tree in columns (libsmartcols), and below it what is wrong. */

#include <errno.h>
#include <libsmartcols.h>
#include <string.h>

#include "format.h"
#include "problem.h"

struct table {
	struct libscols_table *scols;
	const struct column *shown[64];
	size_t shown_count;
	struct libscols_line **lines; /* one for each device */
};

static void table_release(struct table *table)
{
	scols_unref_table(table->scols);
	free(table->lines);
}

static int add_column(struct table *table, const struct column *column)
{
	int flags = strcmp(column->name, "DEVICE") == 0 ? SCOLS_FL_TREE : 0;

	if (table->shown_count == ARRAY_SIZE(table->shown))
		return 0;
	if (!scols_table_new_column(table->scols, column->name, 0, flags))
		return -ENOMEM;
	table->shown[table->shown_count++] = column;
	return 0;
}

static int add_columns(struct table *table, const char *list)
{
	for (const struct column *column = columns; !list && column->name; column++) {
		int r = column->usual ? add_column(table, column) : 0;

		if (r < 0)
			return r;
	}
	while (list && *list) {
		size_t size = strcspn(list, ",");
		const struct column *column = column_find(list, size);
		int r = column ? add_column(table, column) : -EINVAL;

		if (r < 0)
			return r;
		list += size + (list[size] == ',');
	}
	return 0;
}

static const char *line_color(const struct device *device)
{
	if (device->verdict == VERDICT_MISPARENTED || device->verdict == VERDICT_ORPHAN)
		return "red";
	if (device_is_flagged(device))
		return "brown";
	return NULL;
}

static int add_line(struct table *table, const struct tree *tree,
		    const struct device *device, const struct render_options *options)
{
	struct libscols_line *parent =
		device->parent ? table->lines[device->parent - tree->devices] : NULL;
	struct libscols_line *line = scols_table_new_line(table->scols, parent);

	if (!line)
		return -ENOMEM;
	table->lines[device - tree->devices] = line;
	for (size_t i = 0; i < table->shown_count; i++) {
		char *cell = table->shown[i]->cell(device, options);

		if (!cell || scols_line_refer_data(line, i, cell) < 0)
			return -ENOMEM;
	}
	if (line_color(device))
		return scols_line_set_color(line, line_color(device));
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

static int setup(struct table *table, const struct render_options *options)
{
	table->scols = scols_new_table();
	if (!table->scols)
		return -ENOMEM;
	scols_table_enable_noencoding(table->scols, 1);
	scols_table_enable_ascii(table->scols, options->ascii);
	scols_table_enable_colors(table->scols, options->color);
	scols_table_set_termforce(table->scols,
				  SCOLS_TERMFORCE_NEVER); /* nothing is cut */
	return add_columns(table, options->columns);
}

static int lay_out(const struct tree *tree, const struct render_options *options,
		   char **ret)
{
	__attribute__((cleanup(table_release))) struct table table = { 0 };
	int r = setup(&table, options);

	if (r < 0)
		return r;
	table.lines = calloc(tree->count + 1, sizeof(*table.lines));
	if (!table.lines)
		return -ENOMEM;
	tree_foreach (device, tree) {
		r = add_line(&table, tree, device, options);
		if (r < 0)
			return r;
	}
	r = scols_print_table_to_string(table.scols, ret);
	return r < 0 ? r : *ret ? 0 : -ENOMEM;
}

/* Columns that the longest line takes: characters, without escape sequences and padding.
 */
static size_t width_of(const char *text)
{
	size_t widest = 0, width = 0, blanks = 0;

	for (const char *at = text; *at; at++) {
		if (*at == '\033')
			at += strcspn(at, "m");
		else if (*at == '\n')
			width = blanks = 0;
		else if (*at == ' ')
			blanks++;
		else if ((*at & 0xc0) != 0x80) {
			width += blanks + 1;
			blanks = 0;
		}
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Nothing is cut off: on a terminal that is too narrow channels go by their own names,
 * and what is still too long is left to the terminal. */
int tree_write(FILE *out, const struct tree *tree, const struct render_options *options)
{
	struct render_options compact = *options;
	_cleanup_free_ char *text = NULL;
	int r = lay_out(tree, options, &text);

	if (r == 0 && options->width > 0 && width_of(text) > options->width) {
		compact.compact = true;
		free(steal(text));
		r = lay_out(tree, &compact, &text);
	}
	if (r < 0)
		return r;
	write_trimmed(out, text);
	return 0;
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
	int r = tree_write(out, findings->tree, options);

	fputc('\n', out);
	if (r == 0)
		r = problems_write(out, findings, PROBLEM_MESSAGES, options);
	if (r == 0)
		r = summary_write(out, findings, options);
	if (r == 0 && has_any(findings))
		fputs("rproc-tree check prints evidence and fixes, rproc-tree explain CHECK says more.\n",
		      out);
	return r;
}
