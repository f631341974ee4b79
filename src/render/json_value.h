/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Values for json-c, which owns what is added to an object and checks nothing: every
 * string is escaped here, and what could not be added is released. 0 or -ENOMEM, so that
 * findings can be joined by |.
 */

#include <json-c/json.h>

#include "tree.h"

static inline void json_putp(struct json_object **object)
{
	json_object_put(*object);
}
#define _cleanup_json_ _cleanup_(json_putp)

/* Adds a value under a key; takes it. A NULL value is null, unless is_error. */
int json_add(struct json_object *object, const char *key, struct json_object *value,
	     bool is_error);

/* Adds escaped text; NULL is null. */
int json_add_text(struct json_object *object, const char *key, const char *text);

/* Adds text that is escaped already; NULL is null. */
int json_add_escaped(struct json_object *object, const char *key, const char *text);

int json_add_number(struct json_object *object, const char *key, struct number number);
int json_add_count(struct json_object *object, const char *key, size_t count);
int json_add_truth(struct json_object *object, const char *key, enum tristate truth);

/* An empty object at the end of an array, which owns it; NULL: out of memory. */
struct json_object *json_append(struct json_object *array);
