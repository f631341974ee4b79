// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What explain prints of each check and verdict. The man page has the same: this file,
 * and the floors below model and check, also make a program of the machine that builds.
 */

#include <string.h>

#include "check.h"
#include "command.h"

/* What a verdict says of a device, and what a person does about it. */
static const struct explanation {
	enum verdict verdict;
	const char *status;
	const char *when;
	const char *then;
} explanations[] = {
	{ VERDICT_OK, "pass", "An ancestor is a remote processor.",
	  "Nothing needs to be done: rproc_get_by_child() finds the remote processor. That the parent is right does not mean that the device works." },
	{ VERDICT_MISPARENTED, "fail",
	  "No ancestor is a remote processor, but one is a vdev sub-device: X#vdevNbuffer with X its parent's name, or an rproc-virtio platform device. It is a child of the bus device, beside its remote processor. Linux 5.1 to 5.7 do this.",
	  "Its drivers cannot find their remote processor: rproc_get_by_child() returns NULL. Run a kernel with commit c774ad010873 (5.8) or backport it." },
	{ VERDICT_BESIDE, "info",
	  "No ancestor is a remote processor, but the nearest bus device has one as its child: MediaTek's SCP announces its channels this way.",
	  "Nothing needs to be done: this is by design." },
	{ VERDICT_NO_REMOTEPROC, "info",
	  "The transport has no remote processor: the RPM's edges, virtio on PCI or mmio, a platform's own rpmsg transport.",
	  "Nothing needs to be done: this is by design." },
	{ VERDICT_ORPHAN, "fail",
	  "No ancestor is a remote processor, and no reason for that is known.",
	  "Its drivers cannot find a remote processor: rproc_get_by_child() returns NULL. Look at the code that registers the device, and report it: rproc-tree report prints what a maintainer needs." },
	{ VERDICT_UNKNOWN, "skip",
	  "The source does not say what its parent is: a kernel log in which two processors start at the same time.",
	  "Read a source that has paths: rproc-tree capture, or ls -l of /sys/bus/rpmsg/devices." },
};

void explain_print_list(void)
{
	puts("Checks:");
	checks_foreach(check) printf("  %-18s %s\n", check->id, check->title);
	puts("\nVerdicts:");
	for (size_t i = 0; i < ARRAY_SIZE(explanations); i++)
		printf("  %-18s %s\n", verdict_name(explanations[i].verdict),
		       explanations[i].status);
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

static bool is_in(const char *const *list, const char *const *end, const char *text)
{
	for (; list < end; list++)
		if (strcmp(*list, text) == 0)
			return true;
	return false;
}

/* Each once, whatever sentences it is for. */
static void print_sources(const struct check_sources *sources)
{
	const char *const *lists[] = { sources->looks, sources->matters, sources->fix };
	const char *all[3 * SENTENCES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (const char *const *at = lists[i]; *at; at++)
			if (!is_in(all, all + count, *at))
				all[count++] = *at;
	puts("\nRead in");
	for (size_t i = 0; i < count; i++)
		printf("  %s\n", all[i]);
}

static void print_check(const struct check *check)
{
	const struct check_sources *sources = check_sources(check);

	printf("%s: %s\n", check->id, check->title);
	print_wrapped("What it looks for", check->looks);
	print_wrapped("Why it matters", check->matters);
	print_wrapped("Fix", check->fix);
	if (sources)
		print_sources(sources);
	print_wrapped("Example", check->example);
}

static void print_verdict(const struct explanation *explanation)
{
	printf("%s: a verdict, %s\n", verdict_name(explanation->verdict),
	       explanation->status);
	print_wrapped("When it is given", explanation->when);
	print_wrapped("What follows", explanation->then);
}

bool explain_print(const char *name)
{
	checks_foreach(check) if (strcmp(check->id, name) == 0)
	{
		print_check(check);
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(explanations); i++)
		if (strcmp(sure(verdict_name(explanations[i].verdict)), name) == 0) {
			print_verdict(&explanations[i]);
			return true;
		}
	return false;
}

const char *explain_name(size_t i)
{
	checks_foreach(check) if (i-- == 0) return check->id;
	return i < ARRAY_SIZE(explanations) ? verdict_name(explanations[i].verdict)
					    : NULL;
}
