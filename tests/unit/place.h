/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Devices put at a place, and the verdict they get there. */

#include "helper.h"

/* Adds a device with the driver that its link names (NULL: none). */
struct record *place_add(struct world *world, const char *path, const char *subsystem,
			 const char *driver);

void place_add_remoteproc(struct world *world, const char *path, const char *subsystem);

void place_add_rpmsg_virtio(struct world *world, const char *path);

void assert_verdict(const struct world *world, const char *path, enum verdict verdict,
		    const char *owner);

/* virtio device and channel at a place, and what both have to be. */
void assert_place(struct world *world, const char *virtio, enum verdict verdict,
		  const char *owner);
