// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which driver a device has, as people show it: by its link "driver", by the directory of
 * the driver, or by its uevent.
 *
 *   .../virtio0/driver -> ../../../bus/virtio/drivers/virtio_rpmsg_bus
 *   driver -> ../../../bus/platform/drivers/rproc-virtio   where its directory is listed
 *   virtio0.rpmsg-raw.-1.30 -> ../../../../devices/...     where that of its driver is
 *   DRIVER=rpmsg_chrdev                                    where its uevent is printed
 *
 * Which directory that is, the command or ls has said before.
 */

#include <stdio.h>
#include <string.h>

#include "names.h"
#include "pasted.h"
#include "paths.h"

#define ENDS " \t;|&'\"`)>"

/* "rpmsg/rpmsg_tty" of what ends in bus/rpmsg/drivers/rpmsg_tty. */
static bool find_driver(const char *text, char *ret, size_t size)
{
	static const char mark[] = "/drivers/";
	const char *at = strstr(text, mark), *bus = at, *name;
	int length;

	while (at && bus > text && bus[-1] != '/')
		bus--;
	if (!at || bus - text < 4 || strncmp(bus - 4, "bus/", 4) != 0)
		return false;
	name = at + strlen(mark);
	length = (int)strcspn(name, "/:" ENDS);
	if (length == 0 || !strchr("/:", name[length]) ||
	    strspn(name + length, "/:" ENDS) != strlen(name + length))
		return false;
	return snprintf(ret, size, "%.*s/%.*s", (int)(at - bus), bus, length, name) <
	       (int)size;
}

/* "virtio0" of ".../virtio0/driver", whose last part begins at end. */
static struct span owner_of(const char *text, const char *end)
{
	const char *start = end > text ? --end : end;

	while (start > text && !strchr("/" ENDS, start[-1]))
		start--;
	return (struct span){ start, (size_t)(end - start) };
}

static int say(struct pasted *pasted, struct span device, const char *driver)
{
	int r = device.size > 0
			? pasted_say(pasted, device, SAYING_DRIVER, span_of(driver))
			: 0;

	return r < 0 ? r : 1;
}

static int take_link(struct pasted *pasted, const char *line)
{
	const char *at = strstr(line, "driver -> ");
	char driver[128];

	if (at && at > line && !strchr(" /", at[-1]))
		return 0;
	if (at && find_driver(at, driver, sizeof(driver)))
		return say(pasted,
			   at > line && at[-1] == '/' ? owner_of(line, at)
						      : span_of(pasted->place),
			   driver);
	/* What readlink answers. */
	if (pasted->asks != ASKS_DRIVER || strchr(line, ' ') ||
	    (*line != '.' &&
	     strncmp(line, PATH_BUSES "/", strlen(PATH_BUSES "/")) != 0) ||
	    !find_driver(line, driver, sizeof(driver)))
		return 0;
	pasted->asks = ASKS_NOTHING;
	return say(pasted, span_of(pasted->place), driver);
}

/* "DRIVER=rpmsg_tty", which names no bus; after its path where grep prints it. */
static int take_uevent(struct pasted *pasted, const char *line)
{
	static const char *const others[] = { "MODALIAS=", "DEVTYPE=", "OF_", "MAJOR=",
					      "MINOR=",    "DEVNAME=", NULL };
	const char *at = strstr(line, "uevent:DRIVER=");

	if (at && at > line && at[-1] == '/')
		return say(pasted, owner_of(line, at), at + strlen("uevent:DRIVER="));
	if (pasted->asks != ASKS_UEVENT)
		return 0;
	if (strncmp(line, "DRIVER=", 7) == 0)
		return say(pasted, span_of(pasted->place), line + 7);
	for (size_t i = 0; others[i]; i++)
		if (strncmp(line, others[i], strlen(others[i])) == 0)
			return 1;
	return 0;
}

static bool is_device(struct span word)
{
	char name[NAME_MAX + 1];
	struct channel_name parts;

	if (!span_copy(word, name, sizeof(name)))
		return false;
	return name_is_virtio(name) || name_is_rproc_virtio(name) ||
	       name_parse_channel(name, &parts);
}

