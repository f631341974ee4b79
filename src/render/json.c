// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One object, see json-schema/rproc-tree.schema.json.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "identity.h"
#include "json_value.h"
#include "slug.h"
#include "version.h"

static int add_remoteproc(struct json_object *object, const struct remoteproc *facts)
{
	return json_add_text(object, "label", facts->name) |
	       json_add_text(object, "state", facts->state_word) |
	       json_add_text(object, "firmware", facts->firmware) |
	       json_add_text(object, "recovery", facts->recovery) |
	       json_add_text(object, "coredump", facts->coredump);
}

/* What kmod said of a device without driver, see source/modules.h. */
static int add_module(struct json_object *object, const struct record *record)
{
	return json_add_text(object, "module", record_property(record, FACT_MODULE)) |
	       json_add_text(object, "module_state",
			     record_property(record, FACT_MODULE_STATE)) |
	       json_add_text(object, "module_blacklist",
			     record_property(record, FACT_BLACKLIST));
}

/* The memory regions of a bus device, one string each; null when they are not known. */
static int add_regions(struct json_object *object, const char *line)
{
	struct json_object *array = line ? json_object_new_array() : NULL;

	if (json_add(object, "memory_regions", array, line && !array) < 0)
		return -ENOMEM;
	while (line && *line) {
		size_t size = strcspn(line, "\n");
		_cleanup_free_ char *region = escape_bytes(line, size, 0);
		struct json_object *value =
			region ? json_object_new_string(region) : NULL;

		if (!value || json_object_array_add(array, value) < 0) {
			json_object_put(value);
			return -ENOMEM;
		}
		line += size + (line[size] == '\n');
	}
	return 0;
}

static int add_virtio(struct json_object *object, const struct virtio *facts)
{
	return json_add_number(object, "id", facts->id) |
	       json_add_text(object, "features", facts->features) |
	       json_add_number(object, "status", facts->status);
}

static int add_channel(struct json_object *object, const struct channel *facts)
{
	return json_add_text(object, "channel", facts->name) |
	       json_add_number(object, "src", facts->src) |
	       json_add_number(object, "dst", facts->dst) |
	       json_add_truth(object, "announce", facts->announce) |
	       json_add_text(object, "driver_override", facts->driver_override) |
	       json_add_truth(object, "service", facts->service ? YES : NO);
}

static int add_facts(struct json_object *object, const struct device *device)
{
	switch (device->kind) {
	case KIND_REMOTEPROC:
		return add_remoteproc(object, &device->remoteproc) |
		       json_add_text(object, "firmware_file",
				     record_property(device->record, FACT_FIRMWARE));
	case KIND_VIRTIO:
		return add_virtio(object, &device->virtio) |
		       add_module(object, device->record);
	case KIND_CHANNEL:
		return add_channel(object, &device->channel) |
		       add_module(object, device->record);
	case KIND_BUS_DEVICE:
		return add_regions(object,
				   record_text(device->record, FACT_MEMORY_REGION));
	default:
		return 0;
	}
}

/* What is said of each device; identities are those of the tree. */
struct devices {
	const struct tree *tree;
	struct identities identities;
};

static void devices_release(struct devices *devices)
{
	identities_release(&devices->identities);
}

static int add_devices(struct json_object *array, const struct devices *devices,
		       const struct device *first);

static int fill_device(struct json_object *object, const struct devices *devices,
		       const struct device *device)
{
	struct json_object *children = json_object_new_array();
	int r = json_add_text(object, "path", device->record->path) |
		json_add_escaped(
			object, "identity",
			identity_of(&devices->identities, devices->tree, device)) |
		json_add_text(object, "name", device->name) |
		json_add_text(object, "kind", kind_name(device->kind)) |
		json_add_text(object, "driver", device->driver) |
		add_facts(object, device);

	if (device->devnode || device->kind == KIND_CHARDEV)
		r |= json_add_text(object, "devnode", device->devnode) |
		     json_add_text(object, "node_is",
				   record_property(device->record, FACT_NODE));
	if (device->verdict != VERDICT_NONE) {
		r |= json_add_text(object, "verdict", verdict_name(device->verdict));
		r |= json_add_text(object, "remoteproc",
				   device->owner ? device->owner->name : NULL);
	}
	if (device->record->path_only)
		r |= json_add_truth(object, "path_only", YES);
	r |= json_add(object, "children", children, !children);
	return r ? -ENOMEM : add_devices(children, devices, device->first_child);
}

