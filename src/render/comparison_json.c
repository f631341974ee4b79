// SPDX-License-Identifier: GPL-2.0-or-later
/* One object, see json-schema/diff.schema.json. */

#include "comparison.h"

#include "change_members.h"
#include "json.h"

static void add_side(struct json *json, const char *key, const char *name,
		     const struct findings *findings)
{
	json_begin(json, key, '{');
	json_text(json, "name", name);
	json_add_source(json, findings->tree->inventory);
	json_count(json, "remoteprocs", findings->remoteprocs);
	json_count(json, "vdevs", findings->vdevs);
	json_count(json, "channels", findings->channels);
	json_add_statuses(json, findings);
	json_end(json, '}');
}

static void add_changes(struct json *json, const struct diff *diff)
{
	json_begin(json, "changes", '[');
	for (size_t i = 0; i < diff->count; i++) {
		json_begin(json, NULL, '{');
		change_members(json, &diff->changes[i]);
		json_end(json, '}');
	}
	json_end(json, ']');
}

static void add_finding(struct json *json, const struct comparison *comparison,
			const struct finding_change *change)
{
	const struct diff *diff = comparison->diff;
	const struct findings *side =
		change->gone ? comparison->before : comparison->after;
	const struct identities *identities =
		change->gone ? &diff->before_identities : &diff->after_identities;
	const struct finding *finding = change->finding;

	json_begin(json, NULL, '{');
	json_text(json, "change", change->gone ? "gone" : "new");
	json_text(json, "check", finding->check->id);
	json_escaped(json, "identity", finding_identity(side, identities, finding, NULL));
	json_text(json, "status", status_name(finding->status));
	json_escaped(json, "message", finding_text(finding));
	json_end(json, '}');
}

int comparison_json(FILE *out, const struct comparison *comparison)
{
	struct json json = { .pen.out = out };

	json_begin(&json, NULL, '{');
	json_add_program(&json);
	add_side(&json, "before", comparison->before_name, comparison->before);
	add_side(&json, "after", comparison->after_name, comparison->after);
	add_changes(&json, comparison->diff);
	json_begin(&json, "findings", '[');
	for (size_t i = 0; i < comparison->changed_count; i++)
		add_finding(&json, comparison, &comparison->changed[i]);
	json_end(&json, ']');
	json_end(&json, '}');
	return json_finish(&json);
}
