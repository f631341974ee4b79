// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One tree out of all that a text says. Devices are joined by the names that the kernel
 * gives once: remoteprocN, virtioK, channels. A listing knows paths; what it does not
 * list gets one below /devices/unknown/. What was read of an attribute is newer than the
 * log.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "devpath.h"
#include "history.h"
#include "index.h"
#include "names.h"
#include "pasted.h"

#define VIRTIO_DRIVER "virtio_rpmsg_bus"

struct merger {
	struct pasted *pasted;
	struct inventory *inventory;
	const struct history *history;
	struct index platforms; /* of the history's processors */
	struct index names;     /* of records, by the last part of their path */
	size_t line;            /* of the text, for what is added */
};

static struct record *record_at(const struct merger *merger, size_t place)
{
	return &merger->inventory->records[place];
}

static size_t find(const struct merger *merger, const char *name)
{
	return index_find(&merger->names, span_of(name));
}

/* The record of that name, at that path when there is none yet. */
static int ensure(struct merger *merger, const char *path, const char *subsystem,
		  size_t *ret)
{
	const char *name = strrchr(path, '/') + 1;
	size_t place = find(merger, name);
	struct record *record;
	int r;

	if (place != NO_INDEX) {
		*ret = place;
		return 0;
	}
	place = merger->inventory->count;
	r = inventory_add(merger->inventory, path, strlen(path), &record);
	if (r < 0)
		return r;
	record->path_only = true;
	record->subsystem = subsystem ? strdup(subsystem) : NULL;
	if (subsystem && !record->subsystem)
		return -ENOMEM;
	r = index_set(&merger->names, span_of(name), place);
	if (r == 0 && subsystem && strcmp(subsystem, "remoteproc") == 0)
		r = record_set_property(record, "DEVTYPE", "remoteproc");
	if (r == 0)
		*ret = place;
	return r;
}

static int add_text(struct record *record, const char *name, const char *text)
{
	if (!text || !*text || record_attribute(record, name))
		return 0;
	return record_add_attribute(record, name, text, strlen(text));
}

static int bind_driver(struct record *record, const char *bus, const char *driver)
{
	if (!driver || record->driver_target)
		return 0;
	return asprintf(&record->driver_target, "../../bus/%s/drivers/%s", bus, driver) <
			       0
		       ? (record->driver_target = NULL, -ENOMEM)
		       : 0;
}

static int ensure_processor(struct merger *merger, const char *device,
			    const char *platform, size_t *ret)
{
	_cleanup_free_ char *path = NULL;

	if (asprintf(&path, PLACE_UNKNOWN "/%s%s/remoteproc/%s",
		     platform ? platform : "unknown-of-", platform ? "" : device,
		     device) < 0)
		return -ENOMEM;
	return ensure(merger, path, "remoteproc", ret);
}

/* What lies above a processor: its path without /remoteproc/remoteprocN. */
static char *platform_path(const struct merger *merger, size_t processor)
{
	const char *path = record_at(merger, processor)->path;
	const char *glue = strstr(path, "/remoteproc/remoteproc");
	const char *slash = strrchr(path, '/');

	return strndup(path, (size_t)((glue ? glue : slash) - path));
}

static int owner_place(struct merger *merger, size_t owner, size_t *ret)
{
	const struct biography *processor = &merger->history->processors[owner];

	return ensure_processor(merger, processor->device, processor->platform, ret);
}

static int vdev_path(struct merger *merger, const struct log_vdev *vdev, char **ret)
{
	_cleanup_free_ char *above = NULL;
	size_t owner = NO_INDEX;
	int r = vdev->owner == NO_PROCESSOR ? 0
					    : owner_place(merger, vdev->owner, &owner);

	if (r < 0)
		return r;
	if (vdev->parent && owner != NO_INDEX) {
		above = platform_path(merger, owner);
	} else if (vdev->parent) {
		if (asprintf(&above, PLACE_UNKNOWN "/%s", vdev->parent) < 0)
			return -ENOMEM;
	} else {
		above = strdup(owner == NO_INDEX ? PLACE_UNKNOWN
						 : record_at(merger, owner)->path);
	}
	if (!above)
		return -ENOMEM;
	return asprintf(ret, "%s/%s", above, vdev->device) < 0 ? -ENOMEM : 0;
}

