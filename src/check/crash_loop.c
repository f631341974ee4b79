// SPDX-License-Identifier: GPL-2.0-or-later
/* crash-loop: how often a processor crashed; the count is in the kernel log only. */

#include "checks.h"
#include "kernel_log.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

static bool is_down(const struct device *device, const struct biography *life)
{
	if (device->remoteproc.state != REMOTEPROC_NOT_RECORDED)
		return device->remoteproc.state == REMOTEPROC_CRASHED;
	return life->state == LIFE_CRASHED;
}

static void judge_crashes(const struct tree *tree, const struct device *device,
			  const struct biography *life, struct finding *finding)
{
	const char *cause = finding_shown(finding, life->crash_text);
	bool down = is_down(device, life);
	const char *colon = *cause ? ": " : "";

	if (life->crashes > 1) {
		finding_set(finding, STATUS_FAIL, "crash loop");
		finding_message(
			finding, "has crashed %u times%s%s%s: each time its channels go",
			life->crashes, down ? "" : ", and runs again", colon, cause);
	} else if (down) {
		finding_set(finding, STATUS_FAIL, "crashed");
		finding_message(finding,
				"has crashed%s%s: nobody answers on its channels", colon,
				cause);
	} else {
		finding_set(finding, STATUS_WARN, "crashed once");
		finding_message(finding, "has crashed once, and was recovered%s%s", colon,
				cause);
	}
	kernel_log_evidence(tree, finding, life->crash_text_line, life->crash_line);
	finding_fix(
		finding,
		"take a dump of the next crash: echo enabled > /sys/class/remoteproc/%s/coredump, then read /sys/class/devcoredump/devcd*/data within 5 minutes of it",
		finding_quoted(finding, device->name));
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const struct biography *life =
		tree->history ? history_of(tree->history, device->name) : NULL;

	if (!tree->history)
		kernel_log_skip(tree, finding);
	else if (life && life->crashes > 0)
		judge_crashes(tree, device, life, finding);
}

const struct check check_crash_loop = {
	.id = "crash-loop",
	.title = "remote processor has not crashed since the start of the log",
	.worst = STATUS_FAIL,
	/* rproc_crash_handler_work(), remoteproc_core.c: the count is printed, and in no
	 * file of sysfs. */
	.looks =
		"Crashes in the kernel log. One that was recovered from warns; more than one, or one that it is still down from, fails.",
	.matters =
		"With recovery enabled the state reads running between two crashes, and everything looks well. Each crash takes all channels away.",
	.fix = "The last cause is in the log. The dump is written by the recovery: coredump must have been enabled before the crash, and data is kept for 5 minutes. Some drivers register no memory for it.",
	.example =
		"remoteproc0 (adsp): has crashed 7 times, and runs again: task 7 stalled: each time its channels go",
	.applies = applies,
	.judge = judge,
};