static int add_devices(struct json_object *array, const struct devices *devices,
		       const struct device *first)
{
	for (const struct device *device = first; device; device = device->next) {
		struct json_object *object = json_append(array);

		if (!object || fill_device(object, devices, device) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int add_roots(struct json_object *array, const struct tree *tree)
{
	__attribute__((cleanup(devices_release))) struct devices devices = { tree,
									     { 0 } };

	if (identities_build(tree, &devices.identities) < 0)
		return -ENOMEM;
	tree_foreach (device, tree) {
		struct json_object *object;

		if (device->parent)
			continue;
		object = json_append(array);
		if (!object || fill_device(object, &devices, device) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int fill_finding(struct json_object *object, const struct findings *findings,
			const struct slugs *slugs, size_t i)
{
	const struct finding *finding = &findings->list[i];
	const struct device *device = finding->device;
	const char *cause =
		finding->cause ? slugs->ids[finding->cause - findings->list] : NULL;

	return json_add_text(object, "id", slugs->ids[i]) |
	       json_add_text(object, "check", finding->check->id) |
	       json_add_text(object, "device", device ? device->record->path : NULL) |
	       json_add_text(object, "status", status_name(finding->status)) |
	       json_add_escaped(object, "message", finding_text(finding)) |
	       json_add_escaped(object, "evidence", finding->evidence) |
	       json_add_escaped(object, "fix", finding->fix) |
	       json_add_text(object, "cause", cause);
}

static int add_findings(struct json_object *array, const struct findings *findings)
{
	_cleanup_slugs_ struct slugs slugs = { 0 };

	if (slugs_build(findings, &slugs) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		struct json_object *object = json_append(array);

		if (!object || fill_finding(object, findings, &slugs, i))
			return -ENOMEM;
	}
	return 0;
}

static int fill_summary(struct json_object *summary, const struct findings *findings)
{
	int r = json_add_count(summary, "remoteprocs", findings->remoteprocs) |
		json_add_count(summary, "vdevs", findings->vdevs) |
		json_add_count(summary, "channels", findings->channels) |
		json_add_count(summary, "service_channels", findings->service_channels);

	for (int status = 0; status < STATUS_COUNT_; status++)
		r |= json_add_count(summary, status_name(status),
				    findings->statuses[status]);
	return r;
}

static int fill_source(struct json_object *source, const struct inventory *inventory)
{
	return json_add_text(source, "kind", source_kind_name(inventory->kind)) |
	       json_add_text(source, "kernel",
			     record_property(&inventory->system, FACT_KERNEL)) |
	       json_add_text(source, "machine",
			     record_property(&inventory->system, FACT_MACHINE));
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

static int fill_root(struct json_object *root, const struct findings *findings)
{
	struct json_object *program =
		add_member(root, "rproc-tree", json_object_new_object());
	struct json_object *source = add_member(root, "source", json_object_new_object());
	struct json_object *devices =
		add_member(root, "devices", json_object_new_array());
	struct json_object *list = add_member(root, "findings", json_object_new_array());
	struct json_object *summary =
		add_member(root, "summary", json_object_new_object());

	if (!program || !source || !devices || !list || !summary)
		return -ENOMEM;
	if (fill_program(program) | fill_source(source, findings->tree->inventory) |
	    add_roots(devices, findings->tree) | add_findings(list, findings) |
	    fill_summary(summary, findings))
		return -ENOMEM;
	return 0;
}

int json_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	_cleanup_json_ struct json_object *root = json_object_new_object();
	const char *text;

	(void)options;
	if (!root || fill_root(root, findings) < 0)
		return -ENOMEM;
	text = json_object_to_json_string_ext(
		root, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
			      JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!text)
		return -ENOMEM;
	fprintf(out, "%s\n", text);
	return 0;
}
