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
#include "unread.h"

int read_failed(struct reading *reading, int r, const char *path, const char *name)
{
	_cleanup_free_ char *file = NULL;

	if (r == -ENOMEM)
		return r;
	if (sysfs_is_gone(r))
		return 0;
	if (asprintf(&file, "%s%s%s", path, name ? "/" : "", name ? name : "") < 0)
		return -ENOMEM;
	if ((r == -EACCES || r == -EPERM) && reading->forbidden++ == 0)
		reading->first_forbidden = strdup(file);
	return unread_add(reading->inventory, file, -r);
}

int read_device_failed(struct reading *reading, int r, const char *path, const char *name)
{
	_cleanup_free_ char *full = NULL;

	if (asprintf(&full, PATH_SYS "%s", path) < 0)
		return -ENOMEM;
	return read_failed(reading, r, full, name);
}

/* What a device's directory says before its attributes; strings are owned. */
struct identity_files {
	char *uevent;
	char *subsystem; /* target of the link; NULL: it has none */
	char *driver;    /* the same, or its name alone */
};

static void identity_files_release(struct identity_files *files)
{
	free(files->uevent);
	free(files->subsystem);
	free(files->driver);
}

/* 0: the driver is told, or there is none; -errno. A uevent that begins with its name has
 * that from dev_uevent(), drivers/base/core.c: what a remote may say comes later. */
static int read_driver(const struct reading *reading, int directory, const char *uevent,
		       char **ret)
{
	if (reading->depth == DEPTH_ALL || strncmp(uevent, "DRIVER=", 7) != 0)
		return sysfs_link(directory, "driver", ret);
	*ret = strndup(uevent + 7, strcspn(uevent + 7, "\n"));
	return *ret ? 0 : -ENOMEM;
}

/* 1: read, 0: no device that could be told, -ENOMEM. */
static int read_identity(struct reading *reading, int directory, const char *path,
			 struct identity_files *ret)
{
	const char *name = "uevent";
	size_t size;
	int r = sysfs_read(directory, name, &ret->uevent, &size);

	if (r == 0) {
		name = "subsystem";
		r = sysfs_link(directory, name, &ret->subsystem);
		r = sysfs_is_gone(r) ? 0 : r;
	}
	if (r < 0)
		return read_device_failed(reading, r, path, name);
	r = read_driver(reading, directory, ret->uevent, &ret->driver);
	r = r < 0 ? read_device_failed(reading, r, path, "driver") : 0;
	return r < 0 ? r : 1;
}

/* Takes the string of the record before where it is the same: mostly it is. */
static int set_link(struct record *record, const char **string, const char *before,
		    const char *text)
{
	if (before && strcmp(before, text) == 0) {
		*string = before;
		return 0;
	}
	return record_set(record, string, text, strlen(text));
}

static int set_links(const struct inventory *inventory, struct record *record,
		     const struct identity_files *files)
{
	const char *slash = files->subsystem ? strrchr(files->subsystem, '/') : NULL;
	const struct record none = { 0 };
	const struct record *before = record > inventory->records ? record - 1 : &none;
	int r = 0;

	if (files->driver)
		r = set_link(record, &record->driver_target, before->driver_target,
			     files->driver);
	if (r == 0 && files->subsystem)
		r = set_link(record, &record->subsystem, before->subsystem,
			     slash ? slash + 1 : files->subsystem);
	return r;
}

static bool always(const struct record *record)
{
	(void)record;
	return true;
}

/* Nobody asks for the override of a channel that is bound. */
static bool is_bound(const struct record *record)
{
	return record->driver_target && record->subsystem;
}

/* The uevent has the alias, and no line that the name forges. */
static bool is_plain(const struct record *record)
{
	const struct attribute *name = record_attribute(record, "name");

	return name && !memchr(name->value, '\n', name->size);
}

