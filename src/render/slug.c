// SPDX-License-Identifier: GPL-2.0-or-later
#include "slug.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sha256.h"
#include "span.h"

#define MARK      "---"
#define HASH_SIZE (sizeof(MARK) - 1 + 16)
#define TIE_SIZE  8 /* room for ---N */

void slugs_release(struct slugs *slugs)
{
	free(slugs->ids);
	arena_release(&slugs->arena);
}

static bool is_alphanumeric(char c)
{
	return is_letter(c) || is_digit(c);
}

static char mapped(char c)
{
	return is_alphanumeric(c) ? c : c == '/' || c == '_' ? '_' : '-';
}

/* Whether what c becomes cannot be told from what another, or its neighbour, becomes. */
static bool is_lost(char before, char c)
{
	if (!strchr("/_.-", c))
		return true;
	return before && mapped(before) == mapped(c) && !(before == c && strchr("_-", c));
}

/* Writes to *to, which has room for twice the text, and moves it to the end. Returns
 * whether something was lost. */
static bool map(const char *text, char **to)
{
	bool lost = false;
	char before = '\0', *at = *to;

	for (; *text; before = *text++) {
		*at++ = mapped(*text);
		if (is_alphanumeric(*text))
			continue;
		lost |= is_lost(before, *text);
		if (*text == '_' || *text == '-')
			*at++ = *text;
	}
	*at = '\0';
	*to = at;
	return lost || mapped(before) == '-';
}

/* Cuts the id, and marks it by exactly three dashes: doubled ones are an even number. */
static void add_hash(char *id, size_t size, const char *identity)
{
	if (size > SLUG_MAX - TIE_SIZE - HASH_SIZE)
		size = SLUG_MAX - TIE_SIZE - HASH_SIZE;
	while (id[size - 1] == '-') /* not all: the check's id comes first */
		size--;
	sprintf(id + size, MARK "%016" PRIx64, sha256_64(identity, strlen(identity)));
}

/* A device as it stands in the ids of its findings, which follow each other. */
struct mapped {
	const char *identity; /* NULL: none yet */
	char *text;           /* owned */
	size_t size;
	bool lost;
};

static void mapped_release(struct mapped *mapped)
{
	free(mapped->text);
}

static int map_identity(struct mapped *mapped, const char *identity, const char *tail)
{
	char *text, *end;

	if (mapped->text && mapped->identity == identity)
		return 0;
	text = realloc(mapped->text, 2 * strlen(tail) + 1);
	if (!text)
		return -ENOMEM;
	end = text;
	mapped->lost = map(tail, &end);
	mapped->text = text;
	mapped->size = (size_t)(end - text);
	mapped->identity = identity;
	return 0;
}

/* Of an id that is too long no more is looked at than of the longest. */
static char *make_id(struct arena *arena, const char *check, const struct mapped *mapped)
{
	char id[SLUG_MAX + 1];
	size_t start = strlen(check) + 1, most = SLUG_MAX - start;
	size_t size = start + mapped->size;

	stpcpy(stpcpy(id, check), "_");
	memcpy(id + start, mapped->text, mapped->size < most ? mapped->size : most);
	id[size < SLUG_MAX ? size : SLUG_MAX] = '\0';
	if (mapped->lost || size > SLUG_MAX - TIE_SIZE)
		add_hash(id, size, mapped->identity);
	return arena_copy(arena, id, strlen(id));
}

/* Most of two ids is the same, so they are sorted by a number that is made of all. */
struct entry {
	uint64_t sum;
	const char **id;
};

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = (x->sum > y->sum) - (x->sum < y->sum);

	if (order == 0)
		order = strcmp(*x->id, *y->id);
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* FNV-1a. Whoever finds two ids of the same sum has them compared whole. */
static uint64_t sum_of(const char *id)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (; *id; id++)
		sum = (sum ^ (unsigned char)*id) * UINT64_C(0x100000001b3);
	return sum;
}

/* Ids that are the same follow each other here, in the order of the report. */
static int break_ties(struct arena *arena, const struct entry *sorted, size_t count)
{
	const char *head = "";
	size_t same = 1;

	for (size_t i = 0; i < count; i++) {
		const char *id = *sorted[i].id;
		char numbered[SLUG_MAX + 24];

		if (strcmp(head, id) != 0) {
			head = id;
			same = 1;
			continue;
		}
		snprintf(numbered, sizeof(numbered), "%s" MARK "%zu", id, ++same);
		*sorted[i].id = arena_copy(arena, numbered, strlen(numbered));
		if (!*sorted[i].id)
			return -ENOMEM;
	}
	return 0;
}

static int make_unique(struct slugs *slugs)
{
	_cleanup_free_ struct entry *sorted = calloc(slugs->count + 1, sizeof(*sorted));

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < slugs->count; i++)
		sorted[i] = (struct entry){ sum_of(slugs->ids[i]), &slugs->ids[i] };
	qsort(sorted, slugs->count, sizeof(*sorted), compare_entries);
	return break_ties(&slugs->arena, sorted, slugs->count);
}

static int fill(struct slugs *slugs, const struct findings *findings,
		const struct identities *identities)
{
	__attribute__((cleanup(mapped_release))) struct mapped mapped = { 0 };

	for (; slugs->count < findings->count; slugs->count++) {
		const struct finding *finding = &findings->list[slugs->count];
		size_t tail;
		const char *identity =
			finding_identity(findings, identities, finding, &tail);
		int r = map_identity(&mapped, identity, identity + tail);
		const char *id =
			r < 0 ? NULL
			      : make_id(&slugs->arena, finding->check->id, &mapped);

		if (!id)
			return -ENOMEM;
		slugs->ids[slugs->count] = id;
	}
	return make_unique(slugs);
}

int slugs_build(const struct findings *findings, struct slugs *ret)
{
	_cleanup_identities_ struct identities identities = { 0 };
	int r = identities_build(findings->tree, &identities);

	return r < 0 ? r : slugs_build_by(findings, &identities, ret);
}

int slugs_build_by(const struct findings *findings, const struct identities *identities,
		   struct slugs *ret)
{
	_cleanup_slugs_ struct slugs slugs = { 0 };
	int r;

	slugs.ids = calloc(findings->count + 1, sizeof(*slugs.ids));
	r = slugs.ids ? fill(&slugs, findings, identities) : -ENOMEM;
	if (r < 0)
		return r;
	*ret = slugs;
	slugs = (struct slugs){ 0 };
	return 0;
}
