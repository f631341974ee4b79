// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A paragraph for each bus device, a sentence for each thing that happened there: to one
 * device or, in the same way, to several. It has to stand in a commit message as it is.
 */

#include <errno.h>
#include <string.h>

#include "comparison.h"
#include "escape.h"
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
	const char *place = place_of(first)->record->path;
	int r;

	group->count = 0;
	for (size_t j = i; j < count; j++) {
		if (!rest[j] || !sentence_fits(first, rest[j]) ||
		    strcmp(place, place_of(rest[j])->record->path) != 0)
			continue;
		group->changes[group->count++] = rest[j];
		rest[j] = NULL;
	}
	r = sentence_write(out, group);
	fputs(". ", out);
	return r;
}

static int write_place(FILE *out, struct group *group, const struct change **rest,
		       size_t count, size_t i)
{
	const struct device *place = place_of(rest[i]);
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	int r = memory ? 0 : -ENOMEM;

	if (r == 0)
		r = sentence_name(memory, place->name, group->options);
	if (r == 0)
		fputs(": ", memory);
	for (; i < count && r == 0; i++)
		if (rest[i] &&
		    strcmp(place->record->path, place_of(rest[i])->record->path) == 0)
			r = say_group(memory, group, rest, count, i);
	if (memory && fclose(memory) != 0)
		r = -ENOMEM;
	if (r == 0)
		paragraph_write(out, text, WIDTH, "");
	return r;
}

static int write_places(FILE *out, const struct comparison *comparison,
			const struct render_options *options)
{
	const struct diff *diff = comparison->diff;
	_cleanup_free_ const struct change **rest =
		calloc(2 * diff->count + 1, sizeof(*rest));
	struct group group = { diff, options, rest + diff->count, 0 };
	int r = rest ? 0 : -ENOMEM;

	for (size_t i = 0; i < diff->count && r == 0; i++)
		rest[i] = &diff->changes[i];
	for (size_t i = 0; i < diff->count && r == 0; i++)
		if (rest[i]) {
			r = write_place(out, &group, rest, diff->count, i);
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

	if (kernel) {
		fputs(" (", out);
		r |= sentence_name(out, kernel, options);
		if (machine)
			fputs(", ", out);
		r |= sentence_name(out, machine, options);
		fputc(')', out);
	}
	return r;
}

static int write_heading(FILE *out, const struct comparison *comparison,
			 const struct render_options *options)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	int r;

	if (!memory)
		return -ENOMEM;
	fputs("From ", memory);
	r = say_side(memory, comparison->before_name, comparison->before, options);
	fputs(" to ", memory);
	r |= say_side(memory, comparison->after_name, comparison->after, options);
	fputc(':', memory);
	if (fclose(memory) != 0 || r < 0)
		return -ENOMEM;
	paragraph_write(out, text, WIDTH, "");
	fputc('\n', out);
	return 0;
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

	if (r == 0)
		r = write_places(out, comparison, options);
	if (r < 0)
		return r;
	fputs(comparison->diff->count > 0 ? "Nothing else differs. "
					  : "Nothing differs. ",
	      out);
	write_failures(out, comparison);
	return 0;
}
