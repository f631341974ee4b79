/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the kernel says of remote processors: one table, a row a phrase. A row says who
 * may say it: "foo is available" means something only of remoteprocN.
 */

#include "phrase.h"

enum who {
	CORE = 1 << 0,    /* remoteprocN */
	DRIVER = 1 << 1,  /* DRIVER DEVICE */
	VDEV = 1 << 2,    /* X#vdevNbuffer, rproc-virtio.N */
	VIRTIO = 1 << 3,  /* virtioN */
	NAMED = 1 << 4,   /* one word, whatever it is */
	NOBODY = 1 << 5,  /* no prefix, or none that matters */
	FOREIGN = 1 << 6, /* with DRIVER: drivers of any field print it */
};
#define ANYONE (CORE | DRIVER | VDEV | VIRTIO | NAMED)

struct row {
	const char *pattern;
	unsigned int who;
	enum event event;
	enum cause cause;
};

#define ROWS_MAX 254 /* of a table */

extern const struct row phrase_rows[];
extern const size_t phrase_row_count;

/* Tried only where no row above fits: what a driver says when it fails. */
extern const struct row phrase_errors[];
extern const size_t phrase_error_count;

/* The words of a complaint, for drivers of this field only: they have no level that a
 * text would show. Ends with NULL. */
extern const char *const phrase_complaints[];
