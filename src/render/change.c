// SPDX-License-Identifier: GPL-2.0-or-later
#include "change.h"

#include <errno.h>

#include "change_fill.h"
#include "escape.h"

static const struct device *device_of(const struct change *change)
{
	return change->after ? change->after : change->before;
}

static const char *path_of(const struct device *device)
{
	return device ? device->record->path : NULL;
}

int change_fill(struct json_object *object, const struct change *change)
{
	return json_add_escaped(object, "change", change_name(change->kind)) |
	       json_add_escaped(object, "identity", change->identity) |
	       json_add_escaped(object, "kind", kind_name(device_of(change)->kind)) |
	       json_add_text(object, "before_path", path_of(change->before)) |
	       json_add_text(object, "after_path", path_of(change->after)) |
	       json_add_escaped(object, "before", change->before_text) |
	       json_add_escaped(object, "after", change->after_text);
}

int change_json(FILE *out, const struct change *change, const char *time)
{
	_cleanup_json_ struct json_object *object = json_object_new_object();
	const char *text;

	if (!object || json_add_escaped(object, "time", time) < 0 ||
	    change_fill(object, change) < 0)
		return -ENOMEM;
	text = json_object_to_json_string_ext(
		object, JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!text)
		return -ENOMEM;
	fprintf(out, "%s\n", text);
	return 0;
}

/* " (NAME): BEFORE -> AFTER", as much of it as there is. */
static char *describe(const struct change *change)
{
	_cleanup_free_ char *name = escape_string(device_of(change)->name, 0);
	const char *before = change->before_text, *after = change->after_text;
	char *text;
	int r;

	if (!name)
		return NULL;
	if (before || after)
		r = asprintf(&text, "%s (%s): %s -> %s", change->identity, name,
			     before ? before : "none", after ? after : "none");
	else
		r = asprintf(&text, "%s (%s)", change->identity, name);
	return r < 0 ? NULL : text;
}

int change_text(FILE *out, const struct change *change, const char *time,
		const struct render_options *options)
{
	_cleanup_free_ char *text = describe(change);
	_cleanup_free_ char *ascii = text ? escape_to_ascii(text) : NULL;

	if (!text || !ascii)
		return -ENOMEM;
	fprintf(out, "%s %s %s\n", time, change_name(change->kind),
		options->ascii ? ascii : text);
	return 0;
}
