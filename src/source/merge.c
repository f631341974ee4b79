// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One tree out of all that a text says. Devices are joined by the names that the kernel
 * gives once: remoteprocN, virtioK, channels. A listing knows paths; what it does not
 * list gets one below /devices/unknown/. What was read of an attribute is newer than the
 * log.
 */

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "infer.h"
#include "list.h"
#include "merge.h"
#include "names.h"

/* Paths are for devices that people can have; what no path can hold is left out. */
static bool is_placeable(const char *name)
{
	return name[strspn(name, ".")] && strlen(name) <= NAME_MAX && !strchr(name, '/');
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
		r = merger_ensure_processor(merger, processor->device, platform, &place);
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
		size_t place = merger_find(merger, processor->device);
		struct record *record;

		if (place == NO_INDEX || processor->gone)
			continue;
		record = merger_record(merger, place);
		r = merger_add_text(record, "name", processor->name);
		if (r == 0)
			r = merger_add_text(record, "state", life_name(processor->state));
		if (r == 0)
			r = merger_add_text(record, "firmware", processor->firmware);
		if (r == 0 && processor->driver)
			r = merger_bind_platform(merger, place, processor->driver);
	}
	return r;
}

/* Of each processor of the log whether its state was read and is offline. */
static bool *find_offline(const struct merger *merger)
{
	const struct history *history = merger->history;
	const struct pasted *pasted = merger->pasted;
	bool *offline = calloc(history->processor_count + 1, sizeof(*offline));

	for (size_t i = 0; offline && i < pasted->saying_count; i++) {
		const struct saying *saying = &pasted->sayings[i];
		const struct biography *life = history_of(history, saying->device);

		if (life && saying->attribute && strcmp(saying->attribute, "state") == 0)
			offline[life - history->processors] =
				strcmp(saying->value, "offline") == 0;
	}
	return offline;
}

/* What the log alone tells of went when its processor was stopped later. */
static bool has_gone(const struct merger *merger, const struct log_virtio *virtio,
		     const bool *offline)
{
	return virtio->gone || (virtio->owner != NO_PROCESSOR && offline[virtio->owner] &&
				merger_find(merger, virtio->name) == NO_INDEX);
}

static int add_log_devices(struct merger *merger)
{
	const struct history *history = merger->history;
	_cleanup_free_ bool *offline = find_offline(merger);
	int r = offline ? 0 : -ENOMEM;

	for (size_t i = 0; i < history->virtio_count && r == 0; i++)
		if (!has_gone(merger, &history->virtios[i], offline))
			r = merger_add_virtio(merger, &history->virtios[i]);
	for (size_t i = 0; i < history->channel_count && r == 0; i++) {
		const struct log_channel *channel = &history->channels[i];

		if (!channel->gone && is_placeable(channel->device) &&
		    (channel->virtio == NO_DEVICE ||
		     !has_gone(merger, &history->virtios[channel->virtio], offline)))
			r = merger_add_channel(merger, channel);
	}
	return r;
}

static bool is_parent(const struct saying *saying)
{
	return saying->attribute && strcmp(saying->attribute, SAYING_PARENT) == 0;
}

/* Before anything else gives the processor a place. */
static int add_parents(struct merger *merger)
{
	const struct pasted *pasted = merger->pasted;
	size_t place;
	int r = 0;

	for (size_t i = 0; i < pasted->saying_count && r == 0; i++)
		if (is_parent(&pasted->sayings[i]) &&
		    is_placeable(pasted->sayings[i].value))
			r = merger_ensure_processor(merger, pasted->sayings[i].device,
						    pasted->sayings[i].value, &place);
	return r;
}

/* A node has its device's name, whose place only a list of the class tells. */
static int add_chardev(struct merger *merger, const char *name)
{
	_cleanup_free_ char *path = NULL;
	size_t place;
	int r;

	if (asprintf(&path, PLACE_UNKNOWN "/rpmsg/%s", name) < 0)
		return -ENOMEM;
	r = merger_ensure(merger, path, "rpmsg", &place);
	return r < 0 ? r
		     : record_set_property(merger_record(merger, place), "DEVNAME", name);
}

/* What a text only names gets a place by its name. */
static int add_named(struct merger *merger, const struct saying *saying)
{
	struct channel_name parts;
	_cleanup_free_ char *parent = NULL;
	const char *edge;
	size_t place, size;

	if (merger_find(merger, saying->device) != NO_INDEX ||
	    !is_placeable(saying->device))
		return 0;
	merger->line = saying->line;
	if (name_is_remoteproc(saying->device))
		return merger_ensure_processor(merger, saying->device, NULL, &place);
	if (name_is_virtio(saying->device)) {
		if (asprintf(&parent, PLACE_UNKNOWN "/%s", saying->device) < 0)
			return -ENOMEM;
		return merger_ensure(merger, parent, "virtio", &place);
	}
	if (name_is_rpmsg_chardev(saying->device))
		return add_chardev(merger, saying->device);
	if (!name_parse_channel(saying->device, &parts))
		return 0;
	/* Other parents may have dots in their names. */
	edge = strstr(saying->device, "-edge.");
	size = edge ? (size_t)(edge - saying->device) + strlen("-edge")
	       : strncmp(saying->device, "virtio", 6) == 0 ? strcspn(saying->device, ".")
							   : 0;
	parent = strndup(saying->device, size);
	if (!parent)
		return -ENOMEM;
	return merger_ensure_channel(merger, saying->device, parent, &place);
}

static bool is_below(const struct saying *saying)
{
	return saying->attribute && strcmp(saying->attribute, SAYING_BELOW) == 0;
}

