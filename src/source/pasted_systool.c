// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What systool prints of a class or a bus: 'Class Device = "remoteproc0"', its path, and
 * with -v its attributes, then the device that it is a child of.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "question.h"

/* The text between the quotes of 'KEY = "TEXT"'; false: no line of that kind. */
static bool split(const struct line *line, struct span *ret_key, struct span *ret_value)
{
	const char *key = line->bytes + strspn(line->bytes, " \t");
	const char *end = line->bytes + line->size;
	const char *equals = strstr(key, "= \"");

	while (end > key && end[-1] == ' ')
		end--;
	if (!equals || equals == key || equals[-1] != ' ')
		return false;
	*ret_value = (struct span){ equals + 3, (size_t)(end - equals) - 3 };
	if (ret_value->size > 0 && end[-1] == '"') /* a file of several lines has none */
		ret_value->size--;
	while (equals[-1] == ' ')
		equals--;
	*ret_key = (struct span){ key, (size_t)(equals - key) };
	return true;
}

static int take_path(struct pasted *pasted, struct span path)
{
	_cleanup_free_ char *copy = strndup(path.start, path.size);
	int r = copy ? find_take(pasted, &(struct line){ copy, path.size }) : -ENOMEM;

	return r < 0 ? r : 1;
}

/* What a class device is a child of comes after it, under the same key as a device of a
 * bus. */
static int take_device(struct pasted *pasted, struct span name, bool of_class)
{
	if (!of_class && span_is_numbered(span_of(pasted->told), "remoteproc")) {
		int r = pasted_say(pasted, span_of(pasted->told), SAYING_PARENT, name);

		pasted->told[0] = '\0';
		return r < 0 ? r : 1;
	}
	snprintf(pasted->systool, sizeof(pasted->systool), "%.*s", (int)name.size,
		 name.start);
	pasted->told[0] = '\0';
	if (of_class)
		snprintf(pasted->told, sizeof(pasted->told), "%.*s", (int)name.size,
			 name.start);
	if (!name_is_remoteproc(pasted->systool) && !name_is_virtio(pasted->systool))
		return 1;
	return pasted_say(pasted, name, NULL, (struct span){ 0 }) < 0 ? -ENOMEM : 1;
}

int pasted_take_systool(struct pasted *pasted, const struct line *line)
{
	struct span key, value;
	const char *attribute;
	int r;

	if (!split(line, &key, &value))
		return 0;
	if (span_is(key, "Class") || span_is(key, "Bus")) {
		pasted->systool[0] = '\0';
		return 1;
	}
	if (span_is(key, "Class Device path") || span_is(key, "Device path"))
		return take_path(pasted, value);
	if (span_is(key, "Class Device") || span_is(key, "Device"))
		return take_device(pasted, value, *key.start == 'C');
	attribute = pasted->systool[0] ? attribute_find(key) : NULL;
	if (!attribute)
		return pasted->systool[0] != '\0';
	r = pasted_say(pasted, span_of(pasted->systool), attribute, value);
	return r < 0 ? r : 1;
}
