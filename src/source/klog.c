// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel log of the running system, in one call: /dev/kmsg wants one for each record.
 * A line is kept as it is printed, with its time stamp and without its level.
 */

#include "klog.h"

#include <errno.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

#include "history.h"
#include "source.h"

#define READ_ALL    3 /* of klogctl(2), which glibc gives no names */
#define SIZE_BUFFER 10

int klog_add(struct inventory *inventory, char *log)
{
	char number[24], *line;
	int r = 0;

	while (r == 0 && (line = strsep(&log, "\n")))
		if (*line)
			r = log_offer(&inventory->log, line, strlen(line));
	if (r == 0)
		r = history_trim(&inventory->log);
	if (r < 0)
		return r;
	snprintf(number, sizeof(number), "%zu", inventory->log.count);
	return record_set_property(&inventory->system, FACT_LOG, number);
}

/* A kernel that restricts its log refuses; so do containers. Nothing is known then. */
static int not_read(struct inventory *inventory, int r)
{
	bool forbidden = r < 0 && (errno == EPERM || errno == EACCES);

	inventory->refused |=
		forbidden && geteuid() != 0 ? REFUSED_LOG : REFUSED_ROOT_LOG;
	return 0;
}

int source_log(struct inventory *inventory, const struct paths *paths)
{
	_cleanup_free_ char *log = NULL;
	int size;

	if (!paths_is_live(paths) || paths_is_bed(paths))
		return 0;
	size = klogctl(SIZE_BUFFER, NULL, 0);
	if (size <= 0)
		return not_read(inventory, size);
	log = malloc((size_t)size + 1);
	if (!log)
		return -ENOMEM;
	size = klogctl(READ_ALL, log, size);
	if (size < 0)
		return not_read(inventory, size);
	log[size] = '\0';
	return klog_add(inventory, log);
}
