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

static bool has_state(const struct record *remoteproc, const char *state)
{
	const char *known = record_text(remoteproc, "state");

	return known && strcmp(known, state) == 0;
}

static bool state_changed(const struct record *remoteproc)
{
	_cleanup_close_ int directory = -1;
	_cleanup_free_ char *state = NULL;
	char path[PATH_MAX];
	size_t size;

	if (snprintf(path, sizeof(path), PATH_SYS "%s", remoteproc->path) >=
	    (int)sizeof(path))
		return false;
	directory = sysfs_open(AT_FDCWD, path, O_DIRECTORY);
	return directory >= 0 && sysfs_read(directory, "state", &state, &size) == 0 &&
	       !has_state(remoteproc, state);
}

bool monitor_states_changed(const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++)
		if (kind_of(&inventory->records[i]) == KIND_REMOTEPROC &&
		    state_changed(&inventory->records[i]))
			return true;
	return false;
}
