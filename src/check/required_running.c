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

static int judge(struct findings *findings, const struct check *check,
		 const struct device *device)
{
	struct finding *finding = findings_add(findings, check, device);

	if (!finding)
		return -ENOMEM;
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
	return findings_judged(findings, finding);
}

static int judge_missing(struct findings *findings, const struct check *check,
			 const char *name)
{
	struct finding *finding = findings_add_gone(findings, check, name, NULL);

	if (!finding)
		return -ENOMEM;
	finding_set(finding, STATUS_FAIL, "missing");
	if (strcmp(name, ALL) == 0) {
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
	return findings_judged(findings, finding);
}

/* *ret_found: whether one is called so, excepted or not. */
static int judge_named(struct findings *findings, const struct check *check,
		       struct span name, const char *except, bool *ret_found)
{
	bool all = span_is(name, ALL);
	int r = 0;

	*ret_found = false;
	tree_foreach (device, findings->tree) {
		if (device->kind != KIND_REMOTEPROC ||
		    !(all || processor_is_called(device, name)))
			continue;
		*ret_found = true;
		if (r == 0 && !is_listed(except, device))
			r = judge(findings, check, device);
	}
	return r;
}

static int judge_all(struct findings *findings, const struct check *check,
		     const struct check_options *options)
{
	const char *list = options->require_running;
	struct span name;
	int r = 0;

	while (r == 0 && list_next(&list, &name)) {
		bool found;

		r = judge_named(findings, check, name, options->except, &found);
		if (r == 0 && !found) {
			_cleanup_free_ char *missing = strndup(name.start, name.size);

			r = missing ? judge_missing(findings, check, missing) : -ENOMEM;
		}
	}
	return r;
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
