// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What ls prints of a processor's own directory, and ls -R or find of what lies below it:
 * names of files, which tell nothing, and of its devices, which are its own by that.
 *
 *   /sys/class/remoteproc/remoteproc0/remoteproc0#vdev0buffer/virtio0:
 *   device  driver  features  status  virtio0.rpmsg_ns.53.53
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "pasted.h"
#include "paths.h"

static bool is_vdev(struct span name)
{
	return span_starts(name, "rproc-virtio.") ||
	       (span_is_numbered(
			(struct span){ name.start, strcspn(name.start, "#/ :\t") },
			"remoteproc") &&
		span_has(name, "#vdev"));
}

/* A device that may lie below a processor, by the form of its name. */
static bool is_below(struct span name)
{
	char text[NAME_MAX + 1];
	struct channel_name parts;

	if (!span_copy(name, text, sizeof(text)))
		return false;
	return name_is_virtio(text) || name_is_edge(text) || is_vdev(span_of(text)) ||
	       (name_parse_channel(text, &parts) &&
		(strncmp(text, "virtio", 6) == 0 || strstr(text, "-edge.")));
}

/* "remoteproc0/remoteproc0#vdev0buffer" of a path; size 0: it leads to no processor, or
 * past the devices below it. */
static struct span find_inside(struct span path)
{
	struct span rest = { 0 };

	while (path.start[path.size - 1] == '/')
		path.size--;
	for (size_t at = 0; at < path.size;) {
		const char *start = path.start + at;
		size_t size = 0;

		while (at + size < path.size && start[size] != '/')
			size++;
		if (span_is_numbered((struct span){ start, size }, "remoteproc"))
			rest.start = start;
		else if (rest.start && !is_below((struct span){ start, size }))
			return (struct span){ 0 };
		at += size + 1;
	}
	if (rest.start)
		rest.size = (size_t)(path.start + path.size - rest.start);
	return rest;
}

static int say_inside(struct pasted *pasted, struct span inside)
{
	const char *slash = memchr(inside.start, '/', inside.size);
	struct span device = { inside.start,
			       slash ? (size_t)(slash - inside.start) : inside.size };
	int r = pasted_say(pasted, device, slash ? SAYING_BELOW : NULL,
			   slash ? span_from(inside, device.size + 1)
				 : (struct span){ 0 });

	return r < 0 ? r : 1;
}

/* A path alone on its line, as find prints it, or with a colon, as ls -R does. */
static int take_path(struct pasted *pasted, const struct line *line)
{
	struct span path = { line->bytes, line->size };
	bool heading = path.size > 0 && path.start[path.size - 1] == ':';
	bool known = span_starts(path, PATH_CLASSES "/remoteproc/") ||
		     (heading && (span_starts(path, "./remoteproc") ||
				  span_starts(path, "remoteproc")));
	struct span inside;

	path.size -= heading;
	if (!known || memchr(path.start, ' ', path.size))
		return 0;
	inside = find_inside(path);
	pasted->inside[0] = '\0';
	if (inside.size == 0 || inside.size >= sizeof(pasted->inside))
		return 0;
	if (heading)
		memcpy(mempcpy(pasted->inside, inside.start, inside.size), "", 1);
	return say_inside(pasted, inside);
}

/* "ls /sys/class/remoteproc/remoteproc0/", or a bare ls there. */
static void take_command(struct pasted *pasted, const char *line)
{
	const char *at = line, *path;
	struct span inside;

	while ((at = strchr(at, 'l')) &&
	       ((at > line && !strchr(" #$>`", at[-1])) ||
		(at[1] != 's' && at[1] != 'l') || (at[2] && at[2] != ' ')))
		at++;
	if (!at)
		return;
	pasted->inside[0] = '\0';
	path = strstr(at, PATH_CLASSES "/remoteproc/");
	if (!path && !strchr(at, '/') &&
	    strncmp(pasted->directory, PATH_CLASSES "/remoteproc/",
		    strlen(PATH_CLASSES "/remoteproc/")) == 0)
		path = pasted->directory;
	if (!path || strpbrk(path, "*?[$"))
		return;
	inside = find_inside((struct span){ path, strcspn(path, " `;|") });
	if (inside.size > 0 && inside.size < sizeof(pasted->inside))
		memcpy(mempcpy(pasted->inside, inside.start, inside.size), "", 1);
}

/* Files that each such directory has. */
static bool is_file(struct span name)
{
	static const char *const files[] = { "uevent", "subsystem", "power", "device",
					     "driver", "state",     NULL };

	for (size_t i = 0; files[i]; i++)
		if (span_is(name, files[i]))
			return true;
	return false;
}

/* All words of a line are names; 0: they need not be. */
static bool has_names(const char *line)
{
	bool known = false;

	for (line += strspn(line, " \t"); *line; line += strspn(line, " \t")) {
		struct span word = { line, strcspn(line, " \t") };

		line += word.size;
		if (strchr("/@*", word.start[word.size - 1]))
			word.size--;
		known |= is_file(word) || is_below(word);
		if (word.size == 0 || memchr(word.start, '/', word.size) ||
		    strchr("[$>\"'(-", *word.start) || word.start[word.size - 1] == ':')
			return false;
	}
	return known;
}

/* The names on a line of ls; none of the other words of ls -l is one. */
static int take_names(struct pasted *pasted, const char *line)
{
	int r = 0;

	for (line += strspn(line, " \t"); *line && r == 0; line += strspn(line, " \t")) {
		struct span word = { line, strcspn(line, " \t") };
		char inside[sizeof(pasted->inside) + 2];

		line += word.size;
		if (word.start[word.size - 1] == '/')
			word.size--;
		if (!is_below(word) ||
		    snprintf(inside, sizeof(inside), "%s/%.*s", pasted->inside,
			     (int)word.size, word.start) >= (int)sizeof(inside))
			continue;
		r = say_inside(pasted, span_of(inside));
		r = r < 0 ? r : 0;
	}
	return r < 0 ? r : 1;
}

int pasted_take_inside(struct pasted *pasted, const struct line *line)
{
	static const char rights[] = "-rwxst";
	const char *text = line->bytes;
	int r = take_path(pasted, line);

	if (r != 0)
		return r;
	if (pasted->inside[0] &&
	    ((strchr("d-", *text) && strspn(text + 1, rights) >= 9) || has_names(text)))
		return take_names(pasted, text);
	take_command(pasted, text);
	return 0;
}
