// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "escape.h"

static void print_list(void)
{
	for (const struct check *check = checks; check->id; check++)
		printf("%-16s %s\n", check->id, check->title);
}

static void print_check(const struct check *check)
{
	printf("%s: %s\n\n", check->id, check->title);
	printf("What it looks for\n  %s\n\n", check->looks);
	printf("Why it matters\n  %s\n\n", check->matters);
	printf("What to do\n  %s\n\n", check->fix);
	printf("Example\n  %s\n", check->example);
}

enum exit_status command_explain(const struct invocation *invocation)
{
	const char *id = invocation->arguments[0];
	_cleanup_free_ char *shown = escape_string(id, 0);

	if (!id) {
		print_list();
		return EXIT_OK;
	}
	for (const struct check *check = checks; check->id; check++)
		if (strcmp(check->id, id) == 0) {
			print_check(check);
			return EXIT_OK;
		}
	complain("no check is called '%s'; rproc-tree explain lists them",
		 shown ? shown : "");
	return EXIT_USAGE;
}
