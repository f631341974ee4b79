/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The rows of the table in table.c, one file each. */

#include "check.h"

extern const struct check check_kernel_oops;
extern const struct check check_processor_missing;
extern const struct check check_processor_start;
extern const struct check check_processor_state;
extern const struct check check_crash_loop;
extern const struct check check_auto_boot_missed;
extern const struct check check_firmware_file;
extern const struct check check_probe_failed;
extern const struct check check_mailbox;
extern const struct check check_stale_channels;
extern const struct check check_vdev_collision;
extern const struct check check_vdev_parent;
extern const struct check check_vdev_driver;
extern const struct check check_vdev_status;
extern const struct check check_announced;
extern const struct check check_buffer_pool;
extern const struct check check_rpmsg_ancestor;
extern const struct check check_channel_driver;
extern const struct check check_hostile_name;
extern const struct check check_chardev_node;
extern const struct check check_expected;
extern const struct check check_required;
extern const struct check check_required_running;
