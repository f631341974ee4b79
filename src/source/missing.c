// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Remote processors that are not there: platform devices whose compatible is that of a
 * remoteproc driver (compatible.c), and that have no driver. Why is told by kmod, by the
 * bus's drivers and by what the driver core says of deferred probes.
 */

#include "missing.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "about.h"
#include "compatible.h"
#include "kind.h"
#include "names.h"
#include "path_names.h"
#include "sysfs.h"

#define PLATFORM PATH_BUSES "/platform"

/* Whether one of the lines OF_COMPATIBLE_N of an uevent is of a remote processor. A test
 * bed's uevent has our own facts, and a disabled node nothing else. */
static bool is_candidate(char *uevent, bool is_bed)
{
	char *rest = uevent, *line;

	while ((line = strsep(&rest, "\n"))) {
		char *value = strchr(line, '=');

		if (strncmp(line, "OF_COMPATIBLE_", 14) == 0 && value &&
		    compatible_driver(value + 1))
			return true;
		if (is_bed &&
		    strncmp(line, FACT_MISSING "=", strlen(FACT_MISSING "=")) == 0)
			return true;
	}
	return false;
}

/* 1: it has no driver, and would be a remote processor; 0, or -errno. */
static int look_at(struct walk *walk, const char *path)
{
	_cleanup_close_ int fd = paths_open_real(walk->reading->paths, path, O_DIRECTORY);
	_cleanup_free_ char *driver = NULL, *uevent = NULL;
	size_t size;
	int r;

	if (fd < 0)
		return sysfs_is_gone(fd) ? 0 : fd;
	r = sysfs_link(fd, "driver", &driver);
	if (r != -ENOENT)
		return r < 0 && !sysfs_is_gone(r) ? r : 0;
	r = sysfs_read(fd, "uevent", &uevent, &size);
	return r < 0 ? r : is_candidate(uevent, paths_is_bed(walk->reading->paths));
}

/* Most devices have a driver, and a board has hundreds: one look through their link is
 * enough. Not below another root, where no link may lead out of it. */
static bool has_driver(const struct walk *walk, int devices, const char *name)
{
	_cleanup_free_ char *driver = NULL;
	char path[PATH_MAX];

	return paths_is_live(walk->reading->paths) &&
	       snprintf(path, sizeof(path), "%s/driver", name) < (int)sizeof(path) &&
	       sysfs_link(devices, path, &driver) == 0;
}

/* Of this system's links it is known what they look like, and that none is on the way. */
static int find_real(const struct walk *walk, int devices, const char *name,
		     const char *path, char real[PATH_MAX])
{
	static const char above[] = "../../../devices/";
	_cleanup_free_ char *target = NULL;

	if (paths_is_live(walk->reading->paths) &&
	    sysfs_link(devices, name, &target) == 0 &&
	    strncmp(target, above, strlen(above)) == 0 && !strstr(target + 9, "../") &&
	    snprintf(real, PATH_MAX, PATH_DEVICES "%s", target + strlen(above)) <
		    PATH_MAX)
		return 0;
	return paths_real(walk->reading->paths, path, real);
}

static int take_entry(struct walk *walk, int devices, const char *name)
{
	char path[PATH_MAX], real[PATH_MAX];
	int r;

	if (has_driver(walk, devices, name) ||
	    snprintf(path, sizeof(path), PLATFORM "/devices/%s", name) >=
		    (int)sizeof(path))
		return 0;
	r = find_real(walk, devices, name, path, real);
	if (r == 0 && strncmp(real, PATH_DEVICES, strlen(PATH_DEVICES)) == 0)
		r = look_at(walk, real);
	if (r < 0)
		return read_failed(walk->reading, r, path, NULL);
	return r > 0 ? walk_found(walk, real + strlen(PATH_SYS)) : 0;
}

int missing_walk(struct walk *walk)
{
	static const char path[] = PLATFORM "/devices";
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	int fd = paths_open(walk->reading->paths, path, O_DIRECTORY);
	int error = 0, r = fd < 0 ? fd : sysfs_list(fd, &entries);

	if (r < 0)
		return read_failed(walk->reading, r, path, NULL);
	while (r == 0 && (entry = sysfs_next(entries, &error)))
		r = take_entry(walk, dirfd(entries), entry->d_name);
	return r == 0 && error < 0 ? read_failed(walk->reading, error, path, NULL) : r;
}

static int set(struct record *record, const char *fact, const char *detail)
{
	int r = record_set_property(record, FACT_MISSING, fact);

	return r < 0 ? r : record_set_property(record, FACT_MISSING_DETAIL, detail);
}

/* The line of devices_deferred that is about a device, "NAME\tREASON"; the reason is
 * copied into *ret, NULL: it is not in the list. */
static int read_deferred(struct reading *reading, const char *name, char **ret)
{
	_cleanup_free_ char *list = NULL;
	_cleanup_close_ int fd = paths_open(reading->paths, PATH_DEFERRED, 0);
	char *rest, *line;
	size_t size;
	int r = fd < 0 ? fd : sysfs_read_fd(fd, &list, &size);

	*ret = NULL;
	if (r < 0) /* for root, and not in every kernel: other things tell, too */
		return r == -ENOMEM ? r : 0;
	rest = list;
	while ((line = strsep(&rest, "\n"))) {
		const char *end = line + strcspn(line, "\t");

		if (strlen(name) != (size_t)(end - line) ||
		    strncmp(line, name, strlen(name)) != 0)
			continue;
		end += *end == '\t';
		*ret = strdup(*end ? end : "its driver did not say for what");
		return *ret ? 0 : -ENOMEM;
	}
	return 0;
}

