/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The boards of tests/boards ($BOARDS): NAME.snapshot, NAME.ls, NAME.exportdb, and their
 * golden files. scripts/update-boards makes those.
 */

#include <stdbool.h>
#include <stddef.h>

struct board {
	char *path;   /* of the text to read */
	char *prefix; /* golden files are PREFIX.tree, ...: without ".snapshot" */
	char *name;   /* last part of the path */
	bool is_snapshot;
};

struct boards {
	struct board *list;
	size_t count;
};

/* Lists them in the order of their names; aborts when there are none. */
struct boards boards_list(void);
void boards_release(struct boards *boards);

/* Path of a file there, in a static buffer: good until the next call. */
const char *board_path(const char *name);

/* The bytes of a file, NUL-terminated and owned by the caller; NULL: there is none. */
char *file_read(const char *path, size_t *ret_size);

/* Fails the test with a diff when the bytes are not those of the golden file. */
void assert_golden(const char *golden, const char *bytes, size_t size);

/* Fails the test with a diff when the texts differ. */
void assert_same_text(const char *title, const char *expected, size_t expected_size,
		      const char *actual, size_t actual_size);

/* Writes VERSION over the version of the program, as golden files have it. A new string.
 */
char *mask_version(const char *text);
