// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes records so that stock umockdev-run loads them and snapshot_read.c reads back the
 * same inventory. The first record is written twice: it tells how many lines there are,
 * so that a snapshot that was cut off is known for what it is, and is counted itself.
 *
 * Nothing that a device says can start a line: a path or value that is no plain text is
 * written escaped (P:, and the record says so), as hex (H:), or left out where another
 * line has it (E: MODALIAS repeats the attribute).
 */

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "devpath.h"
#include "escape.h"
#include "format.h"
#include "pen.h"
#include "snapshot.h"
#include "snapshot_line.h"
#include "span.h"

struct writer {
	struct pen *pen;
	const struct tree *tree;
	size_t lines; /* counted so far; at last, of the whole snapshot */
};

/* Of most records; more of them take memory. */
#define LINES_USUAL 24

static struct record empty_lines(struct property room[LINES_USUAL])
{
	return (struct record){ .properties = room, .property_room = LINES_USUAL };
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
		if (text_is(key, keys[i]))
			return true;
	return false;
}

/* Adds what the writer knows of a record besides the uevent. path is written escaped, and
 * lent, as all of the record's is. */
static int add_own_lines(struct record *lines, const struct record *record,
			 const char *path)
{
	int r = record_lend_property(lines, "DEVPATH", path);

	if (r == 0)
		r = record_lend_property(lines, "SUBSYSTEM",
					 record->subsystem ? record->subsystem
							   : "platform");
	if (r == 0 && !record->subsystem)
		r = record_lend_property(lines, "RPROC_TREE_BARE", "1");
	if (r == 0 && strcmp(path, record->path) != 0)
		r = record_lend_property(lines, "RPROC_TREE_ESCAPED", "path");
	if (r == 0 && record->path_only)
		r = record_lend_property(lines, "RPROC_TREE_PATH_ONLY", "1");
	return r;
}

/* The first record tells of the system, and how long the snapshot is. */
static int add_system_lines(struct record *lines, const struct writer *writer)
{
	const struct record *system = &writer->tree->inventory->system;
	char count[24];

	for (size_t i = 0; i < system->property_count; i++) {
		_cleanup_free_ char *value =
			escape_string(system->properties[i].value, 0);
		int r = value ? record_set_property(lines, system->properties[i].key,
						    value)
			      : -ENOMEM;

		if (r < 0)
			return r;
	}
	snprintf(count, sizeof(count), "%zu", writer->lines);
	return record_set_property(lines, "RPROC_TREE_LINES", count);
}

/* The record's own properties, without those that the writer makes itself. */
static int copy_properties(struct record *lines, const struct record *record)
{
	for (size_t i = 0; i < record->property_count; i++) {
		const struct property *property = &record->properties[i];
		int r = is_own_key(property->key)
				? 0
				: record_lend_property(lines, property->key,
						       property->value);

		if (r < 0)
			return r;
	}
	return 0;
}

