// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's own events, for a program that was built without libudev: one message of
 * NETLINK_KOBJECT_UEVENT each, ACTION@PATH and then KEY=VALUE, every one ended by a NUL.
 */

#include "monitor.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "names.h"

#define KERNEL_GROUP 1
#define MESSAGE_MAX  8192 /* the kernel's are 2 KiB and a path at most */

struct monitor {
	int fd;
};

void monitor_free(struct monitor *monitor)
{
	if (!monitor)
		return;
	if (monitor->fd >= 0)
		close(monitor->fd);
	free(monitor);
}

int monitor_new(struct monitor **ret)
{
	_cleanup_monitor_ struct monitor *monitor = calloc(1, sizeof(*monitor));
	struct sockaddr_nl address = { .nl_family = AF_NETLINK,
				       .nl_groups = KERNEL_GROUP };

	if (!monitor)
		return -ENOMEM;
	monitor->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			     NETLINK_KOBJECT_UEVENT);
	if (monitor->fd < 0 ||
	    bind(monitor->fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	*ret = steal(monitor);
	return 0;
}

int monitor_fd(const struct monitor *monitor)
{
	return monitor->fd;
}

/* Of the devices of the bus platform only vdevs (v6.1 on) are of interest. */
static bool is_ours(const char *message, const char *end)
{
	static const char *const subsystems[] = { "virtio", "rpmsg", "remoteproc" };
	const char *name = strrchr(message, '/');

	for (const char *line = message; line < end; line += strlen(line) + 1) {
		if (strncmp(line, "SUBSYSTEM=", 10) != 0)
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(subsystems); i++)
			if (strcmp(line + 10, subsystems[i]) == 0)
				return true;
		return strcmp(line + 10, "platform") == 0 && name &&
		       name_is_rproc_virtio(name + 1);
	}
	return false;
}

/* Any process of root may send, too: only the kernel's count, its port is 0. -ENOBUFS:
 * the kernel's queue was full, and events were lost. */
bool monitor_take(struct monitor *monitor)
{
	bool changed = false;

	for (;;) {
		char message[MESSAGE_MAX + 1];
		struct sockaddr_nl sender = { .nl_pid = UINT32_MAX };
		socklen_t length = sizeof(sender);
		ssize_t size = recvfrom(monitor->fd, message, MESSAGE_MAX, 0,
					(struct sockaddr *)&sender, &length);

		if (size < 0 && errno != ENOBUFS)
			return changed;
		if (size < 0) {
			changed = true;
			continue;
		}
		message[size] = '\0';
		changed = changed ||
			  (sender.nl_pid == 0 && is_ours(message, message + size));
	}
}
