// SPDX-License-Identifier: GPL-2.0-or-later
#include "block.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "decode.h"
#include "escape.h"
#include "span.h"
#include "uevent.h"

const char *block_check_path(const char *path, size_t size)
{
	if (size >= PATH_MAX)
		return "the path is longer than any the kernel makes";
	if (path[0] != '/')
		return "a device path starts with '/'";
	for (const char *at = path, *end; *at; at = end) {
		size_t length;

		end = strchrnul(at + 1, '/');
		length = (size_t)(end - at) - 1;
		if (length == 0 || (length <= 2 && strncmp(at + 1, "..", length) == 0))
			return "the path has an empty, '.' or '..' component";
	}
	return NULL;
}

int block_take_field(struct reader *reader, char *line, bool is_hex)
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
	*field = (struct field){ line, strrchr(line, '/'), value, 0 };
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

int block_take_property(struct reader *reader, char *line)
{
	int r;

	if (text_starts(line, "DEVPATH=")) {
		reader->devpath = line + 8;
		return 0;
	}
	if (text_starts(line, "RPROC_TREE_LINES="))
		reader->lines_expected = strtoul(line + 17, NULL, 10);
	if (text_starts(line, "SUBSYSTEM=") && line[10]) {
		reader->record->subsystem = line + 10;
		return 0;
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
	const char *before = record->path, *wrong = NULL;
	int r = uevent_finish(record, literal);

	if (r == -EBADMSG)
		wrong = "the path has a NUL byte";
	else if (r == 0 && record->path != before)
		wrong = block_check_path(record->path, strlen(record->path));
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
	size_t relative = (size_t)(field->slash - field->name);
	char path[PATH_MAX];
	struct record *record;
	const char *wrong;
	int size, r;

	size = snprintf(path, sizeof(path), "%s/%.*s", outer, (int)relative, field->name);
	wrong = block_check_path(path, (size_t)size);
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
	return field->slash && field->slash != field->name &&
	       strcmp(field->slash, "/uevent") == 0;
}

/* Where the name of the inner device ends and the attribute's begins, NULL: the block's
 * own. What is filed below FACT_DIRECTORY keeps that in its name. */
static const char *field_directory_end(const struct field *field)
{
	const char *filed = field->slash ? strstr(field->name, FACT_DIRECTORY) : NULL;

	if (!field->slash || filed == field->name)
		return NULL;
	return filed && filed[-1] == '/' ? filed - 1 : field->slash;
}

/* The record an attribute belongs to: an inner one of this block, the block's own where
 * the name has no slash, none where the directory is not a device ("power/control"). */
static struct record *field_record(struct reader *reader, size_t first,
				   const struct field *field, const char *slash)
{
	size_t size;

	if (!slash)
		return &reader->inventory->records[first];
	size = (size_t)(slash - field->name);
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
		record = field_record(reader, first, field, slash);
		if (!record)
			continue;
		r = record_lend_attribute(record, slash ? slash + 1 : field->name,
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

int block_end(struct reader *reader)
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
