// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attributes as cat, head, tail, grep . and grep ^ print them: either with the path in
 * front, or as the lines after a command that asked for them (question.c).
 */

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "names.h"
#include "question.h"

static const char *const attributes[] = {
	"state",
	"name",
	"firmware",
	"recovery",
	"coredump",
	"src",
	"dst",
	"announce",
	"driver_override",
	"modalias",
	"device",
	"vendor",
	"status",
	"features",
	"resource_table",
	"carveout_memories",
	"trace0",
};

/* Those that lie in debugfs are filed below a directory of ours. */
static const char *filed(const char *attribute)
{
	return strcmp(attribute, "resource_table") == 0      ? FACT_RESOURCE_TABLE
	       : strcmp(attribute, "carveout_memories") == 0 ? FACT_CARVEOUTS
	       : strcmp(attribute, "trace0") == 0            ? FACT_TRACE
							     : attribute;
}

const char *attribute_find(struct span name)
{
	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++)
		if (span_is(name, attributes[i]))
			return filed(attributes[i]);
	return NULL;
}

struct span attribute_state(struct span text)
{
	const char *number =
		span_ends(text, ")") ? memmem(text.start, text.size, " (", 2) : NULL;

	if (number)
		text.size = (size_t)(number - text.start);
	return text;
}

static const char *const states[] = { "offline", "suspended", "running",  "crashed",
				      "invalid", "detached",  "attached", "deleted" };

bool attribute_is_state(struct span word)
{
	word = attribute_state(word);
	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (span_is(word, states[i]))
			return true;
	return false;
}

bool attribute_find_state(struct span *word)
{
	struct span bare = attribute_state(*word);

	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (bare.size == strlen(states[i]) &&
		    strncasecmp(bare.start, states[i], bare.size) == 0) {
			*word = span_of(states[i]);
			return true;
		}
	return false;
}

static bool is_device(struct span name)
{
	char text[NAME_MAX + 1];
	struct channel_name parts;

	if (!span_copy(name, text, sizeof(text)))
		return false;
	return name_is_remoteproc(text) || name_is_virtio(text) ||
	       name_parse_channel(text, &parts);
}

/* Before v4.9 a channel of the bus has such a name, too. */
static bool is_node(struct span path, struct span name)
{
	return span_has(path, "class/rpmsg/") && span_is_numbered(name, "rpmsg");
}

/* ".../remoteproc0/state": the device and the attribute. */
bool attribute_split(struct span path, struct span *ret_device, const char **ret)
{
	size_t end = path.size, start;

	while (end > 0 && path.start[end - 1] != '/')
		end--;
	if (end == 0)
		return false;
	*ret = attribute_find(span_from(path, end));
	for (start = end - 1; start > 0 && path.start[start - 1] != '/'; start--)
		;
	*ret_device = (struct span){ path.start + start, end - 1 - start };
	return *ret && (is_device(*ret_device) || is_node(path, *ret_device));
}

/* "PATH:VALUE", as grep prints it. The device's name may have colons. */
static int take_grep(struct pasted *pasted, struct span line)
{
	for (const char *at = line.start;
	     (at = memchr(at, ':', line.size - (size_t)(at - line.start))); at++) {
		struct span path = { line.start, (size_t)(at - line.start) }, device,
			    value;
		const char *attribute;
		int r;

		if (memchr(path.start, ' ', path.size)) /* an error message of cat */
			return 0;
		if (!attribute_split(path, &device, &attribute))
			continue;
		/* Who writes it by hand leaves a blank. */
		value = span_from(line, path.size + 1);
		while (value.size > 0 && *value.start == ' ')
			value = span_from(value, 1);
		r = pasted_say(pasted, device, attribute, value);
		return r < 0 ? r : 1;
	}
	return 0;
}

/* "remoteproc0: ... state=offline firmware=a.mbn name=adsp", as test suites print it. */
static int take_pairs(struct pasted *pasted, struct span line)
{
	static const char *const keys[] = { "state", "firmware", "name" };
	const char *at = memmem(line.start, line.size, "remoteproc", 10);
	size_t size = 10, taken = 0;
	struct span device, word;
	bool stated = false;

	if (!at || (at > line.start && at[-1] == '/'))
		return 0;
	while (at[size] >= '0' && at[size] <= '9')
		size++;
	device = (struct span){ at, size };
	if (size == 10 || at[size] != ':')
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		char key[16];
		const char *value;
		size_t length = (size_t)snprintf(key, sizeof(key), " %s=", keys[i]);
		int r;

		value = memmem(at, line.size - (size_t)(at - line.start), key, length);
		if (!value)
			continue;
		value += length;
		r = pasted_say(pasted, device, keys[i],
			       (struct span){ value, strcspn(value, " ,;") });
		if (r < 0)
			return r;
		taken++;
		stated |= i == 0;
	}
	/* "remoteproc0: running name=adsp" */
	at += size + 1 + strspn(at + size + 1, " ");
	word = (struct span){ at, strcspn(at, " ,;") };
	if (taken > 0 && !stated && attribute_find_state(&word) &&
	    pasted_say(pasted, device, "state", word) < 0)
		return -ENOMEM;
	return taken > 0;
}

int pasted_take_attribute(struct pasted *pasted, const struct line *raw)
{
	struct span line = { raw->bytes, raw->size };
	int r = question_take_header(pasted, line);

	while (line.size > 0 && line.start[line.size - 1] == ' ')
		line.size--;
	if (r == 0)
		r = question_take_command(pasted, raw->bytes);
	if (r == 0)
		r = take_grep(pasted, line);
	if (r == 0)
		r = question_take_answer(pasted, line);
	return r == 0 ? take_pairs(pasted, line) : r;
}
