// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * processor-start: a start that was tried and failed, or has no end. Nothing in sysfs
 * tells why; the kernel log does.
 */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"
#include "path_names.h"
#include "remedy.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

/* The loader names the path that it could not read. */
static void advise_on_file(const struct device *_nullable_ processor, int error,
			   const char *file, struct finding *finding)
{
	const char *word = finding_quoted(finding, file ? file : "FILE");
	const char *place = *word == '/' ? "" : PATH_FIRMWARE "/";
	const char *start = remedy_start(processor, finding);
	const char *path = remedy_of_path(
		finding_quoted(finding, processor ? processor->name : "remoteprocN"),
		file ? file : "", finding);

	if (error == -EACCES)
		finding_fix(
			finding,
			"look who may read it: ls -lLZ %s%s: a security module keeps the kernel from it (dmesg | grep -i -e avc -e denied)",
			place, word);
	else if (error != 0 && error != -ENOENT)
		finding_fix(
			finding,
			"look at the file: ls -lL %s%s: an empty one, a directory or a broken link cannot be loaded",
			place, word);
	else if (path && !(processor && processor->remoteproc.classless))
		finding_fix(finding, "%s, then %s", path, start);
	else
		finding_fix(finding, "put %s into /lib/firmware, then %s", word, start);
}

static void advise(const struct device *_nullable_ processor, enum cause cause, int error,
		   const char *file, struct finding *finding)
{
	const char *word = finding_quoted(finding, file ? file : "FILE");
	const char *place = *word == '/' ? "" : PATH_FIRMWARE "/";

	switch (cause) {
	case CAUSE_FIRMWARE_MISSING:
		advise_on_file(processor, error, file, finding);
		break;
	case CAUSE_IMAGE:
		finding_fix(
			finding,
			"install a firmware that was built for this processor: file %s%s tells what this one is",
			place, word);
		break;
	case CAUSE_SEGMENT:
		finding_fix(
			finding,
			"compare the segments (readelf -l %s%s) with the memory regions of the processor's device tree node, and link the firmware for those",
			place, word);
		break;
	case CAUSE_SIGNATURE:
		finding_fix(finding,
			    "install the firmware that is signed for this device");
		break;
	case CAUSE_TIMED_OUT:
		/* Qualcomm's images have no resource table, and so no trace. */
		if (processor && remedy_is_of_qcom(processor))
			finding_fix(
				finding,
				"check that the firmware is the one for this board, and its clocks, regulators and power domains");
		else
			finding_fix(
				finding,
				"check its clocks, resets and power domains; its trace is gone after a start that failed, so read it while the start waits: cat /sys/kernel/debug/remoteproc/%s/trace0",
				finding_quoted(finding, processor ? processor->name
								  : "remoteprocN"));
		break;
	case CAUSE_RESOURCES:
		finding_fix(
			finding,
			"compare the resource table (readelf -x .resource_table %s%s) with what the driver takes",
			place, word);
		break;
	case CAUSE_VERSION:
		finding_fix(
			finding,
			"build the firmware with a resource table that this kernel knows: its first word is 1 (readelf -x .resource_table /lib/firmware/%s)",
			word);
		break;
	case CAUSE_MEMORY:
		finding_fix(
			finding,
			"give the reserved memory of its device tree node the address and size that the firmware asks for");
		break;
	case CAUSE_NO_KICK:
		finding_fix(
			finding,
			"use a kernel whose driver of this processor has a kick method (some have it only with mboxes in the device tree), or a firmware without vdev");
		break;
	case CAUSE_MAILBOX:
		if (error == -517)
			finding_fix(finding, "load the driver of its mailbox, then %s",
				    remedy_start(processor, finding));
		else
			finding_fix(
				finding,
				"check mboxes of its device tree node, and that the mailbox has its driver");
		break;
	case CAUSE_ORDER:
		finding_fix(finding, "start core 0 of its cluster, then %s",
			    remedy_start(processor, finding));
		break;
	case CAUSE_STOP:
		finding_fix(finding, "reboot: to stop it again can oops some kernels");
		break;
	case CAUSE_POOL:
		finding_fix(
			finding,
			"give that region of the device tree compatible = \"shared-dma-pool\"");
		break;
	case CAUSE_IOMMU:
		finding_fix(
			finding,
			"check iommus of its device tree node, and that the IOMMU has its driver");
		break;
	case CAUSE_CRASHED:
		finding_fix(
			finding,
			"install a firmware that is known to run on this board and kernel, and check the memory regions, clocks and supplies that its device tree node gives it");
		break;
	case CAUSE_NAME_TAKEN:
		finding_fix(finding, "update to Linux 6.1.2 or later (65fcf3872f83)");
		break;
	default:
		if (error == -EPERM && processor && remedy_is_read_only(processor))
			finding_fix(finding, REMEDY_READ_ONLY);
		else
			finding_fix(
				finding,
				"read what its driver says before that: dmesg | grep -i -e remoteproc -e rproc");
	}
}

