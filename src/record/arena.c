// SPDX-License-Identifier: GPL-2.0-or-later
#include "arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "prefault.h"

/* So that a sanitizer sees where each of them ends, there they have a block each.
 * scripts/coverage has small ones made, so that each of them may fail. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define ARENA_BLOCK 0
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define ARENA_BLOCK 0
#endif
#ifndef ARENA_BLOCK
#define ARENA_BLOCK (32 << 10)
#endif

#define BLOCK_SIZE ((size_t)ARENA_BLOCK)

struct arena_block {
	struct arena_block *next;
	void *adopted; /* owned; NULL: the block is the memory itself */
	alignas(max_align_t) char bytes[];
};

void arena_release(struct arena *arena)
{
	for (struct arena_block *at = arena->blocks, *next; at; at = next) {
		next = at->next;
		free(at->adopted);
		free(at);
	}
	*arena = (struct arena){ 0 };
}

static size_t aligned(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/* Of the next block: the more there are the larger, up to a megabyte, so that what is
 * left over of the last one is a small part of all. */
static size_t block_size(const struct arena *arena)
{
	size_t times = 1 + arena->count / 4;

	return BLOCK_SIZE * (times < 32 ? times : 32);
}

/* Makes room for so many bytes. */
static int reserve(struct arena *arena, size_t size)
{
	size_t usual = block_size(arena), whole = size > usual ? size : usual;
	struct arena_block *block;

	if (size <= (size_t)(arena->high - arena->low))
		return 0;
	if (size > SIZE_MAX / 2)
		return -ENOMEM;
	block = malloc(sizeof(*block) + whole);
	if (!block)
		return -ENOMEM;
	prefault(block, sizeof(*block) + whole);
	block->adopted = NULL;
	block->next = arena->blocks;
	arena->count++;
	arena->blocks = block;
	arena->low = block->bytes;
	arena->high = block->bytes + whole;
	return 0;
}

/* What fits no better elsewhere leaves the rest of the block it did not fit into. */
void *arena_take(struct arena *arena, size_t size)
{
	return arena_grow(arena, NULL, 0, size);
}

void *arena_grow(struct arena *arena, void *array, size_t size, size_t wanted)
{
	size_t old = aligned(size), all = aligned(wanted);
	char *grown = array;

	if (wanted > SIZE_MAX / 2)
		return NULL;
	if (!array || grown + old != arena->low ||
	    all - old > (size_t)(arena->high - arena->low)) {
		if (reserve(arena, all) < 0)
			return NULL;
		grown = arena->low;
		if (array)
			memcpy(grown, array, size);
		old = 0;
	}
	arena->low += all - old;
	memset(grown + size, 0, wanted - size);
	return grown;
}

char *arena_text(struct arena *arena, size_t size)
{
	if (reserve(arena, size + 1) < 0)
		return NULL;
	arena->high -= size + 1;
	arena->high[size] = '\0';
	return arena->high;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t size)
{
	char *copy = arena_text(arena, size);

	if (copy && size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

int arena_adopt(struct arena *arena, void *memory)
{
	struct arena_block *block = malloc(sizeof(*block));

	if (!block)
		return -ENOMEM;
	block->adopted = memory;
	/* Behind the newest: that still has room. */
	block->next = arena->blocks ? arena->blocks->next : NULL;
	*(arena->blocks ? &arena->blocks->next : &arena->blocks) = block;
	return 0;
}
