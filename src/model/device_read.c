// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the text of a record to typed values. What a record does not say, or says in a
 * form the kernel never writes, stays unknown.
 */

#include "device_read.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "names.h"
#include "span.h"

/* A 32-bit number as the kernel prints it, in up to ten digits, with or without a 0x. */
static struct number parse_hexadecimal(const char *text)
{
	uint64_t value = 0;
	size_t size = 0;

	if (!text)
		return (struct number){ 0 };
	if (text[0] == '0' && text[1] == 'x')
		text += 2;
	for (; size < 10 && hex_value(text[size]) >= 0; size++)
		value = 16 * value + (unsigned int)hex_value(text[size]);
	if (size == 0 || text[size])
		return (struct number){ 0 };
	return (struct number){ value <= UINT32_MAX, (uint32_t)value };
}

static enum tristate parse_truth(const char *text)
{
	if (!text)
		return UNKNOWN;
	return text_is(text, "true") ? YES : text_is(text, "false") ? NO : UNKNOWN;
}

static enum tristate parse_found(const char *text)
{
	if (!text)
		return UNKNOWN;
	return text_is(text, "missing") ? NO : YES;
}

static enum remoteproc_state parse_remoteproc_state(const char *text)
{
	enum remoteproc_state state = REMOTEPROC_OFFLINE;

	if (!text)
		return REMOTEPROC_NOT_RECORDED;
	while (state < REMOTEPROC_OTHER &&
	       strcmp(text, remoteproc_state_word(state)) != 0)
		state++;
	return state;
}

/* A word of a fact and what it means. */
struct word {
	const char *text;
	int value;
};

static int parse_word(const struct word *words, size_t count, const char *text, int other)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(text, words[i].text))
			return words[i].value;
	return other;
}

static enum module_state parse_module_state(const char *_nullable_ text)
{
	static const struct word words[] = {
		{ "no-libkmod", MODULE_NO_KMOD }, { "no-index", MODULE_NO_INDEX },
		{ "none", MODULE_NONE },          { "not-loaded", MODULE_NOT_LOADED },
		{ "loading", MODULE_LOADING },    { "live", MODULE_LIVE },
		{ "builtin", MODULE_BUILTIN },
	};

	if (!text)
		return MODULE_NOT_RECORDED;
	return (enum module_state)parse_word(words, ARRAY_SIZE(words), text,
					     MODULE_NO_INDEX);
}

/* A record that has an answer and not what was asked, or not which module it was about,
 * is no capture: nothing is made of it. */
static enum module_state read_module(const struct device *device)
{
	const struct record *record = device->record;
	const char *module = record_property(record, FACT_MODULE);
	enum module_state state =
		parse_module_state(record_property(record, FACT_MODULE_STATE));
	bool was_asked = record_property(record, "MODALIAS") ||
			 (device->kind == KIND_CHANNEL && device->channel.name);

	if ((state >= MODULE_NONE && !was_asked) ||
	    (state > MODULE_NONE && (!module || !*module)))
		return MODULE_NOT_RECORDED;
	return state;
}

static enum node_state parse_node_state(const char *text)
{
	static const struct word words[] = {
		{ "char", NODE_CHAR },
		{ "missing", NODE_MISSING },
		{ "no-char", NODE_NO_CHAR },
		{ "other-number", NODE_OTHER_NUMBER },
	};

	if (!text)
		return NODE_NOT_RECORDED;
	return (enum node_state)parse_word(words, ARRAY_SIZE(words), text,
					   NODE_OTHER_NUMBER);
}

/* Of a file whose name is not known nothing is known, whatever the text says. */
static enum tristate firmware_found(const struct record *record)
{
	return record_text(record, "firmware")
		       ? parse_found(record_property(record, FACT_FIRMWARE))
		       : UNKNOWN;
}

static void read_remoteproc(struct device *device)
{
	const struct record *record = device->record;

	device->remoteproc = (struct remoteproc){
		.name = record_text(record, "name"),
		.state = parse_remoteproc_state(record_text(record, "state")),
		.state_word = record_text(record, "state"),
		.firmware = record_text(record, "firmware"),
		.firmware_found = firmware_found(record),
		.recovery = record_text(record, "recovery"),
		.coredump = record_text(record, "coredump"),
	};
}

