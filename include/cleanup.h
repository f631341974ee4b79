/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Whatever is owned is released when its name goes out of scope: every type declares,
 * beside itself, the function that releases the whole object. On success the owner
 * hands the object on with steal(), which leaves NULL.
 */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(function) __attribute__((cleanup(function)))

#define steal(pointer)                                                                   \
	({                                                                               \
		__typeof__(pointer) stolen_ = (pointer);                                 \
		(pointer) = NULL;                                                        \
		stolen_;                                                                 \
	})

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static inline void freep(void *pointer)
{
	free(*(void **)pointer);
}

static inline void fclosep(FILE **file)
{
	if (*file)
		fclose(*file);
}

static inline void closep(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define _cleanup_free_  _cleanup_(freep)
#define _cleanup_file_  _cleanup_(fclosep)
#define _cleanup_close_ _cleanup_(closep)
