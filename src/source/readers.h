/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The kinds of text that are understood, in order of precedence. A new kind of text is a
 * file with two functions, declared here, and a row in readers.c.
 */

#include "nullable.h"
#include "text.h"

struct text_reader {
	const char *name;
	enum source_kind kind; /* what the inventory is then */

	/* Whether the text is of this kind; the text is left as it is. */
	bool (*matches)(const struct text *text);

	/* Adds what the text says to the inventory; cuts the text into lines. A notice
	 * without an error: something was left out. 0, -ENOMEM, or -EBADMSG with a
	 * notice. */
	int (*read)(struct text *text, struct inventory *inventory,
		    struct notice *notice);
};

extern const struct text_reader text_readers[]; /* ends with a row without name */

/* The first reader that knows this text; NULL: none does. */
const struct text_reader *_nullable_ text_reader_of(const struct text *text);

/* A report between its markers, whatever a mail program did to it. */
bool report_matches(const struct text *text);
int report_read(struct text *text, struct inventory *inventory, struct notice *notice);

/* The records of a snapshot, quoted in a mail. */
bool quoted_matches(const struct text *text);
int quoted_read(struct text *text, struct inventory *inventory, struct notice *notice);

/* A snapshot, what umockdev-record writes, what udevadm info --export-db prints. */
bool snapshot_matches(const struct text *text);
int snapshot_read(struct text *text, struct inventory *inventory, struct notice *notice);

/* udevadm info of single devices, among whatever else was pasted. */
bool udevadm_matches(const struct text *text);

/* What people paste: a kernel log, listings, attributes. */
bool pasted_matches(const struct text *text);
int pasted_read(struct text *text, struct inventory *inventory, struct notice *notice);
