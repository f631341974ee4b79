// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Findings as text. A block is a head (finding.head) and what is printed under it: the
 * devices that it hits and the message in one sentence, the check; then evidence and fix,
 * once. The findings are sorted by head before anything is written, so that a block is a
 * run of them.
 */

#include "problem.h"

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "clause.h"
#include "escape.h"
#include "inventory.h"
#include "mark.h"
#include "paragraph.h"

#define INDENT "      "

struct block {
	const struct finding *const *members; /* the head is the first */
	size_t count;
};

static int compare_heads(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;

	if (x->head->status != y->head->status)
		return x->head->status > y->head->status ? -1 : 1;
	if (x->head->check != y->head->check)
		return check_order(x->head->check) < check_order(y->head->check) ? -1 : 1;
	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	if ((x == x->head) != (y == y->head))
		return x == x->head ? -1 : 1;
	return (x > y) - (x < y);
}

/* All findings of statuses from least to most, in the order of blocks. The caller frees
 * them. NULL: out of memory. */
static const struct finding **sort(const struct findings *findings, enum status least,
				   enum status most, size_t *ret_count)
{
	const struct finding **sorted =
		calloc(findings->count + 1, sizeof(const struct finding *));

	*ret_count = 0;
	for (size_t i = 0; sorted && i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->head->status >= least && finding->head->status <= most)
			sorted[(*ret_count)++] = finding;
	}
	if (sorted)
		qsort(sorted, *ret_count, sizeof(const struct finding *), compare_heads);
	return sorted;
}

static struct block next_block(const struct finding *const *sorted, size_t count)
{
	struct block block = { sorted, 0 };

	while (block.count < count && sorted[block.count]->head == sorted[0]->head)
		block.count++;
	return block;
}

/* A line that is escaped already, wrapped. heading takes as many columns as it has bytes.
 */
static int write_line(FILE *out, const char *heading, const char *text,
		      const struct render_options *options)
{
	_cleanup_free_ char *ascii = options->ascii ? escape_to_ascii(text) : NULL;
	_cleanup_free_ char *line = NULL;

	if ((options->ascii && !ascii) ||
	    asprintf(&line, "%s%s", heading, ascii ? ascii : text) < 0)
		return -ENOMEM;
	paragraph_write(out, line, options->width, INDENT);
	return 0;
}

static int write_fix(FILE *out, const struct finding *finding,
		     const struct render_options *options)
{
	int r = 0;

	if (finding->evidence)
		r = write_line(out, INDENT "evidence: ", finding->evidence, options);
	if (finding->fix && r == 0)
		r = write_line(out, INDENT "fix: ", finding->fix, options);
	return r;
}

/* The word has a colour, which takes no columns; the text goes on after it. */
static int write_block(FILE *out, const struct block *block, enum problem_detail detail,
		       const struct render_options *options)
{
	const struct finding *head = block->members[0];
	const struct mark *mark = &marks[head->status];
	_cleanup_free_ char *clause = clause_text(block->members, block->count);
	_cleanup_free_ char *text = NULL, *ascii = NULL;

	if (!clause || asprintf(&text, "  %s [%s]", clause, head->check->id) < 0)
		return -ENOMEM;
	ascii = options->ascii ? escape_to_ascii(text) : strdup(text);
	if (!ascii)
		return -ENOMEM;
	fprintf(out, "%s%s%s", options->color ? mark->color : "", mark->word,
		options->color ? MARK_PLAIN : "");
	paragraph_continue(out, ascii, strlen(mark->word), options->width, INDENT);
	return detail == PROBLEM_FIXES ? write_fix(out, head, options) : 0;
}

int problems_write(FILE *out, const struct findings *findings, enum problem_detail detail,
		   const struct render_options *options)
{
	size_t count;
	_cleanup_free_ const struct finding **sorted =
		sort(findings, STATUS_INFO, STATUS_FAIL, &count);
	int r = sorted ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < count;) {
		struct block block = next_block(sorted + i, count - i);

		r = write_block(out, &block, detail, options);
		i += block.count;
	}
	return r;
}

size_t problems_count(const struct findings *findings, enum status status)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++)
		count += findings->list[i].head == &findings->list[i] &&
			 findings->list[i].status == status;
	return count;
}

static int compare_reasons(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a;
	const struct finding *y = *(const struct finding *const *)b;
	int order = strcmp(finding_text(x), finding_text(y));

	if (order == 0)
		order = (int)check_order(x->check) - (int)check_order(y->check);
	return order ? order : (x > y) - (x < y);
}

/* The skips by reason; the caller frees them. NULL: out of memory. */
static const struct finding **sort_skips(const struct findings *findings,
					 size_t *ret_count)
{
	const struct finding **sorted =
		sort(findings, STATUS_SKIP, STATUS_SKIP, ret_count);

	if (sorted)
		qsort(sorted, *ret_count, sizeof(const struct finding *),
		      compare_reasons);
	return sorted;
}

static size_t same_reason(const struct finding *const *sorted, size_t count)
{
	size_t same = 1;

	while (same < count &&
	       strcmp(finding_text(sorted[same]), finding_text(sorted[0])) == 0)
		same++;
	return same;
}

