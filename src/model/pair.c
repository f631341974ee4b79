// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two passes. First by identity. Then, what is left over by identity without the remote
 * processor in it, where that is unambiguous: a listing of /sys/bus/rpmsg/devices that
 * was taken before the fix names no processor, so a vdev there cannot be told to be its.
 */

#include "pair.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a device is looked up by. */
struct key {
	const char *text;
	size_t position;
};

struct keys {
	struct key *list;
	size_t count;
};

static void keys_release(struct keys *keys)
{
	free(keys->list);
}

void pairing_release(struct pairing *pairing)
{
	free(pairing->of_before);
	free(pairing->of_after);
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct key *)a)->text, ((const struct key *)b)->text);
}

/* The devices that have no partner yet, by the names given. */
static int collect(const struct tree *tree, const char *const *names,
		   const size_t *partners, struct keys *ret)
{
	ret->list = calloc(tree->count + 1, sizeof(*ret->list));
	if (!ret->list)
		return -ENOMEM;
	for (size_t i = 0; i < tree->count; i++)
		if (partners[i] == NO_PARTNER && names[i])
			ret->list[ret->count++] = (struct key){ names[i], i };
	qsort(ret->list, ret->count, sizeof(*ret->list), compare_keys);
	return 0;
}

static size_t run_length(const struct keys *keys, size_t at)
{
	size_t length = 1;

	while (at + length < keys->count &&
	       strcmp(keys->list[at].text, keys->list[at + length].text) == 0)
		length++;
	return length;
}

/* Pairs what has the same key, once on each side. */
static void join(struct pairing *pairing, const struct keys *before,
		 const struct keys *after)
{
	for (size_t i = 0, j = 0; i < before->count && j < after->count;) {
		size_t many = run_length(before, i), others = run_length(after, j);
		int order = compare_keys(&before->list[i], &after->list[j]);

		if (order == 0 && many == 1 && others == 1) {
			pairing->of_before[before->list[i].position] =
				after->list[j].position;
			pairing->of_after[after->list[j].position] =
				before->list[i].position;
		}
		i += order <= 0 ? many : 0;
		j += order >= 0 ? others : 0;
	}
}

static int pass(struct pairing *pairing, const struct tree *before,
		const char *const *before_names, const struct tree *after,
		const char *const *after_names)
{
	_cleanup_(keys_release) struct keys left = { 0 }, right = { 0 };

	if (collect(before, before_names, pairing->of_before, &left) < 0 ||
	    collect(after, after_names, pairing->of_after, &right) < 0)
		return -ENOMEM;
	join(pairing, &left, &right);
	return 0;
}

struct loose {
	char **names;
	size_t count;
};

static void loose_release(struct loose *loose)
{
	for (size_t i = 0; loose->names && i < loose->count; i++)
		free(loose->names[i]);
	free(loose->names);
}

/* Takes "remoteproc" and what tells same names apart ("~2") out of an identity: which of
 * several processors on one device owned what was beside them, nobody can tell. */
static void drop_processor(char *name)
{
	char *to = name;

	for (const char *at = name; *at;) {
		size_t size = 1 + strcspn(at + 1, "/"), kept = size;

		while (kept > 1 && strchr("0123456789", at[kept - 1]))
			kept--;
		kept = kept > 1 && at[kept - 1] == '~' ? kept - 1 : size;
		if (kept != 11 || strncmp(at, "/remoteproc", kept) != 0) {
			memmove(to, at, kept);
			to += kept;
		}
		at += size;
	}
	*to = '\0';
}

/* NULL for what is not looked up this way: a processor itself, a bus device. */
static int loose_build(const struct tree *tree, const struct identities *identities,
		       struct loose *ret)
{
	ret->names = calloc(tree->count + 1, sizeof(*ret->names));
	ret->count = tree->count;
	if (!ret->names)
		return -ENOMEM;
	for (size_t i = 0; i < tree->count; i++) {
		enum kind kind = tree->devices[i].kind;

		if (kind == KIND_REMOTEPROC || kind == KIND_BUS_DEVICE)
			continue;
		ret->names[i] = strdup(identities->names[i]);
		if (!ret->names[i])
			return -ENOMEM;
		drop_processor(ret->names[i]);
	}
	return 0;
}

static int pass_loose(struct pairing *pairing, const struct tree *before,
		      const struct identities *before_identities,
		      const struct tree *after, const struct identities *after_identities)
{
	_cleanup_(loose_release) struct loose left = { 0 }, right = { 0 };

	if (loose_build(before, before_identities, &left) < 0 ||
	    loose_build(after, after_identities, &right) < 0)
		return -ENOMEM;
	return pass(pairing, before, (const char *const *)left.names, after,
		    (const char *const *)right.names);
}

static size_t *new_partners(size_t count)
{
	size_t *partners = calloc(count + 1, sizeof(*partners));

	for (size_t i = 0; partners && i < count; i++)
		partners[i] = NO_PARTNER;
	return partners;
}

int pairing_build(const struct tree *before, const struct identities *before_identities,
		  const struct tree *after, const struct identities *after_identities,
		  struct pairing *ret)
{
	_cleanup_pairing_ struct pairing pairing = { new_partners(before->count),
						     new_partners(after->count) };
	int r = pairing.of_before && pairing.of_after ? 0 : -ENOMEM;

	if (r == 0)
		r = pass(&pairing, before, (const char *const *)before_identities->names,
			 after, (const char *const *)after_identities->names);
	if (r == 0)
		r = pass_loose(&pairing, before, before_identities, after,
			       after_identities);
	if (r < 0)
		return r;
	ret->of_before = steal(pairing.of_before);
	ret->of_after = steal(pairing.of_after);
	return 0;
}
