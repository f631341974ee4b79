// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a history is told with: names that find their processor, sets that know their only
 * member, remarks of drivers that wait for what the core says of them.
 */

#include <errno.h>

#include "cleanup.h"
#include "teller.h"

void *teller_grow(void *array, size_t count, size_t size)
{
	/* By doubling, when a power of two is full. */
	if (count & (count - 1) || (count && count < 8))
		return array;
	return reallocarray(array, count < 8 ? 8 : 2 * count, size);
}

const char *teller_text(struct teller *teller, struct span span)
{
	struct history *history = teller->history;
	char **texts = teller_grow(history->texts_, history->text_count_, sizeof(*texts));
	char *copy;

	if (!texts)
		return NULL;
	history->texts_ = texts;
	copy = strndup(span.size ? span.start : "", span.size);
	if (copy)
		texts[history->text_count_++] = copy;
	return copy;
}

void teller_use(struct teller *teller, size_t line)
{
	if (line != NO_LINE)
		teller->history->used[line] = true;
}

void sole_add(struct sole *sole, size_t member)
{
	sole->count++;
	sole->sum += member;
}

void sole_remove(struct sole *sole, size_t member)
{
	sole->count--;
	sole->sum -= member;
}

int teller_set_text(struct teller *teller, const char **text, struct span span)
{
	const char *copy;

	if (span.size == 0 || (*text && span_is(span, *text)))
		return 0;
	copy = teller_text(teller, span);
	if (!copy)
		return -ENOMEM;
	*text = copy;
	return 0;
}

static int grow_processors(struct teller *teller)
{
	struct history *history = teller->history;
	size_t count = history->processor_count;
	struct biography *processors =
		teller_grow(history->processors, count, sizeof(*processors));
	struct state *states;

	if (!processors)
		return -ENOMEM;
	history->processors = processors;
	states = teller_grow(teller->states, count, sizeof(*states));
	if (!states)
		return -ENOMEM;
	teller->states = states;
	return 0;
}

struct biography *teller_processor(struct teller *teller, struct span device)
{
	struct history *history = teller->history;
	size_t place = index_find(&teller->processors, device);
	const char *text;

	if (place != NO_INDEX)
		return &history->processors[place];
	place = history->processor_count;
	text = teller_text(teller, device);
	if (!text || grow_processors(teller) < 0 ||
	    index_set(&teller->processors, device, place) < 0)
		return NULL;
	history->processors[place] = (struct biography){
		.device = text,
		.line = teller->line,
		.state_line = NO_LINE,
		.crash_line = NO_LINE,
		.crash_text_line = NO_LINE,
		.release_line = NO_LINE,
		.release_error_line = NO_LINE,
		.stop_cause_line = NO_LINE,
		.stop_line = NO_LINE,
	};
	teller->states[place] = (struct state){
		.open = NO_DEVICE,
		.failed_load = NO_LINE,
		.first_vdev = NO_DEVICE,
		.first_virtio = NO_DEVICE,
	};
	history->processor_count++;
	sole_add(&teller->untied, place);
	return &history->processors[place];
}

size_t teller_place(const struct teller *teller, const struct biography *processor)
{
	return (size_t)(processor - teller->history->processors);
}

/* What no processor is a child of, though it speaks of one. */
bool teller_is_below(struct span name)
{
	return span_is_numbered(name, "remoteproc") || span_is_numbered(name, "virtio") ||
	       span_starts(name, "rproc-virtio.") || span_has(name, "#vdev") ||
	       span_has(name, "-edge") || span_starts(name, "optee-ta-") ||
	       (span_starts(name, "virtio") && span_has(name, "."));
}

bool teller_is_helper(const struct phrase *phrase)
{
	return span_starts(phrase->driver, "rproc-srm-");
}

static int set_driver(struct teller *teller, struct biography *it,
		      const struct phrase *phrase)
{
	return span_is(phrase->driver, "platform")
		       ? 0
		       : teller_set_text(teller, &it->driver, phrase->driver);
}

