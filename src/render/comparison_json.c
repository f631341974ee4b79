// SPDX-License-Identifier: GPL-2.0-or-later
/* One object, see json-schema/diff.schema.json. */

#include <errno.h>

#include "change_fill.h"
#include "comparison.h"
#include "json_value.h"
#include "version.h"

static int fill_side(struct json_object *object, const char *name,
		     const struct findings *findings)
{
	const struct inventory *inventory = findings->tree->inventory;
	int r = json_add_text(object, "name", name) |
		json_add_text(object, "kind", source_kind_name(inventory->kind)) |
		json_add_text(object, "kernel",
			      record_property(&inventory->system, FACT_KERNEL)) |
		json_add_text(object, "machine",
			      record_property(&inventory->system, FACT_MACHINE)) |
		json_add_count(object, "remoteprocs", findings->remoteprocs) |
		json_add_count(object, "vdevs", findings->vdevs) |
		json_add_count(object, "channels", findings->channels);

	for (int status = 0; status < STATUS_COUNT_; status++)
		r |= json_add_count(object, status_name((enum status)status),
				    findings->statuses[status]);
	return r;
}

static int add_change(struct json_object *array, const struct change *change)
{
	struct json_object *object = json_append(array);

	return object ? change_fill(object, change) : -ENOMEM;
}

static int fill_program(struct json_object *program)
{
	return json_add_text(program, "version", RPROC_TREE_VERSION) |
	       json_add_count(program, "schema", 1);
}

/* A new empty member, owned by root; NULL: out of memory. */
static struct json_object *add_member(struct json_object *root, const char *key,
				      struct json_object *member)
{
	return json_add(root, key, member, !member) < 0 ? NULL : member;
}

static int fill_root(struct json_object *root, const struct comparison *comparison)
{
	struct json_object *program =
		add_member(root, "rproc-tree", json_object_new_object());
	struct json_object *before = add_member(root, "before", json_object_new_object());
	struct json_object *after = add_member(root, "after", json_object_new_object());
	struct json_object *changes =
		add_member(root, "changes", json_object_new_array());
	int r = program && before && after && changes ? 0 : -ENOMEM;

	if (r == 0)
		r = fill_program(program) |
		    fill_side(before, comparison->before_name, comparison->before) |
		    fill_side(after, comparison->after_name, comparison->after);
	for (size_t i = 0; i < comparison->diff->count && r == 0; i++)
		r = add_change(changes, &comparison->diff->changes[i]);
	return r ? -ENOMEM : 0;
}

int comparison_json(FILE *out, const struct comparison *comparison)
{
	_cleanup_json_ struct json_object *root = json_object_new_object();
	const char *text;

	if (!root || fill_root(root, comparison) < 0)
		return -ENOMEM;
	text = json_object_to_json_string_ext(
		root, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
			      JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!text)
		return -ENOMEM;
	fprintf(out, "%s\n", text);
	return 0;
}
