// SPDX-License-Identifier: GPL-2.0-or-later
#include "index.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>

#include "cleanup.h"

struct named {
	struct span name;
	size_t place;
	char bytes[];
};

static int compare(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	size_t least = x->name.size < y->name.size ? x->name.size : y->name.size;
	int order = least ? memcmp(x->name.start, y->name.start, least) : 0;

	return order ? order
		     : (x->name.size > y->name.size) - (x->name.size < y->name.size);
}

void index_release(struct index *index)
{
	tdestroy(index->root, free);
	index->root = NULL;
}

size_t index_find(const struct index *index, struct span name)
{
	const struct named wanted = { .name = name };
	struct named *const *found = tfind(&wanted, &index->root, compare);

	return found ? (*found)->place : NO_INDEX;
}

int index_set(struct index *index, struct span name, size_t place)
{
	_cleanup_free_ struct named *entry = malloc(sizeof(*entry) + name.size);
	struct named **found;

	if (!entry)
		return -ENOMEM;
	if (name.size > 0)
		memcpy(entry->bytes, name.start, name.size);
	entry->name = (struct span){ entry->bytes, name.size };
	found = tsearch(entry, &index->root, compare);
	if (!found)
		return -ENOMEM;
	(*found)->place = place;
	if (*found == entry)
		steal(entry);
	return 0;
}
