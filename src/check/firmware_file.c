// SPDX-License-Identifier: GPL-2.0-or-later
/* firmware-file: whether an offline processor could be started at all. */

#include "checks.h"
#include "remedy.h"

static bool applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC &&
	       device->remoteproc.state == REMOTEPROC_OFFLINE;
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const char *firmware = finding_shown(finding, device->remoteproc.firmware);
	const char *name = finding_quoted(finding, device->name);
	const char *path;

	(void)tree;
	if (device->remoteproc.firmware_found == UNKNOWN) {
		finding_skip(
			finding,
			"whether its firmware file exists was not recorded: capture on the board");
		return;
	}
	if (device->remoteproc.firmware_found == YES)
		return;
	finding_set(finding, STATUS_WARN, "no firmware");
	finding_message(
		finding,
		"cannot be started: firmware %s not found, unless it is built into the kernel",
		firmware);
	finding_evidence(
		finding,
		"none of the kernel's firmware directories has it, compressed or not");
	path = remedy_of_path(name, device->remoteproc.firmware, finding);
	if (path)
		finding_fix(finding, "%s", path);
	else
		finding_fix(
			finding,
			"put it into /lib/firmware, or name another: echo FILE > /sys/class/remoteproc/%s/firmware",
			name);
}

const struct check check_firmware_file = {
	.id = "firmware-file",
	.title = "firmware of an offline remote processor exists",
	.worst = STATUS_WARN,
	/* fw_path[], drivers/base/firmware_loader/main.c */
	.looks =
		"For a processor that is offline: whether the file that firmware names is in one of the kernel's directories (firmware_class.path, /lib/firmware/updates, /lib/firmware, each with the release), compressed or not. Firmware can also be built into the kernel (CONFIG_EXTRA_FIRMWARE).",
	.matters =
		"Without the file the processor cannot be started. It is a warning: many boards have processors that nobody means to start.",
	.fix = "Install the file, or write another name to /sys/class/remoteproc/remoteprocN/firmware.",
	.example =
		"remoteproc3 (4b33000.pru) cannot be started: firmware pru3-fw not found, unless it is built into the kernel",
	.applies = applies,
	.judge = judge,
};
