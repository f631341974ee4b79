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

#include "block.h"
#include "escape.h"
#include "readers.h"
#include "uevent.h"

static bool begins_block(const struct line *line)
{
	return line->size >= 3 && memcmp(line->bytes, "P: ", 3) == 0;
}

bool snapshot_matches(const struct text *text)
{
	return text_any(text, begins_block);
}

static int begin_block(struct reader *reader, const struct line *line)
{
	const char *wrong = block_check_path(line->bytes + 3, line->size - 3);
	int r = block_end(reader);

	if (r < 0)
		return r;
	if (wrong)
		return text_malformed(reader->text, reader->notice, "%s", wrong);
	if (strncmp(line->bytes + 3, "/devices/", 9) != 0)
		return 0; /* udevadm exports /bus, /module and the like, too */
	r = inventory_add_lent(reader->inventory, line->bytes + 3, &reader->record);
	if (r == 0)
		reader->record->line = reader->text->number;
	return r;
}

static int take_line(struct reader *reader, const struct line *line)
{
	char *value = line->bytes + 3;

	switch (line->bytes[0]) {
	case 'E':
		return block_take_property(reader, value);
	case 'A':
		return block_take_field(reader, value, false);
	case 'H':
		return block_take_field(reader, value, true);
	case 'L':
		if (strncmp(value, "driver=", 7) != 0)
			return 0;
		reader->record->driver_target = value + 7;
		return 0;
	default:
		return 0; /* N: and S: repeat DEVNAME; the rest is udevadm's own */
	}
}

static bool is_record_line(const struct line *line)
{
	return line->size >= 2 && line->bytes[1] == ':' &&
	       (line->size == 2 || line->bytes[2] == ' ') &&
	       strchr("AELHPNSMRUTDQVIJB", line->bytes[0]);
}

static int read_line(struct reader *reader, const struct line *line)
{
	_cleanup_free_ char *shown = NULL;

	if (line->size == 0)
		return 0;
	if (begins_block(line)) {
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
	if (!shown)
		return -ENOMEM;
	return text_malformed(
		reader->text, reader->notice,
		"no line of a record: '%s'; expected P: N: S: E: A: H: or L:", shown);
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
	return r < 0 ? r : block_end(&reader);
}