static int add_vdev(struct merger *merger, const struct log_vdev *vdev, char **ret)
{
	_cleanup_free_ char *path = NULL;
	size_t place;
	int r = vdev_path(merger, vdev, &path);

	if (r == 0)
		r = ensure(merger, path,
			   name_is_rproc_virtio(vdev->device) ? "platform" : NULL,
			   &place);
	if (r == 0 && vdev->memory)
		r = record_set_property(record_at(merger, place), FACT_BUFFERS,
					vdev->memory);
	if (r == 0) {
		*ret = strdup(record_at(merger, place)->path);
		r = *ret ? 0 : -ENOMEM;
	}
	return r;
}

static int virtio_path(struct merger *merger, const struct log_virtio *virtio, char **ret)
{
	_cleanup_free_ char *above = NULL;
	size_t owner;
	int r = 0;

	if (virtio->vdev != NO_DEVICE) {
		r = add_vdev(merger, &merger->history->vdevs[virtio->vdev], &above);
	} else if (virtio->owner != NO_PROCESSOR) {
		r = owner_place(merger, virtio->owner, &owner);
		above = r < 0 ? NULL : strdup(record_at(merger, owner)->path);
	} else {
		above = strdup(PLACE_UNKNOWN);
	}
	if (r < 0)
		return r;
	if (!above || asprintf(ret, "%s/%s", above, virtio->name) < 0)
		return -ENOMEM;
	return 0;
}

static int add_virtio(struct merger *merger, const struct log_virtio *virtio)
{
	_cleanup_free_ char *path = NULL;
	struct record *record;
	char id[16];
	size_t place;
	int r = virtio_path(merger, virtio, &path);

	if (r == 0)
		r = ensure(merger, path, "virtio", &place);
	if (r < 0)
		return r;
	record = record_at(merger, place);
	snprintf(id, sizeof(id), "0x%04x", virtio->id.value);
	if (virtio->id.known)
		r = add_text(record, "device", id);
	if (r == 0 && virtio->online_line != NO_LINE)
		r = bind_driver(record, "virtio", VIRTIO_DRIVER);
	return r;
}

/* The record of the processor that is a child of this platform device. */
static size_t find_processor_of(const struct merger *merger, struct span platform)
{
	size_t i = index_find(&merger->platforms, platform);

	return i == NO_INDEX ? NO_INDEX
			     : find(merger, merger->history->processors[i].device);
}

/* The path of a channel's parent, by its name alone: a virtio device, an edge of a
 * processor, or what a processor is a child of. */
static int parent_path(struct merger *merger, const char *parent, char **ret)
{
	const char *edge = strstr(parent, ":glink-edge");
	size_t size = edge ? (size_t)(edge - parent) : strlen(parent);
	size_t place = find(merger, parent);

	if (place != NO_INDEX) {
		*ret = strdup(record_at(merger, place)->path);
		return *ret ? 0 : -ENOMEM;
	}
	place = find_processor_of(merger, (struct span){ parent, size });
	if (place != NO_INDEX && !edge) {
		*ret = platform_path(merger, place);
		return *ret ? 0 : -ENOMEM;
	}
	if (place != NO_INDEX)
		return asprintf(ret, "%s/%s", record_at(merger, place)->path, parent) < 0
			       ? -ENOMEM
			       : 0;
	return asprintf(ret, PLACE_UNKNOWN "/%s", parent) < 0 ? -ENOMEM : 0;
}

