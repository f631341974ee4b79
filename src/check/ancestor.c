// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rpmsg-ancestor and vdev-parent: the verdict as a finding. One says it of channels, the
 * other of the virtio devices they are below, which show the bug before any channel is
 * there.
 */

#include "buffer.h"
#include "checks.h"
#include "names.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "escape.h"

static bool applies_to_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL;
}

static bool applies_to_virtio(const struct device *device)
{
	return device->kind == KIND_VIRTIO && device->verdict != VERDICT_NONE;
}

#define CANDIDATES_MAX 8 /* named; the rest is counted */

static int write_candidate(FILE *out, const struct device *remoteproc,
			   const char *separator)
{
	_cleanup_free_ char *name = escape_string(remoteproc->name, 0);

	if (!name)
		return -ENOMEM;
	fprintf(out, "%s%s", separator, name);
	return 0;
}

/* "remoteproc0", or "remoteproc0 or remoteproc1" where it cannot be told. The caller owns
 * the string; NULL: out of memory, "" : none is there. */
static char *candidates(const struct device *device)
{
	const struct device *parent = verdict_owner_parent(device);
	const struct device *child = parent ? device_first_remoteproc(parent) : NULL;
	_cleanup_buffer_ struct buffer buffer = { 0 };
	size_t named = 0;
	char *names;
	int r = buffer_open(&buffer);

	for (; r == 0 && child && named < CANDIDATES_MAX; child = child->remoteproc.next)
		r = write_candidate(buffer.out, child, named++ > 0 ? " or " : "");
	if (r == 0 && child)
		fprintf(buffer.out, " or one of %zu more",
			device_count(parent, KIND_REMOTEPROC) - named);
	return r < 0 || buffer_take(&buffer, &names, NULL) < 0 ? NULL : names;
}

/* The mistake of v5.1 (086d08725d34), and the same made where v6.1 moved that code to. */
static const char *fix_for(const struct device *vdev)
{
	if (name_is_rproc_virtio(vdev->name))
		return "in the kernel's rproc_virtio code, make the remote processor's device the parent of this platform device";
	return "apply kernel commit c774ad010873 (in v5.8, 5.4.47, 5.6.19, 5.7.3), or kernel/fix of rproc-tree";
}

/* One text for each mistake: what is said of several devices at once. */
static const char *several_of(const struct device *vdev)
{
	if (name_is_rproc_virtio(vdev->name))
		return "are misparented, their rproc-virtio device beside their remote processor, not below it: their drivers cannot find their remote processor (rproc_get_by_child() returns NULL)";
	return "are misparented, beside their remote processor, not below it: their drivers cannot find their remote processor (rproc_get_by_child() returns NULL)";
}

#define CONSEQUENCE                                                                      \
	"its drivers cannot find their remote processor (rproc_get_by_child() returns NULL)"

static void judge_misparented(const struct device *device, struct finding *finding)
{
	/* Without one the verdict is another. */
	const struct device *vdev = sure(device_ancestor(device, KIND_VDEV));
	const char *parent =
		finding_shown(finding, vdev->parent ? vdev->parent->name : "?");
	_cleanup_free_ char *owners = candidates(device);

	finding_set(finding, STATUS_FAIL, "misparented");
	finding->several = several_of(vdev);
	finding_evidence(
		finding,
		"its vdev %s is a child of %s; no ancestor has DEVTYPE=remoteproc",
		finding_shown(finding, vdev->name), parent);
	finding_fix(finding, "%s", fix_for(vdev));
	if (!owners)
		finding->error = -ENOMEM;
	else if (*owners)
		finding_message(
			finding,
			"is below %s, beside %s instead of below it: " CONSEQUENCE,
			parent, owners);
	else
		finding_message(finding,
				"is below %s, not below a remote processor: " CONSEQUENCE,
				parent);
}

static void judge_beside(const struct device *device, struct finding *finding)
{
	_cleanup_free_ char *owners = candidates(device);

	finding_set(finding, STATUS_INFO, "beside");
	finding_message(finding,
			"is beside %s by design: rproc_get_by_child() returns NULL",
			owners ? owners : "");
	finding_evidence(
		finding,
		"its bus device has a remote processor as another child, and there is no vdev between");
	if (!owners)
		finding->error = -ENOMEM;
}

static void judge_orphan(struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "orphan");
	finding_message(
		finding,
		"has no remote processor as an ancestor, and no reason for that is known: " CONSEQUENCE);
	finding_evidence(
		finding,
		"no ancestor has DEVTYPE=remoteproc, none is a vdev, and the bus device is no known transport");
	finding_fix(
		finding,
		"find the driver that registered its parent; if that transport has no remote processor by design, report it to rproc-tree");
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	(void)tree;
	switch (device->verdict) {
	case VERDICT_OK:
		break;
	case VERDICT_MISPARENTED:
		judge_misparented(device, finding);
		break;
	case VERDICT_BESIDE:
		judge_beside(device, finding);
		break;
	case VERDICT_NO_REMOTEPROC:
		finding_set(finding, STATUS_INFO, "no remoteproc");
		finding_message(finding, "has no remote processor by design: %s",
				device->transport->reason);
		break;
	case VERDICT_UNKNOWN:
		finding_skip(
			finding,
			"the source does not say what its parent is: add ls -l /sys/bus/rpmsg/devices /sys/bus/virtio/devices");
		break;
	default:
		judge_orphan(finding);
	}
}

const struct check check_vdev_parent = {
	.id = "vdev-parent",
	.title = "rpmsg virtio device is below its remote processor",
	.worst = STATUS_FAIL,
	/* 086d08725d34, c774ad010873; rproc_get_by_child(), remoteproc_core.c */
	.looks =
		"Each virtio device of a remote processor, or with the id of rpmsg, needs an ancestor whose device type is remoteproc. Transports that have none by design are information.",
	.matters =
		"In Linux 5.1 to 5.7 the vdev was made a child of the platform device, beside the remote processor (086d08725d34). Nothing below it can find its remote processor (rproc_get_by_child() returns NULL), even before a channel exists.",
	.fix = "Apply c774ad010873 (in v5.8, 5.4.47, 5.6.19 and 5.7.3); kernel/fix of rproc-tree has it for older kernels.",
	.example =
		"virtio0 is below 11800000.dsp, beside remoteproc0 instead of below it: " CONSEQUENCE,
	.applies = applies_to_virtio,
	.judge = judge,
};

const struct check check_rpmsg_ancestor = {
	.id = "rpmsg-ancestor",
	.title = "rpmsg channel has a remote processor as an ancestor",
	.worst = STATUS_FAIL,
	/* rproc_get_by_child(), remoteproc_core.c: strict parents of the type remoteproc
	 */
	.looks =
		"Each channel needs an ancestor whose device type is remoteproc, unless its transport has no remote processor by design (Qualcomm RPM, virtio on PCI or mmio, platform rpmsg drivers) or is beside it by design (MediaTek SCP): these are information.",
	.matters =
		"rproc_get_by_child() walks the parents of a channel. Where it finds no remote processor, drivers refuse to probe, lose their device tree node or crash: in v7.3 only qcom_sysmon asks, out of tree TI's rpmsg_proto and Arm's Ethos-U.",
	.fix = "If the verdict is misparented: apply c774ad010873, see kernel/fix of rproc-tree. If it is orphan: find out who registered the device's parent.",
	.example =
		"virtio0.rpmsg-client-sample.-1.50 and 1 more are misparented, beside their remote processor, not below it: their drivers cannot find their remote processor (rproc_get_by_child() returns NULL)",
	.applies = applies_to_channel,
	.judge = judge,
};
