// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A paragraph for each bus device, a sentence for each thing that happened there: to one
 * device or, in the same way, to several. It has to stand in a commit message as it is.
 */

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "clause.h"
#include "comparison.h"
#include "escape.h"
#include "mark.h"
#include "paragraph.h"
#include "sentence.h"

#define WIDTH 72 /* of a commit message */

/* The bus device a change belongs to: the head of its paragraph. */
static const struct device *place_of(const struct change *change)
{
	const struct device *device = sentence_device(change);

	while (device->parent && device->kind != KIND_BUS_DEVICE)
		device = device->parent;
	return device;
}

/* Takes the change at i, and those after it that are alike, out of the list. */
static int say_group(FILE *out, struct group *group, const struct change **rest,
		     size_t count, size_t i)
{
	const struct change *first = rest[i];
	int r;

	group->count = 0;
	for (size_t j = i; j < count; j++) {
		if (!rest[j] || !sentence_fits(first, rest[j]))
			continue;
		group->changes[group->count++] = rest[j];
		rest[j] = NULL;
	}
	r = sentence_write(out, group);
	fputs(". ", out);
	return r;
}

/* Changes of one place, in the order of the diff. */
struct place {
	const struct change **changes;
	size_t count;
};

static int write_place(FILE *out, struct group *group, const struct place *of)
{
	const struct device *place = place_of(of->changes[0]);
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = sentence_name(buffer.out, place->name, group->options);
	if (r == 0)
		fputs(": ", buffer.out);
	for (size_t i = 0; i < of->count && r == 0; i++)
		if (of->changes[i])
			r = say_group(buffer.out, group, of->changes, of->count, i);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r == 0)
		paragraph_write(out, text, WIDTH, "");
	return r;
}

static int compare_places(const void *a, const void *b)
{
	const struct change *x = *(const struct change *const *)a;
	const struct change *y = *(const struct change *const *)b;
	int order = strcmp(place_of(x)->record->path, place_of(y)->record->path);

	return order ? order : (x > y) - (x < y);
}

static int compare_first(const void *a, const void *b)
{
	const struct change *x = ((const struct place *)a)->changes[0];
	const struct change *y = ((const struct place *)b)->changes[0];

	return (x > y) - (x < y);
}

/* Cuts the changes into places, in the order in which the diff comes to them first: to
 * look for each place's among all others would take a large diff for ever. */
static size_t find_places(const struct diff *diff, const struct change **changes,
			  struct place *places)
{
	size_t count = 0;

	for (size_t i = 0; i < diff->count; i++)
		changes[i] = &diff->changes[i];
	if (diff->count > 0)
		qsort(changes, diff->count, sizeof(*changes), compare_places);
	for (size_t i = 0; i < diff->count; i++) {
		if (count == 0 ||
		    strcmp(place_of(changes[i])->record->path,
			   place_of(places[count - 1].changes[0])->record->path) != 0)
			places[count++] = (struct place){ &changes[i], 0 };
		places[count - 1].count++;
	}
	if (count > 0)
		qsort(places, count, sizeof(*places), compare_first);
	return count;
}

static int write_places(FILE *out, const struct comparison *comparison,
			const struct render_options *options)
{
	const struct diff *diff = comparison->diff;
	_cleanup_free_ const struct change **rest =
		calloc(2 * diff->count + 1, sizeof(*rest));
	_cleanup_free_ struct place *places = calloc(diff->count + 1, sizeof(*places));
	struct group group = { diff, options, rest ? rest + diff->count : NULL, 0 };
	size_t count;
	int r = 0;

	if (!rest || !places)
		return -ENOMEM;
	count = find_places(diff, rest, places);
	for (size_t i = 0; i < count && r == 0; i++) {
		r = write_place(out, &group, &places[i]);
		fputc('\n', out);
	}
	return r;
}

