// SPDX-License-Identifier: GPL-2.0-or-later
/* chardev-node: what lies at the node of a character device. */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "cleanup.h"
#include "finding.h"
#include "list.h"
#include "path_names.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_CHARDEV ||
	       (device->devnode && record_property(device->record, "MAJOR") &&
		(device->kind == KIND_OTHER || device->kind == KIND_REMOTEPROC));
}

/* devtmpfs made the node when the device was added, and makes none later; udev makes none
 * at all, so that "udevadm trigger" would not help. */
static void advise(const struct device *device, struct finding *finding)
{
	const char *word = finding_quoted(finding, device->devnode);
	const char *major = record_property(device->record, "MAJOR");
	const char *minor = record_property(device->record, "MINOR");

	finding_fix(finding, "%s%s%smknod /dev/%s c %s %s",
		    device->node == NODE_MISSING ? "" : "rm /dev/",
		    device->node == NODE_MISSING ? "" : word,
		    device->node == NODE_MISSING ? "" : "; ", word,
		    finding_quoted(finding, major ? major : "MAJOR"),
		    finding_quoted(finding, minor ? minor : "MINOR"));
}

static void judge_wrong(const struct device *device, struct finding *finding)
{
	const char *node = finding_shown(finding, device->devnode);

	finding_set(finding, STATUS_FAIL,
		    device->node == NODE_NO_CHAR ? "plain file" : "other node");
	if (device->node == NODE_NO_CHAR) {
		finding_message(
			finding,
			PATH_DEV
			"/%s is not a character device: what is written to it goes into a file",
			node);
		finding_evidence(
			finding,
			"it is a file: a script wrote to it before the node existed, or it is left over");
	} else {
		finding_message(finding,
				PATH_DEV
				"/%s is the node of another device: data goes there",
				node);
		finding_evidence(
			finding,
			"its number is not that of the device in sysfs: it is left over, or /dev is a fixed one");
	}
	advise(device, finding);
}

/* rproc_add() of v5.10 adds the device first and gives it a number later, which is too
 * late for devtmpfs; v7.3 does it the other way round. Nothing is broken: sysfs is there.
 */
static void judge_never_made(const struct device *device, struct finding *finding)
{
	finding_set(finding, STATUS_INFO, "no node");
	finding_message(
		finding,
		PATH_DEV
		"/%s does not exist: programs start and stop it in sysfs, not by its node",
		finding_shown(finding, device->devnode));
	finding_evidence(
		finding,
		"the kernel has the device, and /dev has no node for it; kernels like 5.10 number it too late for devtmpfs");
	advise(device, finding);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	(void)tree;
	switch (device->node) {
	case NODE_NOT_RECORDED:
		finding_skip(finding,
			     "its node in /dev was not recorded: capture on the board");
		break;
	case NODE_MISSING:
		if (device->kind == KIND_REMOTEPROC) {
			judge_never_made(device, finding);
			break;
		}
		finding_set(finding, STATUS_FAIL, "no node");
		finding_message(finding,
				PATH_DEV "/%s does not exist: programs cannot open it",
				finding_shown(finding, device->devnode));
		finding_evidence(
			finding,
			"the kernel has the device, and /dev has no node for it");
		advise(device, finding);
		break;
	case NODE_NO_CHAR:
	case NODE_OTHER_NUMBER:
		judge_wrong(device, finding);
		break;
	default:
		break;
	}
}

static void judge_plain(struct findings *findings, const struct check *check,
			const char *name)
{
	struct finding *finding = findings_add_gone(findings, check, name, NULL);

	finding_set(finding, STATUS_WARN, "plain file");
	finding_message(
		finding,
		PATH_DEV
		"/%s is a plain file, and no device of that name is known: what is written to it stays there",
		finding_shown(finding, name));
	finding_evidence(
		finding,
		"ls -l has it as a file: a script may have written to it before the node existed");
	finding_fix(
		finding,
		"rm /dev/%s, and have the script wait for its device: the node comes with the driver of a channel, or with an endpoint made by " PATH_DEV
		"/rpmsg_ctrlN",
		finding_quoted(finding, name));
	findings_judged(findings, finding);
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	const char *names =
		record_property(&findings->tree->inventory->system, FACT_PLAIN);
	struct span word;

	(void)options;
	while (list_next(&names, &word)) {
		_cleanup_free_ char *name = strndup(word.start, word.size);

		if (!name) {
			findings->error = -ENOMEM;
			return;
		}
		if (*name)
			judge_plain(findings, check, name);
	}
}

const struct check check_chardev_node = {
	.id = "chardev-node",
	.title = "character device has its node in /dev",
	.worst = STATUS_FAIL,
	/* devtmpfs_create_node() is called when a device is added, drivers/base/core.c */
	.looks =
		"Whether the node of a character device is in /dev, is a character device, and has the device's number. The node is not opened. In a pasted text, whether a file of such a name is there and no device.",
	.matters =
		"A script that writes to /dev/rpmsg0 before it exists makes a plain file, and from then on all data goes to that file.",
	.fix = "Remove the file and make the node: mknod /dev/NAME c MAJOR MINOR, or unbind and bind the driver: devtmpfs makes nodes when devices are added, udev makes none.",
	.example =
		"rpmsg2: /dev/rpmsg2 is not a character device: what is written to it goes into a file",
	.applies = applies,
	.judge = judge,
	.judge_all = judge_all,
};
