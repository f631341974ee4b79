// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stale-channels: devices of a processor that does not run, and a running one whose vdev
 * is missing. Said of the processor, and of each channel that nobody answers on.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "history.h"
#include "kernel_log.h"
#include "names.h"
#include "path_names.h"
#include "remedy.h"
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
	const char *owner = finding_shown(finding, device->owner->name);
	const char *word = remoteproc_state_word(device->owner->remoteproc.state);

	finding_set(finding, STATUS_FAIL, "no answer");
	finding_message(finding, "nobody answers on it: %s is %s", owner, word);
	finding_evidence(finding, "the state of %s reads %s", owner, word);
	finding_fix(finding, "get %s to run: rproc-tree check --only processor-state",
		    owner);
}

static void judge_left_over(const struct device *device, size_t vdevs, size_t channels,
			    struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "left over");
	if (vdevs == 1)
		finding_message(
			finding,
			"is offline, but its vdev is still there: nobody answers on its channels");
	else if (vdevs > 1)
		finding_message(
			finding,
			"is offline, but its %zu vdevs are still there: nobody answers on their channels",
			vdevs);
	else
		finding_message(
			finding,
			"is offline, but channels of it are still there: nobody answers on them");
	finding_evidence(
		finding,
		"state reads offline, and %zu vdev%s and %zu channel%s of it exist",
		vdevs, vdevs == 1 ? "" : "s", channels, channels == 1 ? "" : "s");
	finding_fix(finding, "close their users, then %s", remedy_start(device, finding));
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

/* platform_device_register_data() tells of no failed probe, so the start went on (v6.1).
 */
static const struct device *unbound_vdev(const struct device *device)
{
	tree_foreach_child (child, device)
		if (child->kind == KIND_VDEV && name_is_rproc_virtio(child->name) &&
		    !child->driver && !child->record->path_only)
			return child;
	return NULL;
}

static void judge_unbound(const struct device *vdev, struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "no vdev");
	finding_message(
		finding,
		"runs, but rproc-virtio could not set up its vdev %s: it has no channels",
		finding_shown(finding, vdev->name));
	finding_evidence(finding, "%s is a child of it without driver",
			 finding_shown(finding, vdev->name));
	finding_fix(
		finding,
		"make its vrings fit their memory regions, and the number of buffers a power of two: dmesg | grep -i -e rproc -e vring has the error");
}

/* The last start that the log knows of, where that is the one it runs from. */
static bool has_no_table(const struct tree *tree, const struct device *device)
{
	const struct start *last =
		biography_last_start(history_of(tree->history, device->name));

	return last && last->outcome == START_SUCCEEDED && last->no_table;
}

/* Who expects channels is told here why there are none. */
static void judge_no_table(struct finding *finding)
{
	finding_set(finding, STATUS_INFO, "no table");
	finding_message(
		finding,
		"runs firmware without a resource table, so it has no vdev and no channels: this is not a fault");
	finding_fix(
		finding,
		"build the firmware with a resource table that has a vdev, if it should talk rpmsg");
}

static void judge_no_vdev(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	struct resource_table table;

	if (!resource_parse(record_text(device->record, FACT_RESOURCE_TABLE), &table)) {
		if (has_no_table(tree, device))
			judge_no_table(finding);
		else
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
		"reboot: a stop has failed (\"can't stop rproc\" in dmesg) and taken the vdev along");
}

static void judge_without_vdev(const struct tree *tree, const struct device *device,
			       struct finding *finding)
{
	const struct device *unbound = unbound_vdev(device);

	if (unbound)
		judge_unbound(unbound, finding);
	else
		judge_no_vdev(tree, device, finding);
}

