// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "comparison.h"

/* A file, standard input ("-"), or this system ("live"). */
static enum exit_status load(const struct invocation *invocation, const char *name,
			     struct system *ret)
{
	struct invocation side = *invocation;
	enum exit_status status;

	side.from = strcmp(name, "live") == 0 ? NULL : name;
	status = system_load(&side, ret);
	return status == EXIT_NOTHING ? EXIT_OK : status;
}

static bool is_usage_right(char **sides)
{
	if (!sides[0] || !sides[1]) {
		complain("diff takes two of FILE, - or live; see rproc-tree --help");
		return false;
	}
	if (strcmp(sides[0], "-") == 0 && strcmp(sides[1], "-") == 0) {
		complain("diff cannot read both sides from standard input");
		return false;
	}
	return true;
}

static int print(const struct invocation *invocation, const struct comparison *comparison)
{
	return invocation->format
		       ? comparison_json(stdout, comparison)
		       : comparison_text(stdout, comparison, &invocation->render);
}

enum exit_status command_diff(const struct invocation *invocation)
{
	_cleanup_system_ struct system before = { 0 };
	_cleanup_system_ struct system after = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	char **sides = invocation->arguments;
	int r;

	if (!is_usage_right(sides))
		return EXIT_USAGE;
	if (load(invocation, sides[0], &before) != EXIT_OK ||
	    load(invocation, sides[1], &after) != EXIT_OK)
		return EXIT_TROUBLE;
	r = diff_build(before.tree, after.tree, &diff);
	if (r == 0) {
		const struct comparison comparison = {
			diff, before.findings, after.findings, sides[0], sides[1],
		};

		r = print(invocation, &comparison);
	}
	if (r == 0)
		return diff->count > 0 ? EXIT_FAILED : EXIT_OK;
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}
