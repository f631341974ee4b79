// SPDX-License-Identifier: GPL-2.0-or-later
/* Where the devices that the log tells of lie, and what it says of them. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "merge.h"
#include "names.h"

#define VIRTIO_DRIVER "virtio_rpmsg_bus"

struct record *merger_record(const struct merger *merger, size_t place)
{
	return &merger->inventory->records[place];
}

size_t merger_find(const struct merger *merger, const char *name)
{
	return index_find(&merger->names, span_of(name));
}

/* The record of that name, at that path when there is none yet. */
int merger_ensure(struct merger *merger, const char *path, const char *subsystem,
		  size_t *ret)
{
	const char *name = strrchr(path, '/') + 1;
	size_t place = merger_find(merger, name);
	struct record *record;
	int r;

	if (place != NO_INDEX) {
		*ret = place;
		return 0;
	}
	place = merger->inventory->count;
	r = inventory_add_path_only(merger->inventory, path, subsystem, &record);
	if (r == 0)
		r = index_set(&merger->names, span_of(name), place);
	if (r == 0)
		*ret = place;
	return r;
}

int merger_add_text(struct record *record, const char *name, const char *text)
{
	if (!text || !*text || record_attribute(record, name))
		return 0;
	return record_add_attribute(record, name, text, strlen(text));
}

static int bind_driver(struct record *record, const char *bus, const char *driver)
{
	_cleanup_free_ char *target = NULL;

	if (!driver || record_driver(record))
		return 0;
	if (asprintf(&target, "../../bus/%s/drivers/%s", bus, driver) < 0)
		return -ENOMEM;
	return record_set(record, &record->driver_target, target, strlen(target));
}

/* "platform/rproc-virtio", or a driver of its own bus. */
int merger_bind(struct record *record, const char *driver)
{
	const char *slash = strchr(driver, '/');
	_cleanup_free_ char *bus =
		slash ? strndup(driver, (size_t)(slash - driver)) : NULL;
	int r = 0;

	if (slash && !bus)
		return -ENOMEM;
	if (!record->subsystem && bus)
		r = record_set(record, &record->subsystem, bus, strlen(bus));
	if (r < 0 || !record->subsystem)
		return r;
	return bind_driver(record, bus ? bus : record->subsystem,
			   slash ? slash + 1 : driver);
}

int merger_ensure_processor(struct merger *merger, const char *device,
			    const char *platform, size_t *ret)
{
	_cleanup_free_ char *path = NULL;

	if (asprintf(&path, PLACE_UNKNOWN "/%s%s/remoteproc/%s",
		     platform ? platform : "unknown-of-", platform ? "" : device,
		     device) < 0)
		return -ENOMEM;
	return merger_ensure(merger, path, "remoteproc", ret);
}

/* What lies above a processor: its path without /remoteproc/remoteprocN. */
static char *platform_path(const struct merger *merger, size_t processor)
{
	const char *path = merger_record(merger, processor)->path;
	const char *glue = strstr(path, "/remoteproc/remoteproc");
	const char *slash = strrchr(path, '/');

	return strndup(path, (size_t)((glue ? glue : slash) - path));
}

/* The driver of what a processor is a child of, where the log names it. */
int merger_bind_platform(struct merger *merger, size_t processor, const char *driver)
{
	_cleanup_free_ char *path = platform_path(merger, processor);
	size_t place = 0;
	int r;

	if (!path)
		return -ENOMEM;
	/* Not every listing has a device above it. */
	if (strcmp(path, "/devices") == 0)
		return 0;
	r = merger_ensure(merger, path, "platform", &place);
	return r < 0 ? r : bind_driver(merger_record(merger, place), "platform", driver);
}

static int owner_place(struct merger *merger, size_t owner, size_t *ret)
{
	const struct biography *processor = &merger->history->processors[owner];

	return merger_ensure_processor(merger, processor->device, processor->platform,
				       ret);
}

static int vdev_path(struct merger *merger, const struct log_vdev *vdev, char **ret)
{
	_cleanup_free_ char *above = NULL;
	size_t owner = NO_INDEX;
	int r = vdev->owner == NO_PROCESSOR ? 0
					    : owner_place(merger, vdev->owner, &owner);

	if (r < 0)
		return r;
	if (vdev->parent && owner != NO_INDEX) {
		above = platform_path(merger, owner);
	} else if (vdev->parent) {
		if (asprintf(&above, PLACE_UNKNOWN "/%s", vdev->parent) < 0)
			return -ENOMEM;
	} else {
		above = strdup(owner == NO_INDEX ? PLACE_UNKNOWN
						 : merger_record(merger, owner)->path);
	}
	if (!above)
		return -ENOMEM;
	return asprintf(ret, "%s/%s", above, vdev->device) < 0 ? -ENOMEM : 0;
}

static int add_vdev(struct merger *merger, const struct log_vdev *vdev, char **ret)
{
	_cleanup_free_ char *path = NULL;
	size_t place = 0;
	int r = vdev_path(merger, vdev, &path);

	if (r == 0)
		r = merger_ensure(merger, path,
				  name_is_rproc_virtio(vdev->device) ? "platform" : NULL,
				  &place);
	if (r == 0 && vdev->memory)
		r = record_set_property(merger_record(merger, place), FACT_BUFFERS,
					vdev->memory);
	if (r == 0) {
		*ret = strdup(merger_record(merger, place)->path);
		r = *ret ? 0 : -ENOMEM;
	}
	return r;
}

