// SPDX-License-Identifier: GPL-2.0-or-later
/* --help: all tables, so that nothing can be missing; of a command what it takes. */

#include <string.h>

#include "commands.h"
#include "suggest.h"
#include "version.h"

static void print_option(const struct option_row *row)
{
	const char *argument = row->argument ? row->argument : "";
	char text[40];

	snprintf(text, sizeof(text), "--%s%s%s", row->name,
		 *argument && *argument != '[' ? " " : "", argument);
	printf("  %c%c%c %-22s %s\n", row->letter ? '-' : ' ',
	       row->letter ? row->letter : ' ', row->letter ? ',' : ' ', text,
	       row->summary);
}

static void print_options(const struct command *command)
{
	unsigned int taken = command ? command->options | 1u << OPTION_HELP : ~0u;

	puts("\nOptions:");
	for (size_t i = 0; i < OPTION_COUNT_; i++)
		if (taken & 1u << i)
			print_option(&option_rows[i]);
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

static void print_formats(const struct command *command)
{
	unsigned int uses = command ? command->formats : ~0u;

	if (!uses || (command && !(command->options & 1u << OPTION_FORMAT)))
		return;
	puts("\nFormats:");
	for (const struct format *format = formats; format->name; format++)
		if (format->uses & uses)
			print_format(format);
}

static void print_exit_styles(const struct command *command)
{
	if (command && !(command->options & 1u << OPTION_EXIT_STYLE))
		return;
	puts("\nExit styles of check:");
	for (const struct exit_style *style = exit_styles; style->name; style++)
		printf("  %-10s %s\n", style->name, style->summary);
}

static void print_columns(const struct command *command)
{
	if (command && !(command->options & 1u << OPTION_OUTPUT))
		return;
	puts("\nColumns (* without --output):");
	for (const struct column *column = columns; column->name; column++)
		printf("  %-10s %c %s\n", column->name, column->usual ? '*' : ' ',
		       column->summary);
}

static void print_program(void)
{
	puts("Usage: rproc-tree [OPTION...] [COMMAND [ARGUMENT...]]\n"
	     "       rproc-tree [OPTION...] DEVICE...\n\n"
	     "Shows remote processors, their rpmsg channels, and what is wrong with them.\n\n"
	     "Commands (show is the default):");
	for (const struct command *command = commands; command->name; command++)
		printf("  %-8s %-24s %s\n", command->name, command->arguments,
		       command->summary);
}

static void print_command(const struct command *command)
{
	printf("Usage: rproc-tree [OPTION...] %s%s%s\n\n%s: %s.\n", command->name,
	       *command->arguments ? " " : "", command->arguments, command->name,
	       command->summary);
}

void help_print(const struct command *command)
{
	if (command)
		print_command(command);
	else
		print_program();
	if (!command || strstr(command->arguments, "DEVICE"))
		puts("\nDEVICE is remoteprocN, a processor's name, its platform device, virtioK, a channel,\n"
		     "a node in /dev or a path in sysfs. It stands for itself and what is below it.");
	print_options(command);
	print_formats(command);
	print_exit_styles(command);
	print_columns(command);
	puts("\nExit status: 0 all is well, 1 a check failed, 2 wrong usage, 3 could not look,\n"
	     "4 no remote processor and no rpmsg device. See rproc-tree(1).");
}

void version_print(void)
{
	puts("rproc-tree " RPROC_TREE_VERSION "\n"
	     "JSON schema 1; features: " RPROC_TREE_FEATURES);
}

/* Status of a name that is of nothing, which is said with the nearest of those that are.
 */
static enum exit_status is_unknown(const char *name, const char *what, const char *see,
				   const struct command *command)
{
	struct suggestion suggestion = suggestion_of(name);

	for (; command && command->name; command++)
		suggest(&suggestion, command->name);
	for (size_t i = 0; explain_name(i); i++)
		suggest(&suggestion, explain_name(i));
	complain_unknown(what, &suggestion, see);
	return EXIT_USAGE;
}

enum exit_status command_help(const struct invocation *invocation)
{
	const char *name = invocation->arguments[0];
	const struct command *command = name ? command_find(name) : NULL;

	if (!name || command) {
		help_print(command);
		return EXIT_OK;
	}
	if (explain_print(name))
		return EXIT_OK;
	return is_unknown(name, "command, check or verdict",
			  "see rproc-tree --help and rproc-tree explain", commands);
}

enum exit_status command_explain(const struct invocation *invocation)
{
	const char *name = invocation->arguments[0];

	if (name && !explain_print(name))
		return is_unknown(name, "check or verdict",
				  "rproc-tree explain lists them", NULL);
	if (!name)
		explain_print_list();
	return EXIT_OK;
}
