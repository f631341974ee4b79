// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * processor-state: what its file "state" says, and what the devices below it say against
 * that: a recovery that failed leaves the state offline and the vdev in place.
 */

#include <string.h>

#include "checks.h"
#include "history.h"
#include "kernel_log.h"
#include "names.h"
#include "remedy.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

/* A vdev that is really there, and no virtio device below it. An rproc-virtio device
 * without driver is none: its probe failed, and it stays even after a stop. */
static bool is_half_stopped(const struct device *device)
{
	if (device_owned(device, KIND_VIRTIO) > 0)
		return false;
	tree_foreach_child (child, device)
		if (child->kind == KIND_VDEV &&
		    (child->driver ||
		     (!child->record->path_only && !name_is_rproc_virtio(child->name))))
			return true;
	return false;
}

static void judge_crashed(const struct device *device, struct finding *finding)
{
	const char *recovery = device->remoteproc.recovery;

	finding_set(finding, STATUS_FAIL, "crashed");
	finding_message(finding, "has crashed: nobody answers on its channels");
	if (recovery)
		finding_evidence(finding, "state reads crashed, recovery is %s",
				 finding_shown(finding, recovery));
	remedy_of_crash(device, false, finding);
}

/* Of qcom_* on v5.10 rproc_shutdown() checks no state, so that unbinding oopses, too.
 * What unbinding does to a processor that is detached was not tried. */
static void fix_failed_recovery(const struct device *device, struct finding *finding)
{
	const struct device *driven = remedy_driven(device);
	const char *word;

	if (!driven || device->remoteproc.state != REMOTEPROC_OFFLINE ||
	    strncmp(driven->driver, "qcom", 4) == 0) {
		finding_fix(finding, "reboot");
		return;
	}
	word = finding_quoted(finding, driven->name);
	finding_fix(
		finding,
		"reboot, or unbind and bind its driver (the processor gets another number): cd /sys/bus/%s/drivers/%s; echo %s > unbind; echo %s > bind",
		finding_quoted(finding, driven->record->subsystem),
		finding_quoted(finding, driven->driver), word, word);
}

/* rproc_boot_recovery(), rproc_attach_recovery(): the stop has set the state, the start
 * failed, power is still counted, so that rproc_boot() does nothing. */
static void judge_failed_recovery(const struct device *device, struct finding *finding)
{
	const char *state = remoteproc_state_word(device->remoteproc.state);

	finding_set(finding, STATUS_FAIL, "recovery failed");
	finding_message(
		finding,
		"is %s after a recovery that failed: echo start succeeds and does nothing",
		state);
	finding_evidence(
		finding,
		"state reads %s, and a vdev of it is still there, without a virtio device (for a moment each start looks the same: look twice)",
		state);
	fix_failed_recovery(device, finding);
}

/* On its way up a processor has the same shape for a moment. */
static bool is_starting(const struct tree *tree, const struct device *device)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = biography_failed_start(life);

	return tree->inventory->kind == SOURCE_LIVE && start &&
	       start->outcome == START_UNENDED;
}

static void judge_half_stopped(const struct tree *tree, const struct device *device,
			       struct finding *finding)
{
	if (is_starting(tree, device))
		finding_skip(finding, "its start has not ended yet: look again");
	else
		judge_failed_recovery(device, finding);
}

/* Of a processor without vdev only the log tells: most of Qualcomm's have none. */
static const struct start *_nullable_ failed_recovery(const struct biography *life)
{
	const struct start *start = biography_failed_start(life);

	return start && start->recovery && start->outcome == START_FAILED ? start : NULL;
}

static void judge_logged_recovery(const struct tree *tree, const struct device *device,
				  const struct start *start, struct finding *finding)
{
	judge_failed_recovery(device, finding);
	kernel_log_evidence(tree, finding, start->begin_line, start->end_line);
}

static void judge_offline(const struct device *device, struct finding *finding)
{
	finding_set(finding, STATUS_INFO, "offline");
	finding_message(finding, "is offline");
	if (remedy_is_read_only(device)) {
		remedy_to_run(device, finding);
		return;
	}
	finding->several = "are offline";
	finding_fix(finding, "%s, if it should run", remedy_start(device, finding));
}

/* An attach at boot is asynchronous: that it failed is said in the log only. */
static void judge_detached(const struct device *device, struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "detached");
	finding_message(
		finding,
		"is detached: it was started by the boot loader or left running, and Linux does not talk to it");
	finding_fix(
		finding,
		"echo start > /sys/class/remoteproc/%s/state attaches to it (dmesg tells whether an attach at boot failed); where that succeeds and does nothing, a recovery has failed: reboot",
		finding_quoted(finding, device->name));
}

/* The log's last word, which a later stop or start would have taken back. */
static bool has_failed_to_stop(const struct biography *life)
{
	const struct start *last = biography_last_start(life);

	return life && life->stop_error &&
	       (!last || last->begin_line == NO_LINE ||
		last->begin_line < life->stop_line);
}

