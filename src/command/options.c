// SPDX-License-Identifier: GPL-2.0-or-later
/* The command line becomes an invocation: options by the table, then the command. */

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "escape.h"
#include "list.h"
#include "suggest.h"

#define BIT(option) (1u << (option))
#define LONG_ONLY   256 /* getopt's value of option_rows[i] is LONG_ONLY + i */
#define SEE_HELP    "see rproc-tree --help"

const struct option_row option_rows[OPTION_COUNT_] = {
	[OPTION_FROM] = { "from", 0, "FILE",
			  "read a snapshot, report, udevadm export, log or listing (- is stdin)" },
	[OPTION_SYSROOT] = { "sysroot", 0, "DIR",
			     "read DIR/sys, DIR/dev, DIR/proc, DIR/lib instead of /" },
	[OPTION_NO_DEBUGFS] = { "no-debugfs", 0, NULL, "never read debugfs" },
	[OPTION_FORMAT] = { "format", 0, "NAME", "print in this format" },
	[OPTION_JSON] = { "json", 'J', NULL, "print as JSON" },
	[OPTION_STRICT] = { "strict", 0, NULL, "treat warnings as failures" },
	[OPTION_ONLY] = { "only", 0, "CHECKS",
			  "run these checks only, separated by commas" },
	[OPTION_SKIP] = { "skip", 0, "CHECKS", "leave these checks out" },
	[OPTION_SETTLE] = { "settle", 0, "SECONDS",
			    "wait up to SECONDS for devices to appear and settle" },
	[OPTION_INTERVAL] = { "interval", 0, "SECONDS",
			      "read states this often (2 is the default, 0 never)" },
	[OPTION_EXIT_STYLE] = { "exit-style", 0, "STYLE",
				"exit as kselftest, automake or nagios expect" },
	[OPTION_EXPECT] = { "expect", 0, "FILE",
			    "expect what this report or snapshot of a good boot has" },
	[OPTION_REQUIRE] = { "require", 0, "CHANNEL",
			     "require this channel (NAME or NAME@PROCESSOR), repeatable" },
	[OPTION_REQUIRE_RUNNING] = { "require-running", 0, "LIST",
				     "require these processors to run: all, or names" },
	[OPTION_EXCEPT] = { "except", 0, "LIST",
			    "processors that --require-running leaves out" },
	[OPTION_REDACT] = { "redact", 0, NULL,
			    "mask the names of machine and firmware, and traces" },
	[OPTION_OUTPUT] = { "output", 'o', "COLUMNS",
			    "print these columns; +COLUMNS adds to the usual ones" },
	[OPTION_OUTPUT_ALL] = { "output-all", 'O', NULL, "print all columns" },
	[OPTION_NOHEADINGS] = { "noheadings", 'n', NULL,
				"print the table alone, without headings" },
	[OPTION_LIST] = { "list", 'l', NULL, "print the table alone, as a list" },
	[OPTION_RAW] = { "raw", 'r', NULL, "print the table alone, unaligned" },
	[OPTION_ASCII] = { "ascii", 0, NULL, "print ASCII only" },
	[OPTION_COLOR] = { "color", 0, "[=WHEN]", "always (also alone), auto or never" },
	[OPTION_QUIET] = { "quiet", 'q', NULL,
			   "no notices; of show the tree alone, of check no output" },
	[OPTION_VERBOSE] = { "verbose", 'v', NULL,
			     "print more: evidence, what passed, each skip" },
	[OPTION_HELP] = { "help", 'h', NULL, "print this help; of a command after one" },
	[OPTION_VERSION] = { "version", 'V', NULL,
			     "print the version and what is built in" },
};

static int usage(const char *what, const char *which)
{
	_cleanup_free_ char *shown = escape_string(which, 0);

	complain("%s '%s'; " SEE_HELP, what, shown ? shown : "");
	return -EINVAL;
}

static bool may_have_argument(const struct option_row *row)
{
	return row->argument && row->argument[0] == '[';
}

static int argument_of(const struct option_row *row)
{
	if (may_have_argument(row))
		return optional_argument;
	return row->argument ? required_argument : no_argument;
}

