/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the tests of gathered facts share: records out of a text, files in a directory
 * that goes with the test's. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "source.h"
#include "tree.h"

/* The sorted inventory of a text; the test fails when it cannot be read. */
struct inventory *read_records(const char *text);

/* The record of a channel without driver; the caller owns the string. */
char *channel_record(const char *name);

/* The first record of a kind; the test fails when there is none. */
struct record *find_kind(const struct inventory *inventory, enum kind kind);

/* Makes a file, and the directories it is in, below a directory of this test's own, and
 * returns its path, which the caller owns. */
#define _made_ _cleanup_free_ __attribute__((unused))
char *made_file(const char *name, const char *text);
char *made_bytes(const char *name, const char *bytes, size_t size);

/* That directory. */
const char *made_directory(void);
