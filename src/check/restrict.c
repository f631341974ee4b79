// SPDX-License-Identifier: GPL-2.0-or-later
/* Findings of some devices only. The trees share their records, in the same order. */

#include <errno.h>
#include <string.h>

#include "cause.h"
#include "finding.h"

/* The partner in the part of each device of the whole tree; NULL: it is not in there. */
static const struct device **map_devices(const struct tree *whole,
					 const struct tree *part)
{
	const struct device **map = calloc(whole->count + 1, sizeof(*map));
	size_t next = 0;

	for (size_t i = 0; map && i < whole->count && next < part->count; i++)
		if (whole->devices[i].record == part->devices[next].record)
			map[i] = &part->devices[next++];
	return map;
}

/* What is not there is told only where it was asked for. */
static bool is_wish(const struct check *check)
{
	static const char *const wishes[] = { "expected", "required",
					      "required-running" };

	for (size_t i = 0; i < ARRAY_SIZE(wishes); i++)
		if (strcmp(check->id, wishes[i]) == 0)
			return true;
	return false;
}

static bool stays(const struct tree *whole, const struct device **map,
		  struct finding *finding)
{
	if (!tree_has(whole, finding->device))
		return is_wish(finding->check);
	finding->device = map[finding->device - whole->devices];
	return finding->device;
}

/* The findings that stay, each where it belongs; what their causes are is asked anew. */
static void compact(struct findings *findings, const struct device **map)
{
	size_t count = 0;

	memset(findings->statuses, 0, sizeof(findings->statuses));
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->list[i];

		if (!stays(findings->tree, map, finding)) {
			finding_clear(finding);
			continue;
		}
		finding->cause = finding->head = NULL;
		findings->statuses[finding->status]++;
		findings->list[count++] = *finding;
	}
	findings->count = count;
}

int findings_restrict(struct findings *findings, const struct tree *part)
{
	_cleanup_free_ const struct device **map = map_devices(findings->tree, part);

	if (!map)
		return -ENOMEM;
	compact(findings, map);
	findings->tree = part;
	findings->remoteprocs = findings->vdevs = 0;
	findings->channels = findings->service_channels = 0;
	tree_foreach (device, part)
		findings_count(findings, device);
	return causes_find(findings);
}
