// SPDX-License-Identifier: GPL-2.0-or-later
/* hostile-name and chardev-node: what a channel is called, and what its node is. */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "judges.h"
#include "shell.h"

bool name_applies_to_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL && device->channel.name;
}

int name_judge_hostile(const struct tree *tree, const struct device *device,
		       struct finding *finding)
{
	const char *name = device->channel.name;

	(void)tree;
	if (escape_is_plain(name, strlen(name)))
		return 0;
	finding->status = STATUS_WARN;
	return finding_message(finding,
			       "its name has bytes that no honest firmware sends") |
	       finding_evidence(finding,
				"control, bidi or invalid UTF-8 bytes, shown as \\xNN") |
	       finding_fix(
		       finding,
		       "find out what runs on the remote processor; a name that is garbage often is a wrong vring address");
}

bool name_applies_to_node(const struct device *device)
{
	return device->kind == KIND_CHARDEV ||
	       (device->kind == KIND_OTHER && device->devnode &&
		record_property(device->record, "MAJOR"));
}

int name_judge_node(const struct tree *tree, const struct device *device,
		    struct finding *finding)
{
	const char *fact = record_property(device->record, FACT_NODE);
	_cleanup_free_ char *node = escape_string(device->devnode, 0);
	_cleanup_free_ char *word = shell_word(device->devnode ? device->devnode : "");

	(void)tree;
	if (!node || !word)
		return -ENOMEM;
	if (!fact || !*node)
		return finding_skip(finding, "what its node in /dev is was not recorded");
	if (strcmp(fact, "char") == 0)
		return 0;
	finding->status = STATUS_FAIL;
	if (strcmp(fact, "missing") == 0)
		return finding_message(finding, "/dev/%s is not there", node) |
		       finding_evidence(
			       finding,
			       "the kernel has the device, /dev has no such node") |
		       finding_fix(finding,
				   "mount devtmpfs on /dev, or run udevadm trigger");
	return finding_message(finding, "/dev/%s is %s", node,
			       strcmp(fact, "no-char") == 0
				       ? "no character device"
				       : "the node of another device") |
	       finding_evidence(
		       finding,
		       "a script that wrote to it before it was there has made a plain file, or it is left over") |
	       finding_fix(finding, "rm /dev/%s; udevadm trigger", word);
}
