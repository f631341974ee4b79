// SPDX-License-Identifier: GPL-2.0-or-later
#include "resource.h"

#include <linux/virtio_ids.h>
#include <stdlib.h>
#include <string.h>

/* The number after a label at the start of a line, white space aside. */
static bool labelled(const char *line, const char *label, uint64_t *ret)
{
	size_t size = strlen(label);

	line += strspn(line, " \t");
	if (strncmp(line, label, size) != 0 || line[size] != ' ')
		return false;
	*ret = strtoull(line + size + 1, NULL, 0);
	return true;
}

static void take_vdev_line(struct resource_vdev *vdev, const char *line)
{
	struct resource_vring *vring =
		vdev->vring_count > 0 ? &vdev->vrings[vdev->vring_count - 1] : NULL;
	uint64_t number;

	if (labelled(line, "Vring", &number) && vdev->vring_count < RESOURCE_VRINGS_MAX)
		vdev->vrings[vdev->vring_count++] = (struct resource_vring){ 0 };
	else if (vring && labelled(line, "Device Address", &number))
		vring->address = number;
	else if (vring && labelled(line, "Number of buffers", &number))
		vring->buffers = number;
	else if (!vring && labelled(line, "ID", &number))
		vdev->id = number;
}

bool resource_parse(const char *text, struct resource_table *ret)
{
	struct resource_vdev *vdev = NULL;

	*ret = (struct resource_table){ 0 };
	if (!text)
		return false;
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, "Entry ", 6) == 0) {
			const char *type = strstr(line, "of type vdev");
			const char *end = strchr(line, '\n');
			bool is_vdev = type && (!end || type < end) &&
				       ret->vdev_count < RESOURCE_VDEVS_MAX;

			vdev = is_vdev ? &ret->vdevs[ret->vdev_count++] : NULL;
		} else if (vdev) {
			take_vdev_line(vdev, line);
		}
	}
	return true;
}

bool resource_has_rpmsg(const struct resource_table *table)
{
	for (size_t i = 0; i < table->vdev_count; i++)
		if (table->vdevs[i].id == VIRTIO_ID_RPMSG)
			return true;
	return false;
}
