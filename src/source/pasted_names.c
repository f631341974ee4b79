// SPDX-License-Identifier: GPL-2.0-or-later
/* Devices by their names: what ls prints without -l, and paths of links below /sys. */

#include <errno.h>
#include <string.h>

#include "names.h"
#include "pasted.h"
#include "paths.h"

static const char *const directories[] = {
	PATH_BUSES "/rpmsg/devices",
	PATH_BUSES "/virtio/devices",
	PATH_CLASSES "/remoteproc",
	PATH_CLASSES "/rpmsg",
};

static bool is_channel(const char *name)
{
	struct channel_name parts;

	return name_parse_channel(name, &parts) &&
	       (strncmp(name, "virtio", 6) == 0 || strstr(name, "-edge.") ||
		strstr(name, ".-1."));
}

static bool is_name(const char *name)
{
	return name_is_remoteproc(name) || name_is_virtio(name) || is_channel(name);
}

/* The next word of a line; ls -F marks links and directories. */
static char *next_word(char **rest)
{
	char *word = strsep(rest, " \t");
	size_t size = word ? strlen(word) : 0;

	if (size > 0 && strchr("@/", word[size - 1]))
		word[size - 1] = '\0';
	return word;
}

/* All words of the line are names of devices, and at least one is. 1, 0 or -ENOMEM. */
static int has_names_only(const char *line, bool listing)
{
	_cleanup_free_ char *copy = strdup(line);
	bool any = false, channel = false;
	char *rest = copy, *word;

	if (!copy)
		return -ENOMEM;
	while ((word = next_word(&rest))) {
		if (!*word)
			continue;
		if (!is_name(word) && !name_is_rpmsg_chardev(word))
			return 0;
		any = true;
		channel |= is_channel(word);
	}
	return channel || (any && listing);
}

static int take_names(struct pasted *pasted, const char *line)
{
	_cleanup_free_ char *copy = strdup(line);
	char *rest = copy, *word;
	int r = copy ? 0 : -ENOMEM;

	while (r == 0 && (word = next_word(&rest)))
		if (*word && is_name(word))
			r = pasted_say(pasted, span_of(word), NULL, (struct span){ 0 });
	return r < 0 ? r : 1;
}

/* "/sys/class/remoteproc/remoteproc0", as ls -d and find print links. */
static int take_link_path(struct pasted *pasted, const char *line)
{
	for (size_t i = 0; i < ARRAY_SIZE(directories); i++) {
		size_t size = strlen(directories[i]);

		if (strncmp(line, directories[i], size) == 0 && line[size] == '/' &&
		    is_name(line + size + 1)) {
			int r = pasted_say(pasted, span_of(line + size + 1), NULL,
					   (struct span){ 0 });

			return r < 0 ? r : 1;
		}
	}
	return 0;
}

static bool names_directory(const char *line)
{
	for (size_t i = 0; i < ARRAY_SIZE(directories); i++)
		if (strstr(line, directories[i]))
			return true;
	return false;
}

/* "ls" or "ll", perhaps with more behind it. */
static bool is_command(const char *line)
{
	for (const char *at = line; (at = strchr(at, 'l')); at++)
		if ((at == line || at[-1] == ' ' || at[-1] == '`') &&
		    (at[1] == 's' || at[1] == 'l') && (!at[2] || at[2] == ' '))
			return true;
	return false;
}

/* A bare ls lists the directory that the user went to. */
static bool lists_here(const struct pasted *pasted, const char *line)
{
	return is_command(line) && !strchr(line, '/') &&
	       names_directory(pasted->directory);
}

/* The next prompt comes at once where nothing is listed. */
static bool is_prompt(const char *line)
{
	size_t size = strcspn(line, "#$");

	return size > 0 && line[size] && memchr(line, ':', size) &&
	       (line[size + 1] == ' ' || line[size + 1] == '\0') &&
	       !memchr(line, ' ', size);
}

int pasted_take_names(struct pasted *pasted, const struct line *line)
{
	size_t size = line->size;
	bool heading = size > 0 && line->bytes[size - 1] == ':';
	int r;

	if (size == 0)
		return 0;
	r = take_link_path(pasted, line->bytes);
	if (r != 0)
		return r;
	if ((names_directory(line->bytes) && size < 160 &&
	     (is_command(line->bytes) || heading)) ||
	    lists_here(pasted, line->bytes)) {
		pasted->listing = true;
		pasted->asks_class = strstr(line->bytes, PATH_CLASSES "/remoteproc");
		pasted->asked |= strstr(line->bytes, directories[0]) != NULL;
		return 1;
	}
	r = has_names_only(line->bytes, pasted->listing);
	if (r != 0)
		return r < 0 ? r : take_names(pasted, line->bytes);
	if (strcmp(line->bytes, "total 0") == 0 && pasted->asks_class)
		pasted->no_class = true;
	if (pasted->listing && pasted->asks_class && is_prompt(line->bytes))
		pasted->no_class = true;
	if (strncmp(line->bytes, "total ", 6) != 0)
		pasted->listing = false;
	return 0;
}

/* Adds what is not there yet, up to one too many. */
static void add_once(struct span name, char (*names)[32], size_t *count, size_t most)
{
	if (!span_is_numbered(name, "remoteproc") || name.size >= sizeof(*names) ||
	    *count > most)
		return;
	for (size_t i = 0; i < *count; i++)
		if (span_is(name, names[i]))
			return;
	if (*count < most)
		memcpy(mempcpy(names[*count], name.start, name.size), "", 1);
	++*count;
}

bool pasted_find_listed(const struct pasted *pasted, char (*ret_names)[32], size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < pasted->saying_count; i++)
		if (!pasted->sayings[i].attribute)
			add_once(span_of(pasted->sayings[i].device), ret_names, &found,
				 count);
	for (size_t i = 0; i < pasted->inventory->count; i++)
		add_once(span_of(record_name(&pasted->inventory->records[i])), ret_names,
			 &found, count);
	return found == count;
}
