// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a report says about the system besides its devices. None of it is needed for a
 * verdict, so only a report collects it. What may not be read is left out, and the report
 * says so.
 */

#include "about.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/utsname.h>

#include "gz.h"
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
	_cleanup_free_ char *options = NULL;
	char line[LINE_MAX_];
	size_t size;
	FILE *memory = open_memstream(&options, &size);

	if (!memory)
		return -ENOMEM;
	while (gzgets(file, line, sizeof(line))) {
		line[strcspn(line, "\n")] = '\0';
		if (is_concerned_option(line))
			fprintf(memory, "%s ", line + strlen("CONFIG_"));
	}
	if (fclose(memory) != 0)
		return -ENOMEM;
	options[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_CONFIG, options);
}

/* gzopen() reads plain files, too. */
static int record_config(struct inventory *inventory, const struct about_places *places)
{
	for (const char *const *path = places->configs; *path; path++) {
		gzFile file = gzopen(*path, "re");
		int r;

		if (!file)
			continue;
		r = read_config(inventory, file);
		gzclose(file);
		return r;
	}
	return 0;
}

/* /proc/modules: a name, then other things. */
static int record_modules(struct inventory *inventory, const char *path)
{
	static const char *const words[] = { "rproc",  "remoteproc", "rpmsg",
					     "virtio", "rpbuf",      "glink",
					     "smd",    "qcom_q6v5",  "mailbox",
					     NULL };
	_cleanup_file_ FILE *file = fopen(path, "re");
	_cleanup_free_ char *names = NULL;
	char line[LINE_MAX_];
	size_t size;
	FILE *memory = file ? open_memstream(&names, &size) : NULL;

	if (!memory)
		return file ? -ENOMEM : 0;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, " \n")] = '\0';
		if (has_any(line, words))
			fprintf(memory, "%s ", line);
	}
	if (fclose(memory) != 0)
		return -ENOMEM;
	names[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_LOADED, names);
}

/* A list of strings, each with its NUL. */
static int record_compatible(struct inventory *inventory, const char *directory)
{
	_cleanup_close_ int tree = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_free_ char *list = NULL;
	size_t size = 0;
	int r = tree < 0 ? -errno : sysfs_read_raw(tree, "compatible", &list, &size);

	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; i + 1 < size; i++)
		if (!list[i])
			list[i] = ' ';
	return record_set_property(&inventory->system, FACT_COMPATIBLE, list);
}

/* Message of a record of /dev/kmsg: behind the ';', up to its line end; what follows are
 * properties. Its bytes are escaped by the kernel, \xNN. */
static char *message_of(char *record)
{
	char *message = strchr(record, ';');

	if (!message)
		return NULL;
	message[strcspn(message, "\n")] = '\0';
	return message + 1;
}

/* One property a line, so that none is too long; of too many the first and the last. */
static int add_log_line(struct inventory *inventory, size_t *count, const char *message)
{
	char key[sizeof(FACT_LOG_LINE) + 8];

	if (*count >= FACT_LOG_LINES_MAX)
		return 0;
	snprintf(key, sizeof(key), FACT_LOG_LINE "%03zu", ++*count);
	return record_set_property(&inventory->system, key, message);
}

int about_read_log(struct inventory *inventory, int fd)
{
	/* Bare "virtio" would bring disks and network cards along. */
	static const char *const words[] = { "remoteproc", "rproc",  "rpmsg",
					     "#vdev",      "q6v5",   "glink",
					     "qcom_smd",   "sysmon", NULL };
	char record[8192], text[24];
	size_t count = 0;
	int r = 0;

	while (r == 0) {
		ssize_t size = read(fd, record, sizeof(record) - 1);
		char *message;

		if (size < 0 && errno == EPIPE) /* overwritten meanwhile: go on behind */
			continue;
		if (size <= 0)
			break;
		record[size] = '\0';
		message = message_of(record);
		if (message && has_any(message, words))
			r = add_log_line(inventory, &count, message);
	}
	snprintf(text, sizeof(text), "%zu", count);
	return r < 0 ? r : record_set_property(&inventory->system, FACT_LOG, text);
}

static int record_log(struct inventory *inventory, const char *path)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char probe[1];

	/* A kernel that restricts dmesg refuses to read, not only to open. EINVAL: there
	 * is a record, and the buffer is too small for it. */
	if (fd < 0 || (read(fd, probe, 0) < 0 && errno == EPERM))
		return 0;
	return about_read_log(inventory, fd);
}

int about_record(struct inventory *inventory, const struct about_places *places)
{
	int r = record_compatible(inventory, places->devicetree);

	if (r == 0)
		r = record_config(inventory, places);
	if (r == 0)
		r = record_modules(inventory, places->modules);
	return r < 0 ? r : record_log(inventory, places->log);
}

int source_about(struct inventory *inventory)
{
	char boot[PATH_MAX], modules[PATH_MAX];
	struct utsname names;
	const struct about_places places = {
		.configs = { "/proc/config.gz", boot, modules, NULL },
		.modules = "/proc/modules",
		.devicetree = "/sys/firmware/devicetree/base",
		.log = "/dev/kmsg",
	};

	if (sysfs_is_replay() || uname(&names) < 0)
		return 0;
	snprintf(boot, sizeof(boot), "/boot/config-%s", names.release);
	snprintf(modules, sizeof(modules), "/lib/modules/%s/config", names.release);
	return about_record(inventory, &places);
}