static void write_attributes(struct pen *pen, const char *prefix,
			     const struct device *device)
{
	for (const char *const *name = kind_attributes(device->kind); *name; name++) {
		const struct attribute *attribute =
			record_attribute(device->record, *name);

		if (attribute)
			line_attribute(pen, prefix, attribute);
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
static int write_inner_uevent(struct pen *pen, const char *prefix,
			      const struct record *lines)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	struct attribute attribute = { .name = (char *)"uevent" };
	struct pen inner = { 0 };
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	inner.out = buffer.out;
	line_properties(&inner, lines, "");
	pen_flush(&inner);
	r = buffer_take(&buffer, &text, &attribute.size);
	if (r < 0)
		return r;
	attribute.value = text;
	attribute.size -= attribute.size > 0;
	line_attribute(pen, prefix, &attribute);
	return 0;
}

static int write_inner(struct pen *pen, const struct device *device,
		       const struct device *inner)
{
	const char *path = inner->record->path + strlen(device->record->path) + 1;
	_cleanup_free_ char *relative = escape_string(path, ESCAPE_EQUALS);
	_cleanup_free_ char *prefix = NULL;
	struct property room[LINES_USUAL];
	_cleanup_(record_clear) struct record lines = empty_lines(room);
	int r;

	if (!relative || asprintf(&prefix, "%s/", relative) < 0)
		return -ENOMEM;
	r = copy_properties(&lines, inner->record);
	if (r == 0 && strcmp(relative, path) != 0)
		r = record_set_property(&lines, "RPROC_TREE_ESCAPED", "path");
	if (r == 0 && inner->record->path_only)
		r = record_set_property(&lines, "RPROC_TREE_PATH_ONLY", "1");
	if (r == 0)
		r = write_inner_uevent(pen, prefix, &lines);
	if (r == 0)
		write_attributes(pen, prefix, inner);
	return r;
}

/* Devices without subsystem that have this one as carrier. */
static int write_inner_devices(const struct writer *writer, const struct device *device)
{
	const struct device *end = writer->tree->devices + writer->tree->count;

	for (const struct device *inner = device + 1; inner < end; inner++) {
		int r = 0;

		if (!devpath_is_below(inner->record->path, device->record->path))
			break;
		if (!has_block(inner) && carrier(inner) == device)
			r = write_inner(writer->pen, device, inner);
		if (r < 0)
			return r;
	}
	return 0;
}

static int write_block(const struct writer *writer, const struct device *device)
{
	const struct record *record = device->record;
	struct property room[LINES_USUAL];
	_cleanup_(record_clear) struct record lines = empty_lines(room);
	_cleanup_free_ char *path = escape_string(record->path, 0);
	bool first = device == writer->tree->devices;
	int r = path ? copy_properties(&lines, record) : -ENOMEM;

	if (r == 0)
		r = add_own_lines(&lines, record, path);
	if (r == 0 && first)
		r = add_system_lines(&lines, writer);
	if (r < 0)
		return r;
	line_text(writer->pen, first ? "P: " : "\nP: ", path);
	if (device->devnode && line_can_hold(device->devnode))
		line_text(writer->pen, "N: ", device->devnode);
	line_properties(writer->pen, &lines, "E: ");
	if (first)
		r = line_log(writer->pen, &writer->tree->inventory->log);
	if (r < 0)
		return r;
	write_attributes(writer->pen, "", device);
	r = write_inner_devices(writer, device);
	if (record->driver_target && line_can_hold(record->driver_target))
		line_text(writer->pen, "L: driver=", record->driver_target);
	return r;
}

/* Of a system without any of our devices: a block that is not a device, for its facts. A
 * replay then knows that there was nothing, and on which kernel. */
static int write_empty(const struct writer *writer)
{
	struct property room[LINES_USUAL];
	_cleanup_(record_clear) struct record lines = empty_lines(room);
	int r = record_set_property(&lines, "SUBSYSTEM", "rproc-tree");

	if (r == 0)
		r = add_system_lines(&lines, writer);
	if (r < 0)
		return r;
	pen_text(writer->pen, "P: /devices/rproc-tree\n");
	line_properties(writer->pen, &lines, "E: ");
	return line_log(writer->pen, &writer->tree->inventory->log);
}

/* The blocks of a tree but the first, which tells of the system. */
static int write_others(const struct writer *writer)
{
	tree_foreach (device, writer->tree) {
		int r = device > writer->tree->devices && has_block(device)
				? write_block(writer, device)
				: 0;

		if (r < 0)
			return r;
	}
	return 0;
}

static int write_first(const struct writer *writer)
{
	return writer->tree->count > 0 ? write_block(writer, writer->tree->devices)
				       : write_empty(writer);
}

/* Lines that are not empty. */
static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (const char *end; (end = strchr(text, '\n')); text = end + 1)
		lines += end > text;
	return lines;
}

/* What a function writes to a stream. */
static int write_to(FILE *out, struct writer *writer,
		    int (*write)(const struct writer *writer))
{
	struct pen pen = { .out = out };
	int r;

	writer->pen = &pen;
	r = write(writer);
	pen_flush(&pen);
	writer->pen = NULL;
	return r;
}

/* The same as a string that the caller owns; its lines are counted. */
static int write_apart(struct writer *writer, int (*write)(const struct writer *writer),
		       char **ret, size_t *ret_size)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	int r = buffer_open(&buffer);

	if (r == 0)
		r = write_to(buffer.out, writer, write);
	if (r == 0)
		r = buffer_take(&buffer, ret, ret_size);
	if (r == 0)
		writer->lines += count_lines(*ret);
	return r;
}

int snapshot_write(FILE *out, const struct tree *tree)
{
	struct writer writer = { .tree = tree };
	_cleanup_free_ char *first = NULL, *others = NULL;
	size_t size = 0;
	int r = write_apart(&writer, write_first, &first, &size);

	if (r == 0)
		r = write_apart(&writer, write_others, &others, &size);
	if (r == 0)
		r = write_to(out, &writer, write_first);
	if (r < 0)
		return r;
	fwrite(others, 1, size, out);
	return ferror(out) ? -EIO : 0;
}

int snapshot_render(FILE *out, const struct findings *findings,
		    const struct render_options *options)
{
	(void)options;
	return snapshot_write(out, findings->tree);
}

int snapshot_text(const struct tree *tree, char **ret)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	int r = buffer_open(&buffer);

	if (r == 0)
		r = snapshot_write(buffer.out, tree);
	return r < 0 ? r : buffer_take(&buffer, ret, NULL);
}
