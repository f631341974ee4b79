// SPDX-License-Identifier: GPL-2.0-or-later
#include "array.h"

#include <errno.h>
#include <stdlib.h>

#include "prefault.h"

void *array_with_room(void *array, size_t count, size_t size, size_t *allocated, int *ret)
{
	size_t wanted = count + *allocated / 2 + 16;
	void *larger;

	*ret = 0;
	if (count <= *allocated)
		return array;
	larger = reallocarray(array, wanted, size);
	if (!larger) {
		*ret = -ENOMEM;
		return array;
	}
	prefault(larger, wanted * size);
	*allocated = wanted;
	return larger;
}