/* What is read for the first depths only, up to one of them, but where it tells more. */
static const struct {
	enum kind kind;
	const char *name;
	enum depth last;
	bool (*is_idle)(const struct record *record);
} seldom[] = {
	{ KIND_CHANNEL, "src", DEPTH_TREE, always },
	{ KIND_CHANNEL, "announce", DEPTH_FACTS, is_plain },
	{ KIND_CHANNEL, "driver_override", DEPTH_FACTS, is_bound },
	{ KIND_CHANNEL, "modalias", DEPTH_ALL, is_plain },
	{ KIND_CHARDEV, "name", DEPTH_ALL, always },
	{ KIND_CHARDEV, "src", DEPTH_ALL, always },
	{ KIND_CHARDEV, "dst", DEPTH_ALL, always },
};

/* What comes from elsewhere is a file of a device in a test bed only, or a copy of one.
 */
static bool is_left_out(const struct reading *reading, const struct record *record,
			enum kind kind, const char *name)
{
	if (paths_is_bed(reading->paths))
		return false;
	if (strncmp(name, FACT_DIRECTORY, strlen(FACT_DIRECTORY)) == 0)
		return paths_is_live(reading->paths);
	for (size_t i = 0; i < ARRAY_SIZE(seldom); i++)
		if (seldom[i].kind == kind && reading->depth > seldom[i].last &&
		    strcmp(seldom[i].name, name) == 0)
			return seldom[i].is_idle(record);
	return false;
}

/* The name is one of a table. */
static int add_attribute(struct record *record, const char *name, const char *value,
			 size_t size)
{
	const char *copy;
	int r = record_set(record, &copy, value, size);

	return r < 0 ? r : record_lend_attribute(record, name, copy, size);
}

static int read_attributes(struct reading *reading, int directory, struct record *record,
			   enum kind kind)
{
	for (const char *const *name = kind_attributes(kind); *name; name++) {
		_cleanup_free_ char *value = NULL;
		size_t size;
		int r = 0;

		if (is_left_out(reading, record, kind, *name))
			continue;
		r = sysfs_read(directory, *name, &value, &size);
		r = r < 0 ? read_device_failed(reading, r, record->path, *name)
			  : add_attribute(record, *name, value, size);
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

/* What stands after a newline in a channel's name is the remote's word: the uevent is
 * taken up to the alias then, the attribute has the rest. */
static int read_channel(struct reading *reading, int directory, struct record *record,
			char *alias)
{
	int r = read_attributes(reading, directory, record, KIND_CHANNEL);
	const struct attribute *modalias = record_attribute(record, "modalias");

	if (r == 0 && modalias && memchr(modalias->value, '\n', modalias->size))
		*alias = '\0';
	return r;
}

/* A test bed's uevent holds our own facts, a kernel's has none: there they would be the
 * word of a remote. */
static int take_uevent(struct reading *reading, struct record *record, char *uevent)
{
	char *lasting = arena_copy(&reading->inventory->arena, uevent, strlen(uevent));
	int r = -ENOMEM;

	if (lasting)
		r = paths_is_bed(reading->paths)
			    ? uevent_take(reading->inventory, record, lasting)
			    : uevent_take_live(record, lasting);
	/* More than any kernel writes: what was taken is enough. */
	return r == -E2BIG ? 0 : r;
}

static int fill(struct reading *reading, int directory, struct record *record,
		char *uevent)
{
	char *alias = find_alias(record, uevent);
	int r = alias ? read_channel(reading, directory, record, alias) : 0;

	if (r == 0)
		r = take_uevent(reading, record, uevent);
	if (r == 0)
		r = uevent_finish(record, 0);
	if (r == 0 && !alias)
		r = read_attributes(reading, directory, record, kind_of(record));
	return r;
}

int read_device(struct reading *reading, int directory, const char *path)
{
	__attribute__((
		cleanup(identity_files_release))) struct identity_files files = { 0 };
	struct record *record;
	int r = read_identity(reading, directory, path, &files);

	if (r <= 0)
		return r;
	r = inventory_add(reading->inventory, path, strlen(path), &record);
	if (r == 0)
		r = set_links(reading->inventory, record, &files);
	if (r == 0)
		r = fill(reading, directory, record, files.uevent);
	return r < 0 ? r : 1;
}
