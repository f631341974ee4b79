// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rpmsg-ancestor and vdev-parent: the verdict as a finding. One says it of channels, the
 * other of the virtio devices they hang from, which show the bug before any channel is
 * there.
 */

#include "judges.h"
#include "names.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "escape.h"

bool ancestor_applies_to_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL;
}

bool ancestor_applies_to_virtio(const struct device *device)
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
	const struct device *place = verdict_owner_parent(device);
	const struct device *child = place ? place->first_remoteproc : NULL;
	size_t size, named = 0;
	char *names = NULL;
	FILE *memory = open_memstream(&names, &size);
	int r = memory ? 0 : -ENOMEM;

	for (; r == 0 && child && named < CANDIDATES_MAX; child = child->next_remoteproc)
		r = write_candidate(memory, child, named++ > 0 ? " or " : "");
	if (r == 0 && child)
		fprintf(memory, " or one of %zu more",
			place->counts[KIND_REMOTEPROC] - named);
	if (memory && fclose(memory) == 0 && r == 0)
		return names;
	free(names);
	return NULL;
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
		return "are below an rproc-virtio device beside their remote processor, not below it: their drivers cannot find their remote processor (rproc_get_by_child() returns NULL)";
	return "are below a vdev beside their remote processor, not below it: their drivers cannot find their remote processor (rproc_get_by_child() returns NULL)";
}

#define CONSEQUENCE                                                                      \
	"its drivers cannot find their remote processor (rproc_get_by_child() returns NULL)"

static int judge_misparented(const struct device *device, struct finding *finding)
{
	const struct device *vdev = device_ancestor(device, KIND_VDEV);
	_cleanup_free_ char *name = escape_string(vdev->name, 0);
	_cleanup_free_ char *parent =
		escape_string(vdev->parent ? vdev->parent->name : "?", 0);
	_cleanup_free_ char *owners = candidates(device);
	int r;

	if (!name || !parent || !owners)
		return -ENOMEM;
	finding->status = STATUS_FAIL;
	finding->brief = "misparented";
	finding->several = several_of(vdev);
	r = finding_evidence(
		finding,
		"its vdev %s is a child of %s; no ancestor has DEVTYPE=remoteproc", name,
		parent);
	if (r == 0)
		r = finding_fix(finding, "%s", fix_for(vdev));
	if (r < 0)
		return r;
	if (*owners)
		return finding_message(
			finding,
			"is below %s, beside %s instead of below it: " CONSEQUENCE,
			parent, owners);
	return finding_message(finding,
			       "is below %s, not below a remote processor: " CONSEQUENCE,
			       parent);
}

static int judge_beside(const struct device *device, struct finding *finding)
{
	_cleanup_free_ char *owners = candidates(device);
	int r;

	if (!owners)
		return -ENOMEM;
	finding->status = STATUS_INFO;
	finding->brief = "beside";
	r = finding_message(finding,
			    "is beside %s by design: rproc_get_by_child() returns NULL",
			    owners);
	return r < 0 ? r
		     : finding_evidence(
			       finding,
			       "its bus device has a remote processor as another child, and there is no vdev between");
}

static int judge_orphan(struct finding *finding)
{
	int r;

	finding->status = STATUS_FAIL;
	finding->brief = "orphan";
	r = finding_message(
		finding,
		"has no remote processor as ancestor, and no known reason to have none: " CONSEQUENCE);
	if (r == 0)
		r = finding_evidence(
			finding,
			"no ancestor has DEVTYPE=remoteproc, none is a vdev, and the bus device is no known transport");
	return r < 0 ? r
		     : finding_fix(
			       finding,
			       "find the driver that registered its parent; if that transport has no remote processor by design, report it to rproc-tree");
}

int ancestor_judge(const struct tree *tree, const struct device *device,
		   struct finding *finding)
{
	(void)tree;
	switch (device->verdict) {
	case VERDICT_OK:
		return 0;
	case VERDICT_MISPARENTED:
		return judge_misparented(device, finding);
	case VERDICT_BESIDE:
		return judge_beside(device, finding);
	case VERDICT_NO_REMOTEPROC:
		finding->status = STATUS_INFO;
		finding->brief = "no remoteproc";
		return finding_message(finding, "has no remote processor by design: %s",
				       device->transport->reason);
	case VERDICT_UNKNOWN:
		return finding_skip(finding,
				    "the source does not say what its parent is");
	default:
		return judge_orphan(finding);
	}
}
