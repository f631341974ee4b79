// SPDX-License-Identifier: GPL-2.0-or-later
/* crash-loop: how often a processor crashed; the count is in the kernel log only. */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"
#include "remedy.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

/* Attributes are newer than the log. */
static bool is_down(const struct device *device, const struct biography *life)
{
	if (remoteproc_runs(device))
		return life->left_crashed;
	return device->remoteproc.state == REMOTEPROC_CRASHED || !life->recovered;
}

/* NULL: its last start is none, or has an end. */
static const struct start *_nullable_ open_recovery(const struct biography *life)
{
	const struct start *start = biography_failed_start(life);

	return start && start->recovery && start->outcome == START_UNENDED ? start : NULL;
}

static const char *what_became(const struct tree *tree, const struct device *device,
			       const struct biography *life)
{
	const struct start *start = open_recovery(life);

	if (!is_down(device, life))
		return ", and runs again";
	if (life->left_crashed)
		return ", and its driver does not recover it";
	if (start)
		return kernel_log_unended(tree, start) == UNENDED_NOW
			       ? ", and is being recovered"
			       : ", and the log has no end of its recovery";
	return device->remoteproc.state == REMOTEPROC_OFFLINE ? ", and did not come back"
							      : "";
}

/* rproc_attach_recovery() detaches and attaches, and asks for no dump. */
static bool is_attached_to_again(const struct biography *life)
{
	const struct start *last = biography_last_start(life);

	return last && last->recovery && last->attach;
}

/* Disabled is the kernel's default since v5.8: worth a word where there was a crash. */
static void advise_on_next(const struct device *device, const struct biography *life,
			   struct finding *finding)
{
	const char *name = finding_quoted(finding, device->name);
	const char *coredump = device->remoteproc.coredump;
	bool disabled = coredump && strcmp(coredump, "disabled") == 0;

	if (device->remoteproc.classless)
		finding_fix(
			finding,
			"its trace may tell why: cat /sys/kernel/debug/remoteproc/%s/trace0",
			name);
	else if (is_attached_to_again(life))
		finding_fix(
			finding,
			"its trace may tell why (a recovery by attach takes no dump): cat /sys/kernel/debug/remoteproc/%s/trace0",
			name);
	else if (remedy_dumps(device) == NO)
		finding_fix(
			finding,
			"its trace may tell why (its driver registers no memory for a dump): cat /sys/kernel/debug/remoteproc/%s/trace0",
			name);
	else if (coredump && !disabled)
		finding_fix(
			finding,
			"read the dump within 5 minutes of a crash: /sys/class/devcoredump/devcd*/data");
	else
		finding_fix(
			finding,
			"%stake a dump of the next crash: echo enabled > /sys/class/remoteproc/%s/coredump, then read /sys/class/devcoredump/devcd*/data within 5 minutes of it",
			disabled ? "coredump is disabled, so the recovery took no dump; "
				 : "",
			name);
}

/* rproc_coredump() waits for its reader then, for 5 minutes (dev_coredumpm()). */
static bool is_dumped_inline(const struct device *device)
{
	const char *coredump = device->remoteproc.coredump;

	return coredump && strcmp(coredump, "inline") == 0;
}

static void advise(const struct tree *tree, const struct device *device,
		   const struct biography *life, struct finding *finding)
{
	const char *name = finding_quoted(finding, device->name);
	const struct start *recovery = open_recovery(life);
	bool crashed = device->remoteproc.state == REMOTEPROC_CRASHED;
	bool stopped = device->remoteproc.state == REMOTEPROC_OFFLINE;

	if (recovery && stopped && is_dumped_inline(device))
		finding_fix(
			finding,
			"read the dump, which its recovery waits for: cat /sys/class/devcoredump/devcd*/data > dump");
	else if (recovery && (crashed || stopped) &&
		 kernel_log_unended(tree, recovery) != UNENDED_NEVER)
		remedy_of_recovery(device, finding);
	else if (crashed)
		remedy_of_crash(device, life->crash_text != NULL, finding);
	else if (life->left_crashed)
		finding_fix(
			finding,
			"its trace may tell why: cat /sys/kernel/debug/remoteproc/%s/trace0; then restart it: echo stop > %s/%s/state; %s",
			name, remedy_files(device), name, remedy_start(device, finding));
	else if (is_down(device, life) && biography_failed_start(life))
		finding_fix(finding,
			    "rproc-tree check --only processor-start tells what helps");
	else if (is_down(device, life))
		remedy_to_run(device, finding);
	else
		advise_on_next(device, life, finding);
}

