// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads ls -l of /sys/bus/rpmsg/devices, bus/virtio/devices, class/remoteproc or
 * class/rpmsg as people paste it: whatever stands left of the name is of no interest, the
 * link's target is the device. '/' is '!' in a device's name, so " -> ../" cannot be part
 * of one and a name cannot forge a link.
 */

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "escape.h"
#include "names.h"
#include "pasted.h"

struct link {
	char *left;   /* the line up to the arrow, cut */
	char *target; /* "devices/..." */
	int up;       /* how many "../" there were: 2 from a class, 3 from a bus */
};

/* GNU ls puts a name in either, by what is in it. */
static bool is_quote(char c)
{
	return c == '\'' || c == '"';
}

#define ARROW " -> "

/* Where the target starts, after the arrow and the quote ls may put; NULL: no link. The
 * left side may hold the same words: *ret_arrow is the arrow that is meant. */
static char *find_target(char *line, char **ret_arrow)
{
	for (char *at = strstr(line, ARROW); at; at = strstr(at + 1, ARROW)) {
		char *target = at + strlen(ARROW);

		target += is_quote(*target);
		if (strncmp(target, "../", 3) == 0) {
			*ret_arrow = at;
			return target;
		}
	}
	return NULL;
}

static void trim_end(char *text)
{
	size_t size = strlen(text);

	while (size > 0 && strchr(" \t/@", text[size - 1])) /* ls -F, and ll */
		text[--size] = '\0';
	if (size > 0 && is_quote(text[size - 1]))
		text[size - 1] = '\0';
}

static bool parse_link(char *line, struct link *ret)
{
	char *arrow, *target = find_target(line, &arrow);

	if (!target)
		return false;
	*ret = (struct link){ .left = line };
	for (; strncmp(target, "../", 3) == 0; target += 3)
		ret->up++;
	if (strncmp(target, "devices/", 8) != 0)
		return false;
	ret->target = target;
	*arrow = '\0';
	trim_end(ret->left);
	trim_end(ret->target);
	return true;
}

/* readlink prints the target alone. */
static bool parse_target(char *line, struct link *ret)
{
	char *target = line, *slash;

	*ret = (struct link){ 0 };
	for (; strncmp(target, "../", 3) == 0; target += 3)
		ret->up++;
	if (ret->up < 2 || strncmp(target, "devices/", 8) != 0)
		return false;
	trim_end(target);
	slash = strrchr(target, '/');
	ret->target = target;
	ret->left = slash ? slash + 1 : target;
	return slash != NULL;
}

/* A name is below /devices/ at least. */
static bool lies_in_class(const char *name)
{
	return strncmp(name - 7, "/rpmsg/", 7) == 0;
}

/* The subsystem of a link by the form of its name; NULL: none of this field. */
static const char *subsystem_of(const char *path, int up)
{
	const char *name = strrchr(path, '/') + 1;
	struct channel_name parts;

	if (up == 2) /* a vendor's node may have any name */
		return name_is_remoteproc(name)                             ? "remoteproc"
		       : name_is_rpmsg_chardev(name) || lies_in_class(name) ? "rpmsg"
									    : NULL;
	if (name_is_virtio(name))
		return "virtio";
	if (name_parse_channel(name, &parts) || name_is_rpmsg_chardev(name) ||
	    strstr(path, "/virtio"))
		return "rpmsg"; /* v4.9 has virtioN:CHANNEL */
	return NULL;
}

static int add_link(struct text *text, struct inventory *inventory,
		    const struct link *link, const char *subsystem)
{
	struct record *record;
	int r = inventory_add_path_only(inventory, link->target - 1, subsystem, &record);

	if (r < 0)
		return r;
	record->line = text->number;
	if (link->up == 2 && strcmp(subsystem, "rpmsg") == 0)
		return record_set_property(record, "DEVNAME", record_name(record));
	return 0;
}

static bool ends_in(const char *text, const char *name)
{
	size_t size = strlen(text), end = strlen(name);

	return size >= end && strcmp(text + size - end, name) == 0 &&
	       (size == end || strchr(" \t'\"/", text[size - end - 1]));
}

static int take_link(struct text *text, struct inventory *inventory,
		     struct notice *notice, const struct link *link)
{
	char *path = link->target - 1;
	const char *subsystem;

	*path = '/';
	if (strlen(path) >= PATH_MAX || strstr(path, "/../") || strstr(path, "//") ||
	    strstr(path, "/./"))
		return text_malformed(text, notice,
				      "the link's target is not a device path");
	if (strstr(path, "'$'") || strstr(path, "'\\''"))
		return text_malformed(
			text, notice,
			"ls quoted this name for a shell; take a snapshot, or list with ls -lN");
	if (!ends_in(link->left, strrchr(path, '/') + 1))
		return text_malformed(
			text, notice,
			"the link's name and its target's last part disagree: a wrapped or damaged line; join it with the next");
	subsystem = subsystem_of(path, link->up);
	return subsystem ? add_link(text, inventory, link, subsystem) : 0;
}

/* Mail programs wrap long lines, and a link in two pieces must not be passed over. */
static bool is_piece(const struct line *line)
{
	size_t size = line->size;

	while (size > 0 && line->bytes[size - 1] == ' ')
		size--;
	return size >= 3 && memcmp(line->bytes + size - 3, " ->", 3) == 0;
}

int listing_take(struct text *text, struct inventory *inventory, struct notice *notice,
		 const struct line *line)
{
	struct link link;
	int r;

	if (is_piece(line))
		return text_malformed(text, notice,
				      "a wrapped line; join it with the next");
	if (!parse_link(line->bytes, &link) && !parse_target(line->bytes, &link))
		return 0;
	r = take_link(text, inventory, notice, &link);
	return r < 0 ? r : 1;
}
