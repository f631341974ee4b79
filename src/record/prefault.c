// SPDX-License-Identifier: GPL-2.0-or-later
#include "prefault.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Below it the call costs more than it saves. */
#define SIZE_MIN ((size_t)16 << 10)

void prefault(void *start, size_t size)
{
#ifdef MADV_POPULATE_WRITE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
	uintptr_t end = ((uintptr_t)start + size) & ~(page - 1);

	if (size >= SIZE_MIN && first < end)
		madvise((void *)first, end - first, MADV_POPULATE_WRITE);
#else
	(void)start;
	(void)size;
#endif
}
