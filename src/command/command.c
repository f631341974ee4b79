// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "choose.h"
#include "commands.h"
#include "escape.h"
#include "near.h"
#include "source.h"
#include "unread.h"

#define BIT(option) (1u << (option))
/* What every reading command takes. */
#define READING                                                                          \
	(BIT(OPTION_FROM) | BIT(OPTION_SYSROOT) | BIT(OPTION_NO_DEBUGFS) |               \
	 BIT(OPTION_FORMAT) | BIT(OPTION_JSON) | BIT(OPTION_ASCII) | BIT(OPTION_COLOR) | \
	 BIT(OPTION_QUIET) | BIT(OPTION_VERBOSE))
#define CHECKING (BIT(OPTION_STRICT) | BIT(OPTION_ONLY) | BIT(OPTION_SKIP))
#define TABLE                                                                            \
	(BIT(OPTION_OUTPUT) | BIT(OPTION_OUTPUT_ALL) | BIT(OPTION_NOHEADINGS) |          \
	 BIT(OPTION_LIST) | BIT(OPTION_RAW))
#define WISHING                                                                          \
	(BIT(OPTION_EXPECT) | BIT(OPTION_REQUIRE) | BIT(OPTION_REQUIRE_RUNNING) |        \
	 BIT(OPTION_EXCEPT))
#define DEVICES_MAX 64

const struct option_row option_rows[OPTION_COUNT_] = {
	[OPTION_FROM] = { "from", 0, "FILE",
			  "read a snapshot, report, kernel log, listing, ... (- is standard input)" },
	[OPTION_SYSROOT] = { "sysroot", 0, "DIR",
			     "read DIR/sys, DIR/dev, DIR/proc, DIR/lib instead of /" },
	[OPTION_NO_DEBUGFS] = { "no-debugfs", 0, NULL, "never read debugfs" },
	[OPTION_FORMAT] = { "format", 0, "NAME", "print in this format" },
	[OPTION_JSON] = { "json", 'J', NULL, "the same as --format json" },
	[OPTION_STRICT] = { "strict", 0, NULL, "treat warnings as failures" },
	[OPTION_ONLY] = { "only", 0, "CHECKS",
			  "run these checks only, separated by commas" },
	[OPTION_SKIP] = { "skip", 0, "CHECKS", "leave these checks out" },
	[OPTION_SETTLE] = { "settle", 0, "SECONDS",
			    "wait up to SECONDS for devices to appear and settle" },
	[OPTION_INTERVAL] = { "interval", 0, "SECONDS",
			      "look at states every SECONDS (default 2, 0: never)" },
	[OPTION_EXIT_STYLE] = { "exit-style", 0, "STYLE",
				"exit with the numbers of kselftest, automake or nagios" },
	[OPTION_EXPECT] = { "expect", 0, "FILE",
			    "expect what this report or snapshot of a good boot has" },
	[OPTION_REQUIRE] = { "require", 0, "CHANNEL",
			     "expect CHANNEL or CHANNEL@PROCESSOR, with a driver; repeatable" },
	[OPTION_REQUIRE_RUNNING] = { "require-running", 0, "LIST",
				     "expect these processors to run, or all" },
	[OPTION_EXCEPT] = { "except", 0, "LIST", "processors that need not run" },
	[OPTION_REDACT] = { "redact", 0, NULL,
			    "mask the names of machine and firmware, and traces" },
	[OPTION_ASCII] = { "ascii", 0, NULL, "print ASCII only" },
	[OPTION_COLOR] = { "color", 0, "[WHEN]", "auto (the default), always or never" },
	[OPTION_OUTPUT] = { "output", 'o', "COLUMNS",
			    "print these columns, separated by commas; +COLUMN adds" },
	[OPTION_OUTPUT_ALL] = { "output-all", 'O', NULL, "print all columns" },
	[OPTION_NOHEADINGS] = { "noheadings", 'n', NULL,
				"print the table alone, without headings" },
	[OPTION_LIST] = { "list", 'l', NULL, "print the table alone, as a list" },
	[OPTION_RAW] = { "raw", 'r', NULL, "print the table alone, unaligned" },
	[OPTION_QUIET] = { "quiet", 'q', NULL, "print no notices; check prints nothing" },
	[OPTION_VERBOSE] = { "verbose", 'v', NULL, "print what passed, too" },
	[OPTION_HELP] = { "help", 'h', NULL, "print this help" },
	[OPTION_VERSION] = { "version", 'V', NULL, "print the version" },
};

