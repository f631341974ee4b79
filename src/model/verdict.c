// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verdicts. The kernel's own test, rproc_get_by_child() in remoteproc_core.c, walks
 * strict parents until one has the device type "remoteproc"; so does the first rule. The
 * rest tells the bug of v5.1-v5.7 (086d08725d34, fixed by c774ad010873) from transports
 * that have no remote processor by design. Never decided by the kernel's version.
 */

#include "verdict.h"

#include <string.h>

#include "devpath.h"
#include "names.h"

static bool is_due(const struct device *device)
{
	if (device->kind == KIND_CHANNEL)
		return true;
	return device->kind == KIND_VIRTIO &&
	       (device_is_rpmsg_virtio(device) ||
		device_ancestor(device, KIND_REMOTEPROC) ||
		device_ancestor(device, KIND_VDEV) || !device->virtio.id.known);
}

/* A vdev beside its remote processor is a child of the same device; that is a device of a
 * bus but for Xilinx, whose drivers put one without bus (r5@0) between. */
const struct device *verdict_owner_parent(const struct device *device)
{
	const struct device *vdev = device;

	if (device->kind != KIND_VDEV)
		vdev = device_ancestor(device, KIND_VDEV);
	if (vdev && vdev->parent && device_first_remoteproc(vdev->parent))
		return vdev->parent;
	return device_bus_ancestor(device);
}

const struct device *verdict_owner(const struct device *parent, size_t *ret_count)
{
	*ret_count = parent ? device_count(parent, KIND_REMOTEPROC) : 0;
	return *ret_count == 1 ? device_first_remoteproc(parent) : NULL;
}

/* An owner is a processor, and has relatives. */
static void count_owned(struct device *device)
{
	if (device->owner)
		device->owner_index = device->owner->relatives->owned[device->kind]++;
}

/* A text named the device and not its parent: nothing above it is known but what the name
 * of a vdev says, X#vdevNbuffer. */
static bool is_placeless(const struct device *device)
{
	const struct device *vdev = device_ancestor(device, KIND_VDEV);

	if (!devpath_is_below(device->record->path, PLACE_UNKNOWN))
		return false;
	return !vdev || name_is_rproc_virtio(vdev->name);
}

void verdict_give(struct device *device)
{
	size_t candidates = 0;
	const struct device *owner =
		verdict_owner(verdict_owner_parent(device), &candidates);

	if (device->kind == KIND_VDEV || is_due(device))
		device->owner = device_ancestor(device, KIND_REMOTEPROC);
	if (device->kind == KIND_VDEV && !device->owner)
		device->owner = owner;
	if (!is_due(device))
		return;
	if (device->owner) {
		device->verdict = VERDICT_OK;
	} else if (candidates == 0 && is_placeless(device)) {
		device->verdict = VERDICT_UNKNOWN;
	} else if (device_ancestor(device, KIND_VDEV)) {
		device->verdict = VERDICT_MISPARENTED;
		device->owner = owner;
	} else if (candidates > 0) {
		device->verdict = VERDICT_BESIDE;
		device->owner = owner;
	} else {
		device->transport = transport_find(device);
		device->verdict =
			device->transport ? VERDICT_NO_REMOTEPROC : VERDICT_ORPHAN;
	}
	count_owned(device);
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[VERDICT_COUNT_] = {
		[VERDICT_OK] = "ok",         [VERDICT_NO_REMOTEPROC] = "no-remoteproc",
		[VERDICT_BESIDE] = "beside", [VERDICT_MISPARENTED] = "misparented",
		[VERDICT_ORPHAN] = "orphan", [VERDICT_UNKNOWN] = "unknown",
	};

	return names[verdict];
}

const char *verdict_owner_regions(const struct device *device)
{
	const struct device *parent = verdict_owner_parent(device);

	return parent && (parent->kind == KIND_BUS_DEVICE || parent->kind == KIND_OTHER)
		       ? record_text(parent->record, FACT_MEMORY_REGION)
		       : NULL;
}
