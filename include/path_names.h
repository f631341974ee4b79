/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Where the kernel and its distribution keep things: every absolute path that the program
 * reads, compares with or prints as a value is named here.
 */

#define PATH_SYS         "/sys"
#define PATH_DEVICES     PATH_SYS "/devices/"
#define PATH_BUSES       PATH_SYS "/bus"
#define PATH_CLASSES     PATH_SYS "/class"
#define PATH_SYS_MODULE  PATH_SYS "/module"
#define PATH_KERNEL      PATH_SYS "/kernel"
#define PATH_DEBUGFS     PATH_KERNEL "/debug/remoteproc"
#define PATH_DEFERRED    PATH_KERNEL "/debug/devices_deferred"
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
#define PATH_NULL        PATH_DEV "/null"
#define PATH_KMSG        PATH_DEV "/kmsg"

/* In the order of modprobe.d(5). */
#define PATHS_MODPROBE_D                                                                 \
	"/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d",               \
		"/usr/lib/modprobe.d", "/lib/modprobe.d"
