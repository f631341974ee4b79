// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * probe-failed: a driver gave its device up: that of a channel, or of a remote processor,
 * which is then released again.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"
#include "names.h"
#include "remedy.h"

/* Where its driver is bound: the drivers of processors are platform drivers. */
static const char *bus_of(const char *name)
{
	struct channel_name channel;

	if (name_is_virtio(name))
		return "virtio";
	return name_parse_channel(name, &channel) ? "rpmsg" : "platform";
}

/* A start that failed in the probe is its reason. */
static const char *reason(struct finding *finding, enum cause cause, int error,
			  const char *file)
{
	return cause == CAUSE_UNKNOWN ? kernel_log_errno(finding, error)
				      : kernel_log_reason(finding, cause, error, file);
}

/* What to do before the driver is bound again; other: where the log does not tell. */
static const char *first_step(struct finding *finding, enum cause cause, const char *file,
			      const char *other)
{
	if (cause != CAUSE_FIRMWARE_MISSING)
		return other;
	return finding_format(finding, "put %s into /lib/firmware",
			      file ? finding_quoted(finding, file) : "its firmware");
}

/* rpmsg_probe(), virtio_rpmsg_bus.c: the only large thing it asks for. */
static bool wants_buffers(const struct probe *probe)
{
	return probe->error == -ENOMEM && probe->driver &&
	       strcmp(probe->driver, "virtio_rpmsg_bus") == 0;
}

static void judge_probe(const struct tree *tree, const struct probe *probe,
			struct finding *finding)
{
	const char *driver = finding_shown(finding, probe->driver);

	finding_set(finding, STATUS_FAIL, "probe failed");
	finding_message(finding,
			"its driver%s%s failed to probe it: %s, so nothing serves it",
			*driver ? " " : "", driver,
			reason(finding, probe->cause, probe->error, probe->file));
	kernel_log_evidence(tree, finding, probe->cause_line, probe->line);
	if (probe->cause == CAUSE_MEMORY) {
		finding_fix(
			finding,
			"give the reserved memory of the processor's device tree node the address and size that the firmware asks for, then stop and start the processor");
		return;
	}
	if (probe->cause == CAUSE_POOL) {
		finding_fix(
			finding,
			"give that region of the device tree compatible = \"shared-dma-pool\", and boot with that");
		return;
	}
	if (wants_buffers(probe)) {
		finding_fix(
			finding,
			"give its buffers room: the pool of its vdev, or the default one, needs 512 bytes for each descriptor of both vrings, 256 KiB at most; then bind it again: echo %s > /sys/bus/virtio/drivers/virtio_rpmsg_bus/bind",
			finding_quoted(finding, probe->device));
		return;
	}
	finding_fix(finding,
		    "%s, then bind it again: echo %s > /sys/bus/%s/drivers/%s/bind",
		    first_step(finding, probe->cause, probe->file,
			       "read what the driver says before that, remove the cause"),
		    finding_quoted(finding, probe->device), bus_of(probe->device),
		    *driver ? finding_quoted(finding, probe->driver) : "DRIVER");
}

static bool was_refused(const struct biography *life)
{
	return life->release_error_line != NO_LINE || (life->gone && life->releases > 1);
}

static void judge_release(const struct tree *tree, const struct biography *life,
			  struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "released");
	if (life->release_error_line != NO_LINE)
		finding_message(finding,
				"%s: its driver failed%s%s; the remote processor %s",
				life->gone ? "is gone" : "was released",
				life->release_error ? ": " : "",
				life->release_error
					? reason(finding, life->release_cause,
						 life->release_error, life->release_file)
					: "",
				life->gone ? "does not exist" : "came back later");
	else
		finding_message(
			finding,
			"is gone: it was released %u times: its driver probes again and again",
			life->releases);
	kernel_log_evidence(tree, finding, life->release_error_line, life->release_line);
	finding_fix(finding, "%s, then load or bind the driver again",
		    first_step(finding, life->release_cause, life->release_file,
			       REMEDY_DRIVER));
}

static void judge_releases(struct findings *findings, const struct check *check)
{
	const struct history *history = findings->tree->history;

	for (size_t i = 0; i < history->processor_count; i++) {
		const struct biography *life = &history->processors[i];
		struct finding *finding;

		if (!was_refused(life))
			continue;
		finding = life->gone ? findings_add_gone(findings, check, life->device,
							 life->name)
				     : kernel_log_add(findings, check, life->device);
		judge_release(findings->tree, life, finding);
		findings_judged(findings, finding);
	}
}

/* Whether it may be that of a processor of the log. */
static bool may_be_one_of(const struct history *history, const struct stray *stray)
{
	return stray->processor != NO_PROCESSOR || name_is_virtio(stray->device) ||
	       history->has_untied;
}

/* The core is in no need of being bound, and the bus complains of what it is sent:
 * MAX_RPMSG_BUF_SIZE and rpmsg_create_channel(), virtio_rpmsg_bus.c. */
static void advise_on_error(const struct stray *stray, const char *driver,
			    struct finding *finding)
{
	if (strcmp(driver, "remoteproc") == 0)
		finding_fix(
			finding,
			"read what stands before that: dmesg | grep -i -e remoteproc -e rproc");
	else if (stray->cause == CAUSE_RECIPIENT)
		finding_fix(
			finding,
			"load the driver of that channel, or have whoever talks to it open its endpoint, before the firmware sends to it");
	else if (strcmp(driver, "virtio_rpmsg_bus") == 0)
		finding_fix(
			finding,
			"correct what the firmware sends: a message has 512 bytes at most, 16 of them header, and a channel is announced once");
	else
		finding_fix(finding, "%s, then load or bind the driver again",
			    REMEDY_DRIVER);
}