static struct number virtio_id(const struct record *record)
{
	struct number id = { 0 };

	id.known = record_virtio_id(record, &id.value);
	return id;
}

static void read_virtio(struct device *device)
{
	const char *features = record_text(device->record, "features");

	device->virtio = (struct virtio){
		.id = virtio_id(device->record),
		.status = parse_hexadecimal(record_text(device->record, "status")),
	};
	if (features && features[0] && strspn(features, "01") == strlen(features))
		device->virtio.features = features;
}

/* CHANNEL out of PARENT.CHANNEL.SRC.DST; stays NULL where the name does not start with
 * the parent's: some edges are named otherwise than the channels below them. */
static int name_from_path(const struct device *device, const struct channel_name *parts,
			  struct arena *arena, const char **name)
{
	size_t prefix = device->parent ? strlen(device->parent->name) : 0;

	if (prefix == 0 || prefix + 1 >= parts->channel_end ||
	    strncmp(device->name, device->parent->name, prefix) != 0 ||
	    device->name[prefix] != '.')
		return 0;
	*name = arena_copy(arena, device->name + prefix + 1,
			   parts->channel_end - prefix - 1);
	return *name ? 0 : -ENOMEM;
}

static struct number address(long long value)
{
	if (value < -1 || value > INT_MAX)
		return (struct number){ 0 };
	return (struct number){ true, (uint32_t)value };
}

/* What only the directory's name tells: it is frozen at creation, so the destination is
 * good; the source is, unless it was "any": then a driver may have got one since. */
static int read_channel_from_path(struct device *device, struct arena *arena)
{
	struct channel *channel = &device->channel;
	struct channel_name parts;

	if ((channel->name && channel->dst.known && channel->src.known) ||
	    !name_parse_channel(device->name, &parts))
		return 0;
	if (!channel->dst.known)
		channel->dst = address(parts.dst);
	if (!channel->src.known && parts.src != -1)
		channel->src = address(parts.src);
	return channel->name ? 0 : name_from_path(device, &parts, arena, &channel->name);
}

static bool is_service(const struct channel *channel)
{
	static const struct {
		const char *name;
		uint32_t address;
	} services[] = {
		{ "rpmsg_ns", 53 },    /* rpmsg_ns_register_device(), v5.11 on */
		{ "rpmsg_chrdev", 0 }, /* rpmsg_chrdev_register_device(), v5.13-v5.17 */
		{ "rpmsg_ctrl", 0 },   /* rpmsg_ctrldev_register_device(), v5.18 on */
	};

	for (size_t i = 0; channel->name && i < ARRAY_SIZE(services); i++)
		if (text_is(channel->name, services[i].name))
			return channel->dst.known &&
			       channel->dst.value == services[i].address;
	return false;
}

static int read_channel(struct device *device, struct arena *arena)
{
	const char *name = record_text(device->record, "name");
	const char *modalias = record_property(device->record, "MODALIAS");
	const char *override = record_text(device->record, "driver_override");
	struct channel *channel = &device->channel;
	int r;

	*channel = (struct channel){
		.src = parse_hexadecimal(record_text(device->record, "src")),
		.dst = parse_hexadecimal(record_text(device->record, "dst")),
		.announce = parse_truth(record_text(device->record, "announce")),
	};
	if (!name && modalias && strncmp(modalias, "rpmsg:", 6) == 0)
		name = modalias + 6;
	channel->name = name;
	if (override && *override && !text_is(override, "(null)"))
		channel->driver_override = override;
	r = read_channel_from_path(device, arena);
	channel->service = is_service(channel);
	return r;
}

static int read_kind(struct device *device, struct arena *arena)
{
	switch (device->kind) {
	case KIND_REMOTEPROC:
		read_remoteproc(device);
		return 0;
	case KIND_VIRTIO:
		read_virtio(device);
		return 0;
	case KIND_CHANNEL:
		return read_channel(device, arena);
	default:
		return 0;
	}
}

int device_read(struct device *device, struct arena *arena)
{
	const struct record *record = device->record;
	int r = read_kind(device, arena);

	device->driver = record_driver(record);
	device->devnode = record_property(record, "DEVNAME");
	device->node = parse_node_state(record_property(record, FACT_NODE));
	device->module = read_module(device);
	return r;
}