static const char *subsystem_of(const char *name)
{
	return name_is_virtio(name)                          ? "virtio"
	       : name_is_rproc_virtio(name)                  ? "platform"
	       : name_is_edge(name) || strstr(name, "#vdev") ? NULL
							     : "rpmsg";
}

/* The devices on the way to it come first. */
static int add_below(struct merger *merger, const struct saying *saying)
{
	_cleanup_free_ char *path = NULL;
	size_t above, place;
	int r = merger_ensure_processor(merger, saying->device, NULL, &above);

	if (r < 0)
		return r;
	if (asprintf(&path, "%s/%s", merger_record(merger, above)->path, saying->value) <
	    0)
		return -ENOMEM;
	merger->line = saying->line;
	return merger_ensure(merger, path, subsystem_of(strrchr(path, '/') + 1), &place);
}

static bool is_driver(const struct saying *saying)
{
	return saying->attribute && strcmp(saying->attribute, SAYING_DRIVER) == 0;
}

static bool is_node(const struct saying *saying)
{
	return saying->attribute && strcmp(saying->attribute, SAYING_NODE) == 0;
}

/* Of a device in the class rpmsg, whose node has its name. What its number is tells if
 * the node is its own. */
static int add_node(struct record *record, const char *what)
{
	const char *major = record_property(record, "MAJOR");
	const char *minor = record_property(record, "MINOR");
	bool counted = strchr(what, ':') != NULL;
	char number[32];

	if (!record_property(record, "DEVNAME") || record_property(record, FACT_NODE) ||
	    (counted && (!major || !minor)))
		return 0;
	if (counted) {
		snprintf(number, sizeof(number), "%s:%s", major, minor);
		what = strcmp(number, what) == 0 ? "char" : "other-number";
	}
	return record_set_property(record, FACT_NODE, what);
}

/* What a script made, of which no device is known. */
static int note_plain(struct record *system, const char *name)
{
	const char *known = record_property(system, FACT_PLAIN);
	_cleanup_free_ char *names = NULL;

	if (known && (list_has(known, name) || strlen(known) > 200))
		return 0;
	if (asprintf(&names, "%s%s%s", known ? known : "", known ? "," : "", name) < 0)
		return -ENOMEM;
	return record_set_property(system, FACT_PLAIN, names);
}

static int take_node(struct merger *merger, const struct saying *saying)
{
	size_t place = merger_find(merger, saying->device);

	if (place != NO_INDEX)
		return add_node(merger_record(merger, place), saying->value);
	return strcmp(saying->value, "no-char") == 0
		       ? note_plain(&merger->inventory->system, saying->device)
		       : 0;
}

/* The last word on an attribute is the one that counts. */
static int add_sayings(struct merger *merger)
{
	const struct pasted *pasted = merger->pasted;
	int r = 0;

	for (size_t i = 0; i < pasted->saying_count && r == 0; i++)
		if (is_below(&pasted->sayings[i]))
			r = add_below(merger, &pasted->sayings[i]);
	for (size_t i = 0; i < pasted->saying_count && r == 0; i++)
		r = is_node(&pasted->sayings[i]) ? 0
						 : add_named(merger, &pasted->sayings[i]);
	for (size_t i = pasted->saying_count; i > 0 && r == 0; i--) {
		const struct saying *saying = &pasted->sayings[i - 1];
		size_t place = merger_find(merger, saying->device);

		if (is_node(saying))
			r = take_node(merger, saying);
		else if (is_driver(saying) && place != NO_INDEX)
			r = merger_bind(merger_record(merger, place), saying->value);
		else if (saying->attribute && !is_parent(saying) && !is_below(saying) &&
			 !is_driver(saying) && place != NO_INDEX)
			r = merger_add_text(merger_record(merger, place),
					    saying->attribute, saying->value);
	}
	return r;
}

static int fold(struct record *into, struct record *from)
{
	int r = 0;

	for (size_t i = 0; i < from->property_count && r == 0; i++)
		if (!record_property(into, from->properties[i].key))
			r = record_lend_property(into, from->properties[i].key,
						 from->properties[i].value);
	for (size_t i = 0; i < from->attribute_count && r == 0; i++)
		if (!record_attribute(into, from->attributes[i].name))
			r = record_lend_attribute(into, from->attributes[i].name,
						  from->attributes[i].value,
						  from->attributes[i].size);
	if (!into->subsystem)
		into->subsystem = from->subsystem;
	into->path_only &= from->path_only;
	return r;
}

/* A device may be listed twice, or listed and asked about. */
static int fold_repeated(struct inventory *inventory)
{
	size_t kept = 0;
	int r = inventory_sort(inventory);

	if (r < 0)
		return r;
	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];

		if (kept > 0 && r == 0 &&
		    strcmp(inventory->records[kept - 1].path, record->path) == 0) {
			r = fold(&inventory->records[kept - 1], record);
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

	/* The path of a channel has its processor, which the rest may speak of. */
	if (r == 0)
		r = infer_devices(pasted->inventory);
	if (r == 0)
		r = history_trim(&pasted->inventory->log);
	if (r == 0)
		r = history_tell(&pasted->inventory->log, &history);
	if (r < 0 || !history)
		return r;
	merger.history = history;
	r = index_records(&merger);
	if (r == 0)
		r = add_parents(&merger);
	if (r == 0)
		r = add_processors(&merger);
	if (r == 0)
		r = add_log_devices(&merger);
	if (r == 0)
		r = add_sayings(&merger);
	return r < 0 ? r : add_log_facts(&merger);
}
