// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One object, see json-schema/rproc-tree.schema.json.
 */

#include "json.h"

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "identity.h"
#include "slug.h"
#include "version.h"

static void add_remoteproc(struct json *json, const struct device *device)
{
	const struct remoteproc *facts = &device->remoteproc;

	json_text(json, "label", facts->name);
	json_text(json, "state", facts->state_word);
	json_text(json, "firmware", facts->firmware);
	json_text(json, "recovery", facts->recovery);
	json_text(json, "coredump", facts->coredump);
	json_text(json, "firmware_file", record_property(device->record, FACT_FIRMWARE));
}

/* What kmod said of a device without driver, see source/modules.h. */
static void add_module(struct json *json, const struct record *record)
{
	json_text(json, "module", record_property(record, FACT_MODULE));
	json_text(json, "module_state", record_property(record, FACT_MODULE_STATE));
	json_text(json, "module_blacklist", record_property(record, FACT_BLACKLIST));
}

/* The memory regions of a bus device, one string each; null when they are not known. */
static void add_regions(struct json *json, const char *line)
{
	if (!line) {
		json_text(json, "memory_regions", NULL);
		return;
	}
	json_begin(json, "memory_regions", '[');
	while (*line) {
		size_t size = strcspn(line, "\n");
		_cleanup_free_ char *region = escape_bytes(line, size, 0);

		if (!region)
			json->error = -ENOMEM;
		json_escaped(json, NULL, region);
		line += size + (line[size] == '\n');
	}
	json_end(json, ']');
}

static void add_virtio(struct json *json, const struct device *device)
{
	json_number(json, "id", device->virtio.id);
	json_text(json, "features", device->virtio.features);
	json_number(json, "status", device->virtio.status);
	add_module(json, device->record);
}

static void add_channel(struct json *json, const struct device *device)
{
	const struct channel *facts = &device->channel;

	json_text(json, "channel", facts->name);
	json_number(json, "src", facts->src);
	json_number(json, "dst", facts->dst);
	json_truth(json, "announce", facts->announce);
	json_text(json, "driver_override", facts->driver_override);
	json_truth(json, "service", facts->service ? YES : NO);
	add_module(json, device->record);
}

static void add_facts(struct json *json, const struct device *device)
{
	switch (device->kind) {
	case KIND_REMOTEPROC:
		add_remoteproc(json, device);
		break;
	case KIND_VIRTIO:
		add_virtio(json, device);
		break;
	case KIND_CHANNEL:
		add_channel(json, device);
		break;
	case KIND_BUS_DEVICE:
		add_regions(json, record_text(device->record, FACT_MEMORY_REGION));
		break;
	default:
		break;
	}
}

static void add_node(struct json *json, const struct device *device)
{
	if (!device->devnode && device->kind != KIND_CHARDEV)
		return;
	json_text(json, "devnode", device->devnode);
	json_text(json, "node_is", record_property(device->record, FACT_NODE));
}

static void add_verdict(struct json *json, const struct device *device)
{
	if (device->verdict == VERDICT_NONE)
		return;
	json_text(json, "verdict", verdict_name(device->verdict));
	json_text(json, "remoteproc", device->owner ? device->owner->name : NULL);
}

/* identities are those of the tree. */
static void add_device(struct json *json, const struct tree *tree,
		       const struct identities *identities, const struct device *device)
{
	json_begin(json, NULL, '{');
	json_text(json, "path", device->record->path);
	json_escaped(json, "identity", identity_of(identities, tree, device));
	json_text(json, "name", device->name);
	json_text(json, "kind", kind_name(device->kind));
	json_text(json, "driver", device->driver);
	add_facts(json, device);
	add_node(json, device);
	add_verdict(json, device);
	if (device->record->path_only)
		json_truth(json, "path_only", YES);
	json_begin(json, "children", '[');
	tree_foreach_child (child, device)
		add_device(json, tree, identities, child);
	json_end(json, ']');
	json_end(json, '}');
}

static void add_devices(struct json *json, const struct tree *tree,
			const struct identities *identities)
{
	json_begin(json, "devices", '[');
	tree_foreach (device, tree)
		if (!device->parent)
			add_device(json, tree, identities, device);
	json_end(json, ']');
}

static void add_finding(struct json *json, const struct findings *findings,
			const struct slugs *slugs, size_t i)
{
	const struct finding *finding = &findings->list[i];
	const struct device *device = finding->device;
	const struct finding *cause = finding->cause;

	json_begin(json, NULL, '{');
	json_text(json, "id", slugs->ids[i]);
	json_text(json, "check", finding->check->id);
	json_text(json, "device", device ? device->record->path : NULL);
	json_text(json, "status", status_name(finding->status));
	json_escaped(json, "message", finding_text(finding));
	json_escaped(json, "evidence", finding->evidence);
	json_escaped(json, "fix", finding->fix);
	json_text(json, "cause", cause ? slugs->ids[cause - findings->list] : NULL);
	json_end(json, '}');
}

static void add_findings(struct json *json, const struct findings *findings,
			 const struct slugs *slugs)
{
	json_begin(json, "findings", '[');
	for (size_t i = 0; i < slugs->count; i++)
		add_finding(json, findings, slugs, i);
	json_end(json, ']');
}

void json_add_program(struct json *json)
{
	json_begin(json, "rproc-tree", '{');
	json_text(json, "version", RPROC_TREE_VERSION);
	json_count(json, "schema", 1);
	json_end(json, '}');
}

void json_add_source(struct json *json, const struct inventory *inventory)
{
	json_text(json, "kind", source_kind_name(inventory->kind));
	json_text(json, "kernel", record_property(&inventory->system, FACT_KERNEL));
	json_text(json, "machine", record_property(&inventory->system, FACT_MACHINE));
}

void json_add_statuses(struct json *json, const struct findings *findings)
{
	for (int status = 0; status < STATUS_COUNT_; status++)
		json_count(json, status_name((enum status)status),
			   findings->statuses[status]);
}

static void add_summary(struct json *json, const struct findings *findings)
{
	json_begin(json, "summary", '{');
	json_count(json, "remoteprocs", findings->remoteprocs);
	json_count(json, "vdevs", findings->vdevs);
	json_count(json, "channels", findings->channels);
	json_count(json, "service_channels", findings->service_channels);
	json_add_statuses(json, findings);
	json_end(json, '}');
}

int json_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	struct json json = { .pen.out = out };
	_cleanup_identities_ struct identities identities = { 0 };
	_cleanup_slugs_ struct slugs slugs = { 0 };
	int r = identities_build(findings->tree, &identities);

	(void)options;
	if (r == 0)
		r = slugs_build_by(findings, &identities, &slugs);
	if (r < 0)
		return r;
	json_begin(&json, NULL, '{');
	json_add_program(&json);
	json_begin(&json, "source", '{');
	json_add_source(&json, findings->tree->inventory);
	json_end(&json, '}');
	add_devices(&json, findings->tree, &identities);
	add_findings(&json, findings, &slugs);
	add_summary(&json, findings);
	json_end(&json, '}');
	return json_finish(&json);
}
