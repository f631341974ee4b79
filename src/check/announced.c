// SPDX-License-Identifier: GPL-2.0-or-later
/* announced: whether anything came over a vdev that is up. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "checks.h"
#include "cleanup.h"
#include "escape.h"
#include "kernel_log.h"
#include "remedy.h"
#include "resource.h"

static bool applies(const struct device *device)
{
	return device_is_rpmsg_virtio(device) && device->owner;
}

/* "vring 0 at 0x..., 256 buffers; ..." of the resource table, "" when it is not known. */
static char *describe_vrings(const struct device *device)
{
	const struct record *record = device->owner->record;
	struct resource_table table;
	_cleanup_buffer_ struct buffer buffer = { 0 };
	size_t index = device->owner_index;
	char *text;

	if (buffer_open(&buffer) < 0)
		return NULL;
	if (resource_parse(record_text(record, FACT_RESOURCE_TABLE), &table) &&
	    index < table.vdev_count)
		for (size_t i = 0; i < table.vdevs[index].vring_count; i++)
			fprintf(buffer.out, "; vring %zu at 0x%llx, %llu buffers", i,
				(unsigned long long)table.vdevs[index].vrings[i].address,
				(unsigned long long)table.vdevs[index].vrings[i].buffers);
	return buffer_take(&buffer, &text, NULL) < 0 ? NULL : text;
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
	const char *line = verdict_owner_regions(device);
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text;

	if (buffer_open(&buffer) < 0)
		return NULL;
	while (line && *line) {
		_cleanup_free_ char *region = escape_bytes(line, strcspn(line, "\n"), 0);

		if (!region)
			return NULL;
		fprintf(buffer.out, "; memory %s", region);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return buffer_take(&buffer, &text, NULL) < 0 ? NULL : text;
}

#define FIX_SILENT                                                                       \
	"check that the firmware polls its vring and takes the mailbox interrupt, and that it uses the vring addresses of its resource table"

#define FIX_MOVED                                                                        \
	"give its device tree node reserved memory at the address that its resource table asks for: what was allocated lies elsewhere, and the firmware may look for its vrings where they are not"

/* The line that says that its memory is not where its firmware wants it. */
static size_t find_moved(const struct tree *tree, const struct device *processor)
{
	const struct start *start =
		biography_last_start(history_of(tree->history, processor->name));

	return start ? start->moved_line : NO_LINE;
}

static void judge_silent(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	_cleanup_free_ char *vrings = describe_vrings(device);
	_cleanup_free_ char *memory = describe_memory(device);
	_cleanup_free_ char *trace = describe_trace(device->owner);

	finding_set(finding, STATUS_WARN, "no channels");
	finding_message(finding, "is up, but the remote has announced no channel");
	if (!vrings || !memory || !trace)
		finding->error = -ENOMEM;
	else
		finding_evidence(
			finding,
			"the firmware has the name service feature, and only service devices exist%s%s%s",
			vrings, memory, trace);
	finding_fix(finding,
		    find_moved(tree, device->owner) == NO_LINE ? FIX_SILENT : FIX_MOVED);
}

static void judge_no_name_service(struct finding *finding)
{
	finding_set(finding, STATUS_WARN, "no channels");
	finding_message(
		finding,
		"is up, but its firmware has no name service: a channel appears only if a driver makes it");
	finding_evidence(finding, "bit 0 of features (VIRTIO_RPMSG_F_NS) is 0");
	finding_fix(
		finding,
		"set feature bit 0 of the vdev in the firmware's resource table, and announce the channels");
}

/* What has to be known before silence means anything; NULL: it is. */
static const char *_nullable_ what_is_unknown(const struct device *device,
					      struct finding *finding)
{
	if (!device->virtio.features)
		return "whether its firmware offers the name service is not known: cat /sys/bus/virtio/devices/*/features";
	if (!device->virtio.status.known)
		return "its status is not known: cat /sys/bus/virtio/devices/*/status";
	return device->owner->remoteproc.state == REMOTEPROC_NOT_RECORDED
		       ? finding_format(
				 finding,
				 "the state of its remote processor is not known: cat %s/*/state",
				 remedy_files(device->owner))
		       : NULL;
}

/* The log of a text may be all that there is: whoever is online has its announcements in
 * the lines that follow. NULL: it is not, or the log stops too early to tell. */
static const struct log_virtio *_nullable_ find_silent(const struct tree *tree,
						       const struct device *device)
{
	const struct log_virtio *virtio = history_virtio(tree->history, device->name);
	const struct log *log = tree->history ? tree->history->log : NULL;

	return virtio && device->record->path_only && !virtio->gone &&
			       virtio->online_line != NO_LINE &&
			       remoteproc_runs(device->owner) &&
			       kernel_log_is_long_ago(log, virtio->online_line)
		       ? virtio
		       : NULL;
}

static void judge_logged(const struct tree *tree, const struct log_virtio *virtio,
			 const struct device *processor, struct finding *finding)
{
	size_t moved = find_moved(tree, processor);
	const struct log *log = tree->history->log;
	double from = 0;

	kernel_log_time(log, virtio->online_line, &from);
	finding_set(finding, STATUS_WARN, "no channels");
	finding_message(
		finding,
		"is up, but the log shows no channel that the remote announced: it came online at %.1f s, and the log goes on until %.1f s",
		from, (double)log->last / 1e6);
	kernel_log_evidence(tree, finding, moved, virtio->online_line);
	finding_fix(finding, moved == NO_LINE ? FIX_SILENT : FIX_MOVED);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const char *unknown = what_is_unknown(device, finding);
	const struct log_virtio *silent = unknown ? find_silent(tree, device) : NULL;

	if (device_has_user_channel(device))
		return;
	if (silent)
		judge_logged(tree, silent, device->owner, finding);
	else if (unknown)
		finding_skip(finding, "%s", unknown);
	else if (!remoteproc_runs(device->owner) || !virtio_is_up(device))
		finding_skip(finding,
			     "it is not up, or its remote processor does not run");
	else if (device->virtio.features[0] != '1')
		judge_no_name_service(finding);
	else
		judge_silent(tree, device, finding);
}

const struct check check_announced = {
	.id = "announced",
	.title = "the remote has announced channels",
	.worst = STATUS_WARN,
	/* VIRTIO_RPMSG_F_NS, rpmsg_probe() in drivers/rpmsg/virtio_rpmsg_bus.c */
	.looks =
		"The processor runs, its vdev is up, and the only channels are those that the kernel makes itself (where there is only a log: the bus came online, and the log goes on for ten seconds without a channel); whether the firmware has the name service feature (bit 0 of features).",
	.matters =
		"This is where most time is lost: \"rpmsg host is online\", and then nothing. The announcement never came, because of a wrong vring address in the resource table, a missing mailbox interrupt, or firmware that waits.",
	.fix = "Compare the vring addresses with the memory the firmware was linked for, look at its trace (/sys/kernel/debug/remoteproc/remoteprocN/trace0) and at the mailbox. It is a warning, because a firmware may announce late; check --strict counts it as a failure.",
	.example = "virtio1 is up, but the remote has announced no channel",
	.applies = applies,
	.judge = judge,
};
