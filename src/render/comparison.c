// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What was found on one side only. A finding is known by its check and its identity; the
 * keys of the other side are sorted and looked up. What that side could not know is not
 * told: a skip, a kind of device that it does not list, a log that it does not have.
 */

#include "comparison.h"

#include <errno.h>
#include <string.h>

#include "devpath.h"
#include "history.h"

struct key {
	const struct check *check;
	const char *identity;
	const struct finding *finding;
};

struct side {
	const struct findings *findings;
	const struct identities *identities;
	struct key *keys;
};

static void side_release(struct side *side)
{
	free(side->keys);
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->check != y->check)
		return check_order(x->check) < check_order(y->check) ? -1 : 1;
	return strcmp(x->identity, y->identity);
}

static struct key key_of(const struct side *side, const struct finding *finding)
{
	return (struct key){
		finding->check,
		finding_identity(side->findings, side->identities, finding, NULL), finding
	};
}

static int side_fill(struct side *side)
{
	size_t count = side->findings->count;

	side->keys = calloc(count + 1, sizeof(*side->keys));
	if (!side->keys)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		side->keys[i] = key_of(side, &side->findings->list[i]);
	qsort(side->keys, count, sizeof(*side->keys), compare_keys);
	return 0;
}

static const struct finding *look_up(const struct side *side, const struct key *key)
{
	const struct key *found = bsearch(key, side->keys, side->findings->count,
					  sizeof(*side->keys), compare_keys);

	return found ? found->finding : NULL;
}

/* Whether a side would have such a finding if the same were wrong there. */
static bool could_know(const struct side *other, const struct side *own,
		       const struct finding *finding)
{
	const struct tree *tree = other->findings->tree;

	if (finding->device && !tree_covers(tree, finding->device->kind))
		return false;
	return finding->check->applies || !tree->history == !own->findings->tree->history;
}

static bool is_other(const struct side *own, const struct side *other,
		     const struct finding *finding)
{
	const struct key key = key_of(own, finding);
	const struct finding *partner = look_up(other, &key);

	if (finding->status < STATUS_INFO)
		return false;
	return partner ? partner->status != STATUS_SKIP &&
				 partner->status != finding->status
		       : could_know(other, own, finding);
}

static void take(struct comparison *comparison, const struct side *own,
		 const struct side *other, bool gone)
{
	for (size_t i = 0; i < own->findings->count; i++)
		if (is_other(own, other, &own->findings->list[i]))
			comparison->changed[comparison->changed_count++] =
				(struct finding_change){ &own->findings->list[i], gone };
}

int comparison_find(struct comparison *comparison)
{
	const struct diff *diff = comparison->diff;
	_cleanup_(side_release) struct side before = { comparison->before,
						       &diff->before_identities, NULL };
	_cleanup_(side_release) struct side after = { comparison->after,
						      &diff->after_identities, NULL };
	size_t most = comparison->before->count + comparison->after->count;

	comparison->changed = calloc(most + 1, sizeof(*comparison->changed));
	comparison->changed_count = 0;
	if (!comparison->changed || side_fill(&before) < 0 || side_fill(&after) < 0)
		return -ENOMEM;
	take(comparison, &after, &before, false);
	take(comparison, &before, &after, true);
	return 0;
}

void comparison_release(struct comparison *comparison)
{
	free(comparison->changed);
}

bool comparison_differs(const struct comparison *comparison)
{
	return comparison->diff->count > 0 || comparison->changed_count > 0;
}

static bool has_bus_device(const struct tree *tree)
{
	tree_foreach (device, tree)
		if (device->kind == KIND_BUS_DEVICE)
			return true;
	return false;
}

enum likeness comparison_likeness(const struct comparison *comparison)
{
	const struct tree *before = comparison->before->tree;
	const struct tree *after = comparison->after->tree;
	const char *old = record_property(&before->inventory->system, FACT_MACHINE);
	const char *new = record_property(&after->inventory->system, FACT_MACHINE);

	if (old && new &&strcmp(old, new) != 0)
		return LIKENESS_OTHER_MACHINE;
	if (has_bus_device(before) && has_bus_device(after) &&
	    !comparison->diff->share_place)
		return LIKENESS_NO_COMMON_DEVICE;
	return LIKENESS_SAME;
}
