// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The checks. Ids are for ever; explain, the man page and the formats take all they say
 * from the rows. They run, and problems are listed, from the processor down to the node:
 * what comes earlier may be the cause of what comes later (cause.c).
 */

#include "checks.h"

const struct check *const checks[] = {
	&check_kernel_oops,    &check_processor_missing, &check_processor_start,
	&check_crash_loop,     &check_processor_state,   &check_auto_boot_missed,
	&check_firmware_file,  &check_probe_failed,      &check_mailbox,
	&check_stale_channels, &check_vdev_collision,    &check_vdev_parent,
	&check_vdev_driver,    &check_vdev_status,       &check_announced,
	&check_buffer_pool,    &check_rpmsg_ancestor,    &check_channel_driver,
	&check_hostile_name,   &check_chardev_node,      &check_required_running,
	&check_required,       &check_expected,          NULL,
};

size_t check_order(const struct check *check)
{
	size_t order = 0;

	while (checks[order] != check)
		order++;
	return order;
}