/* Of a text. A link may lead nowhere, and a list may be older than the log. */
static void judge_listed(const struct tree *tree, const struct biography *life,
			 struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "leaked");
	finding_message(
		finding,
		"was released, and devices below it are listed: they have leaked, unless the list is older than that");
	kernel_log_evidence(tree, finding, NO_LINE, life->release_line);
	finding_fix(
		finding,
		"ls -L /sys/bus/virtio/devices/ /sys/bus/rpmsg/devices/ names those that lead nowhere: only a reboot frees them; before unbinding a driver stop its processor as often as it was started");
}

static void judge_processor(const struct tree *tree, const struct device *device,
			    struct finding *finding)
{
	size_t vdevs = device_owned(device, KIND_VIRTIO);
	size_t channels = device_owned(device, KIND_CHANNEL);
	const struct biography *life = history_of(tree->history, device->name);

	/* Its driver has let go of it. */
	if (device->remoteproc.state == REMOTEPROC_NOT_RECORDED && vdevs + channels > 0 &&
	    life && life->gone)
		judge_listed(tree, life, finding);
	else if (device->remoteproc.state == REMOTEPROC_NOT_RECORDED)
		finding_skip(finding, "its state is not known: cat %s/*/state",
			     remedy_files(device));
	else if (device->remoteproc.state == REMOTEPROC_OFFLINE && vdevs + channels > 0)
		judge_left_over(device, vdevs, channels, finding);
	else if (remoteproc_runs(device) && vdevs + channels == 0)
		judge_without_vdev(tree, device, finding);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	if (device->kind == KIND_CHANNEL)
		judge_channel(device, finding);
	else
		judge_processor(tree, device, finding);
}

/* "virtio=1 rpmsg=2": how many links of a bus lead nowhere. */
static unsigned long leaked_on(const char *fact, const char *bus)
{
	const char *at = strstr(fact, bus);

	return at ? strtoul(at + strlen(bus), NULL, 10) : 0;
}

static void judge_leaked(const char *fact, struct finding *finding)
{
	unsigned long virtios = leaked_on(fact, "virtio=");
	unsigned long channels = leaked_on(fact, "rpmsg=");

	finding_set(finding, STATUS_WARN, "leaked");
	finding_message(
		finding,
		"has links that lead nowhere, of %lu virtio device%s and %lu channel%s: their remote processor was removed, and was never stopped",
		virtios, virtios == 1 ? "" : "s", channels, channels == 1 ? "" : "s");
	finding_evidence(
		finding,
		"ls -l /sys/bus/virtio/devices /sys/bus/rpmsg/devices lists links without a target");
	finding_fix(
		finding,
		"reboot: nothing else frees them; before unbinding a driver stop its processor as often as it was started");
}

/* Up to v6.12 a driver's removal only lowers the count of starts; v7.3 stops for good. */
static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const char *fact =
		record_property(&findings->tree->inventory->system, FACT_LEAKED);
	struct finding *finding;

	(void)options;
	if (!fact)
		return;
	finding = findings_add_gone(findings, check, PATH_BUSES, NULL);
	judge_leaked(fact, finding);
	findings_judged(findings, finding);
}

const struct check check_stale_channels = {
	.id = "stale-channels",
	.title = "channels exist while the processor runs, and only then",
	.worst = STATUS_FAIL,
	.looks =
		"Channels or virtio devices of a processor that is offline or has crashed; a running processor whose firmware has a vdev for rpmsg that is missing, or whose rproc-virtio device has no driver; links on the buses that lead nowhere.",
	.matters =
		"Nobody answers on what is left over. A vdev that is missing takes all its channels with it. Up to v6.12 a processor that was started more than once is not stopped when its driver goes: its devices leak, and it may still run.",
	.fix = "Close the users of the left-over devices and start the processor again. A vdev is missing after a stop that failed, or because rproc-virtio's own probe failed, for a vring that does not fit its carveout or a bad queue size: dmesg tells. Firmware without resource table has none, which is not a fault. Leaked devices go with a reboot.",
	.example =
		"remoteproc5 (4b35000.pru) is offline, but its vdev is still there: nobody answers on its channels",
	.applies = applies,
	.judge = judge,
	.judge_all = judge_all,
};
