/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Where to look; a test has others. */
struct about_places {
	const char *configs[4]; /* of the kernel, the first that is there; ends in NULL */
	const char *modules;    /* as /proc/modules */
	const char *devicetree;
	const char *log; /* as /dev/kmsg: a record with each read */
};

/* Adds facts about the system. 0 or -ENOMEM. */
int about_record(struct inventory *inventory, const struct about_places *places);

/* Adds the lines of the log that concern this field, read until there are no more. */
int about_read_log(struct inventory *inventory, int fd);
