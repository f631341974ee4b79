// SPDX-License-Identifier: GPL-2.0-or-later
#include "change.h"

#include <errno.h>
#include <string.h>

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
	const struct {
		const char *key;
		const char *escaped; /* or raw, or NULL */
		const char *raw;
	} values[] = {
		{ "change", change_name(change->kind), NULL },
		{ "identity", change->identity, NULL },
		{ "kind", kind_name(device_of(change)->kind), NULL },
		{ "before_path", NULL, path_of(change->before) },
		{ "after_path", NULL, path_of(change->after) },
		{ "before", change->before_text, NULL },
		{ "after", change->after_text, NULL },
	};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(values) && r == 0; i++)
		r = values[i].raw
			    ? json_add_text(object, values[i].key, values[i].raw)
			    : json_add_escaped(object, values[i].key, values[i].escaped);
	return r;
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

/* What stands before the values: the state is the processor's own. */
static const char *prefix_of(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_STATE:
		return "";
	case CHANGE_BOUND:
	case CHANGE_UNBOUND:
	case CHANGE_DRIVER:
		return "driver ";
	case CHANGE_MOVED:
		return "parent ";
	default:
		return change_name(kind);
	}
}

/* "gone", "running → crashed", "driver none → rpmsg_tty" */
static char *describe(const struct change *change, const char *arrow)
{
	const char *before = change->before_text, *after = change->after_text;
	const char *prefix = prefix_of(change->kind);
	bool parted = *prefix && prefix[strlen(prefix) - 1] != ' ';
	char *text;
	int r;

	if (change->kind == CHANGE_WENT || change->kind == CHANGE_APPEARED)
		return strdup(change->kind == CHANGE_WENT ? "gone" : "new");
	r = asprintf(&text, "%s%s%s %s %s", prefix, parted ? " " : "",
		     before ? before : "none", arrow, after ? after : "none");
	return r < 0 ? NULL : text;
}

int change_text(FILE *out, const struct change *change, const char *time,
		const struct render_options *options)
{
	_cleanup_free_ char *name =
		escape_string(device_of(change)->name, options->ascii ? ESCAPE_ASCII : 0);
	_cleanup_free_ char *text = describe(change, options->ascii ? "->" : "→");
	_cleanup_free_ char *ascii =
		text && options->ascii ? escape_to_ascii(text) : NULL;

	if (!name || !text || (options->ascii && !ascii))
		return -ENOMEM;
	fprintf(out, "%s %s%s%s: %s\n", time, options->color ? "\033[1m" : "", name,
		options->color ? "\033[0m" : "", ascii ? ascii : text);
	return 0;
}
