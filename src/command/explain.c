// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "escape.h"

static void print_list(void)
{
	checks_foreach(check) printf("%-18s %s\n", check->id, check->title);
}

/* Words, indented by two, in lines of 78 columns; the texts are ASCII. */
static void print_wrapped(const char *heading, const char *text)
{
	size_t column = 0;

	printf("\n%s\n", heading);
	while (*text) {
		size_t size = strcspn(text, " ");

		if (column > 0 && column + 1 + size > 78) {
			putchar('\n');
			column = 0;
		}
		printf("%s%.*s", column > 0 ? " " : "  ", (int)size, text);
		column += size + (column > 0 ? 1 : 2);
		text += size + (text[size] == ' ');
	}
	putchar('\n');
}

static void print_check(const struct check *check)
{
	printf("%s: %s\n", check->id, check->title);
	print_wrapped("What it looks for", check->looks);
	print_wrapped("Why it matters", check->matters);
	print_wrapped("Fix", check->fix);
	print_wrapped("Example", check->example);
}

enum exit_status command_explain(const struct invocation *invocation)
{
	const char *id = invocation->arguments[0];
	_cleanup_free_ char *shown = escape_string(id, 0);

	if (!id) {
		print_list();
		return EXIT_OK;
	}
	checks_foreach(check) if (strcmp(check->id, id) == 0)
	{
		print_check(check);
		return EXIT_OK;
	}
	complain("unknown check '%s'; rproc-tree explain lists them", shown ? shown : "");
	return EXIT_USAGE;
}
