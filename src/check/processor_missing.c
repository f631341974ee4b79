// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * processor-missing: a device that would be a remote processor, and is none: its driver
 * waits, is not loaded, or its node is disabled.
 */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "kernel_log.h"
#include "path_names.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_BUS_DEVICE &&
	       record_property(device->record, FACT_MISSING);
}

static const struct reason {
	const char *fact;
	bool named;          /* says nothing without a detail */
	const char *message; /* %s: what the detail says */
	const char *fix;     /* %s: the same, as a word for a shell; or none */
} reasons[] = {
	{ "deferred", true, "no remote processor: its driver still waits: %s",
	  "provide what it waits for (cat /sys/kernel/debug/devices_deferred): a mailbox, clock or memory driver that is not loaded" },
	{ "disabled", false, "no remote processor: its device tree node is disabled%s",
	  "set status = \"okay\" in the device tree" },
	{ "not-loaded", true,
	  "no remote processor: module %s serves it and is not loaded", "modprobe %s" },
	{ "no-module", false, "no remote processor: no installed module serves it%s",
	  "install or build its remoteproc driver" },
	{ "no-driver", false, "no remote processor: no driver is bound to it%s",
	  "read dmesg for its driver; a probe that ends with -19 or -6 leaves no line" },
};

static const struct reason *_nullable_ find_reason(const char *_nullable_ fact,
						   const char *detail)
{
	for (size_t i = 0; fact && i < ARRAY_SIZE(reasons); i++)
		if (strcmp(fact, reasons[i].fact) == 0)
			return *detail || !reasons[i].named ? &reasons[i] : NULL;
	return NULL;
}

static void advise(const struct device *device, const char *fix, const char *detail,
		   struct finding *finding)
{
	const char *blacklist = record_property(device->record, FACT_BLACKLIST);
	const char *mark = strstr(fix, "%s");

	if (!mark)
		finding_fix(finding, "%s", fix);
	else
		finding_fix(finding, "%.*s%s%s%s", (int)(mark - fix), fix,
			    finding_quoted(finding, detail),
			    blacklist ? "; it is blocked from loading by " : "",
			    finding_shown(finding, blacklist ? blacklist : ""));
}

static void give_evidence(const struct device *device, struct finding *finding)
{
	const char *compatible = record_property(device->record, "OF_COMPATIBLE_0");

	if (compatible)
		finding_evidence(
			finding,
			"compatible %s is of a remoteproc driver, and %s has none",
			finding_shown(finding, compatible),
			finding_shown(finding, device->name));
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const char *said = record_property(device->record, FACT_MISSING_DETAIL);
	const char *detail = said ? said : "";
	const struct reason *reason =
		find_reason(record_property(device->record, FACT_MISSING), detail);
	const char *mark;

	if (reason && !reason->named && history_refused(tree->history, device->name)) {
		finding_skip(
			finding,
			"no remote processor: its driver failed to probe it, as probe-failed says");
		return;
	}
	if (!reason) {
		finding_skip(
			finding,
			"no remote processor, and why was not recorded: capture again");
		return;
	}
	mark = strstr(reason->message, "%s");
	finding_set(finding, STATUS_WARN, "no processor");
	finding_message(finding, "%.*s%s%s", (int)(mark - reason->message),
			reason->message, finding_shown(finding, detail), mark + 2);
	give_evidence(device, finding);
	advise(device, reason->fix, detail, finding);
}

static void add_deferred(struct findings *findings, const struct check *check,
			 const struct probe *probe)
{
	struct finding *finding = findings_add_gone(findings, check, probe->device, NULL);
	const char *reason = finding_shown(finding, probe->reason);

	finding_set(finding, STATUS_WARN, "no processor");
	finding_message(
		finding,
		"no remote processor: its driver still waits for another device%s%s",
		*reason ? ": " : "", reason);
	kernel_log_evidence(findings->tree, finding, probe->cause_line, probe->line);
	finding_fix(finding, "%s", reasons[0].fix);
	findings_judged(findings, finding);
}

/* It has its driver by now, or a finding of its own. */
static bool is_known(const struct tree *tree, const char *name)
{
	const struct device *const *named;
	size_t count = tree_named(tree, name, &named);

	for (size_t i = 0; i < count; i++)
		if (named[i]->driver || applies(named[i]))
			return true;
	return false;
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const struct history *history = findings->tree->history;

	(void)options;
	for (size_t i = 0; history && i < history->probe_count; i++)
		if (history->probes[i].error == 0 &&
		    !kernel_log_is_below(&history->probes[i]) &&
		    !is_known(findings->tree, history->probes[i].device))
			add_deferred(findings, check, &history->probes[i]);
}

const struct check check_processor_missing = {
	.id = "processor-missing",
	.title = "every device of a remoteproc driver has a remote processor",
	.worst = STATUS_WARN,
	.looks =
		"Devices whose driver would be a remoteproc driver and that have none: deferred (with what it waits for), a module that is not loaded or not installed, a disabled node. Without one there is no finding.",
	.matters =
		"Where the driver did not probe, /sys/class/remoteproc is empty, and nothing says why.",
	.fix = PATH_KERNEL
	"/debug/devices_deferred names what a probe waits for; load the module, or enable the node in the device tree.",
	.example =
		"3000000.remoteproc has no remote processor: its driver still waits for another device: wait for supplier mailbox@1",
	.applies = applies,
	.judge = judge,
	.judge_all = judge_all,
};
