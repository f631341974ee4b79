// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Of which devices libkmod is asked, and what is known without it. The answers are facts
 * of the records: kmod.c has them of libkmod, no_kmod.c says that there is none.
 */

#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "buffer.h"
#include "kind.h"
#include "missing.h"
#include "release.h"
#include "sysfs.h"

/* A child of a processor or a channel that only a driver makes useful. */
static bool is_child(const struct inventory *inventory, const struct record *record)
{
	const struct record *above =
		record_is_driven_child(record)
			? inventory_find_above(inventory, record->path)
			: NULL;

	return above &&
	       (kind_of(above) == KIND_REMOTEPROC || kind_of(above) == KIND_CHANNEL);
}

bool modules_is_asked(const struct inventory *inventory, const struct record *record)
{
	enum kind kind = kind_of(record);

	return !record->path_only && !record_driver(record) &&
	       (kind == KIND_CHANNEL ||
		(kind == KIND_VIRTIO && record_is_rpmsg_virtio(record)) ||
		missing_is_candidate(record) || is_child(inventory, record));
}

int modules_set_states(struct inventory *inventory, const char *word)
{
	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];
		int r = modules_is_asked(inventory, record)
				? record_set_property(record, FACT_MODULE_STATE, word)
				: 0;

		if (r < 0)
			return r;
	}
	return 0;
}

struct names {
	char **list;
	size_t count;
};

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
}

static int names_add(struct names *names, const char *name)
{
	char **list = reallocarray(names->list, names->count + 1, sizeof(*list));

	if (!list)
		return -ENOMEM;
	names->list = list;
	list[names->count] = strdup(name);
	if (!list[names->count])
		return -ENOMEM;
	names->count++;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, with a blank between each. */
static int names_record(struct names *names, struct record *record, const char *key)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	if (names->count > 0)
		qsort(names->list, names->count, sizeof(*names->list), compare_names);
	for (size_t i = 0; i < names->count; i++)
		fprintf(buffer.out, "%s%s", i > 0 ? " " : "", names->list[i]);
	r = buffer_take(&buffer, &text, NULL);
	return r < 0 ? r : record_set_property(record, key, text);
}

/* The names of the bus's drivers, for a driver_override that names none of them. */
static int record_drivers(struct reading *reading)
{
	static const char path[] = PATH_BUSES "/rpmsg/drivers";
	_cleanup_entries_ DIR *entries = NULL;
	_cleanup_(names_release) struct names names = { 0 };
	const struct dirent *entry;
	int fd = paths_open(reading->paths, path, O_DIRECTORY);
	int error = 0, r = fd < 0 ? fd : sysfs_list(fd, &entries);

	if (r < 0)
		return read_failed(reading, r, path, NULL);
	while (r == 0 && (entry = sysfs_next(entries, &error)))
		r = entry->d_name[0] == '.' ? 0 : names_add(&names, entry->d_name);
	if (r == 0 && error < 0)
		return read_failed(reading, error, path, NULL);
	return r < 0 ? r
		     : names_record(&names, &reading->inventory->system, FACT_DRIVERS);
}

int modules_record(struct reading *reading, const struct module_places *places)
{
	bool any = false;
	int r;

	for (size_t i = 0; i < reading->inventory->count && !any; i++)
		any = modules_is_asked(reading->inventory,
				       &reading->inventory->records[i]);
	if (!any)
		return 0;
	r = record_drivers(reading);
	return r < 0 ? r : modules_ask(reading, places);
}

int modules_find(struct reading *reading)
{
	_cleanup_free_ char *directory = NULL;
	struct module_places places = { 0 };
	int r = release_modules(reading, &directory);

	places.directory = directory;
	return r < 0 ? r : modules_record(reading, &places);
}