const struct command commands[] = {
	{ "show", "[DEVICE...]", "print the tree, then the problems",
	  READING | CHECKING | TABLE, DEVICES_MAX, FORMAT_SHOW, command_show },
	{ "check", "[DEVICE...]", "run the checks, exit status is the result",
	  READING | CHECKING | WISHING | BIT(OPTION_EXIT_STYLE) | BIT(OPTION_SETTLE),
	  DEVICES_MAX, FORMAT_CHECK, command_check },
	{ "capture", "", "print a snapshot of this system", READING | BIT(OPTION_REDACT),
	  0, FORMAT_CAPTURE, command_capture },
	{ "report", "[DEVICE...]", "print everything a bug report needs",
	  READING | BIT(OPTION_REDACT), DEVICES_MAX, FORMAT_REPORT, command_report },
	{ "diff", "BEFORE AFTER", "print what differs (files, - or live), numbers aside",
	  BIT(OPTION_JSON) | BIT(OPTION_QUIET) | BIT(OPTION_ASCII) | BIT(OPTION_COLOR) |
		  BIT(OPTION_SYSROOT) | BIT(OPTION_NO_DEBUGFS),
	  2, FORMAT_SHOW, command_diff },
	{ "watch", "[DEVICE...]", "follow changes",
	  (READING & ~(BIT(OPTION_FROM) | BIT(OPTION_SYSROOT) | BIT(OPTION_NO_DEBUGFS))) |
		  CHECKING | TABLE | BIT(OPTION_INTERVAL),
	  DEVICES_MAX, FORMAT_SHOW, command_watch },
	{ "explain", "[CHECK|VERDICT]", "print what a check looks for and how to fix it",
	  0, 1, 0, command_explain },
	{ "help", "[COMMAND|CHECK]", "print this help, or the same as explain", 0, 1, 0,
	  command_help },
	{ .name = NULL },
};

const char *command_near(const char *name)
{
	const char *nearest = NULL;
	size_t least = strlen(name) < 3 ? 1 : 3; /* more is another word */

	for (const struct command *command = commands; command->name; command++) {
		size_t distance = near_distance(name, command->name);

		if (distance >= least)
			continue;
		least = distance;
		nearest = command->name;
	}
	return nearest;
}

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

