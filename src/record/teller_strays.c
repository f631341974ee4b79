// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * When the log ends: which of the strays, said by drivers of processors that the log does
 * not name, are of something it does tell of. Both may be many, so that neither list is
 * gone through for each member of the other.
 */

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "teller.h"

struct strays {
	struct teller *teller;
	bool untied_crashed, untied_failed; /* a processor that no device is known of */
	struct index probes;                /* the first of each device */
	const struct probe **by_error; /* those that failed, in the order of the log */
	size_t failed;
};

static void strays_release(struct strays *strays)
{
	index_release(&strays->probes);
	free(strays->by_error);
}

/* Probes lie in the order of their lines. */
static int compare_errors(const void *a, const void *b)
{
	const struct probe *x = *(const struct probe *const *)a;
	const struct probe *y = *(const struct probe *const *)b;

	return x->error != y->error ? (x->error > y->error) - (x->error < y->error)
				    : (x > y) - (x < y);
}

static int strays_begin(struct strays *strays)
{
	const struct history *history = strays->teller->history;
	int r = 0;

	for (size_t i = 0; i < history->processor_count; i++) {
		const struct biography *processor = &history->processors[i];

		if (processor->platform)
			continue;
		strays->untied_crashed |= processor->crashes > 0;
		strays->untied_failed |= biography_failed_start(processor) != NULL;
	}
	strays->by_error = reallocarray(NULL, history->probe_count + 1, sizeof(void *));
	if (!strays->by_error)
		return -ENOMEM;
	for (size_t i = history->probe_count; i > 0 && r == 0; i--) {
		const struct probe *probe = &history->probes[i - 1];

		r = index_set(&strays->probes, span_of(probe->device), i - 1);
		if (probe->error != 0)
			strays->by_error[strays->failed++] = probe;
	}
	if (strays->failed > 0)
		qsort(strays->by_error, strays->failed, sizeof(void *), compare_errors);
	return r;
}

/* Whether a processor of the log that no device is known of may be the one. */
static bool may_be_told(const struct strays *strays, const struct stray *stray)
{
	struct teller *teller = strays->teller;

	if (stray->processor != NO_PROCESSOR)
		return false;
	if (teller_processor_of(teller,
				&(struct phrase){ .device = span_of(stray->device) }) !=
	    NO_PROCESSOR)
		return true;
	return stray->kind == STRAY_CRASH   ? strays->untied_crashed
	       : stray->kind == STRAY_ERROR ? false
					    : strays->untied_failed;
}

/* The first probe that failed with that errno after that line, as a place; the number of
 * probes: none. */
static size_t failed_after(const struct strays *strays, int error, size_t line)
{
	const struct history *history = strays->teller->history;
	size_t low = 0, high = strays->failed;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct probe *probe = strays->by_error[middle];

		if (probe->error < error ||
		    (probe->error == error && probe->line <= line))
			low = middle + 1;
		else
			high = middle;
	}
	return low < strays->failed && strays->by_error[low]->error == error
		       ? (size_t)(strays->by_error[low] - history->probes)
		       : history->probe_count;
}

/* What a driver says before it gives a device up is of its probe, and no start. That of a
 * cluster looks at its cores, which have no driver of their own. */
static bool is_of_probe(const struct strays *strays, const struct stray *stray)
{
	struct history *history = strays->teller->history;
	size_t of_device, of_core = history->probe_count;

	if (stray->kind == STRAY_CRASH)
		return false;
	of_device = index_find(&strays->probes, span_of(stray->device));
	if (!stray->driver && stray->error != 0)
		of_core = failed_after(strays, stray->error, stray->first_line);
	/* The probe that comes first counts. */
	if (of_core < history->probe_count &&
	    (of_device == NO_INDEX || of_core <= of_device)) {
		history->probes[of_core].cause_line = stray->first_line;
		teller_use(strays->teller, stray->first_line);
		return true;
	}
	return of_device != NO_INDEX;
}

/* The reason of what the driver of its cluster reports, too. */
static bool is_of_cluster(const struct stray *core, struct stray *cluster)
{
	if (core->driver || !cluster || core->kind != STRAY_ERROR ||
	    cluster->error != core->error || core->first_line > cluster->first_line)
		return false;
	cluster->first_line = core->first_line;
	return true;
}

/* A message may come before its endpoint is there, once. */
static bool is_early(const struct stray *stray)
{
	return stray->count == 1 && stray->text &&
	       strcmp(stray->text, "msg received with no recipient") == 0;
}

/* Those that a processor of the log tells of are no strays. */
int teller_end_strays(struct teller *teller)
{
	_cleanup_(strays_release) struct strays all = { .teller = teller };
	struct history *history = teller->history;
	struct stray *strays = history->strays, *cluster = NULL;
	size_t kept = history->stray_count;
	int r = kept > 0 ? strays_begin(&all) : 0;

	if (r < 0)
		return r;
	for (size_t i = history->stray_count; i > 0; i--) {
		struct stray *stray = &strays[i - 1];

		if (stray->kind == STRAY_VENDOR) {
			strays[--kept] = *stray;
			continue;
		}
		if (is_early(stray) || stray->told_ || may_be_told(&all, stray) ||
		    is_of_probe(&all, stray) || is_of_cluster(stray, cluster))
			continue;
		strays[--kept] = *stray;
		if (stray->kind == STRAY_ERROR && stray->driver)
			cluster = &strays[kept];
	}
	history->stray_count -= kept;
	if (kept > 0)
		memmove(strays, strays + kept, history->stray_count * sizeof(*strays));
	for (size_t i = 0; i < history->stray_count; i++) {
		teller_use(teller, strays[i].first_line);
		teller_use(teller, strays[i].last_line);
	}
	return 0;
}
