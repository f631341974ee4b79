// SPDX-License-Identifier: GPL-2.0-or-later
#include "dmesg_log.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#define PLACE "/devices/unknown/"

static int add_record(struct inventory *inventory, size_t line, const char *path,
		      const char *subsystem, struct record **ret)
{
	int r = inventory_add(inventory, path, strlen(path), ret);

	if (r < 0)
		return r;
	(*ret)->line = line;
	(*ret)->path_only = true;
	(*ret)->subsystem = subsystem ? strdup(subsystem) : NULL;
	return subsystem && !(*ret)->subsystem ? -ENOMEM : 0;
}

static int add_text(struct record *record, const char *name, const char *text)
{
	return text && *text ? record_add_attribute(record, name, text, strlen(text)) : 0;
}

/* Where a processor hangs: a vdev beside it tells, if it is called after what the driver
 * calls the processor. */
static void place_of(const struct processor *processor, char path[PATH_MAX])
{
	bool is_platform = strchr(processor->name, '.') || strchr(processor->name, '@');

	snprintf(path, PATH_MAX, PLACE "%s%s/remoteproc/%s",
		 is_platform ? processor->name : "unknown-of-",
		 is_platform ? "" : processor->device, processor->device);
}

static int add_processor(struct inventory *inventory, const struct processor *processor)
{
	char path[PATH_MAX];
	struct record *record;
	int r;

	place_of(processor, path);
	r = add_record(inventory, 0, path, "remoteproc", &record);
	if (r == 0)
		r = record_set_property(record, "DEVTYPE", "remoteproc");
	if (r == 0)
		r = add_text(record, "name", processor->name);
	if (r == 0)
		r = add_text(record, "state", processor->state);
	return r < 0 ? r : add_text(record, "firmware", processor->firmware);
}

static const struct processor *find_processor(const struct told *log, const char *device)
{
	for (size_t i = 0; i < log->processor_count; i++)
		if (strcmp(log->processors[i].device, device) == 0)
			return &log->processors[i];
	return NULL;
}

static int add_virtio(const struct told *log, struct inventory *inventory,
		      const struct vdev *vdev, char path[PATH_MAX])
{
	char parent[PATH_MAX], above[NAME_MAX_], id[16];
	const struct processor *processor;
	struct record *record;
	int r;

	snprintf(above, sizeof(above), "%.*s", (int)strcspn(vdev->device, "#"),
		 vdev->device);
	processor = find_processor(log, above);
	if (processor)
		place_of(processor, parent);
	else
		snprintf(parent, sizeof(parent), PLACE "%s", above);
	if ((size_t)snprintf(path, PATH_MAX, "%.3000s/%s/%s", parent, vdev->device,
			     vdev->virtio) >= PATH_MAX)
		return 0;
	snprintf(id, sizeof(id), "0x%04x", vdev->id);
	r = add_record(inventory, 0, path, "virtio", &record);
	return r < 0 ? r : add_text(record, "device", id);
}

static int add_channel(struct inventory *inventory, const char *above,
		       const struct channel *channel)
{
	char path[PATH_MAX], address[16];
	struct record *record;
	int r;

	snprintf(path, sizeof(path), "%.3000s/%s.%s.-1.%d", above, channel->virtio,
		 channel->name, (int)channel->address);
	for (char *at = path + strlen(above) + 1; *at; at++)
		if (*at == '/')
			*at = '!';
	snprintf(address, sizeof(address), "0x%x", channel->address);
	r = add_record(inventory, 0, path, "rpmsg", &record);
	if (r == 0)
		r = add_text(record, "name", channel->name);
	return r < 0 ? r : add_text(record, "dst", address);
}

static int add_vdev(const struct told *log, struct inventory *inventory,
		    const struct vdev *vdev)
{
	char path[PATH_MAX] = "";
	int r = vdev->gone ? 0 : add_virtio(log, inventory, vdev, path);

	for (size_t i = 0; *path && i < log->channel_count && r == 0; i++)
		if (!log->channels[i].gone &&
		    strcmp(log->channels[i].virtio, vdev->virtio) == 0)
			r = add_channel(inventory, path, &log->channels[i]);
	return r;
}

int dmesg_log_records(const struct told *log, struct inventory *inventory)
{
	int r = 0;

	for (size_t i = 0; i < log->vdev_count && r == 0; i++)
		r = add_vdev(log, inventory, &log->vdevs[i]);
	for (size_t i = 0; i < log->processor_count && r == 0; i++)
		r = add_processor(inventory, &log->processors[i]);
	return r;
}