void complain(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("rproc-tree: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

void system_release(struct system *system)
{
	findings_free(system->findings);
	tree_free(system->tree);
	inventory_free(system->inventory);
}

static int read_text(const char *name, struct inventory **ret, struct notice *notice)
{
	bool is_stdin = strcmp(name, "-") == 0;
	_cleanup_file_ FILE *opened = is_stdin ? NULL : fopen(name, "re");
	FILE *file = is_stdin ? stdin : opened;

	return file ? source_text(file, name, ret, notice) : -errno;
}

static enum exit_status complain_of_reading(const struct invocation *invocation, int r,
					    const struct notice *notice)
{
	_cleanup_free_ char *name = escape_string(invocation->from, 0);
	_cleanup_free_ char *root = escape_string(invocation->sysroot, 0);

	if (notice->text[0])
		complain("%s", notice->text);
	else if (invocation->from)
		complain("%s: %s", name ? name : "input", strerror(-r));
	else
		complain("cannot read the devices below %s/sys: %s", root ? root : "",
			 strerror(-r));
	return EXIT_TROUBLE;
}

static enum exit_status complain_of_device(const struct invocation *invocation,
					   const struct inventory *inventory,
					   const char *name)
{
	_cleanup_free_ char *shown = escape_string(name, 0);
	const char *command = invocation->first_is_device ? command_near(name) : NULL;

	if (invocation->first_is_device) {
		complain("unknown command '%s'%s%s%s; see rproc-tree --help",
			 shown ? shown : "", command ? " (did you mean " : "",
			 command ? command : "", command ? "?)" : "");
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < inventory->count; i++) {
		_cleanup_free_ char *near =
			escape_string(record_name(&inventory->records[i]), 0);

		if (!near || !near_is(name, record_name(&inventory->records[i])))
			continue;
		complain("no device %s; %s exists", shown ? shown : "", near);
		return EXIT_NOTHING;
	}
	complain("no device %s; rproc-tree show lists the devices", shown ? shown : "");
	return EXIT_NOTHING;
}

static int build(const struct invocation *invocation, struct system *system)
{
	int r = tree_build(system->inventory, &system->tree);

	return r < 0 ? r
		     : findings_build(system->tree, &invocation->check,
				      &system->findings);
}

/* once: what no loop may read is read. */
static int read_live(const struct invocation *invocation, bool once,
		     struct inventory **ret, struct notice *ret_notice)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	const struct source_options options = { &paths, once && !invocation->no_debugfs,
						once };
	int r = paths_init(&paths, invocation->sysroot);

	return r < 0 ? r : source_live(&options, ret, ret_notice);
}

static bool takes_devices(const struct invocation *invocation)
{
	return invocation->command && invocation->command->arguments_max == DEVICES_MAX &&
	       invocation->arguments && invocation->arguments[0];
}

int system_read_live(const struct invocation *invocation, struct system *ret)
{
	struct notice notice;
	int r = read_live(invocation, false, &ret->inventory, &notice);

	/* A device that is not there (yet) leaves nothing. */
	if (r == 0 && takes_devices(invocation) &&
	    choose_devices(ret->inventory, invocation->arguments))
		choose_none(ret->inventory);
	return r < 0 ? r : build(invocation, ret);
}

#define UNREAD_SHOWN 8

static bool is_permission(const struct unread *unread)
{
	return unread->error == EACCES || unread->error == EPERM;
}

/* A line for each of the first; files for root only are told of by the notice. */
static void complain_of_unread(const struct invocation *invocation,
			       const struct inventory *inventory)
{
	struct unread unread;
	size_t shown = 0, i = 0;

	for (; shown < UNREAD_SHOWN && unread_get(inventory, i, &unread); i++) {
		_cleanup_free_ char *path = escape_string(unread.path, 0);

		if (is_permission(&unread) && !invocation->from)
			continue;
		shown++;
		complain("cannot read %s%s: %s",
			 invocation->sysroot ? invocation->sysroot : "", path ? path : "",
			 unread_reason(&unread));
	}
	if (unread_count(inventory) > i)
		complain("and %zu more files cannot be read",
			 unread_count(inventory) - i);
}

enum exit_status status_of_reading(const struct system *system, enum exit_status status)
{
	if (status != EXIT_OK && status != EXIT_NOTHING)
		return status;
	return system->inventory && unread_count(system->inventory) > 0 ? EXIT_TROUBLE
									: status;
}

/* Of something that is gone, or that was required. */
static bool has_problem(const struct findings *findings)
{
	return findings->statuses[STATUS_FAIL] + findings->statuses[STATUS_WARN] > 0;
}

enum exit_status system_load(const struct invocation *invocation, struct system *ret)
{
	struct notice notice = { "" };
	const char *unknown;
	int r = invocation->from ? read_text(invocation->from, &ret->inventory, &notice)
				 : read_live(invocation, true, &ret->inventory, &notice);

	if (r < 0)
		return complain_of_reading(invocation, r, &notice);
	if (notice.text[0] && !invocation->quiet)
		complain("%s", notice.text);
	complain_of_unread(invocation, ret->inventory);
	unknown = takes_devices(invocation)
			  ? choose_devices(ret->inventory, invocation->arguments)
			  : NULL;
	if (unknown)
		return complain_of_device(invocation, ret->inventory, unknown);
	r = build(invocation, ret);
	if (r < 0) {
		complain("%s", strerror(-r));
		return EXIT_TROUBLE;
	}
	if (tree_has_subject(ret->tree) || has_problem(ret->findings))
		return EXIT_OK;
	if (invocation->quiet)
		return EXIT_NOTHING;
	complain("%s: no remote processor and no rpmsg device",
		 invocation->from ? "in this file" : "on this system");
	return EXIT_NOTHING;
}

int system_rebuild(const struct invocation *invocation, struct system *system)
{
	findings_free(steal(system->findings));
	tree_free(steal(system->tree));
	return build(invocation, system);
}

/* What is wrong there is expected to stay wrong. */
static void complain_of_good(const char *name, size_t failures)
{
	_cleanup_free_ char *shown = escape_string(name, 0);

	complain(
		"%s: %zu check%s of this good boot fail%s; rproc-tree check --from %s says more",
		shown ? shown : "", failures, failures == 1 ? "" : "s",
		failures == 1 ? "s" : "", shown ? shown : "FILE");
}

enum exit_status expectation_load(const struct invocation *invocation,
				  struct system *good, struct invocation *ret)
{
	struct invocation file = { .from = invocation->expect };
	enum exit_status status;

	*ret = *invocation;
	if (!invocation->expect)
		return EXIT_OK;
	if (invocation->from && strcmp(invocation->from, "-") == 0 &&
	    strcmp(invocation->expect, "-") == 0) {
		complain("--from and --expect cannot both be standard input");
		return EXIT_USAGE;
	}
	status = system_load(&file, good);
	ret->check.expect = good->tree;
	if (status == EXIT_OK && findings_failed(good->findings) > 0)
		complain_of_good(invocation->expect, findings_failed(good->findings));
	return status == EXIT_OK ? EXIT_OK : EXIT_TROUBLE;
}

enum exit_status system_render(const struct invocation *invocation,
			       const struct system *system)
{
	const struct format *format =
		format_find(invocation->format, invocation->command->formats);
	int r = format->render(stdout, system->findings, &invocation->render);

	if (r == 0)
		return EXIT_OK;
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}
