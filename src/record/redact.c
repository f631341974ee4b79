// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Each firmware name becomes "firmware-N", the same everywhere, so that it can still be
 * seen that two are the same. "unknown" is the kernel's word for an attached core.
 */

#include "redact.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "phrase.h"

#define MASK "(masked)"

struct masks {
	char **names; /* of firmware; the Nth is masked as firmware-N+1 */
	size_t count;
	size_t traces;
	bool machine;
};

static void masks_release(struct masks *masks)
{
	for (size_t i = 0; i < masks->count; i++)
		free(masks->names[i]);
	free(masks->names);
}

static int set_value(struct attribute *attribute, const char *value)
{
	char *copy = strdup(value);

	if (!copy)
		return -ENOMEM;
	free(attribute->value);
	attribute->value = copy;
	attribute->size = strlen(copy);
	return 0;
}

/* The number of a name, which is added when it is new. */
static int number_of(struct masks *masks, const char *name, size_t *ret)
{
	char **names;

	for (size_t i = 0; i < masks->count; i++)
		if (strcmp(masks->names[i], name) == 0) {
			*ret = i + 1;
			return 0;
		}
	names = reallocarray(masks->names, masks->count + 1, sizeof(*names));
	if (!names)
		return -ENOMEM;
	masks->names = names;
	names[masks->count] = strdup(name);
	if (!names[masks->count])
		return -ENOMEM;
	*ret = ++masks->count;
	return 0;
}

static int mask_firmware(struct masks *masks, struct attribute *attribute)
{
	char text[40];
	size_t number;
	int r;

	if (attribute->size == 0 || strcmp(attribute->value, "unknown") == 0)
		return 0;
	r = number_of(masks, attribute->value, &number);
	if (r < 0)
		return r;
	snprintf(text, sizeof(text), "firmware-%zu", number);
	return set_value(attribute, text);
}

static int mask_record(struct masks *masks, struct record *record)
{
	for (size_t i = 0; i < record->attribute_count; i++) {
		struct attribute *attribute = &record->attributes[i];
		int r = 0;

		if (strcmp(attribute->name, "firmware") == 0)
			r = mask_firmware(masks, attribute);
		if (strcmp(attribute->name, FACT_TRACE) == 0 && attribute->size > 0) {
			r = set_value(attribute, MASK);
			masks->traces++;
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* The line with what stands from start, size bytes, replaced. */
static int replace(char **line, size_t start, size_t size, const char *by)
{
	char *replaced;

	if (asprintf(&replaced, "%.*s%s%s", (int)start, *line, by, *line + start + size) <
	    0)
		return -ENOMEM;
	free(*line);
	*line = replaced;
	return 0;
}

static int mask_name(char **line, const char *name, size_t number)
{
	char by[40];
	size_t from = 0;
	char *at;

	snprintf(by, sizeof(by), "firmware-%zu", number);
	while ((at = strstr(*line + from, name))) {
		size_t start = (size_t)(at - *line);
		int r = replace(line, start, strlen(name), by);

		if (r < 0)
			return r;
		from = start + strlen(by);
	}
	return 0;
}

/* A span of the line, which a phrase found in it. */
static int mask_span(char **line, struct span span, const char *by)
{
	return span.size == 0
		       ? 0
		       : replace(line, (size_t)(span.start - *line), span.size, by);
}

/* The kernel names files that no attribute holds any more, and repeats what the firmware
 * said when it crashed. */
static int mask_fields(struct masks *masks, char **line)
{
	_cleanup_free_ char *file = NULL;
	struct phrase phrase;
	char by[40];
	size_t number;
	int r;

	if (!phrase_parse(*line, strlen(*line), &phrase))
		return 0;
	if (phrase.event == EVENT_CRASH_CAUSE) {
		masks->traces += phrase.text.size > 0;
		return mask_span(line, phrase.text, MASK);
	}
	if (phrase.file.size == 0)
		return 0;
	file = strndup(phrase.file.start, phrase.file.size);
	r = file ? number_of(masks, file, &number) : -ENOMEM;
	if (r < 0)
		return r;
	snprintf(by, sizeof(by), "firmware-%zu", number);
	return mask_span(line, phrase.file, by);
}

static int mask_line(struct masks *masks, struct log_line *line)
{
	int r = mask_fields(masks, &line->bytes);

	for (size_t i = 0; i < masks->count && r == 0; i++)
		r = mask_name(&line->bytes, masks->names[i], i + 1);
	line->size = strlen(line->bytes);
	return r;
}

static int mask_system(struct masks *masks, struct record *system)
{
	for (size_t i = 0; i < system->property_count; i++) {
		struct property *property = &system->properties[i];

		if (strcmp(property->key, FACT_MACHINE) == 0 ||
		    strcmp(property->key, FACT_COMPATIBLE) == 0) {
			char *value = strdup(MASK);

			if (!value)
				return -ENOMEM;
			free(property->value);
			property->value = value;
			masks->machine = true;
		}
	}
	return 0;
}

int redact(struct inventory *inventory)
{
	_cleanup_(masks_release) struct masks masks = { 0 };
	char text[160];
	int r = 0;

	for (size_t i = 0; i < inventory->count && r == 0; i++)
		r = mask_record(&masks, &inventory->records[i]);
	for (size_t i = 0; i < inventory->log.count && r == 0; i++)
		r = mask_line(&masks, &inventory->log.lines[i]);
	if (r == 0)
		r = mask_system(&masks, &inventory->system);
	if (r < 0)
		return r;
	snprintf(text, sizeof(text), "%s%zu firmware names, %zu traces",
		 masks.machine ? "the machine's name, " : "", masks.count, masks.traces);
	return record_set_property(&inventory->system, FACT_REDACTED, text);
}
