// SPDX-License-Identifier: GPL-2.0-or-later
/* What no event tells. Events are taken from libudev (monitor_udev.c), or, built without
 * it, from the kernel (monitor_kernel.c). */

#include "monitor.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "kind.h"
#include "paths.h"
#include "sysfs.h"

/* What changes without an event, of each kind that has such a thing. */
static const char *const silent[KIND_COUNT_] = {
	[KIND_REMOTEPROC] = "state",
	[KIND_VIRTIO] = "status",
};

static bool is_known_as(const struct record *record, const char *name, const char *text)
{
	const char *known = record_text(record, name);

	return known && strcmp(known, text) == 0;
}

static bool has_changed(const struct record *record, const char *name)
{
	_cleanup_close_ int directory = -1;
	_cleanup_free_ char *text = NULL;
	char path[PATH_MAX];
	size_t size;

	if (snprintf(path, sizeof(path), PATH_SYS "%s", record->path) >=
	    (int)sizeof(path))
		return false;
	directory = sysfs_open(AT_FDCWD, path, O_DIRECTORY);
	return directory >= 0 && sysfs_read(directory, name, &text, &size) == 0 &&
	       !is_known_as(record, name, text);
}

bool monitor_states_changed(const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		const struct record *record = &inventory->records[i];
		const char *name = silent[kind_of(record)];

		if (name && has_changed(record, name))
			return true;
	}
	return false;
}
