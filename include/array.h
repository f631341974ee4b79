/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Arrays that grow: a pointer, and how many elements it has room for. */

#include <stddef.h>

/* Makes room for so many elements, and for some more, as there may be a next. Evaluates
 * to 0, or to -ENOMEM with the array as it was. */
#define array_reserve(array, count, allocated)                                           \
	({                                                                               \
		int reserved_;                                                           \
                                                                                         \
		(array) = array_with_room((array), (count), sizeof(*(array)),            \
					  &(allocated), &reserved_);                     \
		reserved_;                                                               \
	})

/* The array, larger if it has to be; *ret is 0 or -ENOMEM. */
void *array_with_room(void *array, size_t count, size_t size, size_t *allocated,
		      int *ret);
