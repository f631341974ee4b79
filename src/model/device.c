// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <linux/virtio_config.h>
#include <stdlib.h>
#include <string.h>

const struct device *device_ancestor(const struct device *device, enum kind kind)
{
	do
		device = device->parent;
	while (device && device->kind != kind);
	return device;
}

const struct device *device_bus_ancestor(const struct device *device)
{
	return device_ancestor(device, KIND_BUS_DEVICE);
}

bool device_is_rpmsg_virtio(const struct device *device)
{
	return device->kind == KIND_VIRTIO && record_is_rpmsg_virtio(device->record);
}

bool device_is_user_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL && !device->channel.service;
}

bool device_needs_driver(const struct device *device)
{
	const struct device *parent = device->parent;

	if (device->kind != KIND_OTHER)
		return device_is_user_channel(device);
	return record_is_driven_child(device->record) &&
	       (parent->kind == KIND_REMOTEPROC || parent->kind == KIND_CHANNEL);
}

bool device_has_user_channel(const struct device *device)
{
	tree_foreach_child (child, device)
		if (device_is_user_channel(child))
			return true;
	return false;
}

bool remoteproc_runs(const struct device *device)
{
	return device->remoteproc.state == REMOTEPROC_RUNNING ||
	       device->remoteproc.state == REMOTEPROC_ATTACHED;
}

const char *remoteproc_state_word(enum remoteproc_state state)
{
	static const char *const words[REMOTEPROC_STATE_COUNT_] = {
		[REMOTEPROC_NOT_RECORDED] = "unknown",
		[REMOTEPROC_OTHER] = "unknown",
		[REMOTEPROC_OFFLINE] = "offline",
		[REMOTEPROC_SUSPENDED] = "suspended",
		[REMOTEPROC_RUNNING] = "running",
		[REMOTEPROC_CRASHED] = "crashed",
		[REMOTEPROC_DELETED] = "deleted",
		[REMOTEPROC_ATTACHED] = "attached",
		[REMOTEPROC_DETACHED] = "detached",
		[REMOTEPROC_INVALID] = "invalid",
	};

	return words[state];
}

bool virtio_is_up(const struct device *device)
{
	uint32_t asked = VIRTIO_CONFIG_S_DRIVER_OK | VIRTIO_CONFIG_S_NEEDS_RESET |
			 VIRTIO_CONFIG_S_FAILED;

	return device->virtio.status.known &&
	       (device->virtio.status.value & asked) == VIRTIO_CONFIG_S_DRIVER_OK;
}

size_t vdev_index(const struct device *vdev)
{
	const char *mark = strstr(vdev->name, "#vdev");

	return mark ? strtoul(mark + 5, NULL, 10) : vdev->index;
}

char *address_write(char *to, uint32_t address)
{
	int shift = 28;

	while (shift > 0 && address >> shift == 0)
		shift -= 4;
	to = stpcpy(to, "0x");
	for (; shift >= 0; shift -= 4)
		*to++ = "0123456789abcdef"[address >> shift & 0xf];
	*to = '\0';
	return to;
}