static bool reads(int directory, const char *name, const char *word)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	return sysfs_read(directory, name, &text, &size) == 0 && strcmp(text, word) == 0;
}

/* A link of the driver core to what has to be there first, "supplier:BUS:NAME"; dormant:
 * the supplier has no driver yet. */
static bool is_waited_for(const struct reading *reading, const char *device,
			  const char *name)
{
	_cleanup_close_ int fd = -1;
	char path[PATH_MAX];

	if (strncmp(name, "supplier:", 9) != 0 ||
	    snprintf(path, sizeof(path), PATH_SYS "%s/%s", device, name) >=
		    (int)sizeof(path))
		return false;
	fd = paths_open(reading->paths, path, O_DIRECTORY);
	return fd >= 0 && reads(fd, "status", "dormant");
}

static int find_supplier(const struct reading *reading, const char *device, int directory,
			 char **ret)
{
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	int copy = sysfs_open(directory, ".", O_DIRECTORY), error;

	if (copy < 0 || sysfs_list(copy, &entries) < 0)
		return 0;
	while (!*ret && (entry = sysfs_next(entries, &error)))
		if (is_waited_for(reading, device, entry->d_name) &&
		    asprintf(ret, "supplier %s has no driver",
			     strrchr(entry->d_name, ':') + 1) < 0) {
			*ret = NULL;
			return -ENOMEM;
		}
	return 0;
}

/* What the device's own directory says of it. */
static int read_suppliers(struct reading *reading, const struct record *record,
			  char **ret)
{
	_cleanup_close_ int fd = -1;
	char path[PATH_MAX];
	int r;

	if (snprintf(path, sizeof(path), PATH_SYS "%s", record->path) >=
	    (int)sizeof(path))
		return 0;
	fd = paths_open_real(reading->paths, path, O_DIRECTORY);
	if (fd < 0)
		return 0;
	r = find_supplier(reading, record->path, fd, ret);
	if (r == 0 && !*ret && reads(fd, "waiting_for_supplier", "1")) {
		*ret = strdup("a supplier in its device tree node has no device");
		r = *ret ? 0 : -ENOMEM;
	}
	return r;
}

static int judge_bound_to_none(struct reading *reading, struct record *record,
			       bool debugfs)
{
	_cleanup_free_ char *reason = NULL;
	int r = debugfs ? read_deferred(reading, record_name(record), &reason) : 0;

	if (r == 0 && !reason)
		r = read_suppliers(reading, record, &reason);
	if (r < 0)
		return r;
	return reason ? set(record, "deferred", reason) : set(record, "no-driver", "");
}

static bool is_registered(const struct reading *reading, const char *driver)
{
	char path[PATH_MAX];

	return *driver &&
	       snprintf(path, sizeof(path), PLATFORM "/drivers/%s", driver) <
		       (int)sizeof(path) &&
	       paths_find(reading->paths, path) == 0;
}

/* Where the configuration can be read. */
static int judge_no_module(struct reading *reading, struct record *record)
{
	const char *config;
	int r = about_config(reading);

	if (r < 0)
		return r;
	config = record_property(&reading->inventory->system, FACT_CONFIG);
	return set(record, "no-module",
		   config && !source_has_option(config, "REMOTEPROC")
			   ? ": CONFIG_REMOTEPROC is not set"
			   : "");
}

static int judge(struct reading *reading, struct record *record, bool debugfs)
{
	const char *state = record_property(record, FACT_MODULE_STATE);
	const char *module = record_property(record, FACT_MODULE);

	if (is_registered(reading, sure(compatible_driver_of(record)))) /* a candidate */
		return judge_bound_to_none(reading, record, debugfs);
	if (state && strcmp(state, "not-loaded") == 0)
		return set(record, "not-loaded", module ? module : "");
	if (state && strcmp(state, "none") == 0)
		return judge_no_module(reading, record);
	return judge_bound_to_none(reading, record, debugfs);
}

static bool has_processor(const struct inventory *inventory, const struct record *above)
{
	size_t size = strlen(above->path);

	for (size_t i = 0; i < inventory->count; i++)
		if (strncmp(inventory->records[i].path, above->path, size) == 0 &&
		    inventory->records[i].path[size] == '/' &&
		    kind_of(&inventory->records[i]) == KIND_REMOTEPROC)
			return true;
	return false;
}

bool missing_is_candidate(const struct record *record)
{
	return kind_of(record) == KIND_BUS_DEVICE && !record_driver(record) &&
	       !record->path_only && compatible_driver_of(record);
}

int missing_find(struct reading *reading, const struct source_options *options)
{
	struct inventory *inventory = reading->inventory;
	bool any = false;
	int r = 0;

	for (size_t i = 0; i < inventory->count && r == 0; i++) {
		struct record *record = &inventory->records[i];

		any = any || kind_of(record) == KIND_REMOTEPROC ||
		      missing_is_candidate(record);
		if (missing_is_candidate(record) && !has_processor(inventory, record))
			r = judge(reading, record, options->debugfs);
	}
	if (r < 0 || any)
		return r;
	r = disabled_find(reading);
	/* It may say why nothing is there. */
	return r == 0 && options->log ? about_config(reading) : r;
}