/* The tables as getopt wants them. */
static void fill_getopt(struct option *options, char *letters)
{
	*letters++ = ':';
	for (int i = 0; i < OPTION_COUNT_; i++) {
		const struct option_row *row = &option_rows[i];

		options[i] = (struct option){ row->name, argument_of(row), NULL,
					      LONG_ONLY + i };
		if (!row->letter)
			continue;
		*letters++ = row->letter;
		if (row->argument)
			*letters++ = ':';
	}
	*letters = '\0';
}

static int option_of(int value)
{
	for (int i = 0; i < OPTION_COUNT_; i++)
		if (value == LONG_ONLY + i || value == option_rows[i].letter)
			return i;
	return -1;
}

/* optopt: 0 for a long option that is none, or several. */
static int refuse_option(char *argument)
{
	char letter[] = { '-', (char)optopt, '\0' };
	size_t size = strcspn(argument, "=");
	struct suggestion suggestion = { .word = { argument, size } };
	char names[OPTION_COUNT_][32];

	if (optopt >= LONG_ONLY) {
		complain("option --%s takes no argument; " SEE_HELP,
			 option_rows[optopt - LONG_ONLY].name);
		return -EINVAL;
	}
	if (optopt)
		return usage("unknown option", letter);
	for (size_t i = 0; i < OPTION_COUNT_; i++) {
		snprintf(names[i], sizeof(names[i]), "--%s", option_rows[i].name);
		suggest(&suggestion, names[i]);
	}
	complain_unknown("option", &suggestion, SEE_HELP);
	return -EINVAL;
}

static int take_color(struct invocation *invocation, const char *when)
{
	static const char *const words[] = { "auto", "always", "never" };

	invocation->color = COLOR_ALWAYS;
	for (size_t i = 0; i < ARRAY_SIZE(words) && when; i++)
		if (strcmp(words[i], when) == 0) {
			invocation->color = (enum color_when)i;
			return 0;
		}
	return when ? usage("--color takes auto, always or never, not", when) : 0;
}

/* Seconds, with a fraction if need be; a day at most. */
static int take_seconds(int *ret_milliseconds, enum option_id option, const char *text)
{
	_cleanup_free_ char *shown = escape_string(text, 0);
	char *end;
	double seconds = strtod(text, &end);

	if (!*text || *end || text[strspn(text, "0123456789.")] || seconds > 86400) {
		complain("--%s takes a number of seconds, not '%s'; " SEE_HELP,
			 option_rows[option].name, shown ? shown : "");
		return -EINVAL;
	}
	*ret_milliseconds = (int)(seconds * 1000);
	return 0;
}

static int take_exit_style(struct invocation *invocation, const char *name)
{
	struct suggestion suggestion = suggestion_of(name);

	invocation->exit_style = exit_style_find(name);
	if (invocation->exit_style)
		return 0;
	for (const struct exit_style *style = exit_styles; style->name; style++)
		suggest(&suggestion, style->name);
	complain_unknown("exit style", &suggestion, "rproc-tree check --help lists them");
	return -EINVAL;
}

static int take_columns(struct invocation *invocation, const char *list)
{
	struct suggestion suggestion = { 0 };

	invocation->render.columns = list;
	suggestion.word.start = columns_unknown(list, &suggestion.word.size);
	if (!suggestion.word.start)
		return 0;
	for (const struct column *column = columns; column->name; column++)
		suggest(&suggestion, column->name);
	complain_unknown("column", &suggestion, "rproc-tree show --help lists them");
	return -EINVAL;
}

static int take_checks(const char **ret, const char *list)
{
	struct suggestion suggestion = { 0 };

	*ret = list;
	suggestion.word.start = checks_unknown(list, &suggestion.word.size);
	if (!suggestion.word.start)
		return 0;
	checks_foreach(check) suggest(&suggestion, check->id);
	complain_unknown("check", &suggestion, "rproc-tree explain lists them");
	return -EINVAL;
}

static int take_require(struct invocation *invocation, const char *channel)
{
	size_t count = 0;

	while (invocation->requires[count])
		count++;
	if (!*channel)
		return usage("--require takes a channel, not", channel);
	if (count == REQUIRES_MAX)
		return usage("one --require too many:", channel);
	invocation->requires[count] = channel;
	return 0;
}

/* Names of processors; none of them is empty. */
static int take_processors(const char **ret, enum option_id option, const char *list)
{
	const char *at = list;
	struct span word;

	*ret = list;
	while (list_next(&at, &word))
		if (word.size == 0) {
			complain("--%s takes names separated by commas; " SEE_HELP,
				 option_rows[option].name);
			return -EINVAL;
		}
	return 0;
}