static int ensure_channel(struct merger *merger, const char *device, const char *parent,
			  size_t *ret)
{
	_cleanup_free_ char *above = NULL, *path = NULL;
	size_t place;
	int r = parent_path(merger, parent, &above);

	if (r == 0 && name_is_virtio(parent))
		r = ensure(merger, above, "virtio", &place);
	if (r < 0)
		return r;
	if (asprintf(&path, "%s/%s", above, device) < 0)
		return -ENOMEM;
	return ensure(merger, path, "rpmsg", ret);
}

static int add_node(struct merger *merger, const char *channel_path, const char *node)
{
	_cleanup_free_ char *path = NULL;
	bool tty = strncmp(node, "tty", 3) == 0;
	size_t place;
	int r;

	if (strpbrk(node, "/ ") || !*node)
		return 0;
	if (asprintf(&path, "%s/%s/%s", channel_path, tty ? "tty" : "rpmsg_pru", node) <
	    0)
		return -ENOMEM;
	r = ensure(merger, path, tty ? "tty" : "rpmsg_pru", &place);
	return r < 0 ? r : record_set_property(record_at(merger, place), "DEVNAME", node);
}

static int add_channel(struct merger *merger, const struct log_channel *channel)
{
	_cleanup_free_ char *path = NULL;
	struct record *record;
	char src[16], dst[16];
	size_t place;
	int r = ensure_channel(merger, channel->device, channel->parent, &place);

	if (r < 0)
		return r;
	record = record_at(merger, place);
	snprintf(src, sizeof(src), "0x%x", channel->src);
	snprintf(dst, sizeof(dst), "0x%x", channel->dst);
	r = add_text(record, "name", channel->name);
	if (r == 0 && channel->has_src)
		r = add_text(record, "src", src);
	if (r == 0 && channel->has_dst)
		r = add_text(record, "dst", dst);
	if (r == 0)
		r = bind_driver(record, "rpmsg", channel->driver);
	path = strdup(record->path);
	if (r == 0 && !path)
		r = -ENOMEM;
	return r == 0 && channel->node ? add_node(merger, path, channel->node) : r;
}

