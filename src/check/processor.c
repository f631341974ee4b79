// SPDX-License-Identifier: GPL-2.0-or-later
/* processor-state, firmware-file and stale-channels: the remote processor itself. */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "judges.h"
#include "resource.h"
#include "shell.h"

bool processor_applies(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

static bool is_state(const struct device *device, const char *state)
{
	return device->remoteproc.state_word &&
	       strcmp(device->remoteproc.state_word, state) == 0;
}

bool processor_applies_firmware(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC && is_state(device, "offline");
}

/* What names a processor for good: numbers change from boot to boot. */
static char *identity(const struct device *device)
{
	_cleanup_free_ char *place =
		escape_string(device->parent ? device->parent->name : NULL, 0);
	_cleanup_free_ char *firmware = escape_string(device->remoteproc.firmware, 0);
	char *text;

	if (!place || !firmware)
		return NULL;
	if (asprintf(&text, "%s%s%s", *place ? place : "the processor",
		     *firmware ? ", firmware " : "", firmware) < 0)
		return NULL;
	return text;
}

static int fix_recovery(const struct device *device, struct finding *finding)
{
	const char *recovery = device->remoteproc.recovery;
	_cleanup_free_ char *name = shell_word(device->name);

	if (!name)
		return -ENOMEM;
	if (!recovery)
		return finding_fix(
			finding,
			"look at recovery below /sys/kernel/debug/remoteproc/%s, and at dmesg for the cause",
			name);
	if (strcmp(recovery, "disabled") == 0)
		return finding_fix(
			finding,
			"echo recover > /sys/class/remoteproc/%s/recovery, after taking the coredump if you need it",
			name);
	return finding_fix(
		finding,
		"dmesg tells why recovery did not bring it back; echo stop, then start > /sys/class/remoteproc/%s/state",
		name);
}

int processor_judge_state(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	_cleanup_free_ char *who = identity(device);
	_cleanup_free_ char *recovery = escape_string(device->remoteproc.recovery, 0);

	(void)tree;
	if (!who || !recovery)
		return -ENOMEM;
	if (!device->remoteproc.state_word)
		return finding_skip(finding, "its state was not recorded");
	if (is_state(device, "crashed")) {
		finding->status = STATUS_FAIL;
		return finding_message(finding, "has crashed (%s)", who) |
		       finding_evidence(finding, "state reads crashed, recovery is %s",
					*recovery ? recovery : "not known") |
		       fix_recovery(device, finding);
	}
	if (is_state(device, "invalid")) {
		finding->status = STATUS_FAIL;
		return finding_message(finding, "is in no valid state (%s)", who) |
		       finding_evidence(
			       finding,
			       "state reads invalid: the driver never set one it knows") |
		       finding_fix(
			       finding,
			       "look at its driver in dmesg; unbind and bind the platform device");
	}
	return 0;
}

int processor_judge_firmware(const struct tree *tree, const struct device *device,
			     struct finding *finding)
{
	const char *fact = record_property(device->record, FACT_FIRMWARE);
	_cleanup_free_ char *firmware = escape_string(device->remoteproc.firmware, 0);
	_cleanup_free_ char *name = shell_word(device->name);

	(void)tree;
	if (!firmware || !name)
		return -ENOMEM;
	if (!fact)
		return finding_skip(
			finding, "whether its firmware file is there was not recorded");
	if (strcmp(fact, "missing") != 0)
		return 0;
	finding->status = STATUS_WARN;
	return finding_message(finding,
			       "cannot be started: firmware %s is nowhere to be found",
			       firmware) |
	       finding_evidence(
		       finding,
		       "none of the kernel's firmware directories has it, compressed or not") |
	       finding_fix(
		       finding,
		       "put it into /lib/firmware, or name another: echo FILE > /sys/class/remoteproc/%s/firmware",
		       name);
}

static int fix_restart(const struct device *device, const char *what,
		       struct finding *finding)
{
	_cleanup_free_ char *name = shell_word(device->name);

	return name ? finding_fix(finding, "%s /sys/class/remoteproc/%s/state", what,
				  name)
		    : -ENOMEM;
}

static int judge_left_over(const struct device *device, size_t vdevs, size_t channels,
			   struct finding *finding)
{
	finding->status = STATUS_FAIL;
	return finding_message(
		       finding,
		       "is offline, but %zu vdev%s and %zu channel%s of it remain", vdevs,
		       vdevs == 1 ? "" : "s", channels, channels == 1 ? "" : "s") |
	       finding_evidence(finding,
				"state reads offline, and the devices still hang there") |
	       fix_restart(
		       device,
		       "nothing answers on them: close their users, then echo start >",
		       finding);
}

static int judge_no_vdev(const struct device *device, struct finding *finding)
{
	struct resource_table table;

	if (!resource_parse(record_text(device->record, FACT_RESOURCE_TABLE), &table))
		return finding_skip(
			finding,
			"runs without a vdev; whether its firmware has one is not known (resource table, debugfs)");
	if (!resource_has_rpmsg(&table))
		return 0;
	finding->status = STATUS_FAIL;
	return finding_message(finding,
			       "runs, but the vdev of its firmware is not there") |
	       finding_evidence(
		       finding,
		       "its resource table has a vdev for rpmsg, and no such device hangs from it") |
	       fix_restart(
		       device,
		       "dmesg has \"failed to probe subdevices\" (fixed in v6.9 for restarts); echo stop, then start >",
		       finding);
}

int processor_judge_stale(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	size_t vdevs = device->owned[KIND_VIRTIO];
	size_t channels = device->owned[KIND_CHANNEL];

	(void)tree;
	if (!device->remoteproc.state_word)
		return finding_skip(finding, "its state was not recorded");
	if (is_state(device, "offline") && vdevs + channels > 0)
		return judge_left_over(device, vdevs, channels, finding);
	if (is_state(device, "running") && vdevs + channels == 0)
		return judge_no_vdev(device, finding);
	return 0;
}
