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

	side.check.passes = true; /* what fails on the other side passed on this one */
	side.from = strcmp(name, "live") == 0 ? NULL : name;
	status = system_load(&side, ret);
	return status == EXIT_NOTHING ? EXIT_OK : status;
}

static bool is_usage_right(char **sides)
{
	if (!sides[0] || !sides[1]) {
		complain("diff takes two of FILE, - or live; see rproc-tree diff --help");
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
	if (invocation->render.quiet)
		return 0;
	return invocation->format
		       ? comparison_json(stdout, comparison)
		       : comparison_text(stdout, comparison, &invocation->render);
}

/* That nothing differs is known only where all could be read. */
static enum exit_status status_of(const struct comparison *comparison,
				  const struct system *before, const struct system *after)
{
	return comparison_differs(comparison)
		       ? EXIT_FAILED
		       : status_of_reading(before, status_of_reading(after, EXIT_OK));
}

enum exit_status command_diff(const struct invocation *invocation)
{
	_cleanup_system_ struct system before = { 0 };
	_cleanup_system_ struct system after = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	_cleanup_comparison_ struct comparison comparison = { 0 };
	char **sides = invocation->arguments;
	int r;

	if (!is_usage_right(sides))
		return EXIT_USAGE;
	if (load(invocation, sides[0], &before) != EXIT_OK ||
	    load(invocation, sides[1], &after) != EXIT_OK)
		return EXIT_TROUBLE;
	r = diff_build(before.tree, after.tree, &diff);
	comparison = (struct comparison){ .diff = diff,
					  .before = before.findings,
					  .after = after.findings,
					  .before_name = sides[0],
					  .after_name = sides[1] };
	if (r == 0)
		r = comparison_find(&comparison);
	if (r == 0)
		r = print(invocation, &comparison);
	if (r == 0)
		return status_of(&comparison, &before, &after);
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}
