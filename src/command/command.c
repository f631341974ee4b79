// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

#include <stdarg.h>
#include <string.h>

#include "commands.h"

#define BIT(option) (1u << (option))
/* What every reading command takes: interface.md */
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
#define DEVICES "[DEVICE...]"

const struct command commands[] = {
	{ "show", DEVICES, "print the tree, then the problems",
	  READING | CHECKING | TABLE, ARGUMENTS_ANY, FORMAT_SHOW, command_show },
	{ "check", DEVICES, "run the checks, exit by the outcome",
	  READING | CHECKING | WISHING | BIT(OPTION_EXIT_STYLE) | BIT(OPTION_SETTLE),
	  ARGUMENTS_ANY, FORMAT_CHECK, command_check },
	{ "capture", "", "print a snapshot that --from reads back",
	  READING | BIT(OPTION_REDACT), 0, FORMAT_CAPTURE, command_capture },
	{ "report", DEVICES, "print all that a bug report needs, to paste or attach",
	  READING | BIT(OPTION_REDACT), ARGUMENTS_ANY, FORMAT_REPORT, command_report },
	{ "diff", "BEFORE AFTER", "print what differs (files, - or live), numbers aside",
	  READING & ~(BIT(OPTION_FROM) | BIT(OPTION_FORMAT)), 2, FORMAT_SHOW,
	  command_diff },
	{ "watch", DEVICES, "print what changes, as it changes",
	  ((READING | CHECKING | TABLE) & ~(BIT(OPTION_FROM) | BIT(OPTION_SYSROOT))) |
		  BIT(OPTION_INTERVAL),
	  ARGUMENTS_ANY, FORMAT_SHOW, command_watch },
	{ "explain", "[CHECK|VERDICT]", "print what is checked, why, and how to fix it",
	  0, 1, 0, command_explain },
	{ "help", "[COMMAND|CHECK|VERDICT]", "print the help of one of these", 0, 1, 0,
	  command_help },
	{ .name = NULL },
};

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
