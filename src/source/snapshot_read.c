// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads records: our snapshot, which is umockdev-record's text, and what udevadm info
 * --export-db prints. A block starts with P: and ends before the next; devices without a
 * subsystem stand in the block of an ancestor, as attributes "RELATIVE/uevent" and
 * "RELATIVE/state". Whatever stands before the first P: is a preamble and passed over.
 */

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "decode.h"
#include "escape.h"
#include "text.h"
#include "uevent.h"

#define BLOCK_ATTRIBUTES_MAX 4096
#define BLOCK_INNER_MAX      256

/* One A: or H: line; name and value lie in the text. */
struct field {
	char *name;
	char *value;
	size_t size;
};

struct reader {
	struct text *text;
	struct inventory *inventory;
	struct notice *notice;
	struct record *record; /* of the block being read, NULL before the first */
	char *devpath;         /* what its E: DEVPATH says, in the text */
	struct field *fields;  /* of the block, BLOCK_ATTRIBUTES_MAX at most */
	size_t field_count;
	const struct field
		*inner[BLOCK_INNER_MAX]; /* uevents of devices without subsystem */
	size_t inner_count;
	size_t lines;          /* lines of records so far */
	size_t lines_expected; /* 0: the snapshot does not say */
};

static const char *check_path(const char *path, size_t size)
{
	if (size >= PATH_MAX)
		return "the path is longer than any the kernel makes";
	if (path[0] != '/')
		return "a device path starts with '/'";
	for (const char *at = path; at; at = strchr(at + 1, '/')) {
		size_t length = strcspn(at + 1, "/");

		if (length == 0 || (length <= 2 && strncmp(at + 1, "..", length) == 0))
			return "the path has an empty, '.' or '..' component";
	}
	return NULL;
}

static int take_field(struct reader *reader, char *line, bool is_hex)
{
	char *value = strchr(line, '=');
	struct field *field = &reader->fields[reader->field_count];
	int r;

	if (!value || value == line)
		return text_malformed(reader->text, reader->notice,
				      "an attribute without '='; expected A: NAME=VALUE");
	if (reader->field_count == BLOCK_ATTRIBUTES_MAX)
		return text_malformed(reader->text, reader->notice,
				      "more than %d attributes in one record",
				      BLOCK_ATTRIBUTES_MAX);
	*value++ = '\0';
	*field = (struct field){ .name = line, .value = value };
	r = is_hex ? decode_hex(value, &field->size)
		   : decode_escapes(value, &field->size);
	if (r < 0)
		return text_malformed(reader->text, reader->notice,
				      is_hex ? "an odd or invalid hexadecimal value"
					     : "a value ends in a lone backslash");
	if (field->size > 0 && value[field->size - 1] == '\n')
		field->size--;
	value[field->size] = '\0';
	reader->field_count++;
	return 0;
}

static int take_property(struct reader *reader, char *line)
{
	int r;

	if (strncmp(line, "DEVPATH=", 8) == 0)
		reader->devpath = line + 8;
	if (strncmp(line, "RPROC_TREE_LINES=", 17) == 0)
		reader->lines_expected = strtoul(line + 17, NULL, 10);
	if (strncmp(line, "SUBSYSTEM=", 10) == 0 && line[10]) {
		free(reader->record->subsystem);
		reader->record->subsystem = strdup(line + 10);
		return reader->record->subsystem ? 0 : -ENOMEM;
	}
	r = uevent_take_line(reader->inventory, reader->record, line);
	if (r == -EBADMSG)
		return text_malformed(reader->text, reader->notice,
				      "a property without '='; expected E: KEY=VALUE");
	if (r == -E2BIG)
		return text_malformed(reader->text, reader->notice,
				      "more properties than any device has");
	return r;
}

/* What the lines of a record come to; a path has to be one when its escapes are undone,
 * too. */
static int finish_record(struct reader *reader, struct record *record, size_t literal)
{
	int r = uevent_finish(record, literal);
	const char *wrong = r == -EBADMSG ? "the path has a NUL byte" : NULL;

	if (r == 0)
		wrong = check_path(record->path, strlen(record->path));
	if (!wrong)
		return r;
	reader->text->number = record->line;
	return text_malformed(reader->text, reader->notice, "%s, escaped", wrong);
}

