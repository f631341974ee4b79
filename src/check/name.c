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
		       struct result *result)
{
	const char *name = device->channel.name;

	(void)tree;
	if (escape_is_plain(name, strlen(name)))
		return 0;
	result->status = STATUS_NOTE;
	return result_message(result,
			      "its name has bytes that no honest firmware sends") |
	       result_evidence(result,
			       "control, bidi or invalid UTF-8 bytes, shown as \\xNN") |
	       result_hint(
		       result,
		       "find out what runs on the remote processor; a name that is garbage often is a wrong vring address");
}

bool name_applies_to_node(const struct device *device)
{
	return device->kind == KIND_CHARDEV ||
	       (device->kind == KIND_OTHER && device->devnode &&
		record_property(device->record, "MAJOR"));
}

int name_judge_node(const struct tree *tree, const struct device *device,
		    struct result *result)
{
	const char *fact = record_property(device->record, FACT_NODE);
	_cleanup_free_ char *node = escape_string(device->devnode, 0);
	_cleanup_free_ char *word = shell_word(device->devnode ? device->devnode : "");

	(void)tree;
	if (!node || !word)
		return -ENOMEM;
	if (!fact || !*node)
		return result_skip(result, "what its node in /dev is was not recorded");
	if (strcmp(fact, "char") == 0)
		return 0;
	result->status = STATUS_FAIL;
	if (strcmp(fact, "missing") == 0)
		return result_message(result, "/dev/%s is not there", node) |
		       result_evidence(
			       result,
			       "the kernel has the device, /dev has no such node") |
		       result_hint(result,
				   "mount devtmpfs on /dev, or run udevadm trigger");
	return result_message(result, "/dev/%s is %s", node,
			      strcmp(fact, "no-char") == 0
				      ? "no character device"
				      : "the node of another device") |
	       result_evidence(
		       result,
		       "a script that wrote to it before it was there has made a plain file, or it is left over") |
	       result_hint(result, "rm /dev/%s; udevadm trigger", word);
}
