// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vdev-status, announced and vdev-collision: whether a vdev is there and up, and whether
 * anything came over it.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "judges.h"
#include "names.h"
#include "resource.h"

/* include/uapi/linux/virtio_config.h */
#define STATUS_DRIVER_OK   0x04u
#define STATUS_NEEDS_RESET 0x40u
#define STATUS_FAILED      0x80u

bool vdev_applies_status(const struct device *device)
{
	return device->kind == KIND_VIRTIO && device->verdict != VERDICT_NONE;
}

int vdev_judge_status(const struct tree *tree, const struct device *device,
		      struct finding *finding)
{
	uint32_t status = device->virtio.status.value;
	const char *what = NULL;

	(void)tree;
	if (!device->virtio.status.known)
		return finding_skip(finding, "its status was not recorded");
	if (status & STATUS_FAILED)
		what = "the driver has given the device up (FAILED)";
	else if (status & STATUS_NEEDS_RESET)
		what = "the device has run into an error (NEEDS_RESET)";
	else if (device->driver && !(status & STATUS_DRIVER_OK))
		what = "a driver is bound, but not ready (no DRIVER_OK)";
	if (!what)
		return 0;
	finding->status = STATUS_FAIL;
	return finding_message(finding, "%s", what) |
	       finding_evidence(finding, "its status reads 0x%08x; up is 0x00000007",
				status) |
	       finding_fix(
		       finding,
		       "dmesg | grep -e virtio -e rpmsg tells why; stop and start the remote processor");
}

bool vdev_applies_announced(const struct device *device)
{
	return device_is_rpmsg_virtio(device) && device->owner;
}

static bool is_up(const struct device *device)
{
	uint32_t all = STATUS_DRIVER_OK | STATUS_NEEDS_RESET | STATUS_FAILED;

	return device->virtio.status.known &&
	       (device->virtio.status.value & all) == STATUS_DRIVER_OK;
}

static bool has_announced(const struct device *device)
{
	tree_foreach_child (child, device)
		if (child->kind == KIND_CHANNEL && !child->channel.service)
			return true;
	return false;
}

/* "vring 0 at 0x..., 256 buffers; ..." of the resource table, "" when it is not known. */
static char *describe_vrings(const struct device *device)
{
	const struct record *record = device->owner->record;
	struct resource_table table;
	size_t index = device->owner_index, size;
	char *text = NULL;
	FILE *memory = open_memstream(&text, &size);

	if (memory && resource_parse(record_text(record, FACT_RESOURCE_TABLE), &table) &&
	    index < table.vdev_count)
		for (size_t i = 0; i < table.vdevs[index].vring_count; i++)
			fprintf(memory, "; vring %zu at 0x%llx, %llu buffers", i,
				(unsigned long long)table.vdevs[index].vrings[i].address,
				(unsigned long long)table.vdevs[index].vrings[i].buffers);
	if (memory && fclose(memory) == 0)
		return text;
	free(text);
	return NULL;
}

/* The last line of the firmware's trace, "" when there is none. */
static char *describe_trace(const struct device *owner)
{
	const char *trace = record_text(owner->record, FACT_TRACE);
	const char *last = trace ? strrchr(trace, '\n') : NULL;
	_cleanup_free_ char *line = escape_string(last ? last + 1 : trace, 0);
	char *text;

	if (!line || !*line)
		return steal(line);
	return asprintf(&text, "; the firmware's last words: %.200s", line) < 0 ? NULL
										: text;
}

/* The memory regions of the platform device, "" when they are not known. */
static char *describe_memory(const struct device *device)
{
	const struct device *place = verdict_owner_parent(device);
	const char *line = place ? record_text(place->record, FACT_MEMORY_REGION) : NULL;
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);

	while (memory && line && *line) {
		_cleanup_free_ char *region = escape_bytes(line, strcspn(line, "\n"), 0);

		fprintf(memory, "; memory %s", region ? region : "");
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	if (memory && fclose(memory) == 0)
		return text;
	free(text);
	return NULL;
}

static int judge_silent(const struct device *device, struct finding *finding)
{
	_cleanup_free_ char *vrings = describe_vrings(device);
	_cleanup_free_ char *memory = describe_memory(device);
	_cleanup_free_ char *trace = describe_trace(device->owner);

	if (!vrings || !memory || !trace)
		return -ENOMEM;
	finding->status = STATUS_WARN;
	return finding_message(finding, "up, but the remote has announced no channel") |
	       finding_evidence(
		       finding,
		       "the firmware has the name service feature, and only service devices exist%s%s%s",
		       vrings, memory, trace) |
	       finding_fix(
		       finding,
		       "check that the firmware polls its vring and gets the mailbox interrupt, and that the vring addresses it uses are those of its resource table");
}

int vdev_judge_announced(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	const char *state = device->owner->remoteproc.state_word;

	(void)tree;
	if (has_announced(device))
		return 0;
	if (!state || !device->virtio.status.known || !device->virtio.features)
		return finding_skip(finding,
				    "state, status or features were not recorded");
	if (strcmp(state, "running") != 0 && strcmp(state, "attached") != 0)
		return finding_skip(finding, "its remote processor does not run");
	if (!is_up(device))
		return finding_skip(finding, "it is not up");
	if (device->virtio.features[0] != '1')
		return 0; /* no name service: channels are made by the drivers */
	return judge_silent(device, finding);
}

bool vdev_applies_collision(const struct device *device)
{
	return device->kind == KIND_REMOTEPROC;
}

static bool runs(const struct device *device)
{
	const char *state = device->remoteproc.state_word;

	return state && (strcmp(state, "running") == 0 || strcmp(state, "attached") == 0);
}

/* One that was to be attached to and could not be stays detached: it runs all the same.
 */
static bool runs_somehow(const struct device *device)
{
	const char *state = device->remoteproc.state_word;

	return runs(device) || (state && strcmp(state, "detached") == 0);
}

/* The one running processor that has rproc-virtio.N, as v6.1.0 named it; NULL: that is
 * not the shape. */
static const struct device *winner_of(const struct tree *tree)
{
	const struct device *vdev = tree->only_vdev;

	if (!vdev || !name_is_rproc_virtio(vdev->name) || strstr(vdev->name, ".auto"))
		return NULL;
	return vdev->owner && runs(vdev->owner) ? vdev->owner : NULL;
}

int vdev_judge_collision(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	const struct device *winner = winner_of(tree);
	struct resource_table table;
	_cleanup_free_ char *name = NULL, *vdev = NULL;

	if (!winner || winner == device || !runs_somehow(device))
		return 0;
	if (resource_parse(record_text(device->record, FACT_RESOURCE_TABLE), &table) &&
	    !resource_has_rpmsg(&table))
		return 0;
	name = escape_string(winner->name, 0);
	vdev = escape_string(tree->only_vdev->name, 0);
	if (!name || !vdev)
		return -ENOMEM;
	finding->status = STATUS_FAIL;
	return finding_message(finding,
			       "runs without a vdev: only %s could take the name %s",
			       name, vdev) |
	       finding_evidence(
		       finding,
		       "v6.1.0 and 6.1.1 name the vdev of every remote processor alike, so a second one cannot be registered") |
	       finding_fix(
		       finding,
		       "update to 6.1.2 or later (65fcf3872f83); dmesg has \"cannot create duplicate filename\"");
}
