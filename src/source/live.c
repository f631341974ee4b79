// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * This system as an inventory: the walk, then what lies outside the devices' directories.
 * In a test bed (umockdev) /sys is a replay: it has no kernel/ directory, and what the
 * running kernel, its debugfs, /dev and modules would say is of another system.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>

#include "escape.h"
#include "gather.h"
#include "modules.h"
#include "source.h"
#include "sysfs.h"
#include "udev.h"

#define SYS        "/sys"
#define DEVICETREE SYS "/firmware/devicetree/base"

static int read_system(struct inventory *inventory)
{
	_cleanup_close_ int tree = open(DEVICETREE, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_free_ char *model = NULL;
	struct utsname names;
	size_t size;
	int r = 0;

	if (uname(&names) == 0)
		r = record_set_property(&inventory->system, FACT_KERNEL, names.release);
	if (r < 0 || tree < 0 || sysfs_read(tree, "model", &model, &size) < 0)
		return r;
	return record_set_property(&inventory->system, FACT_MACHINE, model);
}

/* The firmware loader's directories: fw_path[] of drivers/base/firmware_loader/main.c,
 * where the parameter's comes first. */
struct firmware_places {
	char *parameter; /* owned */
	char updates[128];
	char release[128];
	const char *list[6];
};

static void firmware_places_release(struct firmware_places *places)
{
	free(places->parameter);
}

static int firmware_places_find(struct firmware_places *places)
{
	_cleanup_close_ int parameters = open(SYS "/module/firmware_class/parameters",
					      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct utsname names;
	size_t size, count = 0;
	int r = parameters >= 0
			? sysfs_read(parameters, "path", &places->parameter, &size)
			: 0;

	if (r == -ENOMEM || uname(&names) < 0)
		return -ENOMEM;
	snprintf(places->updates, sizeof(places->updates), "/lib/firmware/updates/%s",
		 names.release);
	snprintf(places->release, sizeof(places->release), "/lib/firmware/%s",
		 names.release);
	if (places->parameter && *places->parameter)
		places->list[count++] = places->parameter;
	places->list[count++] = places->updates;
	places->list[count++] = "/lib/firmware/updates";
	places->list[count++] = places->release;
	places->list[count++] = "/lib/firmware";
	return 0;
}

static int gather(struct inventory *inventory, size_t *ret_unreadable)
{
	__attribute__((cleanup(
		firmware_places_release))) struct firmware_places firmware = { 0 };
	const struct places places = {
		.debugfs = SYS "/kernel/debug/remoteproc",
		.devicetree = DEVICETREE,
		.sys = SYS,
		.dev = "/dev",
		.firmware = firmware.list,
	};
	const struct module_places modules = {
		.sys_module = SYS "/module",
		.drivers = SYS "/bus/rpmsg/drivers",
	};
	int r = firmware_places_find(&firmware);

	if (r == 0)
		r = gather_facts(inventory, &places, ret_unreadable);
	return r < 0 ? r : modules_record(inventory, &modules);
}

static void tell_unreadable(const struct unreadable *unreadable, size_t debug_files,
			    struct notice *notice)
{
	_cleanup_free_ char *first = escape_string(unreadable->first, 0);

	notice->text[0] = '\0';
	if (unreadable->count > 0)
		notice_set(notice,
			   "%zu files of " SYS " may not be read, " SYS
			   "%.200s first: run as root to see all",
			   unreadable->count, first ? first : "");
	else if (debug_files > 0)
		notice_set(
			notice,
			"debugfs may not be read: run as root to see resource tables and traces");
}

int source_live(struct inventory **ret, struct notice *ret_notice)
{
	_cleanup_inventory_ struct inventory *inventory = inventory_new(SOURCE_LIVE);
	struct unreadable unreadable = { 0 };
	size_t debug_files = 0;
	int r = inventory ? udev_walk(inventory, &unreadable) : -ENOMEM;

	if (r == 0)
		inventory_sort(inventory);
	if (r == 0 && !sysfs_is_replay())
		r = read_system(inventory);
	if (r == 0 && !sysfs_is_replay())
		r = gather(inventory, &debug_files);
	tell_unreadable(&unreadable, debug_files, ret_notice);
	free(unreadable.first);
	if (r == 0)
		*ret = steal(inventory);
	return r;
}
