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
/* How many aliases a name is held against. Kernels serve less than a hundred; a longer
 * list in a text was made up, to keep its reader waiting. */
#define ALIASES_NEAR 256

static void copy_part(char to[ALIAS_MAX], const char *from, size_t size)
{
	size = size < ALIAS_MAX ? size : ALIAS_MAX - 1;
	memcpy(to, from, size);
	to[size] = '\0';
}

/* The next "rpmsg:NAME=MODULE"; false after the last. */
static bool next_alias(const char **at, char name[ALIAS_MAX], char module[ALIAS_MAX])
{
	while (**at) {
		const char *entry = *at;
		size_t size = strcspn(entry, " ");
		const char *equals = memrchr(entry, '=', size);

		*at += size + strspn(entry + size, " ");
		if (!equals || strncmp(entry, "rpmsg:", 6) != 0)
			continue;
		copy_part(name, entry + 6, (size_t)(equals - entry) - 6);
		copy_part(module, equals + 1, size - (size_t)(equals + 1 - entry));
		return true;
	}
	return false;
}

bool near_has_alias(const char *aliases, const char *name)
{
	char alias[ALIAS_MAX], module[ALIAS_MAX];

	while (aliases && next_alias(&aliases, alias, module))
		if (strcmp(alias, name) == 0 ||
		    (strpbrk(alias, "*?[\\") && fnmatch(alias, name, 0) == 0))
			return true;
	return false;
}

static char plain(char c)
{
	return c == '-' || c == '.' ? '_' : (char)tolower((unsigned char)c);
}

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters that have to be changed, added or dropped (Levenshtein), '-' and '_' the same;
 * where they are more than most, some number above that. */
static size_t distance(const char *a, const char *b, size_t most)
{
	size_t row[ALIAS_MAX + 1], columns = strlen(b), rows = strlen(a), least = 0;

	if (columns > ALIAS_MAX || rows > ALIAS_MAX)
		return ALIAS_MAX;
	if (columns > rows + most || rows > columns + most)
		return most + 1;
	for (size_t j = 0; j <= columns; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] && least <= most; i++) {
		size_t diagonal = row[0];

		least = row[0] = i;
		for (size_t j = 1; j <= columns; j++) {
			size_t change = diagonal + (plain(a[i - 1]) != plain(b[j - 1]));

			diagonal = row[j];
			row[j] = lesser(change, lesser(row[j], row[j - 1]) + 1);
			least = lesser(least, row[j]);
		}
	}
	return least > most ? least : row[columns];
}

size_t near_distance(const char *a, const char *b)
{
	return distance(a, b, ALIAS_MAX);
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
	size_t size = strlen(a), most = size >= 8 ? 2 : 1;

	return continues(a, b) || (size >= 4 && distance(a, b, most) <= most);
}

int near_alias(const char *aliases, const char *name, char **ret)
{
	char alias[ALIAS_MAX], module[ALIAS_MAX];

	*ret = NULL;
	for (size_t i = 0;
	     i < ALIASES_NEAR && aliases && name && next_alias(&aliases, alias, module);
	     i++) {
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
