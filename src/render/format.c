// SPDX-License-Identifier: GPL-2.0-or-later
#include "format.h"

#include <string.h>

const struct format formats[] = {
	{ "tree", "the tree, and below it what is wrong", FORMAT_SHOW, tree_render },
	{ "text", "failures first, then counts", FORMAT_CHECK, text_render },
	{ "json", "one object: devices, results, summary", FORMAT_SHOW | FORMAT_CHECK,
	  json_render },
	{ "ktap", "Kernel TAP, for kselftest and kernel CI", FORMAT_CHECK, ktap_render },
	{ .name = NULL },
};

const struct format *format_find(const char *name, enum format_use use)
{
	for (const struct format *format = formats; format->name; format++)
		if ((format->uses & use) && (!name || strcmp(format->name, name) == 0))
			return format;
	return NULL;
}
