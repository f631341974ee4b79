/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* From a name to the place of what has it in an array. n log n, whatever the names. */

#include "span.h"

#define NO_INDEX ((size_t)-1)

struct index {
	void *root;
};

void index_release(struct index *index);

/* NO_INDEX: the name is not known. */
size_t index_find(const struct index *index, struct span name);

/* Copies the name; a known one moves to the new place. 0 or -ENOMEM. */
int index_set(struct index *index, struct span name, size_t place);
