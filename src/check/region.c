// SPDX-License-Identifier: GPL-2.0-or-later
#include "region.h"

#include <stdlib.h>
#include <string.h>

#include "cleanup.h"

/* The next word of a line, size 0: there is none. */
static struct span next_word(const char **at)
{
	struct span word;

	*at += strspn(*at, " ");
	word = (struct span){ *at, strcspn(*at, " \n") };
	*at += word.size;
	return word;
}

static bool read_number(struct span word, uint64_t *ret)
{
	if (!span_starts(word, "0x"))
		return false;
	*ret = strtoull(word.start, NULL, 16);
	return true;
}

/* NODE BASE SIZE, then what the node says; see source/memory.c. */
static struct region parse_line(const char *line)
{
	struct region region = { .node = next_word(&line) };
	const char *at;
	struct span word;

	at = memchr(region.node.start, '@', region.node.size);
	region.name = region.node;
	if (at)
		region.name.size = (size_t)(at - region.node.start);
	region.known = !span_starts(region.node, "phandle-");
	region.placed = read_number(next_word(&line), &region.base);
	region.placed = read_number(next_word(&line), &region.size) && region.placed;
	while ((word = next_word(&line)).size > 0) {
		region.pool = region.pool || span_is(word, "shared-dma-pool") ||
			      span_is(word, "restricted-dma-pool");
		region.disabled = region.disabled || span_is(word, "disabled");
	}
	return region;
}

void regions_parse(const char *text, struct regions *ret)
{
	ret->count = 0;
	for (const char *line = text; *line && ret->count < REGIONS_MAX;) {
		ret->list[ret->count++] = parse_line(line);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
}

const struct region *regions_find(const struct regions *regions, const char *name)
{
	for (size_t i = 0; i < regions->count; i++)
		if (span_is(regions->list[i].name, name))
			return &regions->list[i];
	return NULL;
}

bool regions_have(const struct regions *regions, uint64_t address)
{
	for (size_t i = 0; i < regions->count; i++) {
		const struct region *region = &regions->list[i];

		if (!region->placed ||
		    (address >= region->base && address - region->base < region->size))
			return true;
	}
	return regions->count == 0 || regions->count == REGIONS_MAX;
}

const char *carveout_find(const char *carveouts, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = carveouts; at && (at = strstr(at, "Name: ")); at += 6)
		if (strncmp(at + 6, name, size) == 0 &&
		    (at[6 + size] == '\n' || at[6 + size] == '\0'))
			return at;
	return NULL;
}

bool carveout_address(const char *entry, uint64_t *ret)
{
	const char *end = strstr(entry, "\n\n");
	const char *label = strstr(entry, "DMA address: ");

	if (!label || (end && label > end))
		return false;
	*ret = strtoull(label + 13, NULL, 16);
	return *ret != 0;
}
