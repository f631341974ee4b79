// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes records so that stock umockdev-run loads them and snapshot_read.c reads back the
 * same inventory. Two passes: the first counts the lines that the first record tells of,
 * so that a snapshot that was cut off is known for what it is.
 *
 * Nothing that a device says can start a line: a path or value that is no plain text is
 * written escaped (P:, and the record says so), as hex (H:), or left out where another
 * line has it (E: MODALIAS repeats the attribute).
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "source.h"

struct writer {
	FILE *out;
	const struct tree *tree;
	size_t lines; /* how many the first pass counted */
};

static bool is_plain_string(const char *string)
{
	return escape_is_plain(string, strlen(string));
}

/* Keys that the writer makes from the record itself. */
static bool is_own_key(const char *key)
{
	static const char *const keys[] = {
		"RPROC_TREE_BARE",
		"RPROC_TREE_ESCAPED",
		"RPROC_TREE_PATH_ONLY",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

struct fact {
	const char *key;
	char *value; /* owned */
};

/* The lines that are no uevent lines of the device's own; NULL value: left out. */
enum {
	FACT_DEVPATH,
	FACT_BARE,
	FACT_ESCAPED,
	FACT_KERNEL,
	FACT_LINES,
	FACT_MACHINE,
	FACT_PATH_ONLY,
	FACT_SUBSYSTEM,
	FACT_COUNT
};

struct facts {
	struct fact facts[FACT_COUNT]; /* in the order of their keys */
};

static void facts_release(struct facts *facts)
{
	for (size_t i = 0; i < FACT_COUNT; i++)
		free(facts->facts[i].value);
}

static int fact_set(struct facts *facts, int which, const char *value)
{
	if (!value)
		return 0;
	facts->facts[which].value = escape_string(value, 0);
	return facts->facts[which].value ? 0 : -ENOMEM;
}

static int facts_of(const struct writer *writer, const struct device *device,
		    struct facts *facts)
{
	const struct record *record = device->record;
	bool first = device == writer->tree->devices;
	char lines[24];
	int r = 0;

	*facts = (struct facts){ {
		{ "DEVPATH", NULL },
		{ "RPROC_TREE_BARE", NULL },
		{ "RPROC_TREE_ESCAPED", NULL },
		{ "RPROC_TREE_KERNEL", NULL },
		{ "RPROC_TREE_LINES", NULL },
		{ "RPROC_TREE_MACHINE", NULL },
		{ "RPROC_TREE_PATH_ONLY", NULL },
		{ "SUBSYSTEM", NULL },
	} };
	snprintf(lines, sizeof(lines), "%zu", writer->lines);
	r |= fact_set(facts, FACT_DEVPATH, record->path);
	r |= fact_set(facts, FACT_SUBSYSTEM,
		      record->subsystem ? record->subsystem : "platform");
	r |= fact_set(facts, FACT_BARE, record->subsystem ? NULL : "1");
	if (r == 0 && strcmp(facts->facts[FACT_DEVPATH].value, record->path) != 0)
		r |= fact_set(facts, FACT_ESCAPED, "path");
	r |= fact_set(facts, FACT_PATH_ONLY, record->path_only ? "1" : NULL);
	if (first) {
		r |= fact_set(facts, FACT_KERNEL, writer->tree->inventory->kernel);
		r |= fact_set(facts, FACT_MACHINE, writer->tree->inventory->machine);
		r |= fact_set(facts, FACT_LINES, lines);
	}
	return r ? -ENOMEM : 0;
}

static void write_property(FILE *out, const char *key, const char *value)
{
	if (is_plain_string(key) && is_plain_string(value))
		fprintf(out, "E: %s=%s\n", key, value);
}

/* Both lists are sorted by key; they are merged. */
static void write_properties(FILE *out, const struct record *record,
			     const struct facts *facts)
{
	size_t i = 0, j = 0;

	while (i < record->property_count || j < FACT_COUNT) {
		const struct property *property =
			i < record->property_count ? &record->properties[i] : NULL;

		if (!property ||
		    (j < FACT_COUNT && strcmp(facts->facts[j].key, property->key) <= 0)) {
			if (facts->facts[j].value)
				fprintf(out, "E: %s=%s\n", facts->facts[j].key,
					facts->facts[j].value);
			j++;
			continue;
		}
		if (!is_own_key(property->key))
			write_property(out, property->key, property->value);
		i++;
	}
}

/* Whether A: can hold the value: plain text but for newlines. */
static bool is_plain_value(const struct attribute *attribute)
{
	const char *at = attribute->value, *end = at + attribute->size;

	while (at <= end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;

		if (!escape_is_plain(at, (size_t)(stop - at)))
			return false;
		at = stop + 1;
	}
	return true;
}

static void write_value(FILE *out, const char *prefix, const struct attribute *attribute)
{
	if (!is_plain_value(attribute)) {
		fprintf(out, "H: %s%s=", prefix, attribute->name);
		for (size_t i = 0; i < attribute->size; i++)
			fprintf(out, "%02X", (unsigned char)attribute->value[i]);
		fputs("0A\n", out);
		return;
	}
	fprintf(out, "A: %s%s=", prefix, attribute->name);
	for (size_t i = 0; i < attribute->size; i++) {
		if (attribute->value[i] == '\n' || attribute->value[i] == '\\')
			fputc('\\', out);
		fputc(attribute->value[i] == '\n' ? 'n' : attribute->value[i], out);
	}
	fputs(attribute->size > 0 ? "\\n\n" : "\n", out);
}

static void write_attributes(FILE *out, const char *prefix, const struct device *device)
{
	for (const char *const *name = kind_attributes(device->kind); *name; name++) {
		const struct attribute *attribute =
			record_attribute(device->record, *name);

		if (attribute)
			write_value(out, prefix, attribute);
	}
}

/* The device whose block a device without subsystem is written in. */
static const struct device *carrier(const struct device *device)
{
	do
		device = device->parent;
	while (device && !device->record->subsystem);
	return device;
}

static bool has_block(const struct device *device)
{
	return device->record->subsystem || !carrier(device);
}

/* The uevent of a device that has no block of its own, as one attribute. */
static int write_inner_uevent(FILE *out, const char *prefix, const struct device *device,
			      bool is_escaped)
{
	_cleanup_free_ char *text = NULL;
	_cleanup_file_ FILE *memory = NULL;
	struct attribute attribute = { .name = (char *)"uevent" };
	const struct record *record = device->record;

	memory = open_memstream(&text, &attribute.size);
	if (!memory)
		return -ENOMEM;
	for (size_t i = 0; i < record->property_count; i++)
		if (is_plain_string(record->properties[i].value) &&
		    !is_own_key(record->properties[i].key))
			fprintf(memory, "%s=%s\n", record->properties[i].key,
				record->properties[i].value);
	if (is_escaped)
		fputs("RPROC_TREE_ESCAPED=path\n", memory);
	if (record->path_only)
		fputs("RPROC_TREE_PATH_ONLY=1\n", memory);
	if (fflush(memory) != 0)
		return -ENOMEM;
	attribute.value = text;
	attribute.size -= attribute.size > 0;
	write_value(out, prefix, &attribute);
	return 0;
}

static int write_inner(FILE *out, const struct device *device, const struct device *inner)
{
	const char *path = inner->record->path + strlen(device->record->path) + 1;
	_cleanup_free_ char *relative = escape_string(path, 0);
	_cleanup_free_ char *prefix = NULL;
	int r;

	if (!relative || asprintf(&prefix, "%s/", relative) < 0)
		return -ENOMEM;
	r = write_inner_uevent(out, prefix, inner, strcmp(relative, path) != 0);
	if (r == 0)
		write_attributes(out, prefix, inner);
	return r;
}

static int write_block(const struct writer *writer, const struct device *device)
{
	__attribute__((cleanup(facts_release))) struct facts facts = { 0 };
	FILE *out = writer->out;
	int r = facts_of(writer, device, &facts);

	if (r < 0)
		return r;
	if (device != writer->tree->devices)
		fputc('\n', out);
	fprintf(out, "P: %s\n", facts.facts[FACT_DEVPATH].value);
	if (device->devnode && is_plain_string(device->devnode))
		fprintf(out, "N: %s\n", device->devnode);
	write_properties(out, device->record, &facts);
	write_attributes(out, "", device);
	for (const struct device *inner = device + 1;
	     inner < writer->tree->devices + writer->tree->count &&
	     devpath_is_below(inner->record->path, device->record->path);
	     inner++) {
		if (has_block(inner) || carrier(inner) != device)
			continue;
		r = write_inner(out, device, inner);
		if (r < 0)
			return r;
	}
	if (device->record->driver_target &&
	    is_plain_string(device->record->driver_target))
		fprintf(out, "L: driver=%s\n", device->record->driver_target);
	return 0;
}

static int write_all(const struct writer *writer)
{
	tree_foreach (device, writer->tree) {
		int r = has_block(device) ? write_block(writer, device) : 0;

		if (r < 0)
			return r;
	}
	return 0;
}

/* Lines that are not empty. */
static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (const char *at = text; *at; at++)
		lines += *at == '\n' && at > text && at[-1] != '\n';
	return lines;
}

int snapshot_write(FILE *out, const struct tree *tree)
{
	_cleanup_free_ char *text = NULL;
	_cleanup_file_ FILE *memory = NULL;
	size_t size = 0;
	struct writer writer = { .tree = tree };
	int r;

	memory = open_memstream(&text, &size);
	if (!memory)
		return -ENOMEM;
	writer.out = memory;
	r = write_all(&writer);
	if (r < 0)
		return r;
	if (fflush(memory) != 0)
		return -ENOMEM;
	writer.lines = count_lines(text);
	writer.out = out;
	r = write_all(&writer);
	return r < 0 ? r : ferror(out) ? -EIO : 0;
}
