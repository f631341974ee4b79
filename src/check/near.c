// SPDX-License-Identifier: GPL-2.0-or-later
#include "near.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "cleanup.h"
#include "escape.h"

#define ALIAS_MAX 64 /* RPMSG_NAME_SIZE is 32 */

/* The next "rpmsg:NAME=MODULE"; false after the last. */
static bool next_alias(const char **at, char name[ALIAS_MAX], char module[ALIAS_MAX])
{
	while (**at) {
		char entry[2 * ALIAS_MAX + 8];
		size_t size = strcspn(*at, " ");
		char *equals;

		snprintf(entry, sizeof(entry), "%.*s", (int)size, *at);
		*at += size + strspn(*at + size, " ");
		equals = strrchr(entry, '=');
		if (!equals || strncmp(entry, "rpmsg:", 6) != 0)
			continue;
		*equals = '\0';
		snprintf(name, ALIAS_MAX, "%.*s", ALIAS_MAX - 1, entry + 6);
		snprintf(module, ALIAS_MAX, "%.*s", ALIAS_MAX - 1, equals + 1);
		return true;
	}
	return false;
}

bool near_has_alias(const char *aliases, const char *name)
{
	char alias[ALIAS_MAX], module[ALIAS_MAX];

	while (aliases && next_alias(&aliases, alias, module))
		if (fnmatch(alias, name, 0) == 0)
			return true;
	return false;
}

static char plain(char c)
{
	return c == '-' || c == '.' ? '_' : (char)tolower((unsigned char)c);
}

/* Letters that have to be changed, added or dropped (Levenshtein), '-' and '_' the same.
 */
size_t near_distance(const char *a, const char *b)
{
	size_t row[ALIAS_MAX + 1], columns = strlen(b);

	if (columns > ALIAS_MAX || strlen(a) > ALIAS_MAX)
		return ALIAS_MAX;
	for (size_t j = 0; j <= columns; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= columns; j++) {
			size_t change = diagonal + (plain(a[i - 1]) != plain(b[j - 1]));
			size_t add = row[j] + 1, drop = row[j - 1] + 1;

			diagonal = row[j];
			row[j] = change < add ? change : add;
			row[j] = row[j] < drop ? row[j] : drop;
		}
	}
	return row[columns];
}

/* One of the two goes on where the other ends, as rpmsg-tty-channel and rpmsg-tty do. */
static bool continues(const char *a, const char *b)
{
	size_t common = 0;

	while (a[common] && plain(a[common]) == plain(b[common]))
		common++;
	return common >= 8 && (!a[common] || !b[common]);
}

bool near_is(const char *a, const char *b)
{
	size_t size = strlen(a);

	return continues(a, b) ||
	       (size >= 4 && near_distance(a, b) <= (size >= 8 ? 2 : 1));
}

int near_alias(const char *aliases, const char *name, char **ret)
{
	char alias[ALIAS_MAX], module[ALIAS_MAX];

	*ret = NULL;
	while (aliases && name && next_alias(&aliases, alias, module)) {
		_cleanup_free_ char *text = NULL;

		if (!near_is(name, alias))
			continue;
		if (asprintf(&text, "%s (module %s)", alias, module) < 0)
			return -ENOMEM;
		*ret = escape_string(text, 0);
		return *ret ? 0 : -ENOMEM;
	}
	return 0;
}