/* The file's name, and what it says of its system. */
static int say_side(FILE *out, const char *name, const struct findings *findings,
		    const struct render_options *options)
{
	const struct record *system = &findings->tree->inventory->system;
	const char *kernel = record_property(system, FACT_KERNEL);
	const char *machine = record_property(system, FACT_MACHINE);
	int r = sentence_name(out, name, options);

	if (!kernel || r < 0)
		return r;
	fputs(" (", out);
	r = sentence_name(out, kernel, options);
	if (machine && r == 0) {
		fputs(", ", out);
		r = sentence_name(out, machine, options);
	}
	fputc(')', out);
	return r;
}

static int write_heading(FILE *out, const struct comparison *comparison,
			 const struct render_options *options)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	fputs("From ", buffer.out);
	r = say_side(buffer.out, comparison->before_name, comparison->before, options);
	fputs(" to ", buffer.out);
	if (r == 0)
		r = say_side(buffer.out, comparison->after_name, comparison->after,
			     options);
	fputc(':', buffer.out);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r < 0)
		return r;
	paragraph_write(out, text, WIDTH, "");
	fputc('\n', out);
	return 0;
}

static void write_likeness(FILE *out, const struct comparison *comparison)
{
	static const char *const sentences[] = {
		[LIKENESS_OTHER_MACHINE] =
			"These look like different boards: the machine is not the same.",
		[LIKENESS_NO_COMMON_DEVICE] =
			"These look like different boards: no bus device is on both sides.",
	};
	const char *sentence = sentences[comparison_likeness(comparison)];

	if (sentence)
		fprintf(out, "%s\n\n", sentence);
}

/* A finding and those it explains, as far as they changed alike. */
static size_t gather(const struct comparison *comparison, size_t i,
		     const struct finding **members)
{
	const struct finding_change *first = &comparison->changed[i];
	size_t count = 0;

	members[count++] = first->finding;
	for (size_t j = 0; j < comparison->changed_count; j++)
		if (j != i && comparison->changed[j].gone == first->gone &&
		    comparison->changed[j].finding->head == first->finding)
			members[count++] = comparison->changed[j].finding;
	return count;
}

/* Its head is told of, and it below that. */
static bool is_told_below(const struct comparison *comparison,
			  const struct finding_change *change)
{
	for (size_t i = 0; i < comparison->changed_count; i++)
		if (comparison->changed[i].gone == change->gone &&
		    comparison->changed[i].finding == change->finding->head)
			return change->finding->head != change->finding;
	return false;
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
static int write_finding(FILE *out, const struct comparison *comparison, size_t i,
			 const struct render_options *options)
{
	const struct finding_change *change = &comparison->changed[i];
	_cleanup_free_ const struct finding **members =
		calloc(comparison->changed_count, sizeof(*members));
	size_t count = members ? gather(comparison, i, members) : 0;
	_cleanup_free_ char *clause = count > 0 ? clause_text(members, count) : NULL;
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
	paragraph_continue(out, ascii, strlen(word), WIDTH, "  ");
	return 0;
}

static int write_findings(FILE *out, const struct comparison *comparison,
			  const struct render_options *options)
{
	int r = 0;

	for (size_t i = 0; i < comparison->changed_count && r == 0; i++)
		if (!is_told_below(comparison, &comparison->changed[i]))
			r = write_finding(out, comparison, i, options);
	if (comparison->changed_count > 0)
		fputc('\n', out);
	return r;
}

static void write_failures(FILE *out, const struct comparison *comparison)
{
	size_t before = comparison->before->statuses[STATUS_FAIL];
	size_t after = comparison->after->statuses[STATUS_FAIL];

	if (before + after == 0)
		fputs("No check fails on either side.\n", out);
	else
		fprintf(out, "Failed checks: %zu before, %zu now.\n", before, after);
}

int comparison_text(FILE *out, const struct comparison *comparison,
		    const struct render_options *options)
{
	int r = write_heading(out, comparison, options);

	if (r == 0) {
		write_likeness(out, comparison);
		r = write_places(out, comparison, options);
	}
	if (r == 0)
		r = write_findings(out, comparison, options);
	if (r < 0)
		return r;
	fputs(comparison_differs(comparison) ? "Nothing else differs. "
					     : "Nothing differs. ",
	      out);
	write_failures(out, comparison);
	return 0;
}
