// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stale-channels: devices of a processor that does not run, and a running one whose vdev
 * is missing. Said of the processor, and of each channel that nobody answers on.
 */

#include "checks.h"
#include "resource.h"

static bool is_down(const struct device *processor)
{
	return processor->remoteproc.state == REMOTEPROC_OFFLINE ||
	       processor->remoteproc.state == REMOTEPROC_CRASHED ||
	       processor->remoteproc.state == REMOTEPROC_INVALID;
}

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC ||
	       (device_is_user_channel(device) && device->owner &&
		is_down(device->owner));
}

static void judge_channel(const struct device *device, struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "no answer");
	finding_message(finding, "nobody answers on it: %s is %s",
			finding_shown(finding, device->owner->name),
			remoteproc_state_word(device->owner->remoteproc.state));
}

static void judge_left_over(const struct device *device, size_t vdevs, size_t channels,
			    struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "left over");
	finding_message(
		finding,
		"is offline, but %zu vdev%s and %zu channel%s of it remain: nobody answers on them",
		vdevs, vdevs == 1 ? "" : "s", channels, channels == 1 ? "" : "s");
	finding_evidence(finding, "state reads offline, and the devices are still there");
	finding_fix(finding,
		    "close their users, then echo start > /sys/class/remoteproc/%s/state",
		    finding_quoted(finding, device->name));
}

static void skip_no_table(const struct tree *tree, struct finding *finding)
{
	if (tree->inventory->refused & REFUSED_DEBUGFS)
		finding_skip(
			finding,
			"whether its firmware has a vdev is not known: run as root to read its resource table (debugfs)");
	else
		finding_skip(
			finding,
			"whether its firmware has a vdev is not known: capture as root while it runs, or paste resource_table of debugfs");
}

static void judge_no_vdev(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	struct resource_table table;

	if (!resource_parse(record_text(device->record, FACT_RESOURCE_TABLE), &table)) {
		skip_no_table(tree, finding);
		return;
	}
	if (!resource_has_rpmsg(&table))
		return;
	finding_set(finding, STATUS_FAIL, "no vdev");
	finding_message(
		finding,
		"runs, but the vdev of its firmware is missing: it has no channels");
	finding_evidence(
		finding,
		"its resource table has a vdev for rpmsg, and no such device is below it");
	finding_fix(
		finding,
		"dmesg tells whether a stop failed (\"can't stop rproc\") or the probe of rproc-virtio; a reboot helps in either case");
}

static void judge_processor(const struct tree *tree, const struct device *device,
			    struct finding *finding)
{
	size_t vdevs = device->owned[KIND_VIRTIO];
	size_t channels = device->owned[KIND_CHANNEL];

	if (device->remoteproc.state == REMOTEPROC_NOT_RECORDED)
		finding_skip(finding,
			     "its state is not known: cat /sys/class/remoteproc/*/state");
	else if (device->remoteproc.state == REMOTEPROC_OFFLINE && vdevs + channels > 0)
		judge_left_over(device, vdevs, channels, finding);
	else if (device->remoteproc.state == REMOTEPROC_RUNNING && vdevs + channels == 0)
		judge_no_vdev(tree, device, finding);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	if (device->kind == KIND_CHANNEL)
		judge_channel(device, finding);
	else
		judge_processor(tree, device, finding);
}

const struct check check_stale_channels = {
	.id = "stale-channels",
	.title = "channels exist while the processor runs, and only then",
	.worst = STATUS_FAIL,
	.looks =
		"Channels or virtio devices of a processor that is offline or has crashed; a running processor whose firmware has a vdev for rpmsg that is missing.",
	.matters =
		"Nobody answers on what is left over. A vdev that is missing takes all its channels with it.",
	.fix = "Close the users of the left-over devices and start the processor again. A vdev is missing after a stop that failed, or because rproc-virtio's own probe failed: dmesg tells.",
	.example =
		"remoteproc5 (4b35000.pru) is offline, but 1 vdev and 1 channel of it remain: nobody answers on them",
	.applies = applies,
	.judge = judge,
};
