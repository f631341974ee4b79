// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One device's directory, read raw: libudev trims values, and lets a channel's name forge
 * lines of the uevent, which holds it.
 */

#include "read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kind.h"
#include "sysfs.h"
#include "uevent.h"

int read_failed(struct unreadable *unreadable, int r, const char *path, const char *name)
{
	if (r != -EACCES && r != -EPERM)
		return r == -ENOMEM ? r : 0;
	if (unreadable->count++ == 0 &&
	    asprintf(&unreadable->first, "%s/%s", path, name) < 0)
		return -ENOMEM;
	return 0;
}

static int read_links(int directory, struct record *record)
{
	_cleanup_free_ char *target = NULL;
	int r = sysfs_link(directory, "subsystem", &target);

	if (r == 0) {
		const char *slash = strrchr(target, '/');

		record->subsystem = strdup(slash ? slash + 1 : target);
		if (!record->subsystem)
			return -ENOMEM;
	}
	if (r == -ENOMEM)
		return r;
	r = sysfs_link(directory, "driver", &record->driver_target);
	return r == -ENOMEM ? r : 0;
}

static int read_attributes(int directory, struct record *record, enum kind kind,
			   struct unreadable *unreadable)
{
	for (const char *const *name = kind_attributes(kind); *name; name++) {
		_cleanup_free_ char *value = NULL;
		size_t size;
		int r = sysfs_read(directory, *name, &value, &size);

		r = r < 0 ? read_failed(unreadable, r, record->path, *name)
			  : record_add_attribute(record, *name, value, size);
		if (r < 0)
			return r;
	}
	return 0;
}

/* The line MODALIAS= of a channel's uevent; NULL: it is no channel. The kernel writes it
 * last (rpmsg_uevent(), rpmsg_core.c), and only for the bus. */
static char *find_alias(const struct record *record, char *uevent)
{
	char *line;

	if (!record->subsystem || strcmp(record->subsystem, "rpmsg") != 0)
		return NULL;
	if (strncmp(uevent, "MODALIAS=", 9) == 0)
		return uevent;
	line = strstr(uevent, "\nMODALIAS=");
	return line ? line + 1 : NULL;
}

/* What stands behind a newline in a channel's name is the remote's word: the uevent is
 * taken up to the alias then, the attribute has the rest. */
static int read_channel(int directory, char *alias, struct record *record,
			struct unreadable *unreadable)
{
	int r = read_attributes(directory, record, KIND_CHANNEL, unreadable);
	const struct attribute *modalias = record_attribute(record, "modalias");

	if (r == 0 && modalias && memchr(modalias->value, '\n', modalias->size))
		*alias = '\0';
	return r;
}

int read_device(int directory, char *uevent, struct inventory *inventory,
		struct record *record, struct unreadable *unreadable)
{
	int r = read_links(directory, record);
	char *alias = r == 0 ? find_alias(record, uevent) : NULL;

	if (alias)
		r = read_channel(directory, alias, record, unreadable);
	if (r == 0)
		r = uevent_take(inventory, record, uevent);
	if (r == 0 || r == -E2BIG)
		r = uevent_finish(record, 0);
	if (r == 0 && !alias)
		r = read_attributes(directory, record, kind_of(record), unreadable);
	return r;
}
