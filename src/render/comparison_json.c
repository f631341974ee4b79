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
	int r = json_add_text(object, "name", name);

	if (r == 0)
		r = json_add_text(object, "kind", source_kind_name(inventory->kind));
	if (r == 0)
		r = json_add_text(object, "kernel",
				  record_property(&inventory->system, FACT_KERNEL));
	if (r == 0)
		r = json_add_text(object, "machine",
				  record_property(&inventory->system, FACT_MACHINE));
	if (r == 0)
		r = json_add_count(object, "remoteprocs", findings->remoteprocs);
	if (r == 0)
		r = json_add_count(object, "vdevs", findings->vdevs);
	if (r == 0)
		r = json_add_count(object, "channels", findings->channels);
	for (int status = 0; status < STATUS_COUNT_ && r == 0; status++)
		r = json_add_count(object, status_name((enum status)status),
				   findings->statuses[status]);
	return r;
}

static int add_change(struct json_object *array, const struct change *change)
{
	struct json_object *object = json_append(array);

	return object ? change_fill(object, change) : -ENOMEM;
}

static int add_finding(struct json_object *array, const struct comparison *comparison,
		       const struct finding_change *change)
{
	const struct diff *diff = comparison->diff;
	const struct findings *side =
		change->gone ? comparison->before : comparison->after;
	const struct identities *identities =
		change->gone ? &diff->before_identities : &diff->after_identities;
	const struct finding *finding = change->finding;
	struct json_object *object = json_append(array);
	int r = object ? json_add_text(object, "change", change->gone ? "gone" : "new")
		       : -ENOMEM;

	if (r == 0)
		r = json_add_text(object, "check", finding->check->id);
	if (r == 0)
		r = json_add_escaped(object, "identity",
				     finding_identity(side, identities, finding, NULL));
	if (r == 0)
		r = json_add_text(object, "status", status_name(finding->status));
	return r < 0 ? r : json_add_escaped(object, "message", finding_text(finding));
}

static int fill_program(struct json_object *program)
{
	int r = json_add_text(program, "version", RPROC_TREE_VERSION);

	return r < 0 ? r : json_add_count(program, "schema", 1);
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
	struct json_object *findings =
		add_member(root, "findings", json_object_new_array());
	int r = program && before && after && changes && findings ? 0 : -ENOMEM;

	if (r == 0)
		r = fill_program(program);
	if (r == 0)
		r = fill_side(before, comparison->before_name, comparison->before);
	if (r == 0)
		r = fill_side(after, comparison->after_name, comparison->after);
	for (size_t i = 0; i < comparison->diff->count && r == 0; i++)
		r = add_change(changes, &comparison->diff->changes[i]);
	for (size_t i = 0; i < comparison->changed_count && r == 0; i++)
		r = add_finding(findings, comparison, &comparison->changed[i]);
	return r;
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
