/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What a kernel log told, and the records that come of it. */

#include "inventory.h"

#define NAME_MAX_ 96
struct processor {
	char device[NAME_MAX_]; /* remoteproc0 */
	char name[NAME_MAX_];   /* what the driver calls it, often the platform device */
	char firmware[NAME_MAX_];
	const char *state; /* NULL: the log does not tell */
};

struct vdev {
	char device[NAME_MAX_]; /* X#vdevNbuffer */
	char virtio[NAME_MAX_];
	unsigned int id;
	bool gone;
};

struct channel {
	char virtio[NAME_MAX_];
	char name[NAME_MAX_];
	unsigned int address;
	bool gone;
};

#define MANY 64 /* far more than any board has; what is beyond is left out */

struct told {
	struct processor processors[MANY];
	size_t processor_count;
	struct vdev vdevs[MANY];
	size_t vdev_count;
	struct channel channels[8 * MANY];
	size_t channel_count;
	size_t unplaced; /* vdevs that do not tell what they hang from */
};

/* Adds what is there at the end of the log. 0 or -ENOMEM. */
int dmesg_log_records(const struct told *log, struct inventory *inventory);
