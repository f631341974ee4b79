/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What debugfs shows of a firmware's resource table, as far as the checks need it: the
 * text of rproc_rsc_table_show(), drivers/remoteproc/remoteproc_debugfs.c.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESOURCE_VDEVS_MAX  8
#define RESOURCE_VRINGS_MAX 4

struct resource_vring {
	uint64_t address; /* device address, bytes; all ones: not placed yet */
	uint64_t buffers; /* how many descriptors */
};

struct resource_vdev {
	uint64_t id; /* of virtio: 7 is rpmsg */
	size_t vring_count;
	struct resource_vring vrings[RESOURCE_VRINGS_MAX];
};

struct resource_table {
	size_t vdev_count;
	struct resource_vdev vdevs[RESOURCE_VDEVS_MAX];
};

/* Reads the text; what is beyond the limits above is left out. False: it is NULL, so the
 * table is not known. A processor without a table has one with no entries. */
bool resource_parse(const char *text, struct resource_table *ret);

/* Whether it has a vdev for rpmsg. */
bool resource_has_rpmsg(const struct resource_table *table);