static bool is_file(struct span word)
{
	static const char *const files[] = { "bind",   "unbind", "uevent",
					     "module", "new_id", "remove_id" };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (span_is(word, files[i]))
			return true;
	return false;
}

static bool next_word(const char **at, struct span *ret)
{
	*at += strspn(*at, " \t");
	*ret = (struct span){ *at, strcspn(*at, " \t@") };
	*at += strcspn(*at, " \t");
	return ret->size > 0;
}

/* "bind  uevent  unbind  virtio0": what ls prints of a driver's directory. */
static int take_names(struct pasted *pasted, const char *line)
{
	struct span word;
	int r = 0;

	for (const char *at = line; next_word(&at, &word);)
		if (!is_file(word) && !is_device(word))
			return 0;
	for (const char *at = line; r >= 0 && next_word(&at, &word);)
		if (!is_file(word))
			r = say(pasted, word, pasted->place);
	return r < 0 ? r : *line != '\0';
}

/* Its link to a device has the device's path, too, for which the line is read again. */
static int take_bound(struct pasted *pasted, const char *line)
{
	const char *arrow = strstr(line, " -> ../../../../devices/");
	struct span name;
	int r;

	if (!arrow)
		return take_names(pasted, line);
	name = owner_of(line, arrow + 1);
	r = is_device(name) ? say(pasted, name, pasted->place) : 0;
	return r < 0 ? r : 0;
}

/* The drivers of a bus, of which nothing is known by that. */
static bool is_list(const char *line)
{
	static const char names[] = "abcdefghijklmnopqrstuvwxyz0123456789_- \t";

	return (*line == 'd' && strspn(line + 1, "-rwxst") >= 9) ||
	       (*line && line[strspn(line, names)] == '\0');
}

static void set_place(struct pasted *pasted, struct span path)
{
	struct span last;
	char text[256];

	pasted->place[0] = '\0';
	while (path.size > 0 && strchr("/:", path.start[path.size - 1]))
		path.size--;
	if (path.size >= sizeof(text))
		return;
	memcpy(mempcpy(text, path.start, path.size), "", 1);
	last = span_of(strrchr(text, '/') + 1);
	if (span_is(last, "drivers")) {
		pasted->asks = ASKS_DRIVERS;
		return;
	}
	if (find_driver(text, pasted->place, sizeof(pasted->place))) {
		pasted->asks = ASKS_BOUND;
		return;
	}
	pasted->asks = span_is(last, "driver")   ? ASKS_DRIVER
		       : span_is(last, "uevent") ? ASKS_UEVENT
						 : ASKS_FILES;
	if (pasted->asks != ASKS_FILES)
		last = owner_of(text, last.start);
	snprintf(pasted->place, sizeof(pasted->place), "%.*s", (int)last.size,
		 last.start);
}

/* The last path of a command, or what heads a list of ls; of "*" none is known. */
static void take_place(struct pasted *pasted, const char *line)
{
	static const char sys[] = PATH_SYS "/";
	struct span path = { 0 };

	for (const char *at = line; (at = strstr(at, sys)); at++)
		path.start = at;
	if (!path.start || strstr(line, " -> ") || strstr(line, "No such file"))
		return;
	pasted->asks = ASKS_NOTHING;
	path.size = strcspn(path.start, ENDS "#*?[$");
	if (path.start[path.size] == '\0' || !strchr("*?[$", path.start[path.size]))
		set_place(pasted, path);
}

int pasted_take_driver(struct pasted *pasted, const struct line *line)
{
	int r = take_link(pasted, line->bytes);

	if (r == 0)
		r = take_uevent(pasted, line->bytes);
	if (r == 0 && pasted->asks == ASKS_BOUND)
		r = take_bound(pasted, line->bytes);
	if (r == 0 && pasted->asks == ASKS_DRIVERS)
		r = is_list(line->bytes);
	if (r == 0)
		take_place(pasted, line->bytes);
	return r;
}