/* What runs already has its table in memory, and no file. */
static void advise_on_table(const struct start *start, struct finding *finding)
{
	if (start->attach && start->cause == CAUSE_RESOURCES)
		finding_fix(
			finding,
			"check that whoever started it left its resource table where its driver looks for it, in a version that this kernel knows");
}

/* Where its driver gave the reason there is nothing to look for; where a shell was
 * refused the file, neither. */
static void advise_on_refusal(const struct tree *tree, const struct device *processor,
			      const struct start *start, struct finding *finding)
{
	const struct log *log = tree->history->log;
	const char *line =
		start->cause_line < log->count ? log->lines[start->cause_line].bytes : "";

	bool shell = strncmp(line, SHELL_START_BEFORE, strlen(SHELL_START_BEFORE)) == 0;

	if (shell && start->error == -EPERM)
		finding_fix(finding, REMEDY_READ_ONLY);
	else if (shell && start->error == -EACCES)
		finding_fix(finding, "as root: %s", remedy_start(processor, finding));
	else if (start->cause == CAUSE_REFUSED && *line && !strstr(line, processor->name))
		finding_fix(finding, REMEDY_DRIVER ", then %s",
			    remedy_start(processor, finding));
}

/* rproc_boot() finds the power counted still, and does nothing (remoteproc_core.c). */
static void advise_recovery(const struct start *start, const char *file,
			    struct finding *finding)
{
	if (start->cause == CAUSE_FIRMWARE_MISSING && start->error == -ENOENT)
		finding_fix(
			finding,
			"put %s into /lib/firmware and reboot: after a recovery that failed echo start succeeds and does nothing",
			finding_quoted(finding, file ? file : "FILE"));
	else
		finding_fix(
			finding,
			"%s; then reboot: after a recovery that failed echo start succeeds and does nothing",
			finding->fix);
}

/* What happened before is part of it: the crash alone would be half of the story. */
static const char *failure_of(const struct biography *life, const struct start *start,
			      struct finding *finding)
{
	const char *text = finding_shown(finding, life->crash_text);
	const char *open = *text ? " (" : "", *close = *text ? ")" : "";

	if (!start->recovery || life->crashes == 0)
		return kernel_log_failure(start);
	if (life->crashes == 1)
		return finding_format(finding, "did not recover from a crash%s%s%s", open,
				      text, close);
	return finding_format(finding,
			      "did not recover from the last of %u crashes%s%s%s",
			      life->crashes, open, text, close);
}

/* The file is named once: in the reason, or here. */
static void judge_failed(const struct tree *tree, const struct device *device,
			 const struct biography *life, const struct start *start,
			 struct finding *finding)
{
	const char *file = kernel_log_file(device, life, start);
	const char *shown = finding_shown(finding, file);
	const char *reason = kernel_log_reason(finding, start->cause, start->error, file);
	bool named = !*shown || strstr(reason, shown);

	finding_set(finding, STATUS_FAIL, "start failed");
	finding_message(finding, "%s%s%s: %s, so its channels are not there",
			failure_of(life, start, finding), named ? "" : " with firmware ",
			named ? "" : shown, reason);
	kernel_log_evidence(tree, finding, start->cause_line, start->end_line);
	advise(device, start->cause, start->error, file, finding);
	advise_on_refusal(tree, device, start, finding);
	advise_on_table(start, finding);
	if (start->recovery && start->cause != CAUSE_STOP)
		advise_recovery(start, file, finding);
}

/* firmware_fallback_sysfs(), which gives up after its timeout. */
static void advise_on_waiting(const struct device *processor, const struct start *start,
			      struct finding *finding)
{
	const char *file = finding_quoted(finding, start->file ? start->file : "FILE");

