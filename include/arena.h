/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Memory for what comes one by one and goes all at once, as the records of an inventory:
 * a few large blocks, in which arrays lie from the start on and strings from the end.
 */

#include <stddef.h>

#include "nullable.h"

struct arena {
	struct arena_block *blocks; /* the newest first */
	char *low, *high;           /* what is free of the newest lies between them */
	size_t count;               /* of the blocks */
};

void arena_release(struct arena *arena);

/* Zeroed, aligned for anything. NULL: out of memory. */
void *_nullable_ arena_take(struct arena *arena, size_t size);

/* An array that arena_take() gave, or NULL, with room for more: where it is when nothing
 * was taken since, else elsewhere. NULL: out of memory, and it is as it was. */
void *_nullable_ arena_grow(struct arena *arena, void *array, size_t size, size_t wanted);

/* Room for so many bytes, and a NUL after it; the bytes are not set. */
char *_nullable_ arena_text(struct arena *arena, size_t size);

/* A copy of so many bytes, and a NUL. NULL: out of memory. */
char *_nullable_ arena_copy(struct arena *arena, const char *bytes, size_t size);

/* Takes what malloc() gave, to be freed with the arena. 0; -ENOMEM: it was not taken. */
int arena_adopt(struct arena *arena, void *memory);