int teller_tie(struct teller *teller, size_t processor, const struct phrase *phrase)
{
	struct biography *it = &teller->history->processors[processor];
	bool starting = teller->states[processor].open != NO_DEVICE;
	int r;

	if (it->platform && !it->driver && span_is(phrase->device, it->platform))
		return set_driver(teller, it, phrase);
	if (it->platform || phrase->device.size == 0 || teller_is_helper(phrase) ||
	    teller_is_below(phrase->device) ||
	    index_find(&teller->platforms, phrase->device) != NO_INDEX)
		return 0;
	r = teller_set_text(teller, &it->platform, phrase->device);
	if (r == 0)
		r = set_driver(teller, it, phrase);
	if (r == 0)
		r = index_set(&teller->platforms, phrase->device, processor);
	if (r < 0)
		return r;
	sole_remove(&teller->untied, processor);
	if (starting)
		sole_remove(&teller->starting_untied, processor);
	return 0;
}

bool teller_is_ours(struct span name)
{
	static const char *const words[] = {
		"rproc", "remoteproc", "q6v5", "rpmsg",       "wcnss", "sysmon", "-scp",
		".scp",  "r5f",        "pil_", "pil-",        "-pil",  "glink",  "-pru",
		".pru",  ".dsp",       "-dsp", "smd",         "-cm4",  "-cm7",   "-cm33",
		".m4",   "r5ss",       "-rpu", "ingenic-vpu", NULL
	};

	/* Power domains. */
	return span_has_any(name, words) && !span_has(name, "scpsys");
}

bool teller_is_channel(struct span device)
{
	return teller_is_below(device) && !span_is_numbered(device, "virtio") &&
	       !span_is_numbered(device, "remoteproc");
}

/* Of a device without driver, "platform", the driver core complains, too. */
bool teller_is_grave(const struct phrase *phrase)
{
	static const char *const drivers[] = { "rproc",     "remoteproc", "q6v5",
					       "wcnss-pil", "-scp",       NULL };
	static const char *const failures[] = { "ailed", "nable to ", NULL };
	static const char *const refusals[] = { "nvalid ", "imed out", "imeout", NULL };
	bool unbound = span_is(phrase->driver, "platform") &&
		       teller_is_ours(phrase->device) && phrase->has_error;
	bool driver =
		teller_is_ours(phrase->driver) && span_has_any(phrase->driver, drivers);

	if (phrase->event != EVENT_DRIVER_ERROR ||
	    (!unbound && !driver && !teller_is_channel(phrase->device)))
		return false;
	if (teller_is_channel(phrase->device) && span_has_any(phrase->said, refusals))
		return true;
	return phrase->has_error ? phrase->error != 0 && phrase->error != -517
				 : span_has_any(phrase->said, failures);
}

/* In the index of names: more than one processor has it. */
#define SEVERAL (NO_INDEX - 1)

size_t teller_named(const struct teller *teller, struct span name)
{
	size_t place = index_find(&teller->names, name);

	return place == NO_INDEX || place == SEVERAL ? NO_PROCESSOR : place;
}

/* "5000.m4" and "m4": drivers often name the processor after the device or its node. */
static size_t find_named(const struct teller *teller, struct span device)
{
	const char *dot = device.size ? memchr(device.start, '.', device.size) : NULL;
	const char *at = device.size ? memchr(device.start, '@', device.size) : NULL;
	size_t place = index_find(&teller->names, device);

	if (place == NO_INDEX && dot)
		place = index_find(&teller->names,
				   span_from(device, (size_t)(dot - device.start) + 1));
	if (place == NO_INDEX && at)
		place = index_find(
			&teller->names,
			(struct span){ device.start, (size_t)(at - device.start) });
	return place == SEVERAL ? NO_INDEX : place;
}

