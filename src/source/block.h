/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One block of a snapshot: a P: line and what follows it, up to the next. The lines are
 * taken one by one; when the block ends, its record is finished, and devices without a
 * subsystem, which stand in it as attributes, become records of their own.
 */

#include "nullable.h"
#include "text.h"

#define BLOCK_ATTRIBUTES_MAX 4096
#define BLOCK_INNER_MAX      256

/* One A: or H: line; name and value lie in the text. */
struct field {
	char *name;
	char *slash; /* the last of the name; NULL: it has none */
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

/* What is wrong with a device path, NULL: nothing. */
const char *_nullable_ block_check_path(const char *path, size_t size);

/* Each takes what stands after "A: ", "H: " or "E: ", which is changed. 0, -ENOMEM, or
 * -EBADMSG with the notice set. */
int block_take_field(struct reader *reader, char *line, bool is_hex);
int block_take_property(struct reader *reader, char *line);

/* Finishes the block, if one is open. The same errors. */
int block_end(struct reader *reader);
