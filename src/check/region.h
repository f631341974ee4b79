/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The memory regions of a processor's device, as FACT_MEMORY_REGION has them: what the
 * kernel looks at when it gives a vdev its buffers. */

#include <stdbool.h>
#include <stdint.h>

#include "nullable.h"
#include "span.h"

#define REGIONS_MAX 32

struct region {
	struct span node; /* "vdev0buffer@55400000" */
	struct span name; /* the same up to the '@' */
	bool placed;      /* base and size are known */
	uint64_t base, size;
	bool known;    /* its node was found below reserved-memory */
	bool pool;     /* compatible is shared-dma-pool or restricted-dma-pool */
	bool disabled; /* its status is not okay */
};

struct regions {
	struct region list[REGIONS_MAX]; /* by index in memory-region */
	size_t count;
};

/* What is beyond the limit is left out. text is borrowed. */
void regions_parse(const char *text, struct regions *ret);

/* The first whose name is that; NULL: none. */
const struct region *_nullable_ regions_find(const struct regions *regions,
					     const char *name);

/* Whether an address lies in one of them; true where that is not known. */
bool regions_have(const struct regions *regions, uint64_t address);

/* The entry of debugfs' carveout_memories that is called so, to the letter; NULL: none
 * is, or carveouts is NULL. */
const char *_nullable_ carveout_find(const char *carveouts, const char *name);

/* The DMA address in such an entry; false: it has none. */
bool carveout_address(const char *entry, uint64_t *ret);
