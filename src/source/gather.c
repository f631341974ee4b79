// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * debugfs' files of a remote processor take no lock, and reading them while it stops has
 * crashed kernels (6.12). So they are read once, never in a loop, and only of one that
 * ran when the walk read its state and runs still.
 */

#include "gather.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "kind.h"
#include "sysfs.h"

#define TRACE_LINES 8

/* The last lines of a trace buffer that are not empty. */
static const char *tail(const char *text, size_t size)
{
	const char *at = text + size;
	int lines = 0;

	while (at > text && lines < TRACE_LINES) {
		at--;
		if (*at == '\n' && at[1] != '\n' && at[1] != '\0')
			lines++;
	}
	return at > text ? at + 1 : at;
}

/* Drops the lines with kernel addresses: they help nobody and change with every boot. */
static size_t drop_virtual_addresses(char *text)
{
	char *to = text;

	for (char *line = text; *line;) {
		size_t size = strcspn(line, "\n");

		size += line[size] == '\n';
		if (!memmem(line, size, "Virtual address", 15)) {
			memmove(to, line, size);
			to += size;
		}
		line += size;
	}
	*to = '\0';
	return (size_t)(to - text);
}

static int debug_failed(struct reading *reading, int r, const char *path,
			const char *name)
{
	if (r != -EACCES && r != -EPERM)
		return read_failed(reading, r, path, name);
	if (geteuid() != 0)
		reading->inventory->refused |= REFUSED_DEBUGFS;
	return 0;
}

static int read_debug_file(struct reading *reading, int directory, struct record *record,
			   const char *path, const char *name)
{
	const char *file = name + strlen(FACT_DIRECTORY);
	_cleanup_free_ char *text = NULL;
	const char *from;
	size_t size;
	int r = sysfs_read(directory, file, &text, &size);

	/* A file that was removed after it was opened reads so: debugfs_file_get(),
	 * fs/debugfs/file.c. Another of its name may be there since. */
	if (r == -EIO)
		r = sysfs_read(directory, file, &text, &size);
	if (r < 0)
		return debug_failed(reading, r, path, file);
	size = strlen(text);
	if (strcmp(name, FACT_CARVEOUTS) == 0)
		size = drop_virtual_addresses(text);
	from = strcmp(name, FACT_TRACE) == 0 ? tail(text, size) : text;
	return record_add_attribute(record, name, from, size - (size_t)(from - text));
}

/* Whether it ran all the time since the walk read its state. */
static bool still_runs(struct reading *reading, const struct record *record)
{
	const char *before = record_text(record, "state");
	_cleanup_free_ char *now = NULL;
	_cleanup_close_ int fd = -1;
	char path[PATH_MAX];
	size_t size;

	if (!before ||
	    (strcmp(before, "running") != 0 && strcmp(before, "attached") != 0))
		return false;
	if (snprintf(path, sizeof(path), PATH_SYS "%s/state", record->path) >=
	    (int)sizeof(path))
		return false;
	fd = paths_open_real(reading->paths, path, 0);
	if (fd < 0 || sysfs_read_fd(fd, &now, &size) < 0)
		return false;
	now[strcspn(now, "\n")] = '\0';
	return strcmp(now, before) == 0;
}

static int gather_debugfs(struct reading *reading, struct record *record)
{
	static const char *const names[] = { FACT_RESOURCE_TABLE, FACT_CARVEOUTS,
					     FACT_TRACE };
	_cleanup_close_ int directory = -1;
	char path[PATH_MAX];
	int r = 0;

	if (!still_runs(reading, record))
		return 0;
	snprintf(path, sizeof(path), PATH_DEBUGFS "/%s", record_name(record));
	directory = paths_open(reading->paths, path, O_DIRECTORY);
	if (directory < 0)
		return debug_failed(reading, directory, path, NULL);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(names); i++)
		r = read_debug_file(reading, directory, record, path, names[i]);
	return r;
}

/* NULL: not known. */
static const char *node_word(struct reading *reading, const struct record *record,
			     int directory, const char *name)
{
	const char *major_text = record_property(record, "MAJOR");
	const char *minor_text = record_property(record, "MINOR");
	struct stat status;
	int r;

	do
		r = fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW);
	while (r < 0 && errno == EINTR);
	if (r < 0) {
		r = -errno;
		read_failed(reading, r, PATH_DEV, name);
		return sysfs_is_gone(r) ? "missing" : NULL;
	}
	if (!S_ISCHR(status.st_mode))
		return "no-char";
	if (!major_text || !minor_text)
		return "char";
	return status.st_rdev == makedev(strtoul(major_text, NULL, 10),
					 strtoul(minor_text, NULL, 10))
		       ? "char"
		       : "other-number";
}

/* *dev: the directory of nodes, opened for the first of them. */
static int gather_node(struct reading *reading, struct record *record, int *dev)
{
	const char *name = record_property(record, "DEVNAME");
	const char *word;

	if (!name || !record_property(record, "MAJOR") || strstr(name, "..") ||
	    *name == '/')
		return 0;
	if (*dev < 0)
		*dev = paths_open(reading->paths, PATH_DEV, O_DIRECTORY);
	if (*dev < 0)
		return read_failed(reading, *dev, PATH_DEV, NULL);
	word = node_word(reading, record, *dev, name);
	return word ? record_set_property(record, FACT_NODE, word) : 0;
}

/* A running processor has no need of its firmware's file. */
static bool is_offline(const struct record *record)
{
	const char *state = record_text(record, "state");

	return state && strcmp(state, "offline") == 0;
}

static int gather_remoteproc(struct reading *reading, struct record *record,
			     const struct firmware_places *firmware, bool debugfs)
{
	struct record *above = inventory_find_above(reading->inventory, record->path);
	int r = debugfs ? gather_debugfs(reading, record) : 0;

	if (r == 0 && is_offline(record))
		r = firmware_record(reading, record, firmware);
	if (r == 0 && above && !record_attribute(above, FACT_MEMORY_REGION))
		r = memory_record(reading, above);
	return r;
}

int gather_facts(struct reading *reading, bool debugfs)
{
	_cleanup_(firmware_places_release) struct firmware_places firmware = { 0 };
	struct inventory *inventory = reading->inventory;
	_cleanup_close_ int dev = -1;
	int r = firmware_places_find(reading, &firmware);

	for (size_t i = 0; r == 0 && i < inventory->count; i++) {
		struct record *record = &inventory->records[i];

		switch (kind_of(record)) {
		case KIND_REMOTEPROC:
			r = gather_remoteproc(reading, record, &firmware, debugfs);
			if (r == 0) /* /dev/remoteprocN, CONFIG_REMOTEPROC_CDEV */
				r = gather_node(reading, record, &dev);
			break;
		case KIND_CHARDEV:
		case KIND_OTHER:
		case KIND_BUS_DEVICE:
			r = gather_node(reading, record, &dev);
			break;
		default:
			break;
		}
	}
	return r;
}