/* A device without subsystem: path is that of the block plus the field's name without
 * its "/uevent". */
static int add_inner(struct reader *reader, const char *outer, const struct field *field,
		     size_t line)
{
	size_t relative = (size_t)(strrchr(field->name, '/') - field->name);
	char path[PATH_MAX];
	struct record *record;
	const char *wrong;
	int size, r;

	size = snprintf(path, sizeof(path), "%s/%.*s", outer, (int)relative, field->name);
	wrong = check_path(path, size < 0 ? PATH_MAX : (size_t)size);
	if (wrong)
		return text_malformed(reader->text, reader->notice,
				      "%s (in an attribute's name)", wrong);
	r = inventory_add(reader->inventory, path, strlen(path), &record);
	if (r < 0)
		return r;
	record->line = line;
	r = uevent_take(reader->inventory, record, field->value);
	if (r == -E2BIG)
		return text_malformed(reader->text, reader->notice,
				      "more properties than any device has");
	return r < 0 ? r : finish_record(reader, record, strlen(outer));
}

static bool is_inner_uevent(const struct field *field)
{
	const char *slash = strrchr(field->name, '/');

	return slash && slash != field->name && strcmp(slash, "/uevent") == 0;
}

/* Where the name of the inner device ends and the attribute's begins, NULL: the block's
 * own. What is filed below FACT_DIRECTORY keeps that in its name. */
static const char *field_directory_end(const struct field *field)
{
	const char *filed = strstr(field->name, FACT_DIRECTORY);

	if (filed == field->name)
		return NULL;
	return filed && filed[-1] == '/' ? filed - 1 : strrchr(field->name, '/');
}

/* The record an attribute belongs to: an inner one of this block, the block's own where
 * the name has no slash, none where the directory is no device ("power/control"). */
static struct record *field_record(struct reader *reader, size_t first,
				   const struct field *field)
{
	const char *slash = field_directory_end(field);
	size_t size = slash ? (size_t)(slash - field->name) : 0;

	if (!slash)
		return &reader->inventory->records[first];
	for (size_t i = 0; i < reader->inner_count; i++) {
		const char *uevent = reader->inner[i]->name;

		if (strncmp(uevent, field->name, size) == 0 &&
		    strcmp(uevent + size, "/uevent") == 0)
			return &reader->inventory->records[first + 1 + i];
	}
	return NULL;
}

static int add_fields(struct reader *reader, size_t first)
{
	for (size_t i = 0; i < reader->field_count; i++) {
		const struct field *field = &reader->fields[i];
		struct record *record;
		const char *slash = field_directory_end(field);
		int r;

		if (is_inner_uevent(field))
			continue;
		record = field_record(reader, first, field);
		if (!record)
			continue;
		r = record_add_attribute(record, slash ? slash + 1 : field->name,
					 field->value, field->size);
		if (r < 0)
			return r;
	}
	return 0;
}

static int add_inner_records(struct reader *reader, size_t first)
{
	reader->inner_count = 0;
	for (size_t i = 0; i < reader->field_count; i++) {
		int r;

		if (!is_inner_uevent(&reader->fields[i]))
			continue;
		if (reader->inner_count == BLOCK_INNER_MAX)
			return text_malformed(
				reader->text, reader->notice,
				"more than %d devices without subsystem in one record",
				BLOCK_INNER_MAX);
		r = add_inner(reader, reader->inventory->records[first].path,
			      &reader->fields[i], reader->inventory->records[first].line);
		if (r < 0)
			return r;
		reader->inner[reader->inner_count++] = &reader->fields[i];
	}
	return 0;
}

