// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is only known when the log ends: starts that are still open, what a driver said
 * and nobody answered, and who the only device is that is left.
 */

#include <errno.h>
#include <string.h>

#include "cleanup.h"
#include "teller.h"

/* Which device one of our drivers speaks of, as long as it is always the same. */
int teller_hear(struct teller *teller, const struct phrase *phrase)
{
	size_t place;

	if (phrase->driver.size == 0 || !teller_is_ours(phrase->driver) ||
	    teller_is_below(phrase->device) || teller_is_helper(phrase))
		return 0;
	place = index_find(&teller->heard, phrase->device);
	if (place == NO_INDEX) {
		place = teller->history->text_count_;
		if (!teller_text(teller, phrase->driver) ||
		    index_set(&teller->heard, phrase->device, place) < 0)
			return -ENOMEM;
	}
	/* The device of a cluster: its cores have the processors. */
	if (span_is(phrase->driver, "k3_r5_rproc"))
		return 0;
	if (teller->speaker.size == 0) {
		teller->speaker = phrase->device;
		teller->speaker_driver = phrase->driver;
	}
	teller->many_speakers |= !span_same(teller->speaker, phrase->device);
	return 0;
}

/* The drivers of those devices whose processor the core named. */
static int name_drivers(struct teller *teller)
{
	struct history *history = teller->history;
	int r = 0;

	for (size_t i = 0; i < history->processor_count && r == 0; i++) {
		struct biography *processor = &history->processors[i];
		size_t place =
			processor->platform && !processor->driver
				? index_find(&teller->heard, span_of(processor->platform))
				: NO_INDEX;

		if (place != NO_INDEX)
			r = teller_set_text(teller, &processor->driver,
					    span_of(history->texts_[place]));
	}
	return r;
}

static int tie_speaker(struct teller *teller)
{
	if (teller->speaker.size == 0 || teller->many_speakers ||
	    teller->history->processor_count != 1)
		return 0;
	return teller_tie(teller, 0,
			  &(struct phrase){ .device = teller->speaker,
					    .driver = teller->speaker_driver });
}

/* A device that only spoke of its mailbox is the one processor's that is left. */
static int tie_silence(struct teller *teller)
{
	struct history *history = teller->history;
	struct silence *only = NULL;

	for (size_t i = 0; i < history->silence_count; i++) {
		struct silence *silence = &history->silences[i];

		if (silence->processor != NO_PROCESSOR || !silence->mailbox ||
		    !silence->driver || !teller_is_ours(span_of(silence->driver)))
			continue;
		if (only)
			return 0;
		only = silence;
	}
	if (!only || teller->untied.count != 1)
		return 0;
	only->processor = teller->untied.sum;
	return teller_tie(teller, only->processor,
			  &(struct phrase){ .device = span_of(only->device),
					    .driver = span_of(only->driver) });
}

/* A controller that says the same as one of its users adds nothing. */
static void drop_controllers(struct teller *teller)
{
	struct history *history = teller->history;
	size_t users = 0, kept = 0;

	for (size_t i = 0; i < history->silence_count; i++)
		users += history->silences[i].mailbox &&
			 history->silences[i].processor != NO_PROCESSOR;
	for (size_t i = 0; i < history->silence_count; i++) {
		const struct silence *silence = &history->silences[i];

		if (!users || silence->processor != NO_PROCESSOR || !silence->mailbox ||
		    !silence->driver || teller_is_ours(span_of(silence->driver)))
			history->silences[kept++] = *silence;
	}
	history->silence_count = kept;
}

/* "P" of "P:glink-edge" and of "P:glink-edge.CHANNEL": they are as silent, and as gone,
 * as the processor that they lead to. */
static struct span above_edge(struct span device)
{
	static const char *const edges[] = { ":glink-edge", ":smd-edge" };

	for (size_t i = 0; i < ARRAY_SIZE(edges); i++) {
		size_t size = strlen(edges[i]);
		const char *edge = memmem(device.start, device.size, edges[i], size);
		const char *end = device.start + device.size;

		if (edge && (edge + size == end || edge[size] == '.'))
			device.size = (size_t)(edge - device.start);
	}
	return device;
}

/* A processor that is asked in several ways is silent once. */
static bool join_silence(struct teller *teller, const struct silence *silence,
			 size_t place)
{
	struct state *state;
	struct silence *first;

	if (silence->processor == NO_PROCESSOR || silence->mailbox)
		return false;
	state = &teller->states[silence->processor];
	if (state->silence == 0) {
		state->silence = place + 1;
		return false;
	}
	first = &teller->history->silences[state->silence - 1];
	first->count += silence->count;
	if (silence->last_line > first->last_line)
		first->last_line = silence->last_line;
	if (silence->first_line < first->first_line)
		first->first_line = silence->first_line;
	return true;
}

/* The channels of an edge go as their processor is stopped. */
static void end_edges(struct teller *teller)
{
	struct history *history = teller->history;

	for (size_t i = 0; i < history->channel_count; i++) {
		struct log_channel *channel = &history->channels[i];
		struct span above = above_edge(span_of(channel->device));
		const struct biography *owner;
		size_t place;

		if (above.size == strlen(channel->device))
			continue;
		place = teller_processor_of(teller, &(struct phrase){ .device = above });
		owner = place == NO_PROCESSOR ? NULL : &history->processors[place];
		channel->gone |= owner && owner->state == LIFE_OFFLINE &&
				 owner->state_line > channel->line;
	}
}

