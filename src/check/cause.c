// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cause and consequence. One fault is found on many devices: a crashed processor on each
 * of its channels, a misparented vdev on all that is below it. Who reads it has one
 * problem, not twenty. Two passes over the list when all is judged:
 *
 *   cause   the finding that explains another, by the table below
 *   head    the finding under which another is printed: the last cause of its chain, or
 *           the first that says the same of another device
 */

#include "cause.h"

#include <errno.h>
#include <string.h>

#include "history.h"

/* Where, seen from a device, the device lies whose finding explains its own. */
enum relation {
	SAME,     /* the device itself */
	FAILED,   /* the device itself, where that is no mere warning */
	KNOWN,    /* the device itself, where the effect is mere information */
	RECOVERY, /* the device itself, which was being recovered */
	CRASHED,  /* the device itself, whose start failed as or after it crashed */
	VIRTIO,   /* the virtio device it is below */
	OWNER,    /* its remote processor */
	ABOVE,    /* the nearest above by identity, in the good boot or now */
	FIRST,    /* the first device with such a finding: one mistake of the kernel */
};

static const struct rule {
	const char *effect;
	const char *cause;
	enum relation relation;
} rules[] = {
	{ "vdev-parent", "vdev-parent", FIRST },
	{ "rpmsg-ancestor", "vdev-parent", VIRTIO },
	{ "rpmsg-ancestor", "rpmsg-ancestor", FIRST },
	{ "processor-state", "kernel-oops", FAILED },
	{ "processor-state", "processor-start", SAME },
	{ "processor-state", "crash-loop", SAME },
	{ "processor-state", "vdev-collision", SAME },
	{ "processor-state", "required-running", KNOWN },
	{ "processor-state", "expected", KNOWN },
	{ "crash-loop", "processor-start", CRASHED },
	{ "vdev-collision", "processor-start", SAME },
	{ "firmware-file", "processor-start", SAME },
	{ "auto-boot-missed", "processor-start", SAME },
	{ "processor-start", "kernel-oops", FAILED },
	{ "processor-start", "crash-loop", RECOVERY },
	{ "crash-loop", "kernel-oops", RECOVERY },
	{ "mailbox", "processor-start", SAME },
	{ "mailbox", "processor-state", SAME },
	{ "stale-channels", "vdev-collision", SAME },
	{ "stale-channels", "processor-start", SAME },
	{ "stale-channels", "processor-state", SAME },
	{ "stale-channels", "stale-channels", OWNER },
	{ "stale-channels", "processor-state", OWNER },
	{ "stale-channels", "processor-start", OWNER },
	{ "announced", "mailbox", OWNER },
	{ "announced", "processor-state", OWNER },
	{ "announced", "vdev-status", SAME },
	{ "announced", "vdev-driver", SAME },
	{ "vdev-status", "processor-state", OWNER },
	{ "channel-driver", "vdev-parent", VIRTIO },
	{ "channel-driver", "processor-state", OWNER },
	{ "chardev-node", "processor-state", OWNER },
	{ "required-running", "processor-start", SAME },
	{ "required-running", "processor-state", SAME },
	{ "required", "channel-driver", SAME },
	{ "required", "processor-start", OWNER },
	{ "required", "processor-state", OWNER },
	{ "required", "required-running", OWNER },
	{ "expected", "processor-start", SAME },
	{ "expected", "processor-state", SAME },
	{ "expected", "channel-driver", SAME },
	{ "expected", "expected", ABOVE },
};

/* For the look-ups: the problems of one device, and those that have an identity of their
 * own, each sorted by that. */
struct problems {
	const struct finding **problems;
	size_t count;
	const struct finding **named;
	size_t named_count;
};

static int compare_device(const void *a, const void *b)
{
	const struct finding *const *x = a, *const *y = b;

	if ((*x)->device != (*y)->device)
		return (*x)->device < (*y)->device ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

static int compare_identity(const void *a, const void *b)
{
	const struct finding *const *x = a, *const *y = b;
	int order = strcmp((*x)->identity, (*y)->identity);

	return order ? order : (*x > *y) - (*x < *y);
}

static int problems_build(const struct findings *findings, struct problems *ret)
{
	ret->problems = calloc(findings->count + 1, sizeof(const struct finding *));
	ret->named = calloc(findings->count + 1, sizeof(const struct finding *));
	if (!ret->problems || !ret->named)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (!finding_is_problem(finding) || !finding->device)
			continue;
		ret->problems[ret->count++] = finding;
		if (finding->identity)
			ret->named[ret->named_count++] = finding;
	}
	qsort(ret->problems, ret->count, sizeof(const struct finding *), compare_device);
	qsort(ret->named, ret->named_count, sizeof(const struct finding *),
	      compare_identity);
	return 0;
}

static void problems_release(const struct problems *index)
{
	free(index->problems);
	free(index->named);
}

/* The first problem of that check on that device; NULL: none. */
static const struct finding *find(const struct problems *index,
				  const struct device *device, const char *check)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->problems[middle]->device < device)
			low = middle + 1;
		else
			high = middle;
	}
	for (; device && low < index->count && index->problems[low]->device == device;
	     low++)
		if (strcmp(index->problems[low]->check->id, check) == 0)
			return index->problems[low];
	return NULL;
}

/* The first problem that says the same of several devices. */
static const struct finding *find_first(const struct findings *findings,
					const struct finding *effect)
{
	for (const struct finding *at = findings->list; at < effect; at++)
		if (finding_is_problem(at) && at->several == effect->several)
			return at;
	return NULL;
}

