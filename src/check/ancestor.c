// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rpmsg-ancestor and vdev-parent: the verdict as a result. One says it of channels, the
 * other of the virtio devices they hang from, which show the bug before any channel is
 * there.
 */

#include "ancestor.h"

#include <errno.h>
#include <string.h>

#include "escape.h"

bool ancestor_applies_to_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL;
}

bool ancestor_applies_to_virtio(const struct device *device)
{
	return device->kind == KIND_VIRTIO && device->verdict != VERDICT_NONE;
}

/* "remoteproc0", or "remoteproc0 or remoteproc1" where it cannot be told. The caller owns
 * the string; NULL: out of memory, "" : none is there. */
static char *candidates(const struct device *device)
{
	const struct device *place = verdict_place(device);
	_cleanup_free_ char *names = strdup("");

	if (!place)
		return steal(names);
	tree_foreach_child (child, place) {
		_cleanup_free_ char *name = NULL;
		char *longer;

		if (!names || child->kind != KIND_REMOTEPROC)
			continue;
		name = escape_string(child->name, 0);
		if (!name ||
		    asprintf(&longer, "%s%s%s", names, *names ? " or " : "", name) < 0)
			return NULL;
		free(names);
		names = longer;
	}
	return steal(names);
}

static int judge_misparented(const struct device *device, struct result *result)
{
	const struct device *vdev = device_ancestor(device, KIND_VDEV);
	_cleanup_free_ char *place =
		escape_string(vdev->parent ? vdev->parent->name : "its bus device", 0);
	_cleanup_free_ char *owners = candidates(device);

	if (!place || !owners)
		return -ENOMEM;
	result->status = STATUS_FAIL;
	result->hint =
		"the kernel parents the vdev to the platform device: apply commit c774ad010873 (v5.8, 5.4.47, 5.6.19, 5.7.3), or kernel/fix of rproc-tree";
	if (*owners)
		return result_message(
			result,
			"hangs from %s, beside %s: rproc_get_by_child() returns NULL",
			place, owners);
	return result_message(
		result,
		"hangs from %s, not from a remote processor: rproc_get_by_child() returns NULL",
		place);
}

static int judge_beside(const struct device *device, struct result *result)
{
	_cleanup_free_ char *owners = candidates(device);

	if (!owners)
		return -ENOMEM;
	result->status = STATUS_NOTE;
	result->hint =
		"nothing, if the driver looks its remote processor up otherwise, as those for MediaTek SCP do";
	return result_message(
		result, "hangs beside %s by design: rproc_get_by_child() returns NULL",
		owners);
}

int ancestor_judge(const struct device *device, struct result *result)
{
	_cleanup_free_ char *owner = NULL;

	switch (device->verdict) {
	case VERDICT_OK:
		owner = escape_string(device->owner->name, 0);
		return owner ? result_message(result, "below %s", owner) : -ENOMEM;
	case VERDICT_MISPARENTED:
		return judge_misparented(device, result);
	case VERDICT_BESIDE:
		return judge_beside(device, result);
	case VERDICT_NO_REMOTEPROC:
		result->status = STATUS_NOTE;
		return result_message(result, "has no remote processor by design: %s",
				      device->transport->reason);
	default:
		result->status = STATUS_FAIL;
		result->hint =
			"look at where the device hangs; if this transport has no remote processor by design, report it so that rproc-tree learns of it";
		return result_message(
			result,
			"no ancestor is a remote processor, and the transport is none that has no remote processor by design");
	}
}
