// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * required-running: processors that have to run, by platform device, by the name that
 * their driver gave them, or by remoteprocN. A name that fits several means all of them.
 */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "cleanup.h"
#include "finding.h"
#include "list.h"
#include "names.h"
#include "remedy.h"

#define ALL "all" /* in place of a name: every processor there is */

bool processor_is_called(const struct device *device, struct span name)
{
	const struct device *bus = device_bus_ancestor(device);

	return name_is(device->name, name) || name_is(device->remoteproc.name, name) ||
	       (bus && (name_is(bus->name, name) || name_is(bus->record->path, name)));
}

static bool is_listed(const char *list, const struct device *device)
{
	struct span word;

	while (list_next(&list, &word))
		if (processor_is_called(device, word))
			return true;
	return false;
}

static void judge(struct findings *findings, const struct check *check,
		  const struct device *device)
{
	struct finding *finding = findings_add(findings, check, device);

	if (!remoteproc_runs(device)) {
		finding_set(finding, STATUS_FAIL, "not running");
		if (device->remoteproc.state_word)
			finding_message(
				finding, "expected running, is %s",
				finding_shown(finding, device->remoteproc.state_word));
		else
			finding_message(finding,
					"expected running, and its state is not known");
		remedy_to_run(device, finding);
	}
	findings_judged(findings, finding);
}

static void judge_missing(struct findings *findings, const struct check *check,
			  struct span name)
{
	_cleanup_free_ char *missing = strndup(name.start, name.size);
	struct finding *finding = findings_add_gone(findings, check, missing, NULL);

	if (!missing)
		finding->error = -ENOMEM;
	finding_set(finding, STATUS_FAIL, "missing");
	if (span_is(name, ALL)) {
		finding_message(
			finding,
			"expected every remote processor to run, and none exists");
		finding_fix(finding, "rproc-tree explain processor-missing");
	} else {
		finding_message(
			finding,
			"expected running, and no remote processor has this name");
		finding_fix(finding, "rproc-tree show lists the processors there are");
	}
	findings_judged(findings, finding);
}

/* Whether one is called so, excepted or not. */
static bool judge_named(struct findings *findings, const struct check *check,
			struct span name, const char *except)
{
	bool all = span_is(name, ALL), found = false;

	tree_foreach (device, findings->tree) {
		if (device->kind != KIND_REMOTEPROC ||
		    !(all || processor_is_called(device, name)))
			continue;
		found = true;
		if (!is_listed(except, device))
			judge(findings, check, device);
	}
	return found;
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const char *list = options->require_running;
	struct span name;

	while (list_next(&list, &name))
		if (!judge_named(findings, check, name, options->except))
			judge_missing(findings, check, name);
}

const struct check check_required_running = {
	.id = "required-running",
	.title = "a processor asked for on the command line runs",
	.worst = STATUS_FAIL,
	.looks =
		"With --require-running LIST (platform devices, names or remoteprocN, separated by commas, or all): each runs; attached counts as running. --except LIST leaves processors out.",
	.matters =
		"Many boards have processors that nobody starts; only the board's owner knows which must run.",
	.fix = "echo start > /sys/class/remoteproc/remoteprocN/state; processor-start tells why a start failed.",
	.example = "remoteproc1 (cdsp): expected running, is offline",
	.judge_all = judge_all,
};
