// SPDX-License-Identifier: GPL-2.0-or-later
#include "uevent.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "escape.h"
#include "path_names.h"
#include "span.h"

/* The kernel's own limit is 64 (UEVENT_NUM_ENVP, include/linux/kobject.h). */
#define PROPERTIES_MAX 256

/* A key of ours, not of the kernel's. */
static bool is_own(const char *key)
{
	return text_starts(key, "RPROC_TREE_");
}

/* A key of the kernel's. */
static bool is_kept(const char *key)
{
	static const char *const keys[] = {
		"DEVNAME", "DEVTYPE", "DRIVER", "MAJOR", "MINOR", "MODALIAS",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (text_is(key, keys[i]))
			return true;
	return text_starts(key, "OF_");
}

static bool is_system_fact(const char *key)
{
	static const char *const keys[] = {
		FACT_KERNEL, FACT_MACHINE, FACT_ALIASES, FACT_DRIVERS,  FACT_COMPATIBLE,
		FACT_CONFIG, FACT_LOADED,  FACT_LOG,     FACT_REDACTED, FACT_LEAKED,
		FACT_UNREAD, FACT_ODD,     FACT_PLAIN,   FACT_PASTED,
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return strncmp(key, FACT_UNREAD_FILE, strlen(FACT_UNREAD_FILE)) == 0;
}

/* RPROC_TREE_LOG_0001 and so on, in their order; the first snapshots had three digits. */
static bool is_log_line(const char *key)
{
	size_t size = strlen(FACT_LOG_LINE);

	return strncmp(key, FACT_LOG_LINE, size) == 0 && key[size] &&
	       key[size + strspn(key + size, "0123456789")] == '\0';
}

static int add_log_line(struct inventory *inventory, const char *value)
{
	size_t size;
	_cleanup_free_ char *plain = unescape_string(value, &size);

	return plain ? log_add(&inventory->log, plain, size) : -ENOMEM;
}

static int set_system_fact(struct inventory *inventory, const char *key,
			   const char *value)
{
	_cleanup_free_ char *plain = unescape_string(value, NULL);

	return plain ? record_set_property(&inventory->system, key, plain) : -ENOMEM;
}

/* When the log starts and how long it goes on: the time of a line that was not kept. */
static void take_log_time(struct inventory *inventory, const char *value)
{
	char stamp[32];
	size_t size = (size_t)snprintf(stamp, sizeof(stamp), "[%s] ", value);

	if (size < sizeof(stamp))
		log_pass_over(&inventory->log, stamp, size);
}

int uevent_take_line(struct inventory *inventory, struct record *record, char *line)
{
	char *value = strchr(line, '=');
	bool own;

	if (!value || value == line)
		return -EBADMSG;
	*value++ = '\0';
	own = is_own(line);
	if (own && is_log_line(line))
		return add_log_line(inventory, value);
	if (own && (strcmp(line, FACT_LOG_FROM) == 0 || strcmp(line, FACT_LOG_TO) == 0)) {
		take_log_time(inventory, value);
		return 0;
	}
	if (own && is_system_fact(line))
		return set_system_fact(inventory, line, value);
	if (own ? strcmp(line, "RPROC_TREE_LINES") == 0 : !is_kept(line))
		return 0;
	if (own && strcmp(line, "RPROC_TREE_PATH_ONLY") == 0)
		record->path_only = true;
	if (text_starts(value, PATH_DEV "/") && strcmp(line, "DEVNAME") == 0)
		value += strlen(PATH_DEV "/");
	if (record->property_count >= PROPERTIES_MAX)
		return -E2BIG;
	return record_lend_property(record, line, value);
}

int uevent_take(struct inventory *inventory, struct record *record, char *text)
{
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n"))) {
		int r = *line ? uevent_take_line(inventory, record, line) : 0;

		if (r < 0 && r != -EBADMSG)
			return r;
	}
	return 0;
}

int uevent_take_live(struct record *record, char *text)
{
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n"))) {
		int r = is_own(line) ? 0 : uevent_take_line(NULL, record, line);

		if (r < 0 && r != -EBADMSG)
			return r;
	}
	return 0;
}

int uevent_finish(struct record *record, size_t literal)
{
	_cleanup_free_ char *rest = NULL;
	_cleanup_free_ char *path = NULL;
	size_t size;

	if (record_property(record, "RPROC_TREE_BARE"))
		record->subsystem = NULL;
	if (!record_property(record, "RPROC_TREE_ESCAPED"))
		return 0;
	rest = unescape_string(record->path + literal, &size);
	if (!rest)
		return -ENOMEM;
	if (strlen(rest) != size)
		return -EBADMSG;
	if (asprintf(&path, "%.*s%s", (int)literal, record->path, rest) < 0)
		return -ENOMEM;
	return record_set(record, &record->path, path, strlen(path));
}
