/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A preload that makes a program fail at every step it takes. main() is run again and
 * again, each time in a child that lets another call of one kind fail: the first, the
 * second, and so on. The parent compares what came out with what comes out when nothing
 * fails.
 *
 * From the environment:
 *   TORTURE_KINDS   the kinds of calls, "malloc openat"; unset: the program runs as ever
 *   TORTURE_ERRORS  "EIO EMFILE": with each of these in turn; malloc knows ENOMEM only
 *   TORTURE_STEP    only each so many-th call; 1 is every one
 *   TORTURE_FIRST   the first to fail; so that samples differ
 *   TORTURE_PLACES  a file: of calls that come the same way, by their callers, only the
 *                   first fails, and none whose callers an earlier run has in that file
 * Printed are what went wrong, and the counts.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum call {
	CALL_MALLOC,
	CALL_OPEN,
	CALL_OPENAT,
	CALL_READ,
	CALL_READDIR,
	CALL_FDOPENDIR,
	CALL_OPENDIR,
	CALL_READLINK,
	CALL_READLINKAT,
	CALL_ACCESS,
	CALL_FSTATAT,
	CALL_LSTAT,
	CALL_WRITE,
	CALL_COUNT_,
	CALL_NONE,
};

extern const char *const call_names[CALL_COUNT_];

/* What fails in this process: set by the child before main(). */
struct plan {
	enum call call;
	long number; /* 0: none, only count */
	int error;
	long count;            /* calls of that kind so far */
	struct places *places; /* where each is noted that comes a new way; or NULL */
};

#define PLACES_MAX (1 << 16)

/* A set of hashes of callers, in a file, and the first call of each that this run adds.
 */
struct places {
	size_t all;
	uint64_t hashes[2 * PLACES_MAX];
	size_t count;
	long numbers[PLACES_MAX];
};

extern struct plan plan;

/* Whether this call is the one that fails; errno is set then. */
bool call_fails(enum call call);
