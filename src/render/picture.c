// SPDX-License-Identifier: GPL-2.0-or-later
#include "picture.h"

#include <errno.h>
#include <linux/rpmsg.h>
#include <string.h>

#include "escape.h"

enum style_id {
	STYLE_BUS,
	STYLE_REMOTEPROC,
	STYLE_PLAIN,
	STYLE_GOOD,
	STYLE_NOTED,
	STYLE_LOST,
	STYLE_COUNT_,
};

const struct picture_style picture_styles[STYLE_COUNT_ + 1] = {
	[STYLE_BUS] = { "bus", "#e9ecef", "#60707f" },
	[STYLE_REMOTEPROC] = { "remoteproc", "#cfe0f5", "#2b5c9e" },
	[STYLE_PLAIN] = { "plain", "#ffffff", "#60707f" },
	[STYLE_GOOD] = { "good", "#d9f0dd", "#2e7d32" },
	[STYLE_NOTED] = { "noted", "#fdf0cf", "#a06a00" },
	[STYLE_LOST] = { "lost", "#fbdad7", PICTURE_RED },
};

static bool is_misplaced(const struct device *device)
{
	return device->verdict == VERDICT_MISPARENTED ||
	       device->verdict == VERDICT_ORPHAN;
}

/* A vdev has no verdict of its own: it is lost when what is below it is. */
static bool has_lost_child(const struct device *device)
{
	tree_foreach_child (child, device)
		if (is_misplaced(child))
			return true;
	return false;
}

const struct picture_style *picture_style(const struct device *device)
{
	enum style_id id = STYLE_PLAIN;

	if (device->kind == KIND_BUS_DEVICE)
		id = STYLE_BUS;
	else if (device->kind == KIND_REMOTEPROC)
		id = STYLE_REMOTEPROC;
	else if (is_misplaced(device) ||
		 (device->kind == KIND_VDEV && has_lost_child(device)))
		id = STYLE_LOST;
	else if (device_is_flagged(device))
		id = STYLE_NOTED;
	else if (device->verdict == VERDICT_OK)
		id = STYLE_GOOD;
	return &picture_styles[id];
}

/* The vdev is what moved; a flagged device without vdev points for itself. */
bool picture_is_lost(const struct device *device)
{
	if (!device->owner || device_ancestor(device, KIND_REMOTEPROC))
		return false;
	if (device->kind == KIND_VDEV)
		return true;
	return device_is_flagged(device) && !device_ancestor(device, KIND_VDEV) &&
	       !(device->parent && device_is_flagged(device->parent));
}

/* A new string, what is said below the name. NULL: out of memory. */
static char *said_of(const struct device *device, unsigned int flags)
{
	_cleanup_free_ char *owner = NULL;
	char *said;

	if (picture_is_lost(device)) {
		owner = escape_string(device->owner->name, flags);
		if (!owner ||
		    asprintf(&said, "%s %s",
			     device->verdict == VERDICT_BESIDE ? "beside"
							       : "belongs below",
			     owner) < 0)
			return NULL;
		return said;
	}
	if (device->kind == KIND_REMOTEPROC)
		return escape_string(device->remoteproc.state_word, flags);
	if (device_is_flagged(device))
		return strdup(verdict_name(device->verdict));
	return escape_string(device->kind == KIND_BUS_DEVICE ? NULL : device->driver,
			     flags);
}

static void print_address(char *to, size_t size, const struct device *device, bool ascii)
{
	const struct number *dst = &device->channel.dst;

	*to = '\0';
	if (device->kind == KIND_CHANNEL && dst->known && dst->value != RPMSG_ADDR_ANY)
		snprintf(to, size, ascii ? " -> 0x%x" : " → 0x%x", dst->value);
}

char *picture_label(const struct device *device, const struct render_options *options)
{
	unsigned int flags = options->ascii ? ESCAPE_ASCII : 0;
	bool named = device->kind == KIND_CHANNEL && device->channel.name;
	_cleanup_free_ char *name =
		escape_string(named ? device->channel.name : device->name, flags);
	_cleanup_free_ char *said = said_of(device, flags);
	char address[24], *label;

	if (!name || !said)
		return NULL;
	print_address(address, sizeof(address), device, options->ascii);
	if (!named)
		*address = '\0';
	if (asprintf(&label, "%s%s%s%s", name, address, *said ? "\n" : "", said) < 0)
		return NULL;
	return label;
}
