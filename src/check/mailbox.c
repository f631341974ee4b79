// SPDX-License-Identifier: GPL-2.0-or-later
/* mailbox: the other side of the mailbox, or of the link, does not answer. */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"
#include "remedy.h"

static const char *often(struct finding *finding, unsigned int count)
{
	if (count <= 2)
		return count == 2 ? "twice" : "once";
	return finding_format(finding, "%u times", count);
}

/* mbox_send_message() queues, and a timer or the caller gives up. */
static const char *reason_of(struct finding *finding, int error)
{
	return error == -ETIME     ? "-62: not emptied in time: nobody listens"
	       : error == -ENOBUFS ? "-105: the queue is full: nobody listens"
				   : kernel_log_errno(finding, error);
}

static const struct biography *_nullable_ life_of(const struct history *history,
						  const struct silence *silence)
{
	return silence->processor == NO_PROCESSOR
		       ? NULL
		       : &history->processors[silence->processor];
}

/* What was silent has been stopped since then. */
static bool is_stopped(const struct history *history, const struct silence *silence)
{
	const struct biography *life = life_of(history, silence);

	return life && life->state == LIFE_OFFLINE && life->state_line != NO_LINE &&
	       life->state_line > silence->last_line;
}

static void judge_stopped(const struct silence *silence, const struct device *device,
			  struct finding *finding)
{
	finding_message(
		finding,
		"did not answer (asked %s) before it stopped: its firmware was stuck or gone",
		often(finding, silence->count));
	finding_fix(finding,
		    "start it again, and look at its trace if it does not answer: %s",
		    remedy_start(device, finding));
}

/* The edges of Qualcomm's RPM, as the kernels name them. */
static bool is_rpm(const char *device)
{
	return strstr(device, "-rpm:") || strstr(device, "smd:rpm") ||
	       strstr(device, "rpm-glink");
}

/* pdr_interface.c asks what maps protection domains to processors. */
static void judge_pdr(const struct silence *silence, struct finding *finding)
{
	finding_message(
		finding,
		"has got no answer (asked %s): pd-mapper does not run, or the processor is stuck; services like audio stay away",
		often(finding, silence->count));
	finding_fix(
		finding,
		"start pd-mapper, a daemon before v6.11 (systemctl status pd-mapper) and a module since then (modprobe qcom_pd_mapper)");
}

static void judge(const struct tree *tree, const struct silence *silence,
		  const struct device *_nullable_ device, struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, silence->mailbox ? "mailbox" : "no answer");
	kernel_log_evidence(tree, finding, silence->first_line, silence->last_line);
	if (strcmp(silence->device, SILENCE_PDR) == 0) {
		judge_pdr(silence, finding);
		return;
	}
	if (is_stopped(tree->history, silence) && !silence->mailbox) {
		judge_stopped(silence, device, finding);
		return;
	}
	if (silence->mailbox)
		finding_message(
			finding,
			"its mailbox does not answer (tried %s): %s; what is sent on its channels does not arrive",
			often(finding, silence->count),
			reason_of(finding, silence->error));
	else
		finding_message(
			finding,
			"does not answer (asked %s): its firmware is stuck or gone",
			often(finding, silence->count));
	finding_fix(
		finding,
		is_rpm(silence->device) ? "reboot: nothing in Linux starts it again"
		: silence->mailbox
			? "check that the firmware runs and takes the mailbox interrupt (its trace; grep -i -e mbox -e mailbox -e mu_chan -e mhu -e ipc /proc/interrupts), and that mboxes in the device tree names the channels it uses"
			: "look at the firmware's trace, then stop and start the processor");
}

static const struct device *device_of(const struct findings *findings,
				      const struct silence *silence)
{
	const struct history *history = findings->tree->history;
	const struct device *const *named;

	if (silence->processor != NO_PROCESSOR)
		return tree_processor(findings->tree,
				      history->processors[silence->processor].device);
	return tree_named(findings->tree, silence->device, &named) > 0 ? *named : NULL;
}

/* What was silent was started anew since then, and runs. */
static bool is_over(const struct history *history, const struct silence *silence)
{
	const struct start *last = biography_last_start(life_of(history, silence));

	return last && last->outcome == START_SUCCEEDED && last->begin_line != NO_LINE &&
	       last->begin_line > silence->last_line;
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const struct history *history = findings->tree->history;

	(void)options;
	for (size_t i = 0; history && i < history->silence_count; i++) {
		const struct silence *silence = &history->silences[i];
		const struct device *device = device_of(findings, silence);
		struct finding *finding;

		if (is_over(history, silence))
			continue;
		finding = device ? findings_add(findings, check, device)
				 : findings_add_gone(findings, check, silence->device,
						     NULL);
		judge(findings->tree, silence, device, finding);
		findings_judged(findings, finding);
	}
}

const struct check check_mailbox = {
	.id = "mailbox",
	.title = "the mailbox of the remote processor answers",
	.worst = STATUS_FAIL,
	/* imx_rproc_kick(), stm32_rproc_kick(), k3_rproc_kick(): -62 is the mailbox
	 * framework's answer when nobody has emptied a channel in time. */
	.looks =
		"Lines of the kernel log that say that a kick failed or that the other side gave no answer, since the last start. Without one there is no finding.",
	.matters =
		"A kick tells the processor that a buffer is there for it. Where it fails, nothing that is sent arrives, and the state still reads running.",
	.fix = "Check that the firmware runs, enables the mailbox interrupt and empties the channel, and that mboxes of the device tree node names the right channels. The counts of /proc/interrupts are not judged: each mailbox driver names its line as it likes (imx_mu_chan[0-0] on every message unit in 5.10, mhu_link on each of Arm's), and a line that channels share counts them all.",
	.example =
		"remoteproc0 (cm4): its mailbox does not answer (tried twice): -62: not emptied in time: nobody listens; what is sent on its channels does not arrive",
	.judge_all = judge_all,
};