static bool is_node(const struct stray *stray)
{
	return stray->driver && strcmp(stray->driver, "rpmsg") == 0;
}

/* rpmsg_eptdev_open(), rpmsg_char.c: the bus gave it no endpoint. */
static void judge_open(const struct tree *tree, const struct stray *stray,
		       struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "open failed");
	finding_message(
		finding,
		"could not be opened: its address is taken, or its channel is gone");
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	finding_fix(
		finding,
		"see who else has it open (fuser -v /dev/%s), and whether its processor runs (cat /sys/class/remoteproc/*/state)",
		finding_quoted(finding, stray->device));
}

/* rpmsg_ns_cb(), rpmsg_ns.c: what has not the size of struct rpmsg_ns_msg is left. */
static void judge_announcement(const struct tree *tree, const struct stray *stray,
			       struct finding *finding)
{
	const char *driver = finding_shown(finding, stray->driver);

	finding_set(finding, STATUS_WARN, "bad announcement");
	finding_message(
		finding,
		"its driver%s%s dropped a malformed announcement: the channel in it does not appear",
		*driver ? " " : "", driver);
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	finding_fix(
		finding,
		"have the firmware announce its channels as struct rpmsg_ns_msg: 32 bytes of name, then address and flags, 4 bytes each");
}

static void judge_error(const struct tree *tree, const struct stray *stray,
			struct finding *finding)
{
	const char *driver = finding_shown(finding, stray->driver);
	struct channel_name channel;
	const char *what = stray->error ? kernel_log_errno(finding, stray->error)
					: finding_shown(finding, stray->text);

	if (is_node(stray)) {
		judge_open(tree, stray, finding);
		return;
	}
	if (stray->cause == CAUSE_ANNOUNCEMENT) {
		judge_announcement(tree, stray, finding);
		return;
	}
	if (name_parse_channel(stray->device, &channel)) {
		finding_skip(
			finding,
			"its driver%s%s reported an error, and the log does not tell what that broke: %s",
			*driver ? " " : "", driver, what);
		return;
	}
	if (strcmp(driver, "remoteproc") == 0) {
		finding_set(finding, STATUS_WARN, "core error");
		finding_message(
			finding,
			"the core of remoteproc reported an error: %s; the log does not tell what that broke",
			what);
	} else if (may_be_one_of(tree->history, stray)) {
		finding_set(finding, STATUS_WARN, "driver error");
		finding_message(
			finding,
			"its driver%s%s reported an error: %s; the log does not tell what that broke",
			*driver ? " " : "", driver, what);
	} else {
		finding_set(finding, STATUS_FAIL, "driver failed");
		finding_message(
			finding,
			"its driver%s%s failed: %s; the log tells of no remote processor of it",
			*driver ? " " : "", driver, what);
	}
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	advise_on_error(stray, driver, finding);
}

/* It was bound later: sysfs is newer than the log. What a log alone tells of drivers is
 * from before the probe. */
static bool is_made_good(const struct tree *tree, const struct probe *probe)
{
	const struct device *const *named;

	if (inventory_is_pasted(tree->inventory))
		return false;
	return tree_named(tree, probe->device, &named) > 0 && (*named)->driver &&
	       !(*named)->record->path_only;
}

static void judge_deferred(const struct tree *tree, const struct probe *probe,
			   struct finding *finding)
{
	const char *other = finding_shown(finding, probe->reason);

	finding_set(finding, STATUS_WARN, "probe deferred");
	finding_message(
		finding,
		"its driver still waits for another device%s%s, so nothing serves it",
		*other ? ": " : "", other);
	kernel_log_evidence(tree, finding, probe->cause_line, probe->line);
	finding_fix(finding,
		    "provide what it waits for: cat /sys/kernel/debug/devices_deferred");
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const struct history *history = findings->tree->history;

	(void)options;
	if (!history)
		return;
	for (size_t i = 0; i < history->probe_count; i++) {
		const struct probe *probe = &history->probes[i];
		struct finding *finding;

		/* What a device of a processor waits for, processor-missing says. */
		if ((probe->error == 0 && !kernel_log_is_below(probe)) ||
		    is_made_good(findings->tree, probe))
			continue;
		finding = kernel_log_add(findings, check, probe->device);
		(probe->error ? judge_probe : judge_deferred)(findings->tree, probe,
							      finding);
		findings_judged(findings, finding);
	}
	judge_releases(findings, check);
	kernel_log_judge_strays(findings, check, STRAY_ERROR, judge_error);
}

const struct check check_probe_failed = {
	.id = "probe-failed",
	.title = "no driver has failed to probe its device",
	.worst = STATUS_FAIL,
	/* really_probe(), drivers/base/dd.c: -19, -6 and -517 leave no line. */
	.looks =
		"Probes that failed in the kernel log, of channels and of remote processors' platform devices; channels and virtio devices whose probe still waits for another device, which warn; processors that were released after an error of their driver, or more than once; "
		"errors that the driver of a processor reported and that no line of a processor followed: these fail where the log tells of no processor they could be of, and warn otherwise. A device that has a driver now is not named. Without one there is no finding.",
	.matters =
		"A channel whose driver failed to probe is of no use; a processor whose driver failed to probe does not exist, and sysfs shows nothing at all.",
	.fix = "The driver's own line before it names the cause: a clock, a reset, a mailbox, a memory region.",
	.example =
		"remoteproc0 (m4) is gone: its driver failed: -22: invalid argument; the remote processor does not exist",
	.judge_all = judge_all,
};
