// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Nodes of the device tree that would be remote processors and are disabled: no device is
 * made of them, so their status is all that tells. Looked for only where no remote
 * processor is there: most boards disable some that they have no use for.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "compatible.h"
#include "missing.h"
#include "path_names.h"
#include "sysfs.h"

#define DEPTH_MAX  12
#define NODES_MAX  32 /* that are told of */
#define VISITS_MAX 20000

struct search {
	struct reading *reading;
	size_t visits;
	size_t found;
};

/* "okay" and "ok" are, and so is a node without status (of_device_is_available()). */
static bool is_disabled(int node)
{
	_cleanup_free_ char *status = NULL;
	size_t size;

	return sysfs_read_raw(node, "status", &status, &size) == 0 &&
	       strcmp(status, "okay") != 0 && strcmp(status, "ok") != 0;
}

/* A list of strings, each with its NUL. */
static bool is_processor(int node)
{
	_cleanup_free_ char *list = NULL;
	size_t size;

	if (sysfs_read_raw(node, "compatible", &list, &size) < 0)
		return false;
	for (size_t at = 0; at < size; at += strlen(list + at) + 1)
		if (compatible_driver(list + at))
			return true;
	return false;
}

static int add(struct search *search, const char *name)
{
	char path[PATH_MAX];
	struct record *record;
	int r;

	if (search->found++ >= NODES_MAX ||
	    snprintf(path, sizeof(path), PLACE_UNKNOWN "/%s", name) >= (int)sizeof(path))
		return 0;
	r = inventory_add(search->reading->inventory, path, strlen(path), &record);
	if (r < 0)
		return r;
	record->subsystem = "platform";
	r = record_set_property(record, FACT_MISSING, "disabled");
	return r < 0 ? r : record_set_property(record, FACT_MISSING_DETAIL, "");
}

static int search_below(struct search *search, int directory, unsigned int depth);

static int look_at(struct search *search, int directory, const char *name,
		   unsigned int depth)
{
	int node = sysfs_open(directory, name, O_DIRECTORY | O_NOFOLLOW);
	int r = 0;

	if (node < 0)
		return 0;
	if (is_disabled(node)) {
		/* Nothing below it has a device either. */
		r = is_processor(node) ? add(search, name) : 0;
		close(node);
		return r;
	}
	return search_below(search, node, depth + 1);
}

/* Takes the directory, and closes it. */
static int search_below(struct search *search, int directory, unsigned int depth)
{
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	int error = 0, r = sysfs_list(directory, &entries);

	if (r < 0)
		return read_failed(search->reading, r, PATH_DEVICETREE, NULL);
	while (r == 0 && depth < DEPTH_MAX && search->visits < VISITS_MAX &&
	       (entry = sysfs_next(entries, &error))) {
		if (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN)
			continue;
		search->visits++;
		r = look_at(search, dirfd(entries), entry->d_name, depth);
	}
	return r;
}

int disabled_find(struct reading *reading)
{
	struct search search = { .reading = reading };
	int tree = paths_open(reading->paths, PATH_DEVICETREE, O_DIRECTORY);
	int r = tree < 0 ? read_failed(reading, tree, PATH_DEVICETREE, NULL)
			 : search_below(&search, tree, 0);

	if (r == 0 && search.found > 0)
		r = inventory_sort(reading->inventory);
	return r;
}
