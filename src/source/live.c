// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A system as an inventory: the walk, then what lies outside the devices' directories. In
 * a test bed (umockdev) only /sys is of the system that is asked for.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "escape.h"
#include "gather.h"
#include "infer.h"
#include "missing.h"
#include "modules.h"
#include "release.h"
#include "source.h"
#include "sysfs.h"
#include "unread.h"
#include "walk.h"

static int record_machine(struct reading *reading)
{
	_cleanup_close_ int tree =
		paths_open(reading->paths, PATH_DEVICETREE, O_DIRECTORY);
	_cleanup_free_ char *model = NULL;
	size_t size;
	int r = tree < 0 ? tree : sysfs_read(tree, "model", &model, &size);

	return r < 0 ? read_failed(reading, r, PATH_DEVICETREE, "model")
		     : record_set_property(&reading->inventory->system, FACT_MACHINE,
					   model);
}

static int record_system(struct reading *reading)
{
	_cleanup_free_ char *release = NULL;
	int r = release_find(reading, &release);

	if (r == 0 && release)
		r = record_set_property(&reading->inventory->system, FACT_KERNEL,
					release);
	if (r == 0)
		r = record_machine(reading);
	return r;
}

/* A device that could not be read is implied by those below it. */
static int walk(struct reading *reading)
{
	_cleanup_(walk_release) struct walk walk = { .reading = reading };
	int r = paths_is_live(reading->paths) ? walk_udev(&walk) : 0;

	if (r == 0)
		r = walk_directories(&walk);
	if (r == 0)
		r = missing_walk(&walk);
	if (r == 0)
		r = inventory_sort(reading->inventory);
	if (r == 0 && unread_count(reading->inventory) > 0)
		r = infer_devices(reading->inventory);
	return r;
}

static int read_all(struct reading *reading, const struct source_options *options)
{
	int r = walk(reading);

	if (r < 0 || paths_is_bed(reading->paths))
		return r;
	r = record_system(reading);
	if (r == 0)
		r = gather_facts(reading, options->debugfs);
	if (r == 0)
		r = modules_find(reading);
	if (r == 0)
		r = missing_find(reading, options);
	if (r == 0 && options->log)
		r = source_log(reading->inventory, reading->paths);
	return r;
}

static void tell_forbidden(const struct reading *reading, struct notice *notice)
{
	_cleanup_free_ char *first = escape_string(reading->first_forbidden, 0);

	notice->text[0] = '\0';
	if (reading->forbidden > 0)
		notice_set(notice,
			   "cannot read %zu files of " PATH_SYS
			   ", %.200s first: run as root to see all",
			   reading->forbidden, first ? first : "");
	else if (reading->inventory->refused & REFUSED_DEBUGFS)
		notice_set(
			notice,
			"cannot read debugfs: run as root to see resource tables and traces");
}

int source_live(const struct source_options *options, struct inventory **ret,
		struct notice *ret_notice)
{
	_cleanup_inventory_ struct inventory *inventory = inventory_new(SOURCE_LIVE);
	struct reading reading = { .paths = options->paths,
				   .inventory = inventory,
				   .depth = options->depth };
	int r;

	if (!inventory)
		return -ENOMEM;
	r = read_all(&reading, options);
	tell_forbidden(&reading, ret_notice);
	free(reading.first_forbidden);
	if (r == 0)
		*ret = steal(inventory);
	return r;
}