static void judge_crashes(const struct tree *tree, const struct device *device,
			  const struct biography *life, struct finding *finding)
{
	const char *cause = finding_shown(finding, life->crash_text);
	const char *became = what_became(tree, device, life);
	const char *colon = *cause ? ": " : "";

	if (life->crashes > 1) {
		finding_set(finding, STATUS_FAIL, "crash loop");
		finding_message(
			finding,
			"has crashed %u times%s%s%s: each crash takes its channels away",
			life->crashes, became, colon, cause);
	} else if (is_down(device, life)) {
		finding_set(finding, STATUS_FAIL, "crashed");
		finding_message(finding,
				"has crashed%s%s%s: nobody answers on its channels",
				became, colon, cause);
	} else {
		finding_set(finding, STATUS_WARN, "crashed once");
		finding_message(finding, "has crashed once, and was recovered%s%s", colon,
				cause);
	}
	kernel_log_evidence(tree, finding, life->crash_text_line, life->crash_line);
	advise(tree, device, life, finding);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct biography *life = history_of(tree->history, device->name);

	if (!tree->history)
		kernel_log_skip(tree, finding);
	else if (life && life->crashes > 0)
		judge_crashes(tree, device, life, finding);
}

static void judge_stray(const struct tree *tree, const struct stray *stray,
			struct finding *finding)
{
	const char *text = finding_shown(finding, stray->text);

	finding_set(finding, STATUS_FAIL, "crashed");
	finding_message(
		finding,
		"its remote processor has crashed%s%s: nobody answers on its channels",
		*text ? ": " : "", text);
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	finding_fix(
		finding,
		"dmesg | grep -i remoteproc tells if it came back; cat /sys/class/remoteproc/*/state");
}

/* A crash for which the kernel panicked is over: the system was started anew. */
static void judge_vendor(const struct tree *tree, const struct stray *stray,
			 struct finding *finding)
{
	const char *text = finding_shown(finding, stray->text);
	const char *became = stray->panicked ? ", and the kernel panicked because of it"
			     : stray->back   ? ", and runs again"
					     : ", and the log has no end of its restart";
	bool once = stray->count == 1;

	if (once && stray->back) {
		finding_set(finding, STATUS_WARN, "crashed once");
		finding_message(finding, "has crashed once, and was restarted%s%s",
				*text ? ": " : "", text);
	} else {
		finding_set(finding, STATUS_FAIL, once ? "crashed" : "crash loop");
		if (once)
			finding_message(finding, "has crashed%s%s%s", became,
					*text ? ": " : "", text);
		else
			finding_message(finding, "has crashed %u times%s%s%s",
					stray->count, became, *text ? ": " : "", text);
	}
	kernel_log_evidence(tree, finding, stray->first_line, stray->last_line);
	finding_fix(
		finding,
		"this kernel has its vendor's subsystem restart instead of remoteproc: grep . /sys/bus/msm_subsys/devices/*/name /sys/bus/msm_subsys/devices/*/state tells if it came back");
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	(void)options;
	kernel_log_judge_strays(findings, check, STRAY_CRASH, judge_stray);
	kernel_log_judge_strays(findings, check, STRAY_VENDOR, judge_vendor);
}

const struct check check_crash_loop = {
	.id = "crash-loop",
	.title = "remote processor has not crashed since the start of the log",
	.worst = STATUS_FAIL,
	/* rproc_crash_handler_work(), remoteproc_core.c: the count is printed, and in no
	 * file of sysfs. */
	.looks =
		"Crashes in the kernel log, also of the modem or DSP of a kernel that has its vendor's subsystem restart instead of remoteproc. A crash that was recovered from warns; more than one, or one it has not recovered from, fails.",
	.matters =
		"With recovery enabled the state reads running between two crashes, and everything looks fine. Each crash takes all channels away.",
	.fix = "The last cause is in the log. The dump is written by the recovery: coredump must have been enabled before the crash, and data is kept for 5 minutes. It is disabled by default since v5.8, which is said of a processor that crashed and of no other. Some drivers register no memory for it.",
	.example =
		"remoteproc0 (adsp) has crashed 7 times, and runs again: task 7 stalled: each crash takes its channels away",
	.applies = applies,
	.judge = judge,
	.judge_all = judge_all,
};