static int virtio_path(struct merger *merger, const struct log_virtio *virtio, char **ret)
{
	_cleanup_free_ char *above = NULL;
	size_t owner = NO_INDEX;
	int r = 0;

	if (virtio->vdev != NO_DEVICE) {
		r = add_vdev(merger, &merger->history->vdevs[virtio->vdev], &above);
	} else if (virtio->owner != NO_PROCESSOR) {
		r = owner_place(merger, virtio->owner, &owner);
		above = r < 0 ? NULL : strdup(merger_record(merger, owner)->path);
	} else {
		above = strdup(PLACE_UNKNOWN);
	}
	if (r < 0)
		return r;
	if (!above || asprintf(ret, "%s/%s", above, virtio->name) < 0)
		return -ENOMEM;
	return 0;
}

int merger_add_virtio(struct merger *merger, const struct log_virtio *virtio)
{
	_cleanup_free_ char *path = NULL;
	struct record *record;
	char id[16];
	size_t place = 0;
	int r = virtio_path(merger, virtio, &path);

	if (r == 0)
		r = merger_ensure(merger, path, "virtio", &place);
	if (r < 0)
		return r;
	record = merger_record(merger, place);
	snprintf(id, sizeof(id), "0x%04x", virtio->id.value);
	if (virtio->id.known)
		r = merger_add_text(record, "device", id);
	if (r == 0 && virtio->online_line != NO_LINE)
		r = bind_driver(record, "virtio", VIRTIO_DRIVER);
	return r;
}

/* The record of the processor that is a child of this platform device. */
static size_t find_processor_of(const struct merger *merger, struct span platform)
{
	size_t i = index_find(&merger->platforms, platform);

	return i == NO_INDEX ? NO_INDEX
			     : merger_find(merger, merger->history->processors[i].device);
}

/* The processor of an edge: qcom_smd.c names it after remoteprocN, qcom_glink_smem.c
 * after what that is a child of. */
static int find_edge_owner(struct merger *merger, struct span above, size_t *ret)
{
	_cleanup_free_ char *name = NULL;

	*ret = find_processor_of(merger, above);
	if (*ret != NO_INDEX || !span_is_numbered(above, "remoteproc"))
		return 0;
	name = strndup(above.start, above.size);
	return name ? merger_ensure_processor(merger, name, NULL, ret) : -ENOMEM;
}

/* The path of a channel's parent, by its name alone: a virtio device or an edge of a
 * processor; "": it is not known. */
static int parent_path(struct merger *merger, const char *parent, char **ret)
{
	const char *edge = name_is_edge(parent) ? strrchr(parent, ':') : NULL;
	size_t size = edge ? (size_t)(edge - parent) : strlen(parent);
	size_t place = merger_find(merger, parent);
	int r;

	if (!*parent) {
		*ret = strdup(PLACE_UNKNOWN);
		return *ret ? 0 : -ENOMEM;
	}
	if (place != NO_INDEX) {
		*ret = strdup(merger_record(merger, place)->path);
		return *ret ? 0 : -ENOMEM;
	}
	r = find_edge_owner(merger, (struct span){ parent, size }, &place);
	if (r < 0)
		return r;
	if (place != NO_INDEX)
		return asprintf(ret, "%s/%s", merger_record(merger, place)->path,
				parent) < 0
			       ? -ENOMEM
			       : 0;
	return asprintf(ret, PLACE_UNKNOWN "/%s", parent) < 0 ? -ENOMEM : 0;
}

int merger_ensure_channel(struct merger *merger, const char *device, const char *parent,
			  size_t *ret)
{
	_cleanup_free_ char *above = NULL, *path = NULL;
	size_t place = 0;
	int r = parent_path(merger, parent, &above);

	if (r == 0 && name_is_virtio(parent))
		r = merger_ensure(merger, above, "virtio", &place);
	if (r < 0)
		return r;
	if (asprintf(&path, "%s/%s", above, device) < 0)
		return -ENOMEM;
	return merger_ensure(merger, path, "rpmsg", ret);
}

static int add_node(struct merger *merger, const char *channel_path, const char *node)
{
	_cleanup_free_ char *path = NULL;
	bool tty = strncmp(node, "tty", 3) == 0;
	size_t place = 0;
	int r;

	if (*node == '.' || strpbrk(node, "/ "))
		return 0;
	if (asprintf(&path, "%s/%s/%s", channel_path, tty ? "tty" : "rpmsg_pru", node) <
	    0)
		return -ENOMEM;
	r = merger_ensure(merger, path, tty ? "tty" : "rpmsg_pru", &place);
	return r < 0 ? r
		     : record_set_property(merger_record(merger, place), "DEVNAME", node);
}

int merger_add_channel(struct merger *merger, const struct log_channel *channel)
{
	_cleanup_free_ char *path = NULL;
	struct record *record;
	char src[16], dst[16];
	size_t place = 0;
	int r = merger_ensure_channel(merger, channel->device, channel->parent, &place);

	if (r < 0)
		return r;
	record = merger_record(merger, place);
	snprintf(src, sizeof(src), "0x%x", channel->src);
	snprintf(dst, sizeof(dst), "0x%x", channel->dst);
	r = merger_add_text(record, "name", channel->name);
	if (r == 0 && channel->has_src)
		r = merger_add_text(record, "src", src);
	if (r == 0 && channel->has_dst)
		r = merger_add_text(record, "dst", dst);
	if (r == 0)
		r = bind_driver(record, "rpmsg", channel->driver);
	path = strdup(record->path);
	if (r == 0 && !path)
		r = -ENOMEM;
	return r == 0 && channel->node ? add_node(merger, path, channel->node) : r;
}
