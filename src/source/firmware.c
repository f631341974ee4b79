// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether a firmware file is where the loader looks: fw_path[] and fw_get_filesystem_
 * firmware() of drivers/base/firmware_loader/main.c. The directory of the module's
 * parameter comes first, and in each a compressed file will do.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "gather.h"
#include "release.h"
#include "sysfs.h"

static int add(struct firmware_places *places, const char *directory, const char *below)
{
	char *path;

	if (asprintf(&path, "%s%s%s", directory, below ? "/" : "", below ? below : "") <
	    0)
		return -ENOMEM;
	places->list[places->count++] = path;
	return 0;
}

void firmware_places_release(struct firmware_places *places)
{
	for (size_t i = 0; i < places->count; i++)
		free(places->list[i]);
}

static int add_parameter(struct reading *reading, struct firmware_places *places)
{
	_cleanup_close_ int fd = paths_open(reading->paths, PATH_FW_LOADER, O_DIRECTORY);
	_cleanup_free_ char *path = NULL;
	size_t size;
	int r = fd < 0 ? fd : sysfs_read(fd, "path", &path, &size);

	if (r < 0)
		return read_failed(reading, r, PATH_FW_LOADER, "path");
	return *path == '/' ? add(places, path, NULL) : 0;
}

int firmware_places_find(struct reading *reading, struct firmware_places *ret)
{
	_cleanup_free_ char *release = NULL;
	int r = add_parameter(reading, ret);

	if (r == 0)
		r = release_find(reading, &release);
	if (r == 0 && release)
		r = add(ret, PATH_FIRMWARE "/updates", release);
	if (r == 0)
		r = add(ret, PATH_FIRMWARE "/updates", NULL);
	if (r == 0 && release)
		r = add(ret, PATH_FIRMWARE, release);
	return r < 0 ? r : add(ret, PATH_FIRMWARE, NULL);
}

/* 1: it is there, 0: it is not; -errno. */
static int look(struct reading *reading, const char *directory, const char *name)
{
	static const char *const suffixes[] = { "", ".xz", ".zst" };

	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		char path[PATH_MAX];
		int r;

		if (snprintf(path, sizeof(path), "%s/%s%s", directory, name,
			     suffixes[i]) >= (int)sizeof(path))
			return 0;
		r = paths_find(reading->paths, path);
		if (r == 0)
			return 1;
		if (!sysfs_is_gone(r)) {
			int failed = read_failed(reading, r, path, NULL);

			return failed < 0 ? failed : r;
		}
	}
	return 0;
}

/* Nothing is known where no directory of firmware was copied, or one cannot be read. */
int firmware_record(struct reading *reading, struct record *record,
		    const struct firmware_places *places)
{
	const char *name = record_text(record, "firmware");

	if (!name || !*name ||
	    (!paths_is_live(reading->paths) &&
	     paths_find(reading->paths, PATH_FIRMWARE) < 0))
		return 0;
	for (size_t i = 0; i < places->count; i++) {
		int r = look(reading, places->list[i], name);

		if (r > 0)
			return record_set_property(record, FACT_FIRMWARE, "found");
		if (r < 0)
			return r == -ENOMEM ? r : 0;
	}
	return record_set_property(record, FACT_FIRMWARE, "missing");
}
