// SPDX-License-Identifier: GPL-2.0-or-later
/* What of a command line does not fit together is refused, before anything is read. */

#include <errno.h>
#include <string.h>

#include "commands.h"
#include "list.h"
#include "suggest.h"

#define BIT(option) (1u << (option))
#define SEE_HELP    "see rproc-tree --help"

static int check_foreign(const struct invocation *invocation)
{
	const struct command *command = invocation->command;
	unsigned int foreign = invocation->given & ~command->options &
			       ~(BIT(OPTION_HELP) | BIT(OPTION_VERSION));

	for (size_t i = 0; i < OPTION_COUNT_; i++)
		if (foreign & BIT(i)) {
			if (invocation->implicit) {
				complain_command(invocation, NULL);
				return -EINVAL;
			}
			complain("%s takes no --%s; see rproc-tree %s --help",
				 command->name, option_rows[i].name, command->name);
			return -EINVAL;
		}
	return 0;
}

/* Any other has been refused. */
const struct format *options_format(const struct invocation *invocation)
{
	return sure(format_find(invocation->format, invocation->command->formats));
}

static int check_format(const struct invocation *invocation)
{
	const struct command *command = invocation->command;
	struct suggestion suggestion;
	char what[40], pointer[60];

	if (!invocation->format || format_find(invocation->format, command->formats))
		return 0;
	suggestion = suggestion_of(invocation->format);
	for (const struct format *format = formats; format->name; format++)
		if (format->uses & command->formats)
			suggest(&suggestion, format->name);
	snprintf(what, sizeof(what), "format of %s", command->name);
	snprintf(pointer, sizeof(pointer), "rproc-tree %s --help lists them",
		 command->name);
	complain_unknown(what, &suggestion, pointer);
	return -EINVAL;
}

/* What only the table of show and watch has a use for. */
static int check_table(const struct invocation *invocation)
{
	unsigned int given =
		invocation->given &
		(BIT(OPTION_OUTPUT) | BIT(OPTION_OUTPUT_ALL) | BIT(OPTION_NOHEADINGS) |
		 BIT(OPTION_LIST) | BIT(OPTION_RAW));

	if (!invocation->format || strcmp(invocation->format, "tree") == 0)
		given = 0;
	for (size_t i = 0; i < OPTION_COUNT_; i++)
		if (given & BIT(i)) {
			complain("--%s has no effect on format %s; " SEE_HELP,
				 option_rows[i].name, invocation->format);
			return -EINVAL;
		}
	return 0;
}

static int exclude(const struct invocation *invocation, enum option_id one,
		   enum option_id other)
{
	if (!(invocation->given & BIT(one)) || !(invocation->given & BIT(other)))
		return 0;
	complain("--%s and --%s exclude each other; " SEE_HELP, option_rows[one].name,
		 option_rows[other].name);
	return -EINVAL;
}

static int check_only_and_skip(const struct check_options *check)
{
	const char *at = check->only;
	struct span word;

	if (!check->skip)
		return 0;
	while (list_next(&at, &word)) {
		_cleanup_free_ char *id = strndup(word.start, word.size);

		if (id && list_has(check->skip, id)) {
			complain("%s is in both --only and --skip; " SEE_HELP, id);
			return -EINVAL;
		}
	}
	return 0;
}

/* A check that was asked for by name needs what it is to look for. */
static int check_wishes(const struct invocation *invocation)
{
	static const struct {
		const char *check;
		enum option_id option;
	} wishes[] = {
		{ "required", OPTION_REQUIRE },
		{ "required-running", OPTION_REQUIRE_RUNNING },
		{ "expected", OPTION_EXPECT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(wishes); i++) {
		const struct option_row *row = &option_rows[wishes[i].option];

		if (!list_has(invocation->check.only, wishes[i].check) ||
		    invocation->given & BIT(wishes[i].option))
			continue;
		complain("--only %s has nothing to check without --%s %s; " SEE_HELP,
			 wishes[i].check, row->name, row->argument);
		return -EINVAL;
	}
	if (!invocation->check.except || invocation->check.require_running)
		return 0;
	complain("--except has no effect without --require-running; " SEE_HELP);
	return -EINVAL;
}

int options_check(const struct invocation *invocation)
{
	int r = check_foreign(invocation);

	if (r == 0)
		r = check_format(invocation);
	if (r == 0)
		r = check_table(invocation);
	if (r == 0)
		r = exclude(invocation, OPTION_FROM, OPTION_SYSROOT);
	if (r == 0)
		r = exclude(invocation, OPTION_OUTPUT, OPTION_OUTPUT_ALL);
	if (r == 0)
		r = exclude(invocation, OPTION_QUIET, OPTION_VERBOSE);
	if (r == 0)
		r = check_only_and_skip(&invocation->check);
	return r < 0 ? r : check_wishes(invocation);
}