/* A name that came later may say whose silence it was. */
static void own_silences(struct teller *teller)
{
	struct history *history = teller->history;
	size_t kept = 0;

	for (size_t i = 0; i < history->silence_count; i++) {
		struct silence silence = history->silences[i];

		if (silence.processor == NO_PROCESSOR)
			silence.processor = teller_processor_of(
				teller, &(struct phrase){ .device = above_edge(span_of(
								  silence.device)) });
		if (!join_silence(teller, &silence, kept))
			history->silences[kept++] = silence;
	}
	history->silence_count = kept;
}

/* What a driver says of a crash comes before the core's line, which the log may lack. */
static int end_crash(struct teller *teller, const struct remark *remark)
{
	size_t place = teller_processor_of(teller, &remark->phrase);
	struct biography *processor;

	if (remark->phrase.event != EVENT_CRASH_CAUSE || place == NO_PROCESSOR)
		return 0;
	processor = &teller->history->processors[place];
	if (processor->gone || processor->state == LIFE_OFFLINE ||
	    (processor->crash_line != NO_LINE && remark->line < processor->crash_line))
		return 0;
	processor->crashes++;
	processor->crash_line = remark->line;
	processor->recovered =
		processor->state_line != NO_LINE && processor->state_line > remark->line;
	if (!processor->recovered) {
		teller->line = remark->line;
		teller_set_state(teller, processor, LIFE_CRASHED);
	}
	return teller_set_crash_text(teller, processor, remark->line, &remark->phrase);
}

/* No driver says this of a processor that runs: it was started again. */
static bool ends_start(const struct phrase *phrase)
{
	return phrase->event == EVENT_START_CAUSE &&
	       (phrase->cause == CAUSE_TIMED_OUT || phrase->cause == CAUSE_SIGNATURE ||
		phrase->cause == CAUSE_IMAGE || phrase->cause == CAUSE_SEGMENT);
}

/* What its driver reported last, and nothing came after it. */
static int end_error(struct teller *teller, const struct remark *remark, size_t place)
{
	const struct biography *processor = &teller->history->processors[place];
	const struct start *failed = biography_failed_start(processor);

	/* Of a start that failed its driver cleans up. */
	if (failed && failed->outcome == START_FAILED)
		return 0;
	if (processor->gone || !teller_is_grave(&remark->phrase) ||
	    (processor->state_line != NO_LINE && processor->state_line > remark->line))
		return 0;
	teller->line = remark->line;
	return teller_add_stray(teller, &remark->phrase, place);
}

static int end_remark(struct teller *teller, const struct remark *remark)
{
	size_t place = teller_processor_of(teller, &remark->phrase);
	struct biography *processor;

	if (place != NO_PROCESSOR && remark->phrase.event == EVENT_DRIVER_ERROR)
		return end_error(teller, remark, place);
	if (place == NO_PROCESSOR || !ends_start(&remark->phrase))
		return end_crash(teller, remark);
	processor = &teller->history->processors[place];
	if (!teller->states[place].up || processor->state_line > remark->line)
		return 0;
	teller->line = remark->line;
	return teller_end_badly(teller, processor, &remark->phrase);
}

/* What is made of one may take it, or others, out of the list. */
static int end_remarks(struct teller *teller)
{
	struct remark remarks[REMARKS_MAX];
	size_t count = teller->remark_count;
	int r = 0;

	memcpy(remarks, teller->remarks, sizeof(remarks));
	for (size_t i = 0; r == 0 && i < count; i++)
		r = end_remark(teller, &remarks[i]);
	return r;
}

/* A file that did not load and was not asked for again is a start that failed: auto boot
 * does not try twice, and a start that asked for it ends there. */
static int end_start(struct teller *teller, struct biography *processor)
{
	struct state *state = teller_state(teller, processor);
	const struct phrase phrase = { .event = EVENT_START_FAILED };
	struct start *start = teller_open_start(teller, processor);
	bool asked =
		!start || (start->begin_line < state->failed_load && !state->waiting);

	if (start && !start->recovery)
		teller_find_cause(teller, processor, start);
	if (state->failed_load == NO_LINE || processor->gone || !asked)
		return 0;
	teller->line = state->failed_load;
	if (!state->waiting)
		return teller_end_badly(teller, processor, &phrase);
	return teller_begin_start(teller, processor, state->failed_load) ? 0 : -ENOMEM;
}

int teller_end_log(struct teller *teller)
{
	struct history *history = teller->history;
	int r = 0;

	for (size_t i = 0; r == 0 && i < history->processor_count; i++)
		r = end_start(teller, &history->processors[i]);
	if (r == 0)
		r = tie_silence(teller);
	if (r == 0)
		r = tie_speaker(teller);
	teller_end_probes(teller);
	if (r == 0)
		r = end_remarks(teller);
	if (r == 0)
		r = name_drivers(teller);
	own_silences(teller);
	end_edges(teller);
	drop_controllers(teller);
	return r < 0 ? r : teller_end_strays(teller);
}