/* The only one that is being started owns the rproc-virtio.* that speaks meanwhile. */
static size_t find_owner(const struct teller *teller, struct span vdev)
{
	size_t place = index_find(&teller->vdevs, vdev);

	if (place != NO_INDEX && teller->history->vdevs[place].owner != NO_PROCESSOR)
		return teller->history->vdevs[place].owner;
	return teller->starting.count == 1 ? teller->starting.sum : NO_INDEX;
}

size_t teller_processor_of(const struct teller *teller, const struct phrase *phrase)
{
	struct span device = phrase->device;
	const char *hash = device.size ? memchr(device.start, '#', device.size) : NULL;
	size_t place;

	if (span_starts(device, "rproc-virtio."))
		return find_owner(teller, device);
	if (hash)
		device.size = (size_t)(hash - device.start);
	place = index_find(&teller->processors, device);
	if (place == NO_INDEX)
		place = index_find(&teller->platforms, device);
	if (place == NO_INDEX)
		place = find_named(teller, device);
	return place == NO_INDEX ? NO_PROCESSOR : place;
}

/* Two of one name leave it to nobody. */
int teller_set_name(struct teller *teller, struct biography *processor, struct span name)
{
	size_t place = teller_place(teller, processor);
	size_t known = index_find(&teller->names, name);
	int r = teller_set_text(teller, &processor->name, name);

	if (r < 0 || name.size == 0 || known == place)
		return r;
	r = index_set(&teller->names, name, known == NO_INDEX ? place : SEVERAL);
	/* TI and others use the device's own name: nothing else looks like that. */
	if (r == 0 && known == NO_INDEX && name.size > 9 &&
	    (memchr(name.start, '.', name.size) || memchr(name.start, '@', name.size)))
		r = teller_tie(teller, place, &(struct phrase){ .device = name });
	return r;
}

static bool is_recent(const struct teller *teller, size_t line)
{
	const struct log_line *lines = teller->history->log->lines;

	return !lines[line].timed || !lines[teller->line].timed ||
	       lines[teller->line].time - lines[line].time < 30 * 1000000ull;
}

bool teller_take_remark(struct teller *teller, size_t processor,
			bool (*suits)(const struct phrase *phrase), struct remark *ret)
{
	size_t found = NO_INDEX, tied = NO_INDEX, loose = 0;

	for (size_t i = 0; i < teller->remark_count; i++) {
		const struct remark *remark = &teller->remarks[i];
		size_t of = teller_processor_of(teller, &remark->phrase);

		if (!suits(&remark->phrase) || !is_recent(teller, remark->line))
			continue;
		if (of == processor)
			tied = tied == NO_INDEX ? i : tied;
		else if (of == NO_PROCESSOR && !teller_is_below(remark->phrase.device) &&
			 (teller_is_ours(remark->phrase.device) ||
			  teller_is_ours(remark->phrase.driver))) {
			if (found == NO_INDEX ||
			    !span_same(teller->remarks[found].phrase.device,
				       remark->phrase.device))
				loose++;
			found = found == NO_INDEX ? i : found;
		}
	}
	if (tied == NO_INDEX && loose == 1 &&
	    !teller->history->processors[processor].platform)
		tied = found;
	if (tied == NO_INDEX)
		return false;
	*ret = teller->remarks[tied];
	teller->remark_count--;
	memmove(&teller->remarks[tied], &teller->remarks[tied + 1],
		(teller->remark_count - tied) * sizeof(*ret));
	return true;
}

void teller_add_remark(struct teller *teller, const struct phrase *phrase)
{
	if (teller->remark_count == REMARKS_MAX) {
		memmove(teller->remarks, teller->remarks + 1,
			(REMARKS_MAX - 1) * sizeof(*teller->remarks));
		teller->remark_count--;
	}
	teller->remarks[teller->remark_count++] =
		(struct remark){ .line = teller->line, .phrase = *phrase };
}