/* "3 virtio devices: REASON [announced, crash-loop]" */
static int write_reason(FILE *out, const struct finding *const *skips, size_t count,
			const struct render_options *options)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *reason = clause_skips(skips, count);
	_cleanup_free_ char *text = NULL;
	int r = reason ? buffer_open(&buffer) : -ENOMEM;

	if (r < 0)
		return r;
	fprintf(buffer.out, "%s [", reason);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || skips[i]->check != skips[i - 1]->check)
			fprintf(buffer.out, "%s%s", i > 0 ? ", " : "",
				skips[i]->check->id);
	fputc(']', buffer.out);
	r = buffer_take(&buffer, &text, NULL);
	return r < 0 ? r : write_line(out, "skip  ", text, options);
}

int skips_write(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	size_t count, same;
	_cleanup_free_ const struct finding **sorted = sort_skips(findings, &count);
	int r = sorted ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < count; i += same) {
		same = same_reason(sorted + i, count - i);
		r = write_reason(out, sorted + i, same, options);
	}
	return r;
}

/* A check that cannot warn hides nothing when it is skipped. */
static size_t count_hiding(const struct findings *findings)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++)
		count += findings->list[i].status == STATUS_SKIP &&
			 findings->list[i].check->worst >= STATUS_WARN;
	return count;
}

static int write_reasons(FILE *out, const struct findings *findings)
{
	size_t count, same;
	_cleanup_free_ const struct finding **sorted = sort_skips(findings, &count);

	for (size_t i = 0; sorted && i < count; i += same) {
		_cleanup_free_ char *reason = NULL;

		same = same_reason(sorted + i, count - i);
		reason = clause_skips(sorted + i, same);
		if (!reason)
			return -ENOMEM;
		fprintf(out, "%s%s", i > 0 ? "; " : "", reason);
	}
	return sorted ? 0 : -ENOMEM;
}

static void write_count(FILE *out, size_t count, const char *noun)
{
	fprintf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void subjects_write(FILE *out, const struct findings *findings)
{
	write_count(out, findings->remoteprocs, "remote processor");
	fputs(", ", out);
	write_count(out, findings->vdevs, "vdev");
	fputs(", ", out);
	write_count(out, findings->channels, "channel");
}

static void write_problem_counts(FILE *out, size_t fails, size_t warns)
{
	if (fails > 0)
		write_count(out, fails, "failure");
	if (fails > 0 && warns > 0)
		fputs(", ", out);
	if (warns > 0)
		write_count(out, warns, "warning");
}

/* Lines of a text that speak of this field: what they say is missing from all the rest.
 */
static size_t count_odd(const struct findings *findings)
{
	const char *count = record_property(&findings->tree->inventory->system, FACT_ODD);

	return count ? strtoul(count, NULL, 10) : 0;
}

static void write_odd(FILE *out, size_t odd)
{
	if (odd == 0)
		return;
	fputs("; ", out);
	write_count(out, odd, "line");
	fprintf(out, " of the text %s not understood", odd == 1 ? "was" : "were");
}

/* What was not looked at is not said to be well. */
static void write_checks_run(FILE *out, const struct findings *findings)
{
	size_t all = 0;

	checks_foreach(check) all++;
	fprintf(out, "No problem found by %zu of ", all - findings->left_out);
	write_count(out, all, "check");
	fputs(": ", out);
}

/* A log has what was said, and may be a piece of what was; so has a capture of it. */
static bool is_told(const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		if (tree->devices[i].kind == KIND_REMOTEPROC &&
		    tree->devices[i].record->path_only)
			return true;
	return tree->inventory->kind == SOURCE_LOG;
}

static int write_summary(FILE *out, const struct findings *findings)
{
	size_t odd = count_odd(findings);
	size_t fails = problems_count(findings, STATUS_FAIL);
	size_t warns = problems_count(findings, STATUS_WARN);
	size_t skips = findings->statuses[STATUS_SKIP];
	int r = 0;

	if (fails + warns > 0) {
		write_problem_counts(out, fails, warns);
		fputs(" in ", out);
		subjects_write(out, findings);
		if (skips > 0) {
			fputs("; ", out);
			write_count(out, skips, "check");
			fputs(" skipped", out);
		}
	} else if (count_hiding(findings) > 0) {
		fputs("No problem found in what could be read; ", out);
		write_count(out, skips, "check");
		fputs(" skipped: ", out);
		r = write_reasons(out, findings);
	} else if (!tree_has_subject(findings->tree)) {
		fputs("Nothing to check: no remote processor and no rpmsg device", out);
	} else if (findings->left_out > 0) {
		write_checks_run(out, findings);
		subjects_write(out, findings);
	} else {
		fputs(odd > 0 || is_told(findings->tree)
			      ? "No problem found in what could be read: "
			      : "All is well: ",
		      out);
		subjects_write(out, findings);
	}
	write_odd(out, odd);
	fputc('.', out);
	return r;
}

int summary_write(FILE *out, const struct findings *findings,
		  const struct render_options *options)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = write_summary(buffer.out, findings);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	return r < 0 ? r : write_line(out, "", text, options);
}
