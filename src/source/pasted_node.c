// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Nodes of character devices, as "ls -l /dev/rpmsg*" has them, or as a program says that
 * there is none. They are facts about a device that something else tells of: of a node
 * alone nothing is made. Which device a node is of is known where its number is.
 */

#include <stdio.h>
#include <string.h>

#include "names.h"
#include "pasted.h"
#include "paths.h"

/* Empty: the line is blank. */
static struct span last_word(const struct line *line)
{
	size_t end = line->size, start;

	while (end > 0 && line->bytes[end - 1] == ' ')
		end--;
	for (start = end; start > 0 && line->bytes[start - 1] != ' '; start--)
		;
	return (struct span){ line->bytes + start, end - start };
}

/* "/dev/rpmsg0", or in a listing of /dev "rpmsg0". */
static bool is_node(struct span word, bool whole, struct span *ret)
{
	static const char dev[] = PATH_DEV "/";
	bool path = span_starts(word, dev);
	char name[64];

	*ret = path ? span_from(word, strlen(dev)) : word;
	return (!whole || path) && ret->size > 0 && span_copy(*ret, name, sizeof(name)) &&
	       name_is_rpmsg_chardev(name);
}

/* "crw-------": what ls -l starts with. */
static bool is_mode(const char *bytes, size_t size)
{
	return size > 11 && strchr("c-", *bytes) && strspn(bytes + 1, "rwxsStT-") == 9 &&
	       strchr(bytes + 10, ' ');
}

/* "MAJOR, MINOR", before the date. */
static bool find_number(const char *bytes, char *text, size_t size)
{
	const char *comma = strstr(bytes, ", ");
	unsigned int major, minor;

	while (comma && comma > bytes && is_digit(comma[-1]))
		comma--;
	if (!comma || sscanf(comma, "%u, %u", &major, &minor) != 2)
		return false;
	snprintf(text, size, "%u:%u", major, minor);
	return true;
}

/* That a node is there makes no list of devices of the text. */
static int say(struct pasted *pasted, struct span name, const char *what)
{
	bool has_list = pasted->has_list;
	int r = pasted_say(pasted, name, SAYING_NODE, span_of(what));

	pasted->has_list = has_list;
	return r < 0 ? r : 1;
}

/* "ls: cannot access '/dev/rpmsg0': No such file or directory" */
static int take_missing(struct pasted *pasted, const struct line *line)
{
	static const char dev[] = PATH_DEV "/", end[] = "No such file or directory";
	const char *at = strstr(line->bytes, dev);
	struct span name;

	if (!at || !strstr(at, end))
		return 0;
	return is_node((struct span){ at, strcspn(at, " :'\"") }, true, &name)
		       ? say(pasted, name, "missing")
		       : 0;
}

int pasted_take_node(struct pasted *pasted, const struct line *line)
{
	struct span name;
	char number[32];

	if (!is_mode(line->bytes, line->size))
		return take_missing(pasted, line);
	if (!is_node(last_word(line), *line->bytes == '-', &name))
		return 0;
	if (*line->bytes == '-')
		return say(pasted, name, "no-char");
	return find_number(line->bytes, number, sizeof(number))
		       ? say(pasted, name, number)
		       : 0;
}
