/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The lines of the kernel log that matter here, oldest first, each as the kernel printed
 * it: "[    1.234567] remoteproc remoteproc0: ...", or without a time where none is
 * known. What they tell is in history.h.
 */

#include <stdint.h>

#include "cleanup.h"
#include "span.h"

struct log_line {
	char *bytes; /* printable or not: escape before you show it; NUL-terminated */
	size_t size;
	size_t message; /* where the text starts, after the time */
	bool timed;
	uint64_t time; /* microseconds since the kernel started */
};

struct log {
	struct log_line *lines;
	size_t count;
	size_t allocated;
	size_t seen;    /* lines of any kind, those that were not kept included */
	bool timed;     /* some line had a time: */
	uint64_t first; /* the earliest line seen */
	uint64_t last;  /* and the latest, kept or not: how long the log goes on */
};

void log_release(struct log *log);

/* The kernel's time at the start of a line, "[    1.234567]", perhaps after a level,
 * "<6>", and before a caller, "[   T71]". Returns how many bytes of the line come before
 * its text; 0: no time. */
size_t log_parse_time(struct span line, struct span *ret_stamp, uint64_t *ret_time);

/* Adds a line as it is, but for a level and a caller. Copies. 0 or -ENOMEM. */
int log_add(struct log *log, const char *bytes, size_t size);

/* Counts a line that is not kept: the log goes on as long as its time says. What a
 * firmware said in several lines is one message: its first words are added to the line
 * that they belong to. 0 or -ENOMEM. */
int log_pass_over(struct log *log, const char *bytes, size_t size);

/* Takes a line as it came from klogctl(), /dev/kmsg or a text: kept when it is of this
 * field (phrase.h), else only counted. 0 or -ENOMEM. */
int log_offer(struct log *log, const char *bytes, size_t size);

/* Drops the oldest of the lines that were kept. */
void log_forget(struct log *log, size_t count);
