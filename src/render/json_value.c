// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_value.h"

#include <errno.h>

#include "escape.h"

int json_add(struct json_object *object, const char *key, struct json_object *value,
	     bool is_error)
{
	if (is_error || json_object_object_add(object, key, value) < 0) {
		json_object_put(value);
		return -ENOMEM;
	}
	return 0;
}

int json_add_text(struct json_object *object, const char *key, const char *text)
{
	_cleanup_free_ char *escaped = text ? escape_string(text, 0) : NULL;
	struct json_object *value = escaped ? json_object_new_string(escaped) : NULL;

	return json_add(object, key, value, text && !value);
}

int json_add_number(struct json_object *object, const char *key, struct number number)
{
	struct json_object *value =
		number.known ? json_object_new_int64(number.value) : NULL;

	return json_add(object, key, value, number.known && !value);
}

int json_add_count(struct json_object *object, const char *key, size_t count)
{
	struct json_object *value = json_object_new_int64((int64_t)count);

	return json_add(object, key, value, !value);
}

int json_add_truth(struct json_object *object, const char *key, enum tristate truth)
{
	struct json_object *value =
		truth != UNKNOWN ? json_object_new_boolean(truth == YES) : NULL;

	return json_add(object, key, value, truth != UNKNOWN && !value);
}

int json_add_escaped(struct json_object *object, const char *key, const char *text)
{
	struct json_object *value = text ? json_object_new_string(text) : NULL;

	return json_add(object, key, value, text && !value);
}

struct json_object *json_append(struct json_object *array)
{
	struct json_object *object = json_object_new_object();

	if (object && json_object_array_add(array, object) == 0)
		return object;
	json_object_put(object);
	return NULL;
}
