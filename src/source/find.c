// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what find /sys prints, as people attach it and as sos reports hold it: a path a
 * line. A device is known by the form of its name, as in a listing, a channel of an edge
 * or of an old kernel by the line that its bus has for it; attributes, drivers and
 * whatever is of no interest here stay unknown.
 */

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "cleanup.h"
#include "names.h"
#include "pasted.h"
#include "paths.h"

#define PREFIX PATH_DEVICES
#define BUS    PATH_BUSES "/rpmsg/devices/"

/* A line is a path from its first byte on; what follows a device's directory is one of
 * its files, and uevent is a file that each has. */
static size_t device_size(const struct line *line)
{
	static const char file[] = "/uevent";
	size_t end = sizeof(file) - 1, size = line->size;

	if (size < sizeof(PREFIX) || strncmp(line->bytes, PREFIX, sizeof(PREFIX) - 1))
		return 0;
	if (line->bytes[size - 1] == ':') /* ls -R */
		size--;
	if (memcmp(line->bytes + size - end, file, end) == 0)
		size -= end;
	return size;
}

static bool lies_in(const char *path, const char *name, const char *directory)
{
	size_t size = strlen(directory);

	return (size_t)(name - path) > size + 1 &&
	       strncmp(name - size - 1, directory, size) == 0;
}

static bool is_channel(const struct pasted *pasted, const char *name)
{
	return index_find(&pasted->channels, span_of(name)) != NO_INDEX;
}

/* NULL: no device of this field, or none that its name alone tells. */
static const char *subsystem_of(const struct pasted *pasted, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	struct channel_name parts;

	if (is_channel(pasted, name))
		return "rpmsg";
	if (name_is_remoteproc(name))
		return lies_in(path, name, "/remoteproc") ? "remoteproc" : NULL;
	if (name_is_virtio(name))
		return "virtio";
	if (name_is_rpmsg_chardev(name))
		return "rpmsg";
	return name_parse_channel(name, &parts) && strstr(path, "/virtio") ? "rpmsg"
									   : NULL;
}

static int add_device(struct pasted *pasted, const char *path, const char *subsystem)
{
	struct record *record;
	int r = inventory_add_path_only(pasted->inventory, path, subsystem, &record);

	if (r < 0)
		return r;
	record->line = pasted->text->number;
	if (!name_is_rpmsg_chardev(record_name(record)) ||
	    is_channel(pasted, record_name(record)))
		return 0;
	return record_set_property(record, "DEVNAME", record_name(record));
}

int find_take(struct pasted *pasted, const struct line *line)
{
	_cleanup_free_ char *path = NULL;
	const char *subsystem;
	size_t size = device_size(line);
	int r;

	if (size == 0)
		return 0;
	if (size >= PATH_MAX || strstr(line->bytes, "/../") ||
	    strstr(line->bytes, "//") || strstr(line->bytes, "/./"))
		return text_malformed(pasted->text, pasted->notice, "not a device path");
	path = strndup(line->bytes + strlen(PATH_SYS), size - strlen(PATH_SYS));
	if (!path)
		return -ENOMEM;
	subsystem = subsystem_of(pasted, path);
	r = subsystem ? add_device(pasted, path, subsystem) : 0;
	return r < 0 ? r : subsystem != NULL;
}

int find_prepare(struct pasted *pasted)
{
	const char *end = pasted->text->bytes + pasted->text->size;
	int r = 0;

	for (const char *at = pasted->text->bytes; at < end && r == 0;) {
		struct span line = { at, (size_t)(strchrnul(at, '\n') - at) };

		if (span_starts(line, BUS))
			r = index_set(&pasted->channels, span_from(line, strlen(BUS)), 0);
		at += line.size + 1;
	}
	return r;
}
