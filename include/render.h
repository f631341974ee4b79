/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Renderers turn a report into text, one file a format. Each string that came from the
 * kernel goes through the escaper before a renderer or its library sees it.
 */

#include <stdio.h>

#include "check.h"
#include "nullable.h"

enum format_use {
	FORMAT_SHOW = 1 << 0,
	FORMAT_CHECK = 1 << 1,
	FORMAT_CAPTURE = 1 << 2,
	FORMAT_REPORT = 1 << 3,
};

struct render_options {
	bool ascii; /* ASCII only: lines, marks and names */
	bool color;
	unsigned int width; /* of the terminal in columns; 0: no limit */
	bool compact; /* names without those of their parents, for a narrow terminal */
	bool quiet;   /* the tree only, problems only */
	bool verbose; /* with what passed, with each skip, with evidence and fixes */
	bool no_headings; /* of the columns */
	bool list;        /* no lines of a tree */
	bool raw;         /* rows for a script: a blank between cells, nothing below */
	bool all_columns;
	const char *columns; /* names separated by commas, '+' before them adds them to
				the usual ones; NULL: those */
};

struct format {
	const char *name;
	const char *summary;
	unsigned int uses;      /* enum format_use */
	enum depth depth;       /* how much it says of each device */
	bool passes;            /* it lists what passed, too */
	const char *exit_style; /* its consumer's; NULL: the usual one */
	const char *unread;  /* what its consumer gets when there is no report, or NULL */
	const char *missing; /* and when a device that was named is not there */
	/* 0 or -errno; a failed write may also be left to ferror(out). */
	int (*render)(FILE *out, const struct findings *findings,
		      const struct render_options *options);
};

/* All formats; the end has a NULL name. The first for a use is its default. */
extern const struct format formats[];

/* The format of that name for that use; a NULL name is the default; NULL: there is none.
 */
const struct format *_nullable_ format_find(const char *name, enum format_use use);

/* One column of the tree; see the table in column.c. */
struct column {
	const char *name;
	const char *summary;
	bool usual;  /* shown without --output */
	int squeeze; /* on a narrow terminal it gives up room: 1 first; 0: never */
	/* A new escaped string that the caller owns, NULL when out of memory. One of them
	 * is set: a cell says something of the device, or of the worst finding on it. */
	char *(*cell)(const struct device *device, const struct render_options *options);
	char *(*finding_cell)(const struct finding *worst,
			      const struct render_options *options);
};

/* All columns; the end has a NULL name. */
extern const struct column columns[];

/* The column of a name of size bytes, case ignored; NULL: there is none. */
const struct column *_nullable_ column_find(const char *name, size_t size);

/* The first name in a list that is not a column, NULL: all are. *ret_size is its length.
 */
const char *_nullable_ columns_unknown(const char *list, size_t *ret_size);