/* Paths are for devices that people can have; what no path can hold is left out. */
static bool is_placeable(const char *name)
{
	return *name && strlen(name) < 512 && !strchr(name, '/') &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static int add_processors(struct merger *merger)
{
	const struct history *history = merger->history;

	for (size_t i = 0; i < history->processor_count; i++) {
		const struct biography *processor = &history->processors[i];
		const char *platform = processor->platform;
		size_t place;
		int r;

		if (processor->gone)
			continue;
		if (platform && !is_placeable(platform))
			platform = NULL;
		r = platform ? index_set(&merger->platforms, span_of(platform), i) : 0;
		if (r < 0)
			return r;
		r = ensure_processor(merger, processor->device, platform, &place);
		if (r < 0)
			return r;
	}
	return 0;
}

static int add_log_facts(struct merger *merger)
{
	const struct history *history = merger->history;
	int r = 0;

	for (size_t i = 0; i < history->processor_count && r == 0; i++) {
		const struct biography *processor = &history->processors[i];
		size_t place = find(merger, processor->device);
		struct record *record;

		if (place == NO_INDEX || processor->gone)
			continue;
		record = record_at(merger, place);
		r = add_text(record, "name", processor->name);
		if (r == 0)
			r = add_text(record, "state", life_name(processor->state));
		if (r == 0)
			r = add_text(record, "firmware", processor->firmware);
	}
	return r;
}

static int add_log_devices(struct merger *merger)
{
	const struct history *history = merger->history;
	int r = 0;

	for (size_t i = 0; i < history->virtio_count && r == 0; i++)
		if (!history->virtios[i].gone)
			r = add_virtio(merger, &history->virtios[i]);
	for (size_t i = 0; i < history->channel_count && r == 0; i++)
		if (!history->channels[i].gone &&
		    is_placeable(history->channels[i].device))
			r = add_channel(merger, &history->channels[i]);
	return r;
}

/* What a text only names gets a place by its name. */
static int add_named(struct merger *merger, const struct saying *saying)
{
	struct channel_name parts;
	_cleanup_free_ char *parent = NULL;
	size_t place, size;

	if (find(merger, saying->device) != NO_INDEX || !is_placeable(saying->device))
		return 0;
	merger->line = saying->line;
	if (name_is_remoteproc(saying->device))
		return ensure_processor(merger, saying->device, NULL, &place);
	if (name_is_virtio(saying->device)) {
		if (asprintf(&parent, PLACE_UNKNOWN "/%s", saying->device) < 0)
			return -ENOMEM;
		return ensure(merger, parent, "virtio", &place);
	}
	if (!name_parse_channel(saying->device, &parts))
		return 0;
	size = strcspn(saying->device, ".");
	if (strstr(saying->device, "-edge."))
		size = (size_t)(strstr(saying->device, "-edge.") - saying->device) + 5;
	parent = strndup(saying->device, size);
	if (!parent)
		return -ENOMEM;
	return ensure_channel(merger, saying->device, parent, &place);
}

/* The last word on an attribute is the one that counts. */
static int add_sayings(struct merger *merger)
{
	const struct pasted *pasted = merger->pasted;
	int r = 0;

	for (size_t i = 0; i < pasted->saying_count && r == 0; i++)
		r = add_named(merger, &pasted->sayings[i]);
	for (size_t i = pasted->saying_count; i > 0 && r == 0; i--) {
		const struct saying *saying = &pasted->sayings[i - 1];
		size_t place = find(merger, saying->device);

		if (saying->attribute && place != NO_INDEX)
			r = add_text(record_at(merger, place), saying->attribute,
				     saying->value);
	}
	return r;
}

static int fold(struct record *into, struct record *from)
{
	int r = 0;

	for (size_t i = 0; i < from->property_count && r == 0; i++)
		if (!record_property(into, from->properties[i].key))
			r = record_set_property(into, from->properties[i].key,
						from->properties[i].value);
	for (size_t i = 0; i < from->attribute_count && r == 0; i++)
		if (!record_attribute(into, from->attributes[i].name))
			r = record_add_attribute(into, from->attributes[i].name,
						 from->attributes[i].value,
						 from->attributes[i].size);
	if (!into->subsystem)
		into->subsystem = steal(from->subsystem);
	into->path_only &= from->path_only;
	return r;
}

/* A device may be listed twice, or listed and asked about. */
static int fold_repeated(struct inventory *inventory)
{
	size_t kept = 0;
	int r = 0;

	inventory_sort(inventory);
	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];

		if (kept > 0 && r == 0 &&
		    strcmp(inventory->records[kept - 1].path, record->path) == 0) {
			r = fold(&inventory->records[kept - 1], record);
			record_clear(record);
		} else {
			inventory->records[kept++] = *record;
		}
	}
	inventory->count = kept;
	return r;
}

static int index_records(struct merger *merger)
{
	int r = 0;

	for (size_t i = 0; i < merger->inventory->count && r == 0; i++)
		r = index_set(&merger->names,
			      span_of(record_name(&merger->inventory->records[i])), i);
	return r;
}

static void merger_release(struct merger *merger)
{
	index_release(&merger->names);
	index_release(&merger->platforms);
}

int pasted_merge(struct pasted *pasted)
{
	_cleanup_history_ struct history *history = NULL;
	_cleanup_(merger_release) struct merger merger = {
		.pasted = pasted,
		.inventory = pasted->inventory,
	};
	int r = fold_repeated(pasted->inventory);

	if (r == 0)
		r = history_trim(&pasted->inventory->log);
	if (r == 0)
		r = history_tell(&pasted->inventory->log, &history);
	if (r < 0)
		return r;
	merger.history = history;
	r = index_records(&merger);
	if (r == 0)
		r = add_processors(&merger);
	if (r == 0)
		r = add_log_devices(&merger);
	if (r == 0)
		r = add_sayings(&merger);
	return r < 0 ? r : add_log_facts(&merger);
}
