/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The walk over a root's /sys. It is told of devices (by libudev, by a listing of the
 * buses and classes) and finds what belongs to them: up to the device of a bus, down to
 * what lies below.
 */

#include "read.h"

struct walk {
	struct reading *reading;
	void *visited; /* set of paths, tsearch(3) */
};

void walk_release(struct walk *walk);

/* Reads a device that somebody knows of, its ancestors and what lies below; path begins
 * with "/devices/" and has no links. 0 or -errno. */
int walk_found(struct walk *walk, const char *path);

bool walk_has(const struct walk *walk, const char *path);

/* Walks over what the directories of the buses and classes of this field link to, as far
 * as it was not found before; counts the links that lead nowhere (FACT_LEAKED). */
int walk_directories(struct walk *walk);

/* The same of what libudev enumerates of the running system. */
int walk_udev(struct walk *walk);
