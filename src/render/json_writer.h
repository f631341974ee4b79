/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * JSON, written value by value: no document is built in memory. The first error stays in
 * error, so that nobody has to ask after each value; what failed to be written is left to
 * ferror(out).
 *
 * A key is NULL for an element of an array and for the root.
 */

#include <stdio.h>

#include "pen.h"
#include "tree.h"

struct json {
	struct pen pen; /* json_finish() flushes it */
	bool in_one_line;
	int error; /* 0 or -ENOMEM: a text could not be escaped */
	unsigned int depth;
	bool has_member; /* of the innermost object or array */
};

void json_begin(struct json *json, const char *key, char bracket);
void json_end(struct json *json, char bracket);

/* Text as the kernel has it: it is escaped here; NULL is null. */
void json_text(struct json *json, const char *key, const char *text);

/* Text that is escaped already; NULL is null. */
void json_escaped(struct json *json, const char *key, const char *text);

void json_number(struct json *json, const char *key, struct number number);
void json_count(struct json *json, const char *key, size_t count);
void json_truth(struct json *json, const char *key, enum tristate truth);

/* Ends the line of the root, and gives out what is left. 0 or the first error. */
int json_finish(struct json *json);
