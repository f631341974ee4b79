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

static const struct {
	const char *fact;
	const char *message; /* %s: what the detail says */
	const char *fix;
} reasons[] = {
	{ "deferred", "no remote processor: its driver still waits: %s",
	  "provide what it waits for (cat /sys/kernel/debug/devices_deferred): a mailbox, clock or memory driver that is not loaded" },
	{ "disabled", "no remote processor: its device tree node is disabled%s",
	  "set status = \"okay\" in the device tree" },
	{ "not-loaded", "no remote processor: module %s serves it and is not loaded",
	  "modprobe the module" },
	{ "no-module", "no remote processor: no installed module serves it%s",
	  "install or build its remoteproc driver" },
	{ "no-driver", "no remote processor: no driver is bound to it%s",
	  "read dmesg for its driver; a probe that ends with -19 or -6 leaves no line" },
};

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const char *fact = record_property(device->record, FACT_MISSING);
	const char *detail = record_property(device->record, FACT_MISSING_DETAIL);

	(void)tree;
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++) {
		const char *message = reasons[i].message;
		const char *mark = strstr(message, "%s");

		if (strcmp(fact, reasons[i].fact) != 0)
			continue;
		finding_set(finding, STATUS_WARN, "no processor");
		finding_message(finding, "%.*s%s%s", (int)(mark - message), message,
				finding_shown(finding, detail), mark + 2);
		finding_fix(finding, "%s", reasons[i].fix);
	}
}

static int add_deferred(struct findings *findings, const struct check *check,
			const struct probe *probe)
{
	const char *reason;
	struct finding *finding = findings_add_gone(findings, check, probe->device, NULL);

	if (!finding)
		return -ENOMEM;
	reason = finding_shown(finding, probe->reason);
	finding_set(finding, STATUS_WARN, "no processor");
	finding_message(
		finding,
		"no remote processor: its driver still waits for another device%s%s",
		*reason ? ": " : "", reason);
	kernel_log_evidence(findings->tree, finding, probe->cause_line, probe->line);
	finding_fix(finding, "%s", reasons[0].fix);
	return findings_judged(findings, finding);
}

static bool is_bound(const struct tree *tree, const char *name)
{
	tree_foreach (device, tree)
		if (strcmp(device->name, name) == 0 && device->driver)
			return true;
	return false;
}

static int judge_all(struct findings *findings, const struct check *check,
		     const struct check_options *options)
{
	const struct history *history = findings->tree->history;
	int r = 0;

	(void)options;
	for (size_t i = 0; history && i < history->probe_count && r == 0; i++)
		if (history->probes[i].error == 0 &&
		    !is_bound(findings->tree, history->probes[i].device))
			r = add_deferred(findings, check, &history->probes[i]);
	return r;
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
