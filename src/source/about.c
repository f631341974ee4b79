// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a report says about the system besides its devices. None of it is needed for a
 * verdict, so only a report collects it. What cannot be read is left out, and the report
 * says so.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <zlib.h>

#include "about.h"
#include "buffer.h"
#include "klog.h"
#include "release.h"
#include "source.h"
#include "sysfs.h"

#define LINE_MAX_ 512

static bool has_any(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

/* Options that decide whether any of this works: REMOTEPROC, RPMSG, VIRTIO and drivers
 * named after them. */
static bool is_concerned_option(const char *line)
{
	static const char *const words[] = { "REMOTEPROC",
					     "RPROC",
					     "RPMSG",
					     "CONFIG_VIRTIO=",
					     "CONFIG_VIRTIO_MMIO=",
					     "CONFIG_VIRTIO_MENU",
					     "CONFIG_VHOST_RPMSG",
					     NULL };

	return strncmp(line, "CONFIG_", 7) == 0 && has_any(line, words);
}

static int read_config(struct inventory *inventory, gzFile file)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *options = NULL;
	char line[LINE_MAX_];
	size_t size;
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	while (gzgets(file, line, sizeof(line))) {
		line[strcspn(line, "\n")] = '\0';
		if (is_concerned_option(line))
			fprintf(buffer.out, "%s ", line + strlen("CONFIG_"));
	}
	r = buffer_take(&buffer, &options, &size);
	if (r < 0)
		return r;
	options[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_CONFIG, options);
}

/* zlib reads plain files, too. 1: the file is there; 0, or -ENOMEM. */
static int try_config(struct reading *reading, const char *path)
{
	int fd = paths_open(reading->paths, path, 0);
	gzFile file = fd < 0 ? NULL : gzdopen(fd, "r");
	int r;

	if (fd < 0)
		return read_failed(reading, fd, path, NULL);
	if (!file) {
		close(fd);
		return -ENOMEM;
	}
	r = read_config(reading->inventory, file);
	gzclose(file);
	return r < 0 ? r : 1;
}

/* The kernel's own first, then the files distributions install. */
int about_config(struct reading *reading)
{
	_cleanup_free_ char *release = NULL, *boot = NULL, *modules = NULL;
	int r = try_config(reading, PATH_PROC_CONFIG);

	if (r == 0)
		r = release_find(reading, &release);
	if (r != 0 || !release)
		return r < 0 ? r : 0;
	if (asprintf(&boot, PATH_BOOT_CONFIG "%s", release) < 0 ||
	    asprintf(&modules, PATH_MODULES "/%s/config", release) < 0)
		return -ENOMEM;
	r = try_config(reading, boot);
	if (r == 0)
		r = try_config(reading, modules);
	return r < 0 ? r : 0;
}

bool source_has_option(const char *config, const char *option)
{
	size_t size = strlen(option);

	for (const char *at = config; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (strncmp(at, option, size) == 0 && at[size] == '=' &&
		    (at[size + 1] == 'y' || at[size + 1] == 'm'))
			return true;
	return false;
}

/* /proc/modules: a name, then other things. */
static int record_modules(struct reading *reading)
{
	static const char *const words[] = { "rproc",  "remoteproc", "rpmsg",
					     "virtio", "rpbuf",      "glink",
					     "smd",    "qcom_q6v5",  "mailbox",
					     NULL };
	int fd = paths_open(reading->paths, PATH_PROC_MODULE, 0);
	_cleanup_file_ FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *names = NULL;
	char line[LINE_MAX_];
	size_t size;
	int r;

	if (fd < 0)
		return read_failed(reading, fd, PATH_PROC_MODULE, NULL);
	if (!file)
		close(fd);
	r = file ? buffer_open(&buffer) : -ENOMEM;
	if (r < 0)
		return r;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, " \n")] = '\0';
		if (has_any(line, words))
			fprintf(buffer.out, "%s ", line);
	}
	r = buffer_take(&buffer, &names, &size);
	if (r < 0)
		return r;
	names[size - (size > 0)] = '\0';
	return record_set_property(&reading->inventory->system, FACT_LOADED, names);
}

/* A list of strings, each with its NUL. */
static int record_compatible(struct reading *reading)
{
	_cleanup_close_ int tree =
		paths_open(reading->paths, PATH_DEVICETREE, O_DIRECTORY);
	_cleanup_free_ char *list = NULL;
	size_t size = 0;
	int r = tree < 0 ? tree : sysfs_read_raw(tree, "compatible", &list, &size);

	if (r < 0)
		return read_failed(reading, r, PATH_DEVICETREE, "compatible");
	for (size_t i = 0; i + 1 < size; i++)
		if (!list[i])
			list[i] = ' ';
	return record_set_property(&reading->inventory->system, FACT_COMPATIBLE, list);
}

int source_about(struct inventory *inventory, const struct paths *paths)
{
	struct reading reading = { .paths = paths, .inventory = inventory };
	int r = paths_is_bed(paths) ? 0 : record_compatible(&reading);

	if (r == 0 && !paths_is_bed(paths))
		r = about_config(&reading);
	if (r == 0 && !paths_is_bed(paths))
		r = record_modules(&reading);
	free(reading.first_forbidden);
	return r;
}
