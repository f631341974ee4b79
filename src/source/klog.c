// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel log of the running system, in one call: /dev/kmsg wants one for each record.
 * A line is kept as it is printed, with its time stamp and without its level.
 */

#include "klog.h"

#include <errno.h>
#include <string.h>
#include <sys/klog.h>

#include "source.h"

#define READ_ALL    3 /* of klogctl(2), which glibc gives no names */
#define SIZE_BUFFER 10

/* Bare "virtio" would bring disks and network cards along. */
static bool is_concerned(const char *line)
{
	static const char *const words[] = {
		"remoteproc", "rproc", "rpmsg",    "#vdev",
		"q6v5",       "glink", "qcom_smd", "sysmon",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

/* "<6>[   12.345678] text" without the level. */
static const char *without_level(const char *line)
{
	size_t digits = *line == '<' ? strspn(line + 1, "0123456789") : 0;

	return digits > 0 && line[1 + digits] == '>' ? line + digits + 2 : line;
}

static int add_line(struct inventory *inventory, size_t number, const char *line)
{
	char key[sizeof(FACT_LOG_LINE) + 8];

	snprintf(key, sizeof(key), FACT_LOG_LINE "%03zu", number % 1000);
	return record_set_property(&inventory->system, key, line);
}

/* The last lines go round in a ring, so that the newest are those that stay. */
int klog_add(struct inventory *inventory, char *log)
{
	const char *ring[FACT_LOG_LINES_MAX];
	size_t count = 0, kept;
	char number[24], *line;
	int r = 0;

	while ((line = strsep(&log, "\n")))
		if (is_concerned(line))
			ring[count++ % FACT_LOG_LINES_MAX] = without_level(line);
	kept = count < FACT_LOG_LINES_MAX ? count : FACT_LOG_LINES_MAX;
	for (size_t i = 0; r == 0 && i < kept; i++)
		r = add_line(inventory, i + 1,
			     ring[(count - kept + i) % FACT_LOG_LINES_MAX]);
	snprintf(number, sizeof(number), "%zu", kept);
	return r < 0 ? r : record_set_property(&inventory->system, FACT_LOG, number);
}

/* A kernel that restricts its log refuses; so do containers. Nothing is known then. */
int source_log(struct inventory *inventory, const struct paths *paths)
{
	_cleanup_free_ char *log = NULL;
	int size;

	if (!paths_is_live(paths) || paths_is_bed(paths))
		return 0;
	size = klogctl(SIZE_BUFFER, NULL, 0);
	if (size <= 0)
		return 0;
	log = malloc((size_t)size + 1);
	if (!log)
		return -ENOMEM;
	size = klogctl(READ_ALL, log, size);
	if (size < 0)
		return 0;
	log[size] = '\0';
	return klog_add(inventory, log);
}
