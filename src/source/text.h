/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "source.h"

/* A text in memory, read line by line. A line has no end-of-line and no trailing CR. */
struct text {
	const char *name; /* for messages; borrowed */
	char *bytes;
	size_t size;
	size_t position;
	size_t number; /* of the line that text_next() gave last; 1 is the first */
	bool ended;    /* that line had an end-of-line */
	bool lent;     /* the bytes belong to an inventory now */
};

struct line {
	char *bytes; /* inside the text, NUL-terminated in place */
	size_t size;
};

/* The next line, cut in place. False: there is none. */
bool text_next(struct text *text, struct line *ret);

/* Whether any line is wanted; nothing is cut, so a line ends in its size only. */
bool text_any(const struct text *text, bool (*wanted)(const struct line *line));

/* Sets the notice to "NAME:LINE: ..." and returns -EBADMSG. */
__attribute__((format(printf, 3, 4))) int
text_malformed(const struct text *text, struct notice *notice, const char *format, ...);
