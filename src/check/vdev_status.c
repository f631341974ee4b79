// SPDX-License-Identifier: GPL-2.0-or-later
/* vdev-status: whether a virtio device is up. */

#include <linux/virtio_config.h>

#include "checks.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_VIRTIO && device->verdict != VERDICT_NONE;
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	uint32_t status = device->virtio.status.value;
	const char *what = NULL, *brief = NULL, *owner;

	(void)tree;
	if (!device->virtio.status.known) {
		finding_skip(
			finding,
			"its status is not known: cat /sys/bus/virtio/devices/*/status");
		return;
	}
	if (status & VIRTIO_CONFIG_S_FAILED) {
		what = "its driver has given up (FAILED)";
		brief = "FAILED";
	} else if (status & VIRTIO_CONFIG_S_NEEDS_RESET) {
		what = "has run into an error (NEEDS_RESET)";
		brief = "NEEDS_RESET";
	} else if (device->driver && !(status & VIRTIO_CONFIG_S_DRIVER_OK)) {
		what = "its driver is bound, but not ready (no DRIVER_OK)";
		brief = "no DRIVER_OK";
	}
	if (!what)
		return;
	finding_set(finding, STATUS_FAIL, brief);
	finding_message(finding, "%s: none of its channels works", what);
	finding_evidence(finding, "its status reads 0x%08x; up is 0x00000007", status);
	if (!device->owner) {
		finding_fix(finding, "dmesg | grep -e virtio -e rpmsg tells why");
		return;
	}
	owner = finding_quoted(finding, device->owner->name);
	finding_fix(
		finding,
		"dmesg | grep -e virtio -e rpmsg tells why; echo stop > /sys/class/remoteproc/%s/state; echo start > /sys/class/remoteproc/%s/state sets it up again",
		owner, owner);
}

const struct check check_vdev_status = {
	.id = "vdev-status",
	.title = "virtio device is up",
	.worst = STATUS_FAIL,
	/* include/uapi/linux/virtio_config.h */
	.looks =
		"The status of a virtio device: FAILED or NEEDS_RESET is set, or a driver is bound and DRIVER_OK is missing.",
	.matters =
		"Nothing gets through a vdev that is not up, and some firmware waits for DRIVER_OK before it announces anything.",
	.fix = "dmesg tells why the driver gave up; stop and start the remote processor, where there is one.",
	.example =
		"virtio1: its driver has given up (FAILED): none of its channels works",
	.applies = applies,
	.judge = judge,
};
