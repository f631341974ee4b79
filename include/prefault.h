/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/* Asks the kernel for the pages of memory that is about to be written, all at once: one
 * by one, as each is touched first, they cost more than what is written there. A hint,
 * which Linux before v5.14 does not know (MADV_POPULATE_WRITE, 4ca9b3859dac). */
void prefault(void *start, size_t size);