	finding_message(
		finding, "%s; it waits for user space to load %s", finding->message,
		finding_shown(finding, start->file ? start->file : "its firmware"));
	finding_fix(
		finding,
		"put %s into /lib/firmware, where the kernel did not find it, and let the wait of 60 s run out; then %s",
		file, remedy_start(processor, finding));
}

static void judge_unended(const struct tree *tree, const struct device *device,
			  const struct start *start, struct finding *finding)
{
	const struct log *log = tree->history->log;
	enum unended unended = kernel_log_unended(tree, start);
	double from, to = (double)log->last / 1e6;
	bool timed = kernel_log_time(log, start->begin_line, &from);
	const char *what;

	if (unended == UNENDED_NOW) {
		finding_skip(finding, "its start has not ended yet: look again");
		return;
	}
	what = start->recovery ? "recovery" : start->attach ? "attach" : "start";
	finding_set(finding, STATUS_FAIL,
		    start->recovery ? "recovery unfinished" : "start unfinished");
	if (timed && unended == UNENDED_CUT)
		finding_message(
			finding,
			"its %s has not ended where the log does: it began at %.1f s, the log ends at %.1f s",
			what, from, to);
	else if (timed)
		finding_message(
			finding,
			"its %s has no end in the log: it began at %.1f s, and the log goes on until %.1f s",
			what, from, to);
	else
		finding_message(finding, "its %s has no end in the log", what);
	kernel_log_evidence(tree, finding, start->begin_line, start->cause_line);
	finding_fix(
		finding,
		"read the whole log from there on, as grep may leave the end out; a driver that waits for its firmware or for the processor is stuck until a reboot");
	if (start->waits)
		advise_on_waiting(device, start, finding);
}

/* What a driver says of a start that ends there: the line of the core that follows was
 * cut off, or not asked for. */
static bool has_ended(const struct tree *tree, const struct start *start)
{
	return tree->inventory->kind != SOURCE_LIVE &&
	       (start->cause == CAUSE_TIMED_OUT || start->cause == CAUSE_SIGNATURE ||
		start->cause == CAUSE_IMAGE || start->cause == CAUSE_SEGMENT);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = life ? biography_failed_start(life) : NULL;

	/* Attributes are newer than the log. */
	if (remoteproc_runs(device))
		return;
	if (!tree->history)
		kernel_log_skip(tree, finding);
	else if (start && (start->outcome == START_FAILED || has_ended(tree, start)))
		judge_failed(tree, device, life, start, finding);
	else if (start)
		judge_unended(tree, device, start, finding);
}

static void judge_stray(const struct tree *tree, const struct stray *stray,
			struct finding *finding)
{
	bool vendor = stray->file && stray->cause == CAUSE_FIRMWARE_MISSING &&
		      strchr(stray->device, ',');

	finding_set(finding, STATUS_FAIL, "start failed");
	finding_message(
		finding,
		"its remote processor did not start: %s, so its channels are not there",
		kernel_log_reason(finding, stray->cause, stray->error, stray->file));
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	if (vendor)
		finding_fix(
			finding,
			"put %s where this kernel looks for firmware (/lib/firmware, or firmware_class.path), and start it again",
			finding_quoted(finding, stray->file));
	else
		advise(NULL, stray->cause, stray->error, stray->file, finding);
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	(void)options;
	kernel_log_judge_strays(findings, check, STRAY_START, judge_stray);
}

const struct check check_processor_start = {
	.id = "processor-start",
	.title = "no start of the remote processor has failed",
	.worst = STATUS_FAIL,
	/* rproc_boot(), rproc_start() in remoteproc_core.c: the first line of a failed
	 * start is the cause, the last one a summary. */
	.looks =
		"Starts and attaches in the kernel log that failed, and starts without an end; a later start that succeeded clears them. The log is read from its beginning, which may be later than the boot.",
	.matters =
		"A processor that did not start has no vdev and no channel, and its state reads offline as if nobody had tried. Only the log says why.",
	.fix = "By cause: install the firmware, link it for the processor's memory, give the node its mailbox or memory region, sign the image. Then echo start > /sys/class/remoteproc/remoteprocN/state.",
	.example =
		"remoteproc1 (m33) did not start: -2: firmware board/m33.elf not found, so its channels are not there",
	.applies = applies,
	.judge = judge,
	.judge_all = judge_all,
};
