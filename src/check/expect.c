// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * expected: what a good boot had is there again. Devices are paired by identity; of what
 * is missing the finding's device is that of the good boot. Service channels that the
 * kernel makes itself differ from version to version: nobody expects them.
 */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "finding.h"
#include "identity.h"
#include "pair.h"
#include "remedy.h"

struct expectation {
	struct findings *findings;
	const struct check_options *options;
	const struct check *check;
	const struct tree *good;
	struct identities good_identities;
	struct identities identities; /* of the tree that is judged */
	struct pairing pairing;
};

static void expectation_release(struct expectation *expectation)
{
	if (expectation->good_identities.names)
		identities_release(&expectation->good_identities);
	if (expectation->identities.names)
		identities_release(&expectation->identities);
	pairing_release(&expectation->pairing);
}

static bool is_expected(const struct device *device)
{
	switch (device->kind) {
	case KIND_REMOTEPROC:
		return true;
	case KIND_VIRTIO:
		return device->verdict != VERDICT_NONE;
	case KIND_CHANNEL:
		return !device->channel.service;
	default:
		return false;
	}
}

/* What it is called in a message: numbers change from boot to boot. */
static const char *noun_of(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC ? "remote processor"
	       : device->kind == KIND_CHANNEL  ? "channel"
					       : "vdev";
}

static void judge_missing(const struct expectation *expectation,
			  const struct device *wanted, const char *name,
			  struct finding *finding)
{
	if (!tree_covers(expectation->findings->tree, wanted->kind)) {
		finding_skip(finding, "was expected; this source does not list its kind");
		return;
	}
	finding_set(finding, STATUS_FAIL, "missing");
	finding_message(finding, "was expected and is missing: %s", name);
	finding_fix(
		finding,
		"rproc-tree shows what is there; dmesg | grep -i -e remoteproc -e rpmsg tells what came up");
}

static void judge_state(const struct device *found, const struct device *wanted,
			struct finding *finding)
{
	const char *is = found->remoteproc.state_word;
	const char *was = wanted->remoteproc.state_word;

	if (!was || (is && strcmp(is, was) == 0))
		return;
	if (!is) {
		finding_skip(finding, "exists; its state is not known");
		return;
	}
	finding_set(finding, STATUS_FAIL, "unexpected");
	finding_message(finding, "expected %s, is %s", finding_shown(finding, was),
			finding_shown(finding, is));
	if (remoteproc_runs(wanted))
		remedy_to_run(found, finding);
	else
		finding_fix(finding, "find out what started it: dmesg | grep remoteproc");
}

static void fix_driver(const struct device *found, const struct device *wanted,
		       struct finding *finding)
{
	const char *check =
		found->kind == KIND_CHANNEL ? "channel-driver" : "vdev-driver";
	const char *word = finding_quoted(finding, found->name);

	if (found->driver)
		finding_fix(
			finding,
			"close what uses it, then: cd /sys/bus/%s/drivers; echo %s > %s/unbind; echo %s > %s/bind",
			finding_quoted(finding, found->record->subsystem), word,
			finding_quoted(finding, found->driver), word,
			finding_quoted(finding, wanted->driver));
	else
		finding_fix(finding, "rproc-tree check --only %s tells why", check);
}

static void judge_driver(const struct device *found, const struct device *wanted,
			 struct finding *finding)
{
	const char *is = found->driver, *was = wanted->driver;

	if (!was || (is && strcmp(is, was) == 0))
		return;
	if (found->record->path_only) {
		finding_skip(finding, "exists; its driver is not known");
		return;
	}
	finding_set(finding, STATUS_FAIL, "unexpected");
	finding_message(finding, "expected driver %s, has %s",
			finding_shown(finding, was),
			finding_shown(finding, is ? is : "none"));
	fix_driver(found, wanted, finding);
}

static void judge_found(const struct device *found, const struct device *wanted,
			struct finding *finding)
{
	if (wanted->kind == KIND_REMOTEPROC)
		judge_state(found, wanted, finding);
	else
		judge_driver(found, wanted, finding);
}

static void judge_wanted(const struct expectation *expectation,
			 const struct device *wanted)
{
	size_t position = (size_t)(wanted - expectation->good->devices);
	size_t partner = expectation->pairing.of_before[position];
	const struct device *found =
		partner == NO_PARTNER ? NULL
				      : &expectation->findings->tree->devices[partner];
	const char *identity = expectation->good_identities.names[position];
	struct finding *finding = findings_add(expectation->findings, expectation->check,
					       found ? found : wanted);

	finding_identify(finding, identity);
	finding->tail =
		identity_tail(&expectation->good_identities, expectation->good, wanted);
	if (found)
		judge_found(found, wanted, finding);
	else
		judge_missing(expectation, wanted, identity + finding->tail, finding);
	findings_judged(expectation->findings, finding);
}

static void judge_additional(const struct expectation *expectation,
			     const struct device *device)
{
	size_t position = (size_t)(device - expectation->findings->tree->devices);
	struct finding *finding;

	if (expectation->pairing.of_after[position] != NO_PARTNER ||
	    !tree_covers(expectation->good, device->kind))
		return;
	finding = findings_add(expectation->findings, expectation->check, device);
	finding->status = STATUS_INFO;
	finding_message(finding, "is new: the good boot had no such %s", noun_of(device));
	findings_judged(expectation->findings, finding);
}

static void judge_all(const struct expectation *expectation)
{
	tree_foreach (device, expectation->good)
		if (is_expected(device))
			judge_wanted(expectation, device);
	tree_foreach (device, expectation->findings->tree)
		if (is_expected(device))
			judge_additional(expectation, device);
}

static void judge_all_expected(struct findings *findings, const struct check *check,
			       const struct check_options *options)
{
	_cleanup_(expectation_release) struct expectation expectation = {
		.findings = findings,
		.options = options,
		.check = check,
		.good = options->expect,
	};
	int r;

	if (!options->expect)
		return;
	r = identities_build_both(expectation.good, &expectation.good_identities,
				  findings->tree, &expectation.identities);
	if (r == 0)
		r = pairing_build(expectation.good, &expectation.good_identities,
				  findings->tree, &expectation.identities,
				  &expectation.pairing);
	if (r < 0)
		findings->error = r;
	else
		judge_all(&expectation);
}

const struct check check_expected = {
	.id = "expected",
	.title = "what a good boot had exists",
	.worst = STATUS_FAIL,
	.looks =
		"With --expect FILE, a report or snapshot of a good boot: the same remote processors (by platform device) in the same state, the same vdevs, the same channels with the same driver bound. Numbers do not count. What exists in addition is information; service channels of the kernel are not looked at.",
	.matters =
		"The other checks do not know the board, so they do not miss a channel that nobody announced. A boot that worked tells what this board must have.",
	.fix = "Look at the processor and vdev the missing device belongs to. After a wanted change take the file again: rproc-tree capture.",
	.example =
		"virtio0.rpmsg-tty.-1.1024 was expected and is missing: imx8mp-cm7/remoteproc/vdev0/virtio/rpmsg-tty.0x400",
	.judge_all = judge_all_expected,
};
