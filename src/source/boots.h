/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pieces.h"
#include "text.h"

/* Where in a log the last boot begins. */
struct boots {
	size_t start;  /* its first line in the log; 0: there is one boot, or none */
	size_t number; /* of the line of the text that says so */
	struct {
		bool timed;
		uint64_t first, last;
	} before;       /* what the log was, as a whole, up to there */
	bool asked;     /* the lines that follow answer a command */
	bool forgotten; /* an earlier one was left out */
};

/* Looks at each line before it is taken. */
void boots_note(struct boots *boots, struct pieces *pieces, struct log *log,
		const struct line *line, size_t number);

/* A text is of one system at one time: an earlier boot is left out, unless nothing is
 * said of the last one, or the kernel oopsed in the earlier one. */
void boots_end(struct boots *boots, struct pieces *pieces, struct log *log);
