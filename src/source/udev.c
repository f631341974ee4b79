// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libudev says which remote processors the running system has. Their files are read here,
 * once each and raw (read.c). What it cannot open it leaves out without a word: the
 * directories are looked through after it (directories.c).
 *
 * Not asked for are the devices of virtio and rpmsg. They are found below what they are
 * children of, or in their directories, and libudev makes some 70 system calls for each
 * of rpmsg and 150 for each of virtio, with all that is above it.
 */

#include <errno.h>
#include <libudev.h>
#include <string.h>

#include "walk.h"

static void udev_unrefp(struct udev **udev)
{
	udev_unref(*udev);
}

static void enumerate_unrefp(struct udev_enumerate **enumerate)
{
	udev_enumerate_unref(*enumerate);
}

static int walk_list(struct walk *walk, struct udev_enumerate *enumerate)
{
	struct udev_list_entry *entry;

	udev_list_entry_foreach (entry, udev_enumerate_get_list_entry(enumerate)) {
		const char *syspath = udev_list_entry_get_name(entry);
		int r = strncmp(syspath, PATH_DEVICES, strlen(PATH_DEVICES)) == 0
				? walk_found(walk, syspath + strlen(PATH_SYS))
				: 0;

		if (r < 0)
			return r;
	}
	return 0;
}

/* An error of the scan is one of a single device, or of a directory: both are seen, and
 * said, when the directories are looked through. */
int walk_udev(struct walk *walk)
{
	_cleanup_(udev_unrefp) struct udev *udev = udev_new();
	_cleanup_(enumerate_unrefp) struct udev_enumerate *enumerate =
		udev ? udev_enumerate_new(udev) : NULL;
	int r = enumerate ? udev_enumerate_add_match_subsystem(enumerate, "remoteproc")
			  : -ENOMEM;

	if (r < 0)
		return r;
	udev_enumerate_scan_devices(enumerate);
	return walk_list(walk, enumerate);
}
