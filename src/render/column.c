// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The columns of the tree: one table. A cell is escaped text; an empty one says that the
 * question makes no sense for that device, "?" that the source does not tell.
 */

#include <errno.h>
#include <linux/rpmsg.h>
#include <linux/virtio_config.h>
#include <string.h>
#include <strings.h>

#include "buffer.h"
#include "escape.h"
#include "list.h"
#include "mark.h"
#include "path_names.h"
#include "render.h"

/* Of any other a raw table would have the bytes, as \xNN. */
static bool wants_ascii_signs(const struct render_options *options)
{
	return options->ascii || options->raw;
}

static char *escaped(const char *text, const struct render_options *options)
{
	return escape_string(text, options->ascii ? ESCAPE_ASCII : 0);
}

static char *fixed(const char *text)
{
	return strdup(text ? text : "");
}

/* The kernel begins many names with the parent's: virtio0.rpmsg-tty.-1.30 below virtio0,
 * remoteproc0#vdev0buffer below remoteproc0. */
static const char *without_parent(const struct device *device)
{
	size_t size = device->parent ? strlen(device->parent->name) : 0;

	if (size == 0 || strncmp(device->name, device->parent->name, size) != 0 ||
	    strspn(device->name + size, "#:.") == 0)
		return device->name;
	return device->name + size;
}

static char *device_cell(const struct device *device,
			 const struct render_options *options)
{
	if (!options->compact)
		return escaped(device->name, options);
	if (device->kind == KIND_CHANNEL && device->channel.name && *device->channel.name)
		return escaped(device->channel.name, options);
	return escaped(without_parent(device), options);
}

static char *kind_cell(const struct device *device, const struct render_options *options)
{
	(void)options;
	return fixed(kind_name(device->kind));
}

static const char *virtio_state(const struct virtio *virtio)
{
	if (!virtio->status.known)
		return "?";
	if (virtio->status.value & VIRTIO_CONFIG_S_FAILED)
		return "failed";
	if (virtio->status.value & VIRTIO_CONFIG_S_NEEDS_RESET)
		return "needs-reset";
	return virtio->status.value & VIRTIO_CONFIG_S_DRIVER_OK ? "up" : "down";
}

static char *state_cell(const struct device *device, const struct render_options *options)
{
	if (device->kind == KIND_VIRTIO)
		return fixed(virtio_state(&device->virtio));
	if (device->kind != KIND_REMOTEPROC)
		return fixed("");
	return escaped(device->remoteproc.state_word ? device->remoteproc.state_word
						     : "?",
		       options);
}

static char *driver_cell(const struct device *device,
			 const struct render_options *options)
{
	if (device->driver)
		return escaped(device->driver, options);
	if (device->kind != KIND_VIRTIO && device->kind != KIND_CHANNEL &&
	    device->kind != KIND_BUS_DEVICE)
		return fixed("");
	return fixed(device->record->path_only ? "?" : "-");
}

static char *verdict_cell(const struct device *device,
			  const struct render_options *options)
{
	(void)options;
	return fixed(verdict_name(device->verdict));
}

/* "✗ misparented": what is a problem, and no more. */
static char *problem_cell(const struct finding *worst,
			  const struct render_options *options)
{
	char *cell;

	if (!worst || !finding_is_problem(worst))
		return fixed("");
	return asprintf(&cell, "%s %s",
			marks[worst->status].sign[wants_ascii_signs(options)],
			worst->brief) < 0
		       ? NULL
		       : cell;
}

static char *owner_cell(const struct device *device, const struct render_options *options)
{
	return escaped(device->owner ? device->owner->name : NULL, options);
}

static char *write_address(char *to, const struct number *address)
{
	if (!address->known)
		return stpcpy(to, "?");
	if (address->value == RPMSG_ADDR_ANY)
		return stpcpy(to, "any");
	return address_write(to, address->value);
}

static char *address_cell(const struct number *address)
{
	char text[ADDRESS_SIZE];

	write_address(text, address);
	return strdup(text);
}

static char *src_cell(const struct device *device, const struct render_options *options)
{
	(void)options;
	return device->kind == KIND_CHANNEL ? address_cell(&device->channel.src)
					    : fixed("");
}

static char *dst_cell(const struct device *device, const struct render_options *options)
{
	(void)options;
	return device->kind == KIND_CHANNEL ? address_cell(&device->channel.dst)
					    : fixed("");
}

static char *name_cell(const struct device *device, const struct render_options *options)
{
	if (device->kind == KIND_CHANNEL)
		return escaped(device->channel.name ? device->channel.name : "?",
			       options);
	return escaped(device->kind == KIND_REMOTEPROC ? device->remoteproc.name : NULL,
		       options);
}

static char *firmware_cell(const struct device *device,
			   const struct render_options *options)
{
	return escaped(device->kind == KIND_REMOTEPROC ? device->remoteproc.firmware
						       : NULL,
		       options);
}

static char *node_cell(const struct device *device, const struct render_options *options)
{
	_cleanup_free_ char *node = escaped(device->devnode, options);
	char *cell;

	if (!node || !device->devnode)
		return steal(node);
	return asprintf(&cell, PATH_DEV "/%s", node) < 0 ? NULL : cell;
}

