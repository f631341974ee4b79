// SPDX-License-Identifier: GPL-2.0-or-later
#include "gather.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

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

static int read_debug_file(int directory, struct record *record, const char *name,
			   size_t *ret_unreadable)
{
	const char *file = name + strlen(FACT_DIRECTORY);
	_cleanup_free_ char *text = NULL;
	const char *from;
	size_t size;
	int r = sysfs_read(directory, file, &text, &size);

	if (r < 0) {
		*ret_unreadable += r == -EACCES || r == -EPERM;
		return r == -ENOMEM ? r : 0;
	}
	size = strlen(text);
	if (strcmp(name, FACT_CARVEOUTS) == 0)
		size = drop_virtual_addresses(text);
	from = strcmp(name, FACT_TRACE) == 0 ? tail(text, size) : text;
	return record_add_attribute(record, name, from, size - (size_t)(from - text));
}

static int gather_debugfs(struct record *record, const struct places *places,
			  size_t *ret_unreadable)
{
	static const char *const names[] = { FACT_RESOURCE_TABLE, FACT_CARVEOUTS,
					     FACT_TRACE };
	_cleanup_close_ int directory = -1;
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", places->debugfs, record_name(record));
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0) {
		*ret_unreadable += errno == EACCES;
		return 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		int r = record_attribute(record, names[i])
				? 0
				: read_debug_file(directory, record, names[i],
						  ret_unreadable);

		if (r < 0)
			return r;
	}
	return 0;
}

/* _request_firmware(), drivers/base/firmware_loader: each directory, then compressed. */
static bool has_firmware(const char *name, const char *const *directories)
{
	static const char *const suffixes[] = { "", ".xz", ".zst" };

	for (; *directories; directories++)
		for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
			char path[PATH_MAX];
			int size = snprintf(path, sizeof(path), "%s/%s%s", *directories,
					    name, suffixes[i]);

			if (size < (int)sizeof(path) && access(path, F_OK) == 0)
				return true;
		}
	return false;
}

/* Only of one that is offline: a running one has no need of its file. */
static int gather_firmware(struct record *record, const struct places *places)
{
	const char *state = record_text(record, "state");
	const char *firmware = record_text(record, "firmware");

	if (!state || strcmp(state, "offline") != 0 || !firmware || !*firmware ||
	    !places->firmware)
		return 0;
	return record_set_property(record, FACT_FIRMWARE,
				   has_firmware(firmware, places->firmware) ? "found"
									    : "missing");
}

static const char *node_word(const struct record *record, const char *path)
{
	const char *major_text = record_property(record, "MAJOR");
	const char *minor_text = record_property(record, "MINOR");
	struct stat status;

	if (lstat(path, &status) < 0)
		return errno == ENOENT ? "missing" : NULL;
	if (!S_ISCHR(status.st_mode))
		return "no-char";
	if (!major_text || !minor_text)
		return "char";
	return status.st_rdev == makedev(strtoul(major_text, NULL, 10),
					 strtoul(minor_text, NULL, 10))
		       ? "char"
		       : "other-number";
}

static int gather_node(struct record *record, const struct places *places)
{
	const char *name = record_property(record, "DEVNAME");
	char path[PATH_MAX];
	const char *word;

	if (!name || !record_property(record, "MAJOR") || strstr(name, ".."))
		return 0;
	snprintf(path, sizeof(path), "%s/%s", places->dev, name);
	word = node_word(record, path);
	return word ? record_set_property(record, FACT_NODE, word) : 0;
}

static int gather_remoteproc(struct inventory *inventory, struct record *record,
			     const struct places *places, size_t *ret_unreadable)
{
	struct record *above = inventory_find_above(inventory, record->path);
	int r = gather_debugfs(record, places, ret_unreadable);

	if (r == 0)
		r = gather_firmware(record, places);
	if (r == 0 && above && !record_attribute(above, FACT_MEMORY_REGION))
		r = memory_record(above, places);
	return r;
}

int gather_facts(struct inventory *inventory, const struct places *places,
		 size_t *ret_unreadable)
{
	*ret_unreadable = 0;
	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];
		int r = 0;

		switch (kind_of(record)) {
		case KIND_REMOTEPROC:
			r = gather_remoteproc(inventory, record, places, ret_unreadable);
			break;
		case KIND_CHARDEV:
		case KIND_OTHER:
		case KIND_BUS_DEVICE:
			r = gather_node(record, places);
			break;
		default:
			break;
		}
		if (r < 0)
			return r;
	}
	return 0;
}
