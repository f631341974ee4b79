// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A record is "LEVEL,SEQUENCE,MICROSECONDS,FLAGS;TEXT", and lines that begin with a blank
 * follow it, which name the device again (Documentation/ABI/testing/dev-kmsg). What is
 * not printable in TEXT, and a backslash, is \xNN there.
 */

#include "kmsg.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "escape.h"
#include "phrase.h"
#include "sysfs.h"

#define RECORD_MAX     8192 /* CONSOLE_EXT_LOG_MAX: a smaller buffer gets -EINVAL */
#define KMSG           makedev(1, 11) /* Documentation/admin-guide/devices.txt */
#define FACILITY_SHIFT 3 /* facility 0 is the kernel's: others may write, too */

int kmsg_open(const struct paths *paths)
{
	int fd = paths_open(paths, PATH_KMSG, 0);
	struct stat status;

	/* The device is the running kernel's; of its own a bed has a pipe, which umockdev
	 * from 0.19 on shows as a character device without number. */
	if (paths_is_bed(paths) &&
	    (fd < 0 || fstat(fd, &status) < 0 ||
	     (S_ISCHR(status.st_mode) && status.st_rdev == KMSG))) {
		closep(&fd);
		return -ENOENT;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

/* As klogctl() has it, which is what the readers of logs know, without what comes after a
 * line end in the middle. *ret is NULL where the record is not the kernel's. */
static int make_line(const char *record, char **ret)
{
	const char *text = strchr(record, ';');
	_cleanup_free_ char *raw = NULL;
	unsigned int level;
	uint64_t time;

	*ret = NULL;
	if (!text || sscanf(record, "%u,%*u,%" SCNu64, &level, &time) != 2 ||
	    level >> FACILITY_SHIFT)
		return 0;
	raw = unescape_string(text + 1, NULL);
	if (!raw)
		return -ENOMEM;
	raw[strcspn(raw, "\n")] = '\0';
	if (asprintf(ret, "[%5" PRIu64 ".%06" PRIu64 "] %s", time / 1000000,
		     time % 1000000, raw) < 0)
		return -ENOMEM;
	return 0;
}

static int take_record(char *record, struct log *log)
{
	_cleanup_free_ char *line = NULL;
	size_t before = log->count;
	int r;

	record[strcspn(record, "\n")] = '\0';
	r = make_line(record, &line);
	if (r == 0 && line)
		r = log_offer(log, line, strlen(line));
	if (r < 0 || log->count == before)
		return r;
	return phrase_mentions(line, strlen(line));
}

int kmsg_take(int fd, struct log *log)
{
	bool named = false;

	for (;;) {
		char record[RECORD_MAX + 1];
		ssize_t size = read(fd, record, RECORD_MAX);
		int r = size < 0 ? -errno : size == 0 ? -EIO : 0;

		if (r == -EAGAIN)
			return named;
		if (r == -EINTR)
			continue;
		if (r < 0)
			return r;
		record[size] = '\0';
		r = take_record(record, log);
		if (r < 0)
			return r;
		named |= r > 0;
	}
}
