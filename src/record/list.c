// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.h"

#include <string.h>

bool list_next(const char **at, struct span *ret)
{
	if (!*at)
		return false;
	*ret = (struct span){ *at, strcspn(*at, ",") };
	*at = ret->start[ret->size] ? ret->start + ret->size + 1 : NULL;
	return true;
}

bool list_has(const char *list, const char *name)
{
	struct span word;

	while (list_next(&list, &word))
		if (span_is(word, name))
			return true;
	return false;
}