static int take_flag(struct invocation *invocation, enum option_id option)
{
	struct render_options *render = &invocation->render;
	bool *const flags[OPTION_COUNT_] = {
		[OPTION_NO_DEBUGFS] = &invocation->no_debugfs,
		[OPTION_STRICT] = &invocation->check.strict,
		[OPTION_REDACT] = &invocation->redact,
		[OPTION_OUTPUT_ALL] = &render->all_columns,
		[OPTION_NOHEADINGS] = &render->no_headings,
		[OPTION_LIST] = &render->list,
		[OPTION_RAW] = &render->raw,
		[OPTION_ASCII] = &render->ascii,
		[OPTION_QUIET] = &render->quiet,
		[OPTION_VERBOSE] = &render->verbose,
	};

	if (flags[option])
		*flags[option] = true;
	return 0;
}

static int take_option(struct invocation *invocation, enum option_id option,
		       const char *argument)
{
	struct check_options *check = &invocation->check;

	invocation->given |= BIT(option);
	switch (option) {
	case OPTION_FROM:
		invocation->from = argument;
		return 0;
	case OPTION_SYSROOT:
		invocation->sysroot = argument;
		return 0;
	case OPTION_FORMAT:
		invocation->format = argument;
		return 0;
	case OPTION_JSON:
		invocation->format = "json";
		return 0;
	case OPTION_ONLY:
		return take_checks(&check->only, argument);
	case OPTION_SKIP:
		return take_checks(&check->skip, argument);
	case OPTION_SETTLE:
		return take_seconds(&invocation->settle, option, argument);
	case OPTION_INTERVAL:
		return take_seconds(&invocation->interval, option, argument);
	case OPTION_EXIT_STYLE:
		return take_exit_style(invocation, argument);
	case OPTION_EXPECT:
		invocation->expect = argument;
		return 0;
	case OPTION_REQUIRE:
		return take_require(invocation, argument);
	case OPTION_REQUIRE_RUNNING:
		return take_processors(&check->require_running, option, argument);
	case OPTION_EXCEPT:
		return take_processors(&check->except, option, argument);
	case OPTION_COLOR:
		return take_color(invocation, argument);
	case OPTION_OUTPUT:
		return take_columns(invocation, argument);
	default:
		return take_flag(invocation, option);
	}
}

static int take_all(struct invocation *invocation, int argc, char **argv)
{
	struct option options[OPTION_COUNT_ + 1] = { 0 };
	char letters[2 * OPTION_COUNT_ + 2];
	int value;

	fill_getopt(options, letters);
	opterr = 0;
	while ((value = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		int r;

		if (value == '?')
			return refuse_option(argv[optind - 1]);
		if (value == ':')
			return usage("an argument is missing for", argv[optind - 1]);
		r = take_option(invocation, (enum option_id)option_of(value), optarg);
		if (r < 0)
			return r;
	}
	return 0;
}

static int refuse_argument(const struct command *command, const char *argument)
{
	_cleanup_free_ char *shown = escape_string(argument, 0);

	complain("%s takes no%s argument '%s'; see rproc-tree %s --help", command->name,
		 command->arguments_max > 0 ? " further" : "", shown ? shown : "",
		 command->name);
	return -EINVAL;
}

/* A first word that is no command may be a device: show looks. */
static int take_command(struct invocation *invocation, char **words)
{
	const struct command *named = words[0] ? command_find(words[0]) : NULL;
	const struct command *command = named ? named : &commands[0];
	int count = 0;

	invocation->command = command;
	invocation->named = named;
	invocation->implicit = words[0] && !named;
	invocation->arguments = named ? words + 1 : words;
	while (invocation->arguments[count])
		count++;
	if (command->arguments_max == ARGUMENTS_ANY || count <= command->arguments_max)
		return 0;
	return refuse_argument(command, invocation->arguments[command->arguments_max]);
}

int options_take(struct invocation *invocation, int argc, char **argv)
{
	int r = take_all(invocation, argc, argv);

	if (r == 0)
		r = take_command(invocation, argv + optind);
	if (r < 0 || invocation->given & (BIT(OPTION_HELP) | BIT(OPTION_VERSION)))
		return r;
	if (invocation->requires[0])
	invocation->check.require = invocation->requires;
	return options_check(invocation);
}
