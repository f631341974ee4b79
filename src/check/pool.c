// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * buffer-pool: what memory a vdev's buffers come from. A carveout or memory-region called
 * vdevNbuffer; else, since db9178a4f8c4 (v5.8), the first memory-region of the platform
 * device; else the global pool. A kernel that misparents has not got that commit either:
 * both were made in one series and went to the same stable releases.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "judges.h"
#include "names.h"

bool pool_applies(const struct device *device)
{
	return device_is_rpmsg_virtio(device) && device_ancestor(device, KIND_VDEV);
}

/* The line of the region that is called so, by node (NAME or NAME@ADDRESS) or by
 * memory-region-names; NULL: none is. */
static const char *find_region(const char *regions, const char *name)
{
	size_t size = strlen(name);
	char as[64];

	snprintf(as, sizeof(as), " as:%s", name);
	for (const char *line = regions; line; line = strchr(line, '\n')) {
		const char *end, *named;

		line += *line == '\n';
		end = line + strcspn(line, "\n");
		named = memmem(line, (size_t)(end - line), as, strlen(as));
		if (named && (named + strlen(as) == end || named[strlen(as)] == ' '))
			return line;
		if (strncmp(line, name, size) == 0 &&
		    (line[size] == '@' || line[size] == ' '))
			return line;
	}
	return NULL;
}

/* The first word of a line, escaped. */
static char *first_word(const char *line)
{
	return escape_bytes(line, strcspn(line, " \n"), 0);
}

static bool has_carveout(const struct device *owner, const char *name)
{
	const char *carveouts = owner ? record_text(owner->record, FACT_CARVEOUTS) : NULL;
	char entry[64];

	snprintf(entry, sizeof(entry), "Name: %s", name);
	return carveouts && strstr(carveouts, entry);
}

static int judge_unnamed(const struct device *device, const char *name,
			 const char *regions, struct finding *finding)
{
	_cleanup_free_ char *first = first_word(regions);

	if (!first)
		return -ENOMEM;
	if (device->verdict != VERDICT_MISPARENTED)
		return finding_message(
			finding, "buffers come from the first memory-region, %s", first);
	finding->status = STATUS_WARN;
	return finding_message(
		       finding,
		       "buffers come from the global pool, not from memory-region %s",
		       first) |
	       finding_evidence(
		       finding,
		       "no region or carveout is called %s, and a kernel that misparents the vdev lacks the fallback to the first region",
		       name) |
	       finding_fix(
		       finding,
		       "apply kernel commit db9178a4f8c4 (in v5.8 and the stable releases with the fix), or call the region %s",
		       name);
}

int pool_judge(const struct tree *tree, const struct device *device,
	       struct finding *finding)
{
	const struct device *bus = verdict_owner_parent(device);
	const char *regions = bus ? record_text(bus->record, FACT_MEMORY_REGION) : NULL;
	const char *region;
	char name[40];

	(void)tree;
	snprintf(name, sizeof(name), "vdev%zubuffer",
		 vdev_index(device_ancestor(device, KIND_VDEV)));
	if (has_carveout(device->owner, name))
		return finding_message(finding, "buffers come from the carveout %s",
				       name);
	if (!regions)
		return finding_skip(
			finding,
			"its memory regions were not recorded (no device tree, or a source without them)");
	region = find_region(regions, name);
	if (region)
		return finding_message(finding, "buffers come from memory-region %s",
				       name);
	if (!*regions)
		return finding_message(
			finding,
			"buffers come from the global pool: the platform device has no memory-region");
	return judge_unnamed(device, name, regions, finding);
}
