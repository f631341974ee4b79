// SPDX-License-Identifier: GPL-2.0-or-later
/* kernel-oops: the kernel itself failed, in this field or while a processor was started.
 */

#include <errno.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"

static void judge_hung(const struct tree *tree, const struct oops *oops,
		       struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "task hangs");
	finding_message(finding,
			"%s in %s: whoever starts or stops the processor waits for it",
			oops->processor != NO_PROCESSOR ? "a task hangs"
							: "has a task that hangs",
			finding_shown(finding, oops->function));
	kernel_log_evidence(tree, finding, oops->line, oops->function_line);
	finding_fix(finding, "reboot, and report it with the whole trace");
}

/* WARN() in the kernel: the task goes on. */
static void judge_warned(const struct tree *tree, const struct oops *oops,
			 struct finding *finding)
{
	bool started = oops->processor != NO_PROCESSOR;

	finding_set(finding, STATUS_WARN, "kernel warning");
	finding_message(
		finding,
		"%swarned in %s%s: what its code expects there did not hold; it goes on",
		started ? "the kernel " : "", finding_shown(finding, oops->function),
		started ? " while it was being started" : "");
	kernel_log_evidence(tree, finding, oops->line, oops->function_line);
	finding_fix(
		finding,
		"read the lines before it for the reason, and report it with the whole trace");
}

/* " while it was being started": or recovered, and then from what. */
static const char *meanwhile(const struct history *history, const struct oops *oops,
			     struct finding *finding)
{
	const struct biography *life = &history->processors[oops->processor];
	const struct start *start = life ? biography_last_start(life) : NULL;
	const char *text;

	if (!start || !start->recovery)
		return " while it was being started";
	text = finding_shown(finding, life->crash_text);
	return finding_format(finding, " while it was being recovered from a crash%s%s%s",
			      *text ? " (" : "", text, *text ? ")" : "");
}

static void judge(const struct tree *tree, const struct oops *oops,
		  struct finding *finding)
{
	const char *function = finding_shown(finding, oops->function);
	bool known = oops->processor != NO_PROCESSOR;
	const char *subject = known ? "the kernel " : "";
	/* Where several were, nobody knows which. */
	const char *start = known ? meanwhile(tree->history, oops, finding)
				  : " while a remote processor was being started";

	if (oops->foreign) {
		finding_skip(
			finding,
			"the kernel oopsed or panicked, and nothing ties that to remoteproc or rpmsg: what the log says after that may be stale");
		return;
	}
	if (oops->hung) {
		judge_hung(tree, oops, finding);
		return;
	}
	if (oops->warned) {
		judge_warned(tree, oops, finding);
		return;
	}
	finding_set(finding, STATUS_FAIL, "kernel oops");
	if (*function)
		finding_message(finding,
				"%soopsed in %s%s: nothing after that can be trusted",
				subject, function, oops->in_start ? start : "");
	else if (oops->loading)
		finding_message(
			finding,
			"%soopsed while module %s was loading: nothing after that can be trusted",
			subject, finding_shown(finding, oops->loading));
	else
		finding_message(finding, "%soopsed%s: nothing after that can be trusted",
				subject, start);
	kernel_log_evidence(tree, finding, oops->line,
			    oops->function ? oops->function_line : oops->loading_line);
	finding_fix(
		finding,
		"reboot, and report it with the whole trace; do not start the processor again before that");
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const struct tree *tree = findings->tree;
	const struct history *history = tree->history;

	(void)options;
	for (size_t i = 0; history && i < history->oops_count; i++) {
		const struct oops *oops = &history->oopses[i];
		const struct biography *life =
			oops->processor == NO_PROCESSOR
				? NULL
				: &history->processors[oops->processor];
		const struct device *device =
			life ? tree_processor(tree, life->device) : NULL;
		struct finding *finding =
			device ? findings_add(findings, check, device)
			       : findings_add_gone(findings, check,
						   life ? life->device : "kernel",
						   life ? life->name : NULL);

		judge(tree, oops, finding);
		findings_judged(findings, finding);
	}
}

const struct check check_kernel_oops = {
	.id = "kernel-oops",
	.title = "the kernel has not oopsed in remoteproc or rpmsg",
	.worst = STATUS_FAIL,
	.looks =
		"An oops or a task that hangs in the kernel log: within a start, with a function of remoteproc or rpmsg in its trace, or while one of their modules was being loaded. Without one there is no finding; one that the log ties to nothing here is a skip. A warning of the kernel (WARNING) with such a function in its trace warns.",
	.matters =
		"The thread that oopsed never comes back, and may hold the processor's lock: what sysfs says after that is stale.",
	.fix = "Reboot, and send the trace to the maintainers with rproc-tree report.",
	.example =
		"remoteproc1 (imx-rproc): the kernel oopsed in rproc_elf_load_segments while it was being started: nothing after that can be trusted",
	.judge_all = judge_all,
};