/* The vdevs are gone before the driver is asked to stop it. */
static void judge_stop(const struct tree *tree, const struct biography *life,
		       struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "stop failed");
	finding_message(
		finding,
		"could not be %s: %s: its channels are gone, and it may still run",
		life->stop_detach ? "detached" : "stopped",
		kernel_log_errno(finding, life->stop_error));
	kernel_log_evidence(tree, finding, life->stop_cause_line, life->stop_line);
	finding_fix(finding, "reboot: to stop it again can oops some kernels");
}

static void judge_invalid(struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "invalid state");
	finding_message(finding, "is in an invalid state: its driver never set one");
	finding_fix(finding,
		    "read what its driver says in dmesg, then unbind and bind it");
}

static void judge_other(const struct device *device, struct finding *finding)
{
	const char *word = finding_shown(finding, device->remoteproc.state_word);

	finding_set(finding, STATUS_WARN, "unknown state");
	if (*word)
		finding_message(finding,
				"is in a state that rproc-tree does not know: %s", word);
	else
		finding_message(finding,
				"has an empty state: whether it runs is not known");
	finding_fix(finding, *word ? "read dmesg; a newer kernel may have a new word"
				   : "read what its driver says in dmesg");
}

/* v5.10 sets it in rproc_del(), right before the device goes. */
static void judge_deleted(struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "deleted");
	finding_message(finding,
			"is being removed, and something holds it: it cannot be started");
	finding_fix(finding, "close what uses it, then unbind and bind its driver");
}

/* The file, or the line of a pasted log that its word was taken from. */
static void give_state(const struct tree *tree, const struct device *device,
		       const struct biography *life, struct finding *finding)
{
	const char *word = device->remoteproc.state_word;
	const char *logged = life ? life_name(life->state) : NULL;

	if (device->record->path_only && logged && strcmp(logged, word) == 0)
		kernel_log_evidence(tree, finding, life->state_line, life->state_line);
	else if (*word)
		finding_evidence(finding, "state reads %s", finding_shown(finding, word));
	else
		finding_evidence(finding, "state is empty");
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	enum remoteproc_state state = device->remoteproc.state;
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *recovery = failed_recovery(life);

	/* The state stays what it was. */
	if ((remoteproc_runs(device) || state == REMOTEPROC_NOT_RECORDED) &&
	    has_failed_to_stop(life))
		judge_stop(tree, life, finding);
	else if ((state == REMOTEPROC_OFFLINE || state == REMOTEPROC_DETACHED) &&
		 is_half_stopped(device))
		judge_half_stopped(tree, device, finding);
	else if (recovery &&
		 state == (recovery->attach ? REMOTEPROC_DETACHED : REMOTEPROC_OFFLINE))
		judge_logged_recovery(tree, device, recovery, finding);
	else if (state == REMOTEPROC_NOT_RECORDED)
		finding_skip(finding, "its state is not known: cat %s/*/state",
			     remedy_files(device));
	else if (state == REMOTEPROC_CRASHED)
		judge_crashed(device, finding);
	else if (state == REMOTEPROC_OFFLINE)
		judge_offline(device, finding);
	else if (state == REMOTEPROC_DETACHED)
		judge_detached(device, finding);
	else if (state == REMOTEPROC_INVALID)
		judge_invalid(finding);
	else if (state == REMOTEPROC_DELETED)
		judge_deleted(finding);
	else if (state == REMOTEPROC_OTHER)
		judge_other(device, finding);
	if (finding->status > STATUS_SKIP && !finding->evidence)
		give_state(tree, device, life, finding);
}

const struct check check_processor_state = {
	.id = "processor-state",
	.title = "remote processor is in a healthy state",
	.worst = STATUS_FAIL,
	/* rproc_state_string[], remoteproc_sysfs.c */
	.looks =
		"The file state, and the kernel log for a stop that failed. Crashed and invalid fail, and so does offline or detached with a vdev that is still there: a recovery that failed. Detached, deleted and unknown words warn. Offline is information: nobody may have started it. Attached and suspended pass.",
	.matters =
		"A crashed processor answers on no channel. With recovery enabled the kernel restarts it by itself, and if the state still reads crashed, the recovery could not stop it; with recovery disabled it stays as it is, so that its memory can be looked at. From v6.1 on each echo start of a running one is counted, and as many echo stop are needed.",
	.fix = "Read dmesg for the cause. echo recover > /sys/class/remoteproc/remoteprocN/recovery restarts a crashed one, and takes the dump: coredump must have been enabled before the crash. After a failed recovery only unbinding and binding its driver, or a reboot, helps.",
	.example =
		"remoteproc0 (4b30000.pru) has crashed: nobody answers on its channels",
	.applies = applies,
	.judge = judge,
};
