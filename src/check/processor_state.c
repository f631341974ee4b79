// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * processor-state: what its file "state" says, and what the devices below it say against
 * that: a recovery that failed leaves the state offline and the vdev in place.
 */

#include <string.h>

#include "checks.h"
#include "kernel_log.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

/* A vdev that is really there, and no virtio device below it. The same is seen for a
 * moment in every start: check --settle waits for that. */
static bool is_half_stopped(const struct device *device)
{
	if (device->owned[KIND_VIRTIO] > 0)
		return false;
	tree_foreach_child (child, device)
		if (child->kind == KIND_VDEV && !child->record->path_only)
			return true;
	return false;
}

static bool has_edge(const struct device *device)
{
	return device->counts[KIND_EDGE] > 0;
}

/* qcom_*: to stop such a processor a second time is a NULL dereference in some kernels,
 * and no version number tells which. */
static bool is_unsafe_to_stop(const struct device *device)
{
	const char *driver = device->parent ? device->parent->driver : NULL;

	return driver && strncmp(driver, "qcom", 4) == 0 && !has_edge(device);
}

static void judge_crashed(const struct device *device, struct finding *finding)
{
	const char *name = finding_quoted(finding, device->name);
	const char *recovery = device->remoteproc.recovery;

	finding_set(finding, STATUS_FAIL, "crashed");
	finding_message(finding, "has crashed: nobody answers on its channels");
	finding_evidence(finding, "state reads crashed, recovery is %s",
			 recovery ? finding_shown(finding, recovery) : "not known");
	if (!recovery)
		finding_fix(
			finding,
			"dmesg | grep -i remoteproc tells the cause; recovery below /sys/kernel/debug/remoteproc/%s restarts it",
			name);
	else if (strcmp(recovery, "disabled") == 0)
		finding_fix(
			finding,
			"echo recover > /sys/class/remoteproc/%s/recovery restarts it, and takes a dump if coredump was enabled before the crash",
			name);
	else if (is_unsafe_to_stop(device))
		finding_fix(
			finding,
			"reboot: its recovery failed, and stopping or unbinding it again can oops some kernels");
	else
		finding_fix(
			finding,
			"its recovery failed: dmesg tells why; echo stop > /sys/class/remoteproc/%s/state, then echo start, or reboot",
			name);
}

/* rproc_boot_recovery(): the stop has set offline, the start failed, power is still
 * counted, so that "echo start" succeeds and does nothing (remoteproc_core.c). */
static void judge_failed_recovery(const struct device *device, struct finding *finding)
{
	const char *bus = device->parent ? device->parent->name : "DEVICE";

	finding_set(finding, STATUS_FAIL, "recovery failed");
	finding_message(
		finding,
		"is offline after a recovery that failed: echo start succeeds and does nothing");
	finding_evidence(
		finding,
		"state reads offline, and a vdev of it is still there, without a virtio device");
	if (device->parent && device->parent->driver &&
	    strncmp(device->parent->driver, "qcom", 4) == 0)
		finding_fix(finding, "reboot");
	else
		finding_fix(
			finding,
			"reboot, or bind its driver anew (the processor gets another number): cd /sys/bus/platform/drivers/%s; echo %s > unbind; echo %s > bind",
			finding_quoted(finding,
				       device->parent ? device->parent->driver : NULL),
			finding_quoted(finding, bus), finding_quoted(finding, bus));
}

static void judge_offline(const struct device *device, struct finding *finding)
{
	if (is_half_stopped(device)) {
		judge_failed_recovery(device, finding);
		return;
	}
	finding_set(finding, STATUS_INFO, "offline");
	finding->several = "are offline";
	finding_message(finding, "is offline");
	finding_evidence(finding, "state reads offline");
	finding_fix(finding,
		    "echo start > /sys/class/remoteproc/%s/state, if it should run",
		    finding_quoted(finding, device->name));
}

static void judge_detached(const struct device *device, struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "detached");
	finding_message(
		finding,
		"is detached: it was started by the boot loader or left running, and Linux does not talk to it");
	finding_evidence(finding, "state reads detached");
	finding_fix(
		finding,
		"echo start > /sys/class/remoteproc/%s/state attaches to it; dmesg tells if that failed at boot",
		finding_quoted(finding, device->name));
}

/* The vdevs are gone before the driver is asked to stop it. */
static void judge_stop(const struct tree *tree, const struct biography *life,
		       struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "stop failed");
	finding_message(
		finding,
		"could not be stopped: %s: its channels are gone, and it may still run",
		kernel_log_errno(finding, life->stop_error));
	kernel_log_evidence(tree, finding, life->stop_line, life->stop_line);
	finding_fix(finding, "reboot: to stop it again can oops some kernels");
}

static void judge_invalid(struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "invalid state");
	finding_message(finding, "is in no valid state: its driver never set one");
	finding_evidence(finding, "state reads invalid");
	finding_fix(finding, "look at its driver in dmesg, and bind it anew");
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct biography *life =
		tree->history ? history_of(tree->history, device->name) : NULL;

	/* The state stays what it was. */
	if (life && life->stop_error &&
	    (remoteproc_runs(device) ||
	     device->remoteproc.state == REMOTEPROC_NOT_RECORDED)) {
		judge_stop(tree, life, finding);
		return;
	}
	switch (device->remoteproc.state) {
	case REMOTEPROC_NOT_RECORDED:
		finding_skip(finding,
			     "its state is not known: cat /sys/class/remoteproc/*/state");
		break;
	case REMOTEPROC_CRASHED:
		judge_crashed(device, finding);
		break;
	case REMOTEPROC_OFFLINE:
		judge_offline(device, finding);
		break;
	case REMOTEPROC_DETACHED:
		judge_detached(device, finding);
		break;
	case REMOTEPROC_INVALID:
		judge_invalid(finding);
		break;
	case REMOTEPROC_OTHER:
		finding_set(finding, STATUS_WARN, "unknown state");
		finding_message(finding,
				"is in a state that rproc-tree does not know: %s",
				finding_shown(finding, device->remoteproc.state_word));
		finding_fix(finding, "read dmesg; a newer kernel may have a new word");
		break;
	default:
		break;
	}
}

const struct check check_processor_state = {
	.id = "processor-state",
	.title = "remote processor is in a healthy state",
	.worst = STATUS_FAIL,
	/* rproc_state_string[], remoteproc_sysfs.c */
	.looks =
		"The file state, and the kernel log for a stop that failed. Crashed and invalid fail, and so does offline with a vdev that is still there: a recovery that failed. Detached and unknown words warn. Offline is information: nobody may have started it. Attached counts as running.",
	.matters =
		"A crashed processor answers on no channel. With recovery enabled the kernel restarts it by itself; with recovery disabled it stays as it is, so that its memory can be looked at.",
	.fix = "Read dmesg for the cause. echo recover > /sys/class/remoteproc/remoteprocN/recovery restarts a crashed one, and takes the dump: coredump must have been enabled before the crash. After a failed recovery only binding the driver anew or a reboot helps.",
	.example =
		"remoteproc0 (4b30000.pru) has crashed: nobody answers on its channels",
	.applies = applies,
	.judge = judge,
};
