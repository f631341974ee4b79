// SPDX-License-Identifier: GPL-2.0-or-later
#include "change.h"

#include <errno.h>
#include <string.h>

#include "change_members.h"
#include "escape.h"

static const struct device *device_of(const struct change *change)
{
	return change->after ? change->after : change->before;
}

static const char *path_of(const struct device *device)
{
	return device ? device->record->path : NULL;
}

void change_members(struct json *json, const struct change *change)
{
	json_escaped(json, "change", change_name(change->kind));
	json_escaped(json, "identity", change->identity);
	json_escaped(json, "kind", kind_name(device_of(change)->kind));
	json_text(json, "before_path", path_of(change->before));
	json_text(json, "after_path", path_of(change->after));
	json_escaped(json, "before", change->before_text);
	json_escaped(json, "after", change->after_text);
}

int change_json(FILE *out, const struct change *change, const char *reason,
		const char *time)
{
	struct json json = { .pen.out = out, .in_one_line = true };

	json_begin(&json, NULL, '{');
	json_escaped(&json, "time", time);
	change_members(&json, change);
	json_escaped(&json, "reason", reason);
	json_end(&json, '}');
	return json_finish(&json);
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

/* "gone", "running → crashed", "running", "driver none → rpmsg_tty" */
static char *describe(const struct change *change, const char *arrow)
{
	const char *before = change->before_text, *after = change->after_text;
	const char *prefix = prefix_of(change->kind);
	bool parted = *prefix && prefix[strlen(prefix) - 1] != ' ';
	char *text;
	int r;

	if (change->kind == CHANGE_WENT || change->kind == CHANGE_APPEARED)
		return strdup(change->kind == CHANGE_WENT ? "gone" : "new");
	if (before && after && strcmp(before, after) == 0)
		return strdup(after);
	r = asprintf(&text, "%s%s%s %s %s", prefix, parted ? " " : "",
		     before ? before : "none", arrow, after ? after : "none");
	return r < 0 ? NULL : text;
}

int change_text(FILE *out, const struct change *change, const char *reason,
		const char *time, const struct render_options *options)
{
	_cleanup_free_ char *name =
		escape_string(device_of(change)->name, options->ascii ? ESCAPE_ASCII : 0);
	_cleanup_free_ char *what = describe(change, options->ascii ? "->" : "→");
	_cleanup_free_ char *line = NULL, *ascii = NULL;

	if (!name || !what ||
	    asprintf(&line, "%s%s%s", what, reason ? ": " : "", reason ? reason : "") < 0)
		return -ENOMEM;
	ascii = options->ascii ? escape_to_ascii(line) : NULL;
	if (options->ascii && !ascii)
		return -ENOMEM;
	fprintf(out, "%s %s%s%s: %s\n", time, options->color ? "\033[1m" : "", name,
		options->color ? "\033[0m" : "", ascii ? ascii : line);
	return 0;
}
