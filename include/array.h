/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Arrays that grow: a pointer, and how many elements it has room for. */

#include <errno.h>
#include <stdlib.h>

/* Makes room for so many elements, and for some more, as there may be a next. Evaluates
 * to 0, or to -ENOMEM with the array as it was. */
#define array_reserve(array, count, allocated)                                           \
	({                                                                               \
		size_t needed_ = (count), wanted_ = (allocated) + (allocated) / 2 + 16;  \
		int reserved_ = 0;                                                       \
                                                                                         \
		if (needed_ > (allocated)) {                                             \
			__typeof__(array) larger_;                                       \
                                                                                         \
			wanted_ = wanted_ < needed_ ? needed_ : wanted_;                 \
			larger_ = reallocarray((array), wanted_, sizeof(*(array)));      \
			reserved_ = larger_ ? 0 : -ENOMEM;                               \
			(array) = larger_ ? larger_ : (array);                           \
			(allocated) = larger_ ? wanted_ : (allocated);                   \
		}                                                                        \
		reserved_;                                                               \
	})
