/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Runs the real program (or another) and tells all that came of it. Standard output is a
 * file in memory unless asked otherwise, so that no amount of it can block; nothing is
 * inherited that a test did not ask for.
 */

#include <stddef.h>

/* Where standard output goes. */
enum output {
	OUTPUT_MEMORY,
	OUTPUT_TERMINAL, /* a pseudo terminal, columns wide */
	OUTPUT_FULL,     /* /dev/full */
	OUTPUT_CLOSED,   /* no descriptor 1 at all */
	OUTPUT_BROKEN,   /* a pipe that nobody reads */
};

/* What a program is started with; all zero is the usual. */
struct start {
	enum output output;
	unsigned short columns;
	const char *input; /* on standard input; NULL: /dev/null */
	size_t input_size;
	const char *environment[4]; /* "NAME=VALUE" sets, "NAME" removes; NULL ends */
};

/* What came of it. Strings are owned by the outcome, and end in a NUL. */
struct outcome {
	int status; /* exit status; 128 + number of the signal that killed it */
	char *out;
	size_t out_size;
	char *err;
	size_t err_size;
};

void outcome_release(struct outcome *outcome);
#define _cleanup_outcome_ __attribute__((cleanup(outcome_release)))

/* Runs a program found by execvp(3). start may be NULL. */
struct outcome spawn(const struct start *start, const char *const argv[]);

/* Path of rproc-tree, from the environment of the test ($RPROC_TREE). */
const char *rproc_tree(void);

/* Runs rproc-tree with up to 15 arguments. */
#define run_with(start, ...)                                                             \
	spawn((start), (const char *const[16]){ rproc_tree(), ##__VA_ARGS__ })
#define run(...) run_with(NULL, ##__VA_ARGS__)

/* How many lines a text has. */
size_t line_count(const char *text);
