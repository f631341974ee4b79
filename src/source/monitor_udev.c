// SPDX-License-Identifier: GPL-2.0-or-later
#include "monitor.h"

#include <errno.h>
#include <libudev.h>
#include <string.h>

#include "names.h"
#include "paths.h"

struct monitor {
	struct udev *udev;
	struct udev_monitor *events;
};

/* Of the devices of the bus platform only vdevs (v6.1 on) are of interest. */
static const char *const subsystems[] = { "virtio", "rpmsg", "remoteproc", "platform" };

void monitor_free(struct monitor *monitor)
{
	if (!monitor)
		return;
	udev_monitor_unref(monitor->events);
	udev_unref(monitor->udev);
	free(monitor);
}

/* udevd passes events on when its rules have run, links and permissions in /dev included.
 * Where it does not run, in an initramfs or a container, nobody sends to its group. */
static const char *group(void)
{
	return access(PATH_UDEVD, F_OK) == 0 ? "udev" : "kernel";
}

static int listen_to(struct udev_monitor *events)
{
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(subsystems) && r >= 0; i++)
		r = udev_monitor_filter_add_match_subsystem_devtype(events, subsystems[i],
								    NULL);
	return r < 0 ? r : udev_monitor_enable_receiving(events);
}

int monitor_new(struct monitor **ret)
{
	_cleanup_monitor_ struct monitor *monitor = calloc(1, sizeof(*monitor));
	int r;

	if (!monitor)
		return -ENOMEM;
	monitor->udev = udev_new();
	if (!monitor->udev)
		return -ENOMEM;
	errno = 0;
	monitor->events = udev_monitor_new_from_netlink(monitor->udev, group());
	if (!monitor->events)
		return errno ? -errno : -ENOMEM;
	r = listen_to(monitor->events);
	if (r < 0)
		return r;
	*ret = steal(monitor);
	return 0;
}

int monitor_fd(const struct monitor *monitor)
{
	return udev_monitor_get_fd(monitor->events);
}

static bool is_ours(struct udev_device *device)
{
	const char *subsystem = udev_device_get_subsystem(device);
	const char *name = udev_device_get_sysname(device);

	return !subsystem || !name || strcmp(subsystem, "platform") != 0 ||
	       name_is_rproc_virtio(name);
}

/* -ENOBUFS: the kernel's queue was full, and events were lost. */
bool monitor_take(struct monitor *monitor)
{
	bool changed = false;

	for (;;) {
		struct udev_device *device;

		errno = 0;
		device = udev_monitor_receive_device(monitor->events);
		if (!device && errno != ENOBUFS)
			return changed;
		changed = changed || !device || is_ours(device);
		udev_device_unref(device);
	}
}
