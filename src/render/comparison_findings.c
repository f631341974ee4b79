// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A finding that changed heads those that it explains, as far as they changed alike. They
 * are found in a second list, which is sorted by head.
 */

#include "comparison_findings.h"

#include <errno.h>
#include <string.h>

#include "clause.h"
#include "escape.h"
#include "mark.h"
#include "paragraph.h"

/* By what heads them, new ones first; of one head in the order of the list. */
static int compare_heads(const void *a, const void *b)
{
	const struct finding_change *x = *(const struct finding_change *const *)a;
	const struct finding_change *y = *(const struct finding_change *const *)b;

	if (x->gone != y->gone)
		return (x->gone > y->gone) - (x->gone < y->gone);
	if (x->finding->head != y->finding->head)
		return (x->finding->head > y->finding->head) -
		       (x->finding->head < y->finding->head);
	return (x->finding > y->finding) - (x->finding < y->finding);
}

/* The list itself is in this order: each side's findings as they were found. */
static int compare_findings(const void *a, const void *b)
{
	const struct finding_change *x = a, *y = b;

	if (x->gone != y->gone)
		return (x->gone > y->gone) - (x->gone < y->gone);
	return (x->finding > y->finding) - (x->finding < y->finding);
}

/* Its head is told of, and it below that. */
static bool is_told_below(const struct comparison *comparison,
			  const struct finding_change *change)
{
	const struct finding_change head = { change->finding->head, change->gone };

	return head.finding != change->finding &&
	       bsearch(&head, comparison->changed, comparison->changed_count,
		       sizeof(head), compare_findings);
}

/* What is gone is good news. */
static const char *color_of(const struct finding_change *change,
			    const struct render_options *options)
{
	if (!options->color)
		return "";
	return change->gone ? MARK_GONE : marks[change->finding->status].color;
}

/* "new fail: virtio0 and 2 channels below are MESSAGE [CHECK]" */
static int write_finding(FILE *out, const struct finding_change *change,
			 const struct finding *const *members, size_t count,
			 const struct render_options *options)
{
	_cleanup_free_ char *clause = clause_text(members, count);
	_cleanup_free_ char *text = NULL, *ascii = NULL, *word = NULL;
	const char *color = color_of(change, options);

	if (!clause ||
	    asprintf(&text, " %s [%s]", clause, change->finding->check->id) < 0 ||
	    asprintf(&word, "%s %s:", change->gone ? "gone" : "new",
		     status_name(change->finding->status)) < 0)
		return -ENOMEM;
	ascii = options->ascii ? escape_to_ascii(text) : strdup(text);
	if (!ascii)
		return -ENOMEM;
	fprintf(out, "%s%s%s", color, word, *color ? MARK_PLAIN : "");
	paragraph_continue(out, ascii, strlen(word), COMPARISON_WIDTH, "  ");
	return 0;
}

/* The changed findings once more, sorted by compare_heads(). */
struct headed {
	const struct finding_change **list;
	const struct finding **members; /* scratch */
	size_t count;
};

static void headed_release(struct headed *headed)
{
	free(headed->list);
	free(headed->members);
}

static int headed_sort(const struct comparison *comparison, struct headed *ret)
{
	ret->count = comparison->changed_count;
	ret->list = calloc(ret->count + 1, sizeof(*ret->list));
	ret->members = calloc(ret->count + 1, sizeof(*ret->members));
	if (!ret->list || !ret->members)
		return -ENOMEM;
	for (size_t i = 0; i < ret->count; i++)
		ret->list[i] = &comparison->changed[i];
	qsort(ret->list, ret->count, sizeof(*ret->list), compare_heads);
	return 0;
}

/* Where those begin that a finding heads. */
static size_t first_headed(const struct headed *headed,
			   const struct finding_change *change)
{
	size_t low = 0, high = headed->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct finding_change *at = headed->list[middle];

		if (at->gone < change->gone ||
		    (at->gone == change->gone && at->finding->head < change->finding))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A finding and those it explains, as far as they changed alike: how many members. */
static size_t gather(struct headed *headed, const struct finding_change *change)
{
	size_t count = 0;

	headed->members[count++] = change->finding;
	for (size_t i = first_headed(headed, change); i < headed->count; i++) {
		const struct finding_change *at = headed->list[i];

		if (at->gone != change->gone || at->finding->head != change->finding)
			break;
		if (at != change)
			headed->members[count++] = at->finding;
	}
	return count;
}

int comparison_findings(FILE *out, const struct comparison *comparison,
			const struct render_options *options)
{
	_cleanup_(headed_release) struct headed headed = { 0 };
	int r = headed_sort(comparison, &headed);

	for (size_t i = 0; i < comparison->changed_count && r == 0; i++) {
		const struct finding_change *change = &comparison->changed[i];

		if (!is_told_below(comparison, change))
			r = write_finding(out, change, headed.members,
					  gather(&headed, change), options);
	}
	if (comparison->changed_count > 0)
		fputc('\n', out);
	return r;
}
