/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Commands: one file each. Only they and main() print to a person or decide an exit
 * status. --help, the man page and the completions follow the tables here.
 */

#include "diff.h"
#include "nullable.h"
#include "render.h"

/* Fixed: scripts and CI rely on them. */
enum exit_status {
	EXIT_OK = 0,
	EXIT_FAILED = 1, /* check: a check failed; diff: something differs */
	EXIT_USAGE = 2,
	EXIT_TROUBLE = 3, /* I/O error, malformed input, out of memory */
	EXIT_NOTHING = 4, /* no remote processor and no rpmsg device */
	EXIT_WARNED,      /* check: nothing failed, something warned; 0 but for styles */
	EXIT_COUNT_,
};

enum option_id {
	OPTION_FROM,
	OPTION_SYSROOT,
	OPTION_NO_DEBUGFS,
	OPTION_FORMAT,
	OPTION_JSON,
	OPTION_STRICT,
	OPTION_ONLY,
	OPTION_SKIP,
	OPTION_SETTLE,
	OPTION_INTERVAL,
	OPTION_EXIT_STYLE,
	OPTION_EXPECT,
	OPTION_REQUIRE,
	OPTION_REQUIRE_RUNNING,
	OPTION_EXCEPT,
	OPTION_REDACT,
	OPTION_OUTPUT,
	OPTION_OUTPUT_ALL,
	OPTION_NOHEADINGS,
	OPTION_LIST,
	OPTION_RAW,
	OPTION_ASCII,
	OPTION_COLOR,
	OPTION_QUIET,
	OPTION_VERBOSE,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_COUNT_,
};

struct option_row {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* NULL: takes none; "[=X]": may have one, after '=' */
	const char *summary;
};

/* Indexed by enum option_id. */
extern const struct option_row option_rows[OPTION_COUNT_];

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

#define REQUIRES_MAX 64

/* What the command line asks for; strings are borrowed from it. */
struct invocation {
	const struct command *command;
	unsigned int given; /* bits of enum option_id */
	bool named;         /* the command was, it is not the default */
	bool implicit; /* no command was named: the first argument may be a mistyped one
			*/
	enum color_when color;
	const char *from;    /* NULL: this system; "-": standard input */
	const char *sysroot; /* NULL: this system's root */
	bool no_debugfs;
	const char *format;                     /* NULL: the command's default */
	const struct exit_style *exit_style;    /* NULL: the format's, or the usual one */
	const char *expect;                     /* file of a good boot; NULL: none */
	const char *requires[REQUIRES_MAX + 1]; /* report.require, in the order given */
	int settle;                             /* milliseconds, 0: do not wait */
	int interval; /* milliseconds between two looks at states, 0: never */
	bool redact;  /* mask what may identify a product or person */
	struct check_options check;
	struct render_options render;
	char **arguments; /* after the command, NULL-terminated; never NULL */
};

#define ARGUMENTS_ANY (-1)

struct command {
	const char *name;
	const char *arguments; /* for the usage line, "" : none */
	const char *summary;
	unsigned int options;    /* bits of enum option_id, besides help and version */
	int arguments_max;       /* ARGUMENTS_ANY: devices, as many as there are */
	enum format_use formats; /* 0: none; its default is the first of these */
	enum exit_status (*run)(const struct invocation *invocation);
};

/* All commands, the first is the default; the end has a NULL name. */
extern const struct command commands[];

const struct command *_nullable_ command_find(const char *name);

/* Other numbers for an exit status, for consumers that need them. */
struct exit_style {
	const char *name;
	const char *summary;
	int codes[EXIT_COUNT_];
};

/* All styles; the end has a NULL name. */
extern const struct exit_style exit_styles[];

/* NULL: there is none of that name; name may be NULL. */
const struct exit_style *_nullable_ exit_style_find(const char *name);

/* What the process exits with: by the style that is asked for, or that the format has. */
int exit_code(const struct invocation *invocation, enum exit_status status);

/* Takes the options out of a command line, then its command and arguments. What is wrong
 * has been complained about: -EINVAL. */
int options_take(struct invocation *invocation, int argc, char **argv);

/* What --help prints, of a command after one; NULL: of the program. */
void help_print(const struct command *command);

/* What --version prints. */
void version_print(void);

/* Explains a check or a verdict; false: the name is of none. */
bool explain_print(const char *name);

/* What can be explained, line by line. */
void explain_print_list(void);

/* The names of checks, then those of verdicts; NULL: there are no more than i. */
const char *_nullable_ explain_name(size_t i);

/* One line on standard error, "rproc-tree: ...". */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* That its first word is neither a command nor, in tree (may be NULL), a device. */
void complain_command(const struct invocation *invocation, const struct tree *tree);

/* What every reading command starts from: released as a whole. */
struct system {
	struct inventory *inventory;
	struct tree *tree;
	struct findings *findings;
};
void system_release(struct system *system);
#define _cleanup_system_ __attribute__((cleanup(system_release)))

/* Prints a system in the format asked for. status is what its reading gave; returned is
 * that of the command (status_of_reading()). Trouble has been complained about. */
enum exit_status system_render(const struct invocation *invocation,
			       const struct system *system, enum exit_status status);

/* Reads what the invocation names, builds tree and findings, of the devices that its
 * arguments name where they do. Anything but EXIT_OK has been complained about;
 * EXIT_NOTHING leaves the system complete, but for devices that are not there: then it
 * has no findings. */
enum exit_status system_load(const struct invocation *invocation, struct system *ret);

/* A line for each of the files that could not be read, but for those before first, which
 * were told of. permissions: those for root only, too, of which the notice of a live
 * reading tells. */
void complain_of_unread(const struct invocation *invocation,
			const struct inventory *inventory, size_t first,
			bool permissions);

/* The exit status of a command that read all it could: EXIT_TROUBLE where some of it
 * could not be read, unless the status says worse. */
enum exit_status status_of_reading(const struct system *system, enum exit_status status);

/* Builds tree and findings again, after the inventory was changed. 0 or -ENOMEM. */
int system_rebuild(const struct invocation *invocation, struct system *system);

/* Reads the good boot that the invocation names, and asks for it in ret, a copy of the
 * invocation: good has to outlive that. Anything but EXIT_OK has been complained about.
 */
enum exit_status expectation_load(const struct invocation *invocation,
				  struct system *good, struct invocation *ret);

/* The same of this system, without a word. Devices that are not there leave it empty. ret
 * is released by the caller even on failure: 0 or -errno. */
int system_read_live(const struct invocation *invocation, struct system *ret);

/* Reads this system again, and what is different from the system as it was, which the
 * difference borrows from: *ret_before is released by the caller after *ret, which is
 * NULL at the first reading. 0, or -errno and nothing changed. */
int system_refresh(const struct invocation *invocation, struct system *system,
		   struct system *ret_before, struct diff **ret);
