// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vdev-collision: v6.1.0 and v6.1.1 name a vdev after its index alone (rproc-virtio.0),
 * so that only one remote processor can have one. A second that is booted ends offline,
 * one that is attached to stays detached.
 */

#include <string.h>

#include "checks.h"
#include "history.h"
#include "kernel_log.h"
#include "names.h"
#include "resource.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

/* The processor that has the name; NULL: that is not the shape. */
static const struct device *winner_of(const struct tree *tree)
{
	const struct device *vdev = tree->only_vdev;

	if (!vdev || !name_is_rproc_virtio(vdev->name) || strstr(vdev->name, ".auto"))
		return NULL;
	return vdev->owner && remoteproc_runs(vdev->owner) ? vdev->owner : NULL;
}

static bool has_log_of_it(const struct tree *tree, const struct device *device)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = biography_failed_start(life);

	return start && start->cause == CAUSE_NAME_TAKEN;
}

/* Offline may have other reasons: only the log tells. */
static bool is_loser(const struct tree *tree, const struct device *device)
{
	struct resource_table table;

	if (resource_parse(record_text(device->record, FACT_RESOURCE_TABLE), &table) &&
	    !resource_has_rpmsg(&table))
		return false;
	return device->remoteproc.state == REMOTEPROC_DETACHED ||
	       has_log_of_it(tree, device);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct device *winner = winner_of(tree);

	if (!winner || winner == device)
		return;
	if (device->remoteproc.state == REMOTEPROC_OFFLINE && !tree->history) {
		kernel_log_skip(tree, finding);
		return;
	}
	if (!is_loser(tree, device))
		return;
	finding_set(finding, STATUS_FAIL, "name collision");
	finding_message(finding,
			"has no vdev, and so no channels: %s has taken the name %s",
			finding_shown(finding, winner->name),
			finding_shown(finding, tree->only_vdev->name));
	finding_evidence(
		finding,
		"v6.1.0 and 6.1.1 name the vdev of every remote processor alike, so a second one cannot be registered");
	finding_fix(finding, "update to Linux 6.1.2 or later (65fcf3872f83)");
}

const struct check check_vdev_collision = {
	.id = "vdev-collision",
	.title = "every remote processor could register its vdev",
	.worst = STATUS_FAIL,
	/* 65fcf3872f83; rproc_add_virtio_devices(), remoteproc_core.c */
	.looks =
		"Several processors of which exactly one has a vdev that is called rproc-virtio.N without .auto, and another is detached, or failed to start for that name.",
	.matters =
		"v6.1.0 and v6.1.1 name the vdev after its index only: a second processor that is booted ends offline (\"Failed to process resources: -17\"), one that is attached to stays detached.",
	.fix = "Update to 6.1.2 or later (65fcf3872f83).",
	.example =
		"remoteproc1 (imx-rproc) has no vdev, and so no channels: remoteproc0 has taken the name rproc-virtio.0",
	.applies = applies,
	.judge = judge,
};
