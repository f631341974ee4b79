// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.h"

#include <string.h>

bool list_next(const char **at, struct word *ret)
{
	if (!*at)
		return false;
	*ret = (struct word){ *at, strcspn(*at, ",") };
	*at = ret->text[ret->size] ? ret->text + ret->size + 1 : NULL;
	return true;
}

bool word_is(const struct word *word, const char *name)
{
	return strlen(name) == word->size && memcmp(word->text, name, word->size) == 0;
}

bool list_has(const char *list, const char *name)
{
	struct word word;

	while (list_next(&list, &word))
		if (word_is(&word, name))
			return true;
	return false;
}
