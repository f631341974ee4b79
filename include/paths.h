/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Where the kernel and its distribution keep things: every absolute path that is read is
 * named here. struct paths says below which root: this system, or a directory that holds
 * a copy of another machine's sys/, dev/, proc/ and lib/, or its mounted root file
 * system.
 *
 * Below a directory nothing leads out of it: links are followed here, name by name, an
 * absolute one and a ".." stay below the root.
 */

#include <limits.h>
#include <stdbool.h>

#include "cleanup.h"

#define PATH_SYS         "/sys"
#define PATH_DEVICES     PATH_SYS "/devices/"
#define PATH_BUSES       PATH_SYS "/bus"
#define PATH_CLASSES     PATH_SYS "/class"
#define PATH_SYS_MODULE  PATH_SYS "/module"
#define PATH_KERNEL      PATH_SYS "/kernel"
#define PATH_DEBUGFS     PATH_KERNEL "/debug/remoteproc"
#define PATH_DEVICETREE  PATH_SYS "/firmware/devicetree/base"
#define PATH_RESERVED    PATH_DEVICETREE "/reserved-memory"
#define PATH_FW_LOADER   PATH_SYS "/module/firmware_class/parameters"
#define PATH_DEV         "/dev"
#define PATH_OSRELEASE   "/proc/sys/kernel/osrelease"
#define PATH_VERSION     "/proc/version"
#define PATH_PROC_CONFIG "/proc/config.gz"
#define PATH_PROC_MODULE "/proc/modules"
#define PATH_MODULES     "/lib/modules"
#define PATH_FIRMWARE    "/lib/firmware"
#define PATH_BOOT_CONFIG "/boot/config-"
#define PATH_UDEVD       "/run/udev/control"

struct paths {
	int root;         /* AT_FDCWD: this system; else a directory, owned */
	const char *name; /* of that directory, for messages and libkmod; borrowed */
	bool is_bed;      /* see paths_is_bed() */
};

/* sysroot is a directory; NULL: this system. 0 or -errno. */
int paths_init(struct paths *ret, const char *sysroot);
void paths_release(struct paths *paths);
#define _cleanup_paths_ _cleanup_(paths_release)

static inline bool paths_is_live(const struct paths *paths)
{
	return !paths->name[0];
}

/* Whether /sys is a test bed's (umockdev), which has no kernel/ directory: what the
 * running kernel, its log, /proc, /dev and modules would say is of another system. A copy
 * below a directory is no bed: all that is there is the other machine's. */
bool paths_is_bed(const struct paths *paths);

/* Opens an absolute path below the root to be read. A descriptor or -errno. */
int paths_open(const struct paths *paths, const char *path, int flags);

/* The same of a path without links, such as a device's own. */
int paths_open_real(const struct paths *paths, const char *path, int flags);

/* The path without links; still as seen from below the root. 0 or -errno. */
int paths_real(const struct paths *paths, const char *path, char ret[PATH_MAX]);

/* 0: it is there; -errno. */
int paths_find(const struct paths *paths, const char *path);
