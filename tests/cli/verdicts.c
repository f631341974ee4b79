// SPDX-License-Identifier: GPL-2.0-or-later
#include "verdicts.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "with_cmocka.h"

static struct json_object *parse(const char *text, const char *what)
{
	struct json_object *object = json_tokener_parse(text);

	if (!object)
		fail_msg("%s: no JSON", what);
	return object;
}

static struct json_object *get(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value))
		fail_msg("key '%s' is missing", key);
	return value;
}

/* NULL and "remoteproc0" both have a face. */
static const char *shown(struct json_object *value)
{
	return value ? json_object_get_string(value) : "null";
}

/* Moves what the device's verdict is expected to be out of expected; returns how many
 * are wrong. */
static int compare_device(struct json_object *expected, struct json_object *device)
{
	const char *path = json_object_get_string(get(device, "path"));
	struct json_object *wanted, *verdict;
	int wrong;

	if (!json_object_object_get_ex(device, "verdict", &verdict))
		return 0;
	if (!json_object_object_get_ex(expected, path, &wanted)) {
		print_error("%s: %s, but no verdict is due\n", path, shown(verdict));
		return 1;
	}
	wrong = strcmp(shown(verdict), shown(get(wanted, "verdict"))) != 0 ||
		strcmp(shown(get(device, "remoteproc")),
		       shown(get(wanted, "remoteproc"))) != 0;
	if (wrong)
		print_error("%s: %s, %s; expected %s, %s\n", path, shown(verdict),
			    shown(get(device, "remoteproc")),
			    shown(get(wanted, "verdict")),
			    shown(get(wanted, "remoteproc")));
	json_object_object_del(expected, path);
	return wrong;
}

static int compare_devices(struct json_object *expected, struct json_object *devices)
{
	int wrong = 0;

	for (size_t i = 0; i < json_object_array_length(devices); i++) {
		struct json_object *device = json_object_array_get_idx(devices, i);

		wrong += compare_device(expected, device);
		wrong += compare_devices(expected, get(device, "children"));
	}
	return wrong;
}

void assert_verdicts(const char *path, const char *json, int status)
{
	size_t size;
	char *text = file_read(path, &size);
	struct json_object *expected, *verdicts, *actual;
	int wrong, wanted;

	if (!text)
		fail_msg("%s is missing: write it by hand from the rules", path);
	expected = parse(text, path);
	actual = parse(json, "check --json");
	verdicts = get(expected, "verdicts");
	wanted = json_object_get_int(get(expected, "exit"));
	wrong = compare_devices(verdicts, get(actual, "devices"));
	json_object_object_foreach(verdicts, missed, verdict)
	{
		print_error("%s: expected %s, but it has no verdict\n", missed,
			    shown(get(verdict, "verdict")));
		wrong++;
	}
	json_object_put(expected);
	json_object_put(actual);
	free(text);
	if (status != wanted)
		print_error("%s: exit status %d, expected %d\n", path, status, wanted);
	if (wrong || status != wanted)
		fail_msg("%s: %d verdicts are wrong", path, wrong);
}

static int count_status(struct json_object *list, const char *status)
{
	int count = 0;

	for (size_t i = 0; i < json_object_array_length(list); i++)
		count += strcmp(status, json_object_get_string(
						get(json_object_array_get_idx(list, i),
						    "status"))) == 0;
	return count;
}

void assert_summary(const char *json, int status)
{
	static const char *const statuses[] = { "pass", "fail", "warn", "info", "skip" };
	struct json_object *root = parse(json, "check --json");
	struct json_object *list = get(root, "findings");
	struct json_object *summary = get(root, "summary");
	bool failed = json_object_get_int(get(summary, "fail")) > 0;

	for (size_t i = 0; i < 5; i++)
		assert_int_equal(json_object_get_int(get(summary, statuses[i])),
				 count_status(list, statuses[i]));
	assert_true(failed == (status == 1));
	json_object_put(root);
}
