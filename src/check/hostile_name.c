// SPDX-License-Identifier: GPL-2.0-or-later
/* hostile-name: what a channel is called. */

#include <string.h>

#include "checks.h"
#include "escape.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_CHANNEL && device->channel.name;
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	(void)tree;
	if (escape_is_plain(device->channel.name, strlen(device->channel.name)))
		return;
	finding_set(finding, STATUS_WARN, "hostile name");
	finding->several =
		"their names have bytes that no honest firmware sends: they may drive a terminal or forge a log line";
	finding_message(
		finding,
		"its name has bytes that no honest firmware sends: it may drive a terminal or forge a log line");
	finding_evidence(finding, "control, bidi or invalid UTF-8 bytes, shown as \\xNN");
	finding_fix(
		finding,
		"find out what runs on the remote processor; garbage in a name is often a wrong vring address");
}

const struct check check_hostile_name = {
	.id = "hostile-name",
	.title = "channel's name is printable text",
	.worst = STATUS_WARN,
	.looks =
		"Bytes in a channel's name that no honest firmware sends: control characters, invalid UTF-8, bidirectional and zero-width controls.",
	.matters =
		"The name comes raw from the remote. Printed raw it drives terminals and forges log lines. Often it is not an attack, but a wrong vring address.",
	.fix = "Find out what runs on the remote processor. rproc-tree itself shows such bytes as \\xNN everywhere.",
	.example =
		"virtio0.x\\x0aDEVTYPE=remoteproc.-1.77: its name has bytes that no honest firmware sends: it may drive a terminal or forge a log line",
	.applies = applies,
	.judge = judge,
};
