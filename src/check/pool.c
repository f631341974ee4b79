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

#include "checks.h"
#include "escape.h"
#include "names.h"

static bool applies(const struct device *device)
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

static void judge_unnamed(const struct device *device, const char *name,
			  const char *regions, struct finding *finding)
{
	_cleanup_free_ char *first = first_word(regions);

	if (!first) {
		finding->error = -ENOMEM;
		return;
	}
	if (device->verdict != VERDICT_MISPARENTED) {
		finding_message(finding, "buffers come from the first memory-region, %s",
				first);
		return;
	}
	finding_set(finding, STATUS_WARN, "global pool");
	finding_message(
		finding,
		"buffers come from the global pool, not from memory-region %s: a remote processor that reaches only that cannot read them",
		first);
	finding_evidence(
		finding,
		"no region or carveout is called %s, and a kernel that misparents the vdev lacks the fallback to the first region",
		name);
	finding_fix(
		finding,
		"apply kernel commit db9178a4f8c4 (in v5.8 and the stable releases with the fix), or call the region %s",
		name);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct device *bus = verdict_owner_parent(device);
	const char *regions = bus ? record_text(bus->record, FACT_MEMORY_REGION) : NULL;
	char name[40];

	(void)tree;
	snprintf(name, sizeof(name), "vdev%zubuffer",
		 vdev_index(device_ancestor(device, KIND_VDEV)));
	if (has_carveout(device->owner, name))
		finding_message(finding, "buffers come from the carveout %s", name);
	else if (!regions)
		finding_skip(
			finding,
			"its memory regions were not recorded: capture on the board, if it has a device tree");
	else if (find_region(regions, name))
		finding_message(finding, "buffers come from memory-region %s", name);
	else if (!*regions)
		finding_message(
			finding,
			"buffers come from the global pool: the platform device has no memory-region");
	else
		judge_unnamed(device, name, regions, finding);
}

const struct check check_buffer_pool = {
	.id = "buffer-pool",
	.title = "vdev's buffers come from the memory that is meant for them",
	.worst = STATUS_WARN,
	/* db9178a4f8c4; rproc_add_virtio_dev(), remoteproc_virtio.c */
	.looks =
		"A carveout or memory-region called vdevNbuffer, else the first memory-region of the platform device, else the global pool; and whether this kernel has the fallback to the first one.",
	.matters =
		"A remote processor that reaches only some memory cannot read buffers from elsewhere: \"No vring buffer\", or silence. A kernel of v5.1 to v5.7 falls to the global pool where no region is called vdev0buffer.",
	.fix = "Apply db9178a4f8c4 (the companion in kernel/fix of rproc-tree), or call the region vdevNbuffer in the device tree.",
	.example =
		"virtio0: buffers come from the global pool, not from memory-region dsp-memory-region@c3000000: a remote processor that reaches only that cannot read them",
	.applies = applies,
	.judge = judge,
};