/* "rpmsg_tty (not-loaded)" of a device without driver */
static char *module_cell(const struct device *device,
			 const struct render_options *options)
{
	const char *state = record_property(device->record, FACT_MODULE_STATE);
	_cleanup_free_ char *module =
		escaped(record_property(device->record, FACT_MODULE), options);
	_cleanup_free_ char *word = escaped(state, options);
	char *cell;

	if (!module || !word || !state)
		return module && word ? fixed("") : NULL;
	return asprintf(&cell, "%s%s%s%s", module, *module ? " (" : "", word,
			*module ? ")" : "") < 0
		       ? NULL
		       : cell;
}

/* Nodes of the memory regions of a bus device. */
static char *memory_cell(const struct device *device,
			 const struct render_options *options)
{
	const char *line = record_text(device->record, FACT_MEMORY_REGION);
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *cell;

	if (buffer_open(&buffer) < 0)
		return NULL;
	for (const char *before = ""; line && *line; before = " ") {
		_cleanup_free_ char *node = escape_bytes(
			line, strcspn(line, " \n"), options->ascii ? ESCAPE_ASCII : 0);

		if (!node)
			return NULL;
		fprintf(buffer.out, "%s%s", before, node);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return buffer_take(&buffer, &cell, NULL) < 0 ? NULL : cell;
}

static char *path_cell(const struct device *device, const struct render_options *options)
{
	return escaped(device->record->path, options);
}

static char *remoteproc_details(const struct device *device,
				const struct render_options *options)
{
	_cleanup_free_ char *name = escaped(device->remoteproc.name, options);
	_cleanup_free_ char *firmware = escaped(device->remoteproc.firmware, options);
	char *cell;

	if (!name || !firmware ||
	    asprintf(&cell, "%s%sfirmware %s", name, *name ? ", " : "",
		     *firmware ? firmware : "?") < 0)
		return NULL;
	return cell;
}

/* Points from a vdev beside its remote processor to the parent it lost. */
static char *vdev_details(const struct device *device,
			  const struct render_options *options)
{
	_cleanup_free_ char *owner = owner_cell(device, options);
	char *cell;

	if (owner && (!*owner || device_ancestor(device, KIND_REMOTEPROC)))
		return fixed("");
	if (!owner || asprintf(&cell, "%s belongs below %s",
			       wants_ascii_signs(options) ? "^" : "↑", owner) < 0)
		return NULL;
	return cell;
}

static char *channel_details(const struct device *device,
			     const struct render_options *options)
{
	char text[2 * ADDRESS_SIZE + sizeof(" → ")], *end;

	end = write_address(text, &device->channel.src);
	end = stpcpy(end, wants_ascii_signs(options) ? " -> " : " → ");
	write_address(end, &device->channel.dst);
	return strdup(text);
}

static char *details_cell(const struct device *device,
			  const struct render_options *options)
{
	switch (device->kind) {
	case KIND_REMOTEPROC:
		return remoteproc_details(device, options);
	case KIND_VDEV:
		return vdev_details(device, options);
	case KIND_CHANNEL:
		return channel_details(device, options);
	default:
		return node_cell(device, options);
	}
}

const struct column columns[] = {
	{ "DEVICE", "name of the device, as a tree", true, 4, device_cell, NULL },
	{ "KIND", "what the device is: remoteproc, vdev, virtio, channel, ...", false, 0,
	  kind_cell, NULL },
	{ "STATE", "of a remote processor; whether a virtio device is up", true, 0,
	  state_cell, NULL },
	{ "DRIVER", "driver that is bound, - for none", true, 3, driver_cell, NULL },
	{ "PROBLEM", "the worst that was found, in two or three words", true, 2, NULL,
	  problem_cell },
	{ "VERDICT", "what it is a child of: ok, misparented, ...", false, 0,
	  verdict_cell, NULL },
	{ "REMOTEPROC", "the remote processor it belongs to", false, 0, owner_cell,
	  NULL },
	{ "NAME", "name of a remote processor or channel", false, 3, name_cell, NULL },
	{ "FIRMWARE", "firmware file of a remote processor", false, 2, firmware_cell,
	  NULL },
	{ "SRC", "local address of a channel", false, 0, src_cell, NULL },
	{ "DST", "remote address of a channel", false, 0, dst_cell, NULL },
	{ "NODE", "node below /dev", false, 2, node_cell, NULL },
	{ "MODULE", "module that would serve it, and its state", false, 2, module_cell,
	  NULL },
	{ "MEMORY", "memory regions of a platform device", false, 1, memory_cell, NULL },
	{ "PATH", "path below /sys", false, 1, path_cell, NULL },
	{ "DETAILS", "name and firmware, addresses or node, by kind", true, 1,
	  details_cell, NULL },
	{ .name = NULL },
};

const struct column *column_find(const char *name, size_t size)
{
	for (const struct column *column = columns; column->name; column++)
		if (strlen(column->name) == size &&
		    strncasecmp(column->name, name, size) == 0)
			return column;
	return NULL;
}

const char *columns_unknown(const char *list, size_t *ret_size)
{
	const char *at = *list == '+' ? list + 1 : list;
	struct span word;

	while (list_next(&at, &word))
		if (!column_find(word.start, word.size)) {
			*ret_size = word.size;
			return word.start;
		}
	return NULL;
}
