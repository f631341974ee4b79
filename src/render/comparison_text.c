// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A paragraph for each bus device, a sentence for each thing that happened there: to one
 * device or, in the same way, to several. It has to stand in a commit message as it is.
 *
 * Both come in the order of their first change. So the changes are sorted by place and by
 * what they tell, which makes each sentence a run of them, and then the sentences by
 * where they start.
 */

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "comparison.h"
#include "comparison_findings.h"
#include "escape.h"
#include "paragraph.h"
#include "sentence.h"

/* The bus device a change belongs to: the head of its paragraph. */
static const struct device *place_of(const struct change *change)
{
	const struct device *device = sentence_device(change);

	while (device->parent && device->kind != KIND_BUS_DEVICE)
		device = device->parent;
	return device;
}

/* A change on its way into a sentence. */
struct item {
	const struct change *change;
	const char *place; /* path of the bus device */
	size_t position;   /* in the diff */
};

struct saying {
	size_t start, count;        /* the items that one sentence tells of */
	size_t position;            /* of the first of them, in the diff */
	size_t paragraph;           /* position of the first change of that place */
	const struct device *place; /* as the first of them has it */
};

struct sayings {
	struct item *items;
	struct saying *list;
	size_t count;
	const struct change **changes; /* scratch for a group */
	bool *newcomers;
};

static void sayings_release(struct sayings *sayings)
{
	free(sayings->items);
	free(sayings->list);
	free(sayings->changes);
	free(sayings->newcomers);
}

static int compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->place, y->place);

	if (order == 0)
		order = sentence_compare(x->change, y->change);
	return order ? order : (x->position > y->position) - (x->position < y->position);
}

static int compare_sayings(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;

	if (x->paragraph != y->paragraph)
		return x->paragraph < y->paragraph ? -1 : 1;
	return (x->position > y->position) - (x->position < y->position);
}

static void cut_sentences(struct sayings *sayings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct item *item = &sayings->items[i];

		if (i > 0 && strcmp(item[-1].place, item->place) == 0 &&
		    sentence_compare(item[-1].change, item->change) == 0) {
			sayings->list[sayings->count - 1].count++;
			continue;
		}
		sayings->list[sayings->count++] =
			(struct saying){ i, 1, item->position, item->position,
					 place_of(item->change) };
	}
}

/* Sentences of one place are next to each other. */
static void join_paragraphs(struct sayings *sayings)
{
	for (size_t i = 0, end; i < sayings->count; i = end) {
		size_t first = sayings->list[i].position;

		for (end = i; end < sayings->count &&
			      strcmp(sayings->list[end].place->record->path,
				     sayings->list[i].place->record->path) == 0;
		     end++)
			if (sayings->list[end].position < first)
				first = sayings->list[end].position;
		for (size_t j = i; j < end; j++)
			sayings->list[j].paragraph = first;
	}
}

static int sayings_find(const struct diff *diff, struct sayings *ret)
{
	ret->items = calloc(diff->count + 1, sizeof(*ret->items));
	ret->list = calloc(diff->count + 1, sizeof(*ret->list));
	ret->changes = calloc(diff->count + 1, sizeof(*ret->changes));
	if (!ret->items || !ret->list || !ret->changes ||
	    sentence_newcomers(diff, &ret->newcomers) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < diff->count; i++) {
		const struct change *change = &diff->changes[i];

		ret->items[i] =
			(struct item){ change, place_of(change)->record->path, i };
	}
	qsort(ret->items, diff->count, sizeof(*ret->items), compare_items);
	cut_sentences(ret, diff->count);
	join_paragraphs(ret);
	qsort(ret->list, ret->count, sizeof(*ret->list), compare_sayings);
	return 0;
}

static int write_saying(FILE *out, const struct sayings *sayings,
			const struct saying *saying, struct group *group)
{
	int r;

	for (size_t i = 0; i < saying->count; i++)
		group->changes[i] = sayings->items[saying->start + i].change;
	group->count = saying->count;
	r = sentence_write(out, group);
	fputs(". ", out);
	return r;
}

/* What stands for the device that a text does not tell has no name of its own. */
static const char *heading_of(const struct device *place)
{
	if (strncmp(place->record->path, PLACE_UNKNOWN "/unknown-of-",
		    strlen(PLACE_UNKNOWN "/unknown-of-")) != 0)
		return place->name;
	tree_foreach_child (child, place)
		if (child->kind == KIND_REMOTEPROC)
			return child->remoteproc.name ? child->remoteproc.name
						      : child->name;
	return place->name;
}

/* Writes the paragraph that begins with the sentence at *at, and moves behind it. */
static int write_place(FILE *out, const struct sayings *sayings, struct group *group,
		       size_t *at)
{
	const struct saying *first = &sayings->list[*at];
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = sentence_name(buffer.out, heading_of(first->place), group->options);
	if (r == 0)
		fputs(": ", buffer.out);
	for (; r == 0 && *at < sayings->count &&
	       sayings->list[*at].paragraph == first->paragraph;
	     ++*at)
		r = write_saying(buffer.out, sayings, &sayings->list[*at], group);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r == 0)
		paragraph_write(out, text, COMPARISON_WIDTH, "");
	return r;
}

static int write_places(FILE *out, const struct comparison *comparison,
			const struct render_options *options)
{
	_cleanup_(sayings_release) struct sayings sayings = { 0 };
	struct group group = { .diff = comparison->diff, .options = options };
	size_t at = 0;
	int r = sayings_find(comparison->diff, &sayings);

	group.changes = sayings.changes;
	group.newcomers = sayings.newcomers;
	while (r == 0 && at < sayings.count) {
		r = write_place(out, &sayings, &group, &at);
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
	paragraph_write(out, text, COMPARISON_WIDTH, "");
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

static void write_failures(FILE *out, const struct comparison *comparison)
{
	size_t before = comparison->before->statuses[STATUS_FAIL];
	size_t after = comparison->after->statuses[STATUS_FAIL];

	if (before + after == 0)
		fputs("No check fails on either side.\n", out);
	else
		fprintf(out, "Failed checks: %zu before, %zu now.\n", before, after);
}

/* What fails on one side, and the other does not know. */
static bool has_unknown(const struct comparison *comparison)
{
	return comparison->before->statuses[STATUS_FAIL] !=
	       comparison->after->statuses[STATUS_FAIL];
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
		r = comparison_findings(out, comparison, options);
	if (r < 0)
		return r;
	fputs(comparison_differs(comparison) ? "Nothing else differs. "
	      : has_unknown(comparison)      ? "Nothing that both tell of differs. "
					     : "Nothing differs. ",
	      out);
	write_failures(out, comparison);
	return 0;
}
