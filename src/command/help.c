// SPDX-License-Identifier: GPL-2.0-or-later
/* --help: all tables, so that nothing can be missing. */

#include "command.h"

static void print_options(void)
{
	for (size_t i = 0; i < OPTION_COUNT_; i++) {
		const struct option_row *row = &option_rows[i];
		char text[40];

		snprintf(text, sizeof(text), "--%s%s%s", row->name,
			 row->argument ? " " : "", row->argument ? row->argument : "");
		printf("  %c%c%c %-18s %s\n", row->letter ? '-' : ' ',
		       row->letter ? row->letter : ' ', row->letter ? ',' : ' ', text,
		       row->summary);
	}
}

/* JSON is of show and check for the completions, which ask for those two only. */
static void print_format(const struct format *format)
{
	const char *uses = (format->uses & FORMAT_SHOW) && (format->uses & FORMAT_CHECK)
				   ? "show, check"
			   : (format->uses & FORMAT_SHOW)    ? "show"
			   : (format->uses & FORMAT_CHECK)   ? "check"
			   : (format->uses & FORMAT_CAPTURE) ? "capture"
							     : "report";

	printf("  %-12s %-12s %s\n", format->name, uses, format->summary);
}

static void print_formats(void)
{
	puts("\nFormats:");
	for (const struct format *format = formats; format->name; format++)
		print_format(format);
}

static void print_exit_styles(void)
{
	puts("\nExit styles of check:");
	for (const struct exit_style *style = exit_styles; style->name; style++)
		printf("  %-10s %s\n", style->name, style->summary);
}

static void print_columns(void)
{
	puts("\nColumns (* without --output):");
	for (const struct column *column = columns; column->name; column++)
		printf("  %-10s %c %s\n", column->name, column->usual ? '*' : ' ',
		       column->summary);
}

void help_print(void)
{
	puts("Usage: rproc-tree [OPTION...] [COMMAND [ARGUMENT...]]\n\n"
	     "Shows remote processors, their rpmsg channels, and what is wrong with them.\n\n"
	     "Commands (show is the default):");
	for (const struct command *command = commands; command->name; command++)
		printf("  %-9s%-13s %s\n", command->name, command->arguments,
		       command->summary);
	puts("\nOptions:");
	print_options();
	print_formats();
	print_exit_styles();
	print_columns();
	puts("\nExit status: 0 all is well, 1 a check failed, 2 wrong usage, 3 could not look,\n"
	     "4 no remote processor and no rpmsg device. See rproc-tree(1).");
}