/* The first problem of that check with that identity; NULL: none. */
static const struct finding *find_named(const struct problems *index,
					const char *identity, const char *check)
{
	size_t low = 0, high = index->named_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(index->named[middle]->identity, identity) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < index->named_count &&
	       strcmp(index->named[low]->identity, identity) == 0;
	     low++)
		if (strcmp(index->named[low]->check->id, check) == 0)
			return index->named[low];
	return NULL;
}

/* What is gone was below a processor that is there and does not run: their devices are of
 * two trees, so it is the identity that tells, which begins with that of the device
 * above. */
static const struct finding *find_above(const struct problems *index,
					const struct finding *effect, const char *check)
{
	_cleanup_free_ char *identity =
		effect->identity ? strdup(effect->identity) : NULL;
	const struct finding *found = NULL;
	char *slash;

	while (!found && identity && (slash = strrchr(identity, '/'))) {
		*slash = '\0';
		found = find_named(index, identity, check);
	}
	return found;
}

/* Whether its last start was a recovery that has no end. */
static bool is_recovered(const struct tree *tree, const struct device *device)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = biography_failed_start(life);

	return start && start->recovery && start->outcome == START_UNENDED;
}

/* Whether a start that failed tells of the crash: as its reason, or as what it was to
 * recover from. */
static bool is_told_by_start(const struct tree *tree, const struct device *device)
{
	const struct biography *life = history_of(tree->history, device->name);
	const struct start *start = biography_failed_start(life);

	if (!life || !start)
		return false;
	return start->recovery ? start->outcome == START_FAILED
			       : (start->cause == CAUSE_CRASHED && life->crashes < 2);
}

static const struct finding *look_up(const struct findings *findings,
				     const struct problems *index,
				     const struct finding *effect,
				     const struct rule *rule)
{
	const struct device *device = effect->device;
	const struct finding *found;

	switch (rule->relation) {
	case FAILED:
		found = find(index, device, rule->cause);
		return found && found->status == STATUS_FAIL ? found : NULL;
	case SAME:
		return find(index, device, rule->cause);
	case KNOWN:
		return effect->status == STATUS_INFO ? find(index, device, rule->cause)
						     : NULL;
	case RECOVERY:
		return is_recovered(findings->tree, device)
			       ? find(index, device, rule->cause)
			       : NULL;
	case CRASHED:
		return is_told_by_start(findings->tree, device)
			       ? find(index, device, rule->cause)
			       : NULL;
	case VIRTIO:
		return find(index, device_ancestor(device, KIND_VIRTIO), rule->cause);
	case OWNER:
		return find(index, device->owner, rule->cause);
	case ABOVE:
		return find_above(index, effect, rule->cause);
	default:
		return effect->several ? find_first(findings, effect) : NULL;
	}
}

static const struct finding *cause_of(const struct findings *findings,
				      const struct problems *index,
				      const struct finding *effect)
{
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		const struct finding *cause =
			strcmp(rules[i].effect, effect->check->id) == 0
				? look_up(findings, index, effect, &rules[i])
				: NULL;

		if (cause)
			return cause;
	}
	return NULL;
}

static bool says_same(const struct finding *a, const struct finding *b)
{
	if (a->check != b->check || a->status != b->status)
		return false;
	if (a->several || b->several)
		return a->several == b->several;
	return strcmp(finding_text(a), finding_text(b)) == 0 &&
	       strcmp(a->evidence ? a->evidence : "", b->evidence ? b->evidence : "") ==
		       0;
}

static int compare_saying(const void *a, const void *b)
{
	const struct finding *x = *(struct finding *const *)a;
	const struct finding *y = *(struct finding *const *)b;
	int order;

	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	if (x->status != y->status)
		return (int)x->status - (int)y->status;
	if (x->several != y->several)
		return x->several < y->several ? -1 : 1;
	order = x->several ? 0 : strcmp(finding_text(x), finding_text(y));
	if (order == 0 && !x->several)
		order = strcmp(x->evidence ? x->evidence : "",
			       y->evidence ? y->evidence : "");
	return order ? order : (x > y) - (x < y);
}

/* Processors that fail alike fail each for itself. */
static bool stands_alone(const struct finding *finding)
{
	return finding_is_problem(finding) && finding->device &&
	       finding->device->kind == KIND_REMOTEPROC;
}

static int find_heads(struct findings *findings)
{
	_cleanup_free_ struct finding **sorted =
		calloc(findings->count + 1, sizeof(struct finding *));
	size_t count = 0;

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->list[i];

		finding->head = finding;
		if (!finding->cause && finding->status != STATUS_PASS)
			sorted[count++] = finding;
	}
	qsort(sorted, count, sizeof(struct finding *), compare_saying);
	for (size_t i = 0; i < count; i++) {
		bool again = i > 0 && !stands_alone(sorted[i]) &&
			     !stands_alone(sorted[i - 1]) &&
			     says_same(sorted[i - 1], sorted[i]);

		sorted[i]->head = again ? sorted[i - 1]->head : sorted[i];
	}
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *root = &findings->list[i];

		while (root->cause)
			root = root->cause;
		findings->list[i].head = root->head;
	}
	return 0;
}

/* A cause has none of the causes that would lead back to its effect. */
static bool leads_to(const struct finding *from, const struct finding *to)
{
	for (; from; from = from->cause)
		if (from == to)
			return true;
	return false;
}

int causes_find(struct findings *findings)
{
	_cleanup_(problems_release) struct problems index = { 0 };

	if (problems_build(findings, &index) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *effect = &findings->list[i];
		const struct finding *cause =
			effect->device && effect->status >= STATUS_INFO
				? cause_of(findings, &index, effect)
				: NULL;

		if (!leads_to(cause, effect))
			effect->cause = cause;
	}
	return find_heads(findings);
}
