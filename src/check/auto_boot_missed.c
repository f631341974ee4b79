// SPDX-License-Identifier: GPL-2.0-or-later
/* auto-boot-missed: the firmware was not there when the driver tried, and is there now.
 */

#include "checks.h"
#include "kernel_log.h"
#include "remedy.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC &&
	       device->remoteproc.state == REMOTEPROC_OFFLINE &&
	       device->remoteproc.firmware_found == YES;
}

/* Somebody may have stopped it, too. */
static void judge_by_driver(const struct tree *tree, const struct device *device,
			    struct finding *finding)
{
	const struct device *driven = remedy_driven(device);
	enum tristate boots = remedy_boots_itself(device);

	if (boots == UNKNOWN)
		kernel_log_skip(tree, finding);
	if (!driven || boots != YES)
		return;
	finding_set(finding, STATUS_WARN, "auto boot missed");
	finding_message(
		finding,
		"is offline although its firmware %s is there and its driver boots it by itself: somebody stopped it, or the driver looked for the file too early",
		finding_shown(finding, device->remoteproc.firmware));
	finding_evidence(finding, "state reads offline; %s sets auto_boot",
			 finding_shown(finding, driven->driver));
	finding_fix(finding, "echo start > /sys/class/remoteproc/%s/state",
		    finding_quoted(finding, device->name));
}

static void judge_by_log(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = biography_failed_start(life);

	if (!start || start->cause != CAUSE_FIRMWARE_MISSING)
		return;
	finding_set(finding, STATUS_WARN, "auto boot missed");
	finding_message(
		finding,
		"is offline although its firmware %s is there now: the driver looked for it too early, and does not try again",
		finding_shown(finding, device->remoteproc.firmware));
	kernel_log_evidence(tree, finding, start->cause_line, start->end_line);
	finding_fix(
		finding,
		"echo start > /sys/class/remoteproc/%s/state; for every boot put the file into the initramfs, or keep the driver out of it",
		finding_quoted(finding, device->name));
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	if (tree->history)
		judge_by_log(tree, device, finding);
	else
		judge_by_driver(tree, device, finding);
}

const struct check check_auto_boot_missed = {
	.id = "auto-boot-missed",
	.title = "auto boot found its firmware",
	.worst = STATUS_WARN,
	/* rproc_auto_boot_callback(), remoteproc_core.c: one try. */
	.looks =
		"A processor that is offline, whose firmware file is there now, and whose load failed in the kernel log; without a log, one whose driver always boots it.",
	.matters =
		"A driver in the initramfs looks for its firmware before the root file system is mounted. Auto boot tries once and never again.",
	.fix = "echo start > /sys/class/remoteproc/remoteprocN/state; put the firmware into the initramfs, or the driver out of it.",
	.example =
		"remoteproc0 (adsp) is offline although its firmware qcom/adsp.mbn is there now: the driver looked for it too early, and does not try again",
	.applies = applies,
	.judge = judge,
};
