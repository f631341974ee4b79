// SPDX-License-Identifier: GPL-2.0-or-later
#include "slug.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sha256.h"

#define MARK      "---"
#define HASH_SIZE (sizeof(MARK) - 1 + 16)
#define TIE_SIZE  8 /* room for ---N */

void slugs_release(struct slugs *slugs)
{
	for (size_t i = 0; i < slugs->count; i++)
		free(slugs->ids[i]);
	free(slugs->ids);
}

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char mapped(char c)
{
	return is_alphanumeric(c) ? c : c == '/' || c == '_' ? '_' : '-';
}

/* Whether what c becomes cannot be told from what another, or its neighbour, becomes. */
static bool is_lost(char before, char c)
{
	if (is_alphanumeric(c))
		return false;
	if (!strchr("/_.-", c))
		return true;
	return before && mapped(before) == mapped(c) && !(before == c && strchr("_-", c));
}

/* Returns whether something was lost. to has room for twice the text. */
static bool map(const char *text, char *to)
{
	bool lost = false;
	char before = '\0';

	for (; *text; before = *text++) {
		lost |= is_lost(before, *text);
		*to++ = mapped(*text);
		if (*text == '_' || *text == '-')
			*to++ = *text;
	}
	*to = '\0';
	return lost || mapped(before) == '-';
}

/* Cuts the id, and marks it by exactly three dashes: doubled ones are an even number. */
static void add_hash(char *id, size_t size, const char *identity)
{
	if (size > SLUG_MAX - TIE_SIZE - HASH_SIZE)
		size = SLUG_MAX - TIE_SIZE - HASH_SIZE;
	while (size > 0 && id[size - 1] == '-')
		size--;
	sprintf(id + size, MARK "%016" PRIx64, sha256_64(identity, strlen(identity)));
}

static char *make_id(const char *check, const char *identity, const char *tail)
{
	char *id = malloc(strlen(check) + 1 + 2 * strlen(tail) + HASH_SIZE + 1);
	size_t size;
	bool lost;

	if (!id)
		return NULL;
	size = (size_t)sprintf(id, "%s_", check);
	lost = map(tail, id + size);
	size = strlen(id);
	if (lost || size > SLUG_MAX - TIE_SIZE)
		add_hash(id, size, identity);
	return id;
}

static int compare_ids(const void *a, const void *b)
{
	char **const *x = a, **const *y = b;
	int order = strcmp(**x, **y);

	return order ? order : (*x > *y) - (*x < *y);
}

/* Ids that are the same follow each other here, in the order of the report. */
static int break_ties(char ***sorted, size_t count)
{
	const char *head = "";
	size_t same = 1;

	for (size_t i = 0; i < count; i++) {
		char *id = *sorted[i];

		if (strcmp(head, id) != 0) {
			head = id;
			same = 1;
			continue;
		}
		if (asprintf(sorted[i], "%s" MARK "%zu", id, ++same) < 0) {
			*sorted[i] = id;
			return -ENOMEM;
		}
		free(id);
	}
	return 0;
}

static int make_unique(const struct slugs *slugs)
{
	_cleanup_free_ char ***sorted = calloc(slugs->count + 1, sizeof(*sorted));

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < slugs->count; i++)
		sorted[i] = &slugs->ids[i];
	qsort(sorted, slugs->count, sizeof(*sorted), compare_ids);
	return break_ties(sorted, slugs->count);
}

static int fill(struct slugs *slugs, const struct findings *findings,
		const struct identities *identities)
{
	for (; slugs->count < findings->count; slugs->count++) {
		const struct finding *finding = &findings->list[slugs->count];
		size_t tail;
		const char *identity =
			finding_identity(findings, identities, finding, &tail);
		char *id = make_id(finding->check->id, identity, identity + tail);

		if (!id)
			return -ENOMEM;
		slugs->ids[slugs->count] = id;
	}
	return make_unique(slugs);
}

int slugs_build(const struct findings *findings, struct slugs *ret)
{
	_cleanup_identities_ struct identities identities = { 0 };
	_cleanup_slugs_ struct slugs slugs = { 0 };
	int r = identities_build(findings->tree, &identities);

	if (r < 0)
		return r;
	slugs.ids = calloc(findings->count + 1, sizeof(*slugs.ids));
	r = slugs.ids ? fill(&slugs, findings, &identities) : -ENOMEM;
	if (r < 0)
		return r;
	*ret = slugs;
	slugs = (struct slugs){ 0 };
	return 0;
}