static int end_block(struct reader *reader)
{
	size_t first;
	int r;

	if (!reader->record)
		return 0;
	first = (size_t)(reader->record - reader->inventory->records);
	if (reader->devpath && strcmp(reader->devpath, reader->record->path) != 0) {
		reader->text->number = reader->record->line;
		return text_malformed(
			reader->text, reader->notice,
			"P: and E: DEVPATH= disagree: the record is damaged or forged by a device's name");
	}
	if (!reader->record->subsystem) {
		reader->text->number = reader->record->line;
		return text_malformed(
			reader->text, reader->notice,
			"a record without E: SUBSYSTEM=: cut off or damaged");
	}
	r = finish_record(reader, reader->record, 0);
	if (r == 0)
		r = add_inner_records(reader, first);
	if (r == 0)
		r = add_fields(reader, first);
	reader->record = NULL;
	reader->devpath = NULL;
	reader->field_count = 0;
	return r;
}

static int begin_block(struct reader *reader, const struct line *line)
{
	const char *wrong = check_path(line->bytes + 3, line->size - 3);
	int r = end_block(reader);

	if (r < 0)
		return r;
	if (wrong)
		return text_malformed(reader->text, reader->notice, "%s", wrong);
	if (strncmp(line->bytes + 3, "/devices/", 9) != 0)
		return 0; /* udevadm exports /bus, /module and the like, too */
	r = inventory_add(reader->inventory, line->bytes + 3, line->size - 3,
			  &reader->record);
	if (r == 0)
		reader->record->line = reader->text->number;
	return r;
}

static int take_line(struct reader *reader, const struct line *line)
{
	char *value = line->bytes + 3;

	switch (line->bytes[0]) {
	case 'E':
		return take_property(reader, value);
	case 'A':
		return take_field(reader, value, false);
	case 'H':
		return take_field(reader, value, true);
	case 'L':
		if (strncmp(value, "driver=", 7) != 0)
			return 0;
		free(reader->record->driver_target);
		reader->record->driver_target = strdup(value + 7);
		return reader->record->driver_target ? 0 : -ENOMEM;
	default:
		return 0; /* N: and S: repeat DEVNAME; the rest is udevadm's own */
	}
}

static bool is_record_line(const struct line *line)
{
	return line->size >= 2 && strchr("PNSEALHMRUTDQVIJB", line->bytes[0]) &&
	       line->bytes[1] == ':' && (line->size == 2 || line->bytes[2] == ' ');
}

static int read_line(struct reader *reader, const struct line *line)
{
	_cleanup_free_ char *shown = NULL;

	if (line->size == 0)
		return 0;
	if (strncmp(line->bytes, "P: ", 3) == 0) {
		reader->lines++;
		return begin_block(reader, line);
	}
	if (reader->lines == 0)
		return 0;
	if (is_record_line(line)) {
		reader->lines++;
		return line->size < 3 || !reader->record ? 0 : take_line(reader, line);
	}
	shown = escape_bytes(line->bytes, line->size < 40 ? line->size : 40, 0);
	return text_malformed(
		reader->text, reader->notice,
		"no line of a record: '%s'; expected P: N: S: E: A: H: or L:",
		shown ? shown : "");
}

static int check_whole(const struct reader *reader)
{
	if (reader->lines_expected && reader->lines_expected != reader->lines)
		return text_malformed(
			reader->text, reader->notice,
			"the snapshot says it has %zu lines, but %zu are here: cut off, or edited (then drop E: RPROC_TREE_LINES)",
			reader->lines_expected, reader->lines);
	if (!reader->text->ended)
		return text_malformed(
			reader->text, reader->notice,
			"the last line has no end: the file was cut off; take it again, or end the line if it is whole");
	return 0;
}

int snapshot_read(struct text *text, struct inventory *inventory, struct notice *notice)
{
	_cleanup_free_ struct field *fields =
		calloc(BLOCK_ATTRIBUTES_MAX, sizeof(*fields));
	struct reader reader = {
		.text = text,
		.inventory = inventory,
		.notice = notice,
		.fields = fields,
	};
	struct line line;
	int r;

	if (!fields)
		return -ENOMEM;
	while (text_next(text, &line)) {
		r = read_line(&reader, &line);
		if (r < 0)
			return r;
	}
	r = check_whole(&reader);
	return r < 0 ? r : end_block(&reader);
}
