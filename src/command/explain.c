// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "escape.h"
#include "near.h"

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

static const struct {
	enum verdict verdict;
	const char *text;
} verdicts[] = {
	{ VERDICT_OK,
	  "an ancestor's device type is remoteproc: rproc_get_by_child() finds it" },
	{ VERDICT_MISPARENTED,
	  "no such ancestor, but a vdev: it is beside its remote processor. This is the bug of Linux 5.1 to 5.7 (086d08725d34, fixed by c774ad010873), or the same mistake made elsewhere. Fails: see rproc-tree explain vdev-parent" },
	{ VERDICT_BESIDE,
	  "no such ancestor, but its bus device has a remote processor as another child, as on MediaTek SCP, by design. Information" },
	{ VERDICT_NO_REMOTEPROC,
	  "the transport has no remote processor by design: Qualcomm RPM, virtio on PCI or mmio, platform rpmsg drivers. Information" },
	{ VERDICT_ORPHAN,
	  "none of these, and no known reason. Fails: see rproc-tree explain rpmsg-ancestor" },
	{ VERDICT_UNKNOWN, "the source does not say what its parent is. A skip" },
};

static bool print_verdict(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++)
		if (strcmp(verdict_name(verdicts[i].verdict), name) == 0) {
			printf("%s: a verdict, what a device is a child of\n", name);
			print_wrapped("Meaning", verdicts[i].text);
			return true;
		}
	return false;
}

/* What is nearly called so; NULL: nothing. */
static const char *near(const char *id)
{
	checks_foreach(check) if (near_is(id, check->id)) return check->id;
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++)
		if (near_is(id, verdict_name(verdicts[i].verdict)))
			return verdict_name(verdicts[i].verdict);
	return NULL;
}

static bool print_subject(const char *id)
{
	checks_foreach(check) if (strcmp(check->id, id) == 0)
	{
		print_check(check);
		return true;
	}
	return print_verdict(id);
}

enum exit_status command_explain(const struct invocation *invocation)
{
	const char *id = invocation->arguments[0];
	_cleanup_free_ char *shown = escape_string(id, 0);
	const char *meant;

	if (!id) {
		print_list();
		return EXIT_OK;
	}
	if (print_subject(id))
		return EXIT_OK;
	meant = near(id);
	complain("unknown check '%s'%s%s%s; rproc-tree explain lists them",
		 shown ? shown : "", meant ? " (did you mean " : "", meant ? meant : "",
		 meant ? "?)" : "");
	return EXIT_USAGE;
}

enum exit_status command_help(const struct invocation *invocation)
{
	const char *subject = invocation->arguments[0];

	if (subject && !command_find(subject))
		return command_explain(invocation);
	help_print();
	return EXIT_OK;
}
