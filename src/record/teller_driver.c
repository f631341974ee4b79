// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a driver says of its processor: why the start that is open fails, that it crashed,
 * or what nobody else tells. It names its platform device, and the core names
 * remoteprocN.
 */

#include <errno.h>
#include <string.h>

#include "teller.h"

size_t teller_starting(struct teller *teller, const struct phrase *phrase)
{
	size_t place = teller_processor_of(teller, phrase);

	if (place != NO_PROCESSOR)
		return place;
	if (teller->starting_untied.count == 1 && teller->starting.count == 1)
		return teller->starting_untied.sum;
	return NO_PROCESSOR;
}

static bool has_file(const struct biography *processor, struct span file)
{
	return processor->firmware && span_is(file, processor->firmware);
}

static size_t starting_with_file(const struct teller *teller, struct span file)
{
	const struct history *history = teller->history;

	for (size_t i = 0; file.size && i < history->processor_count && i < 64; i++)
		if (!history->processors[i].platform &&
		    teller->states[i].open != NO_DEVICE &&
		    has_file(&history->processors[i], file))
			return i;
	return NO_PROCESSOR;
}

/* A line that is surely about a processor may be about the only one that starts. Another
 * has to name it, or to be of a driver of processors. */
static struct biography *_nullable_ subject_of(struct teller *teller,
					       const struct phrase *phrase, bool sure)
{
	size_t place = teller_starting(teller, phrase);

	if (place == NO_PROCESSOR)
		place = starting_with_file(teller, phrase->file);
	if (place == NO_PROCESSOR)
		return NULL;
	if (!sure && teller_processor_of(teller, phrase) != place &&
	    !teller_is_ours(phrase->driver) && !teller_is_ours(phrase->device))
		return NULL;
	return &teller->history->processors[place];
}

/* The processor of that platform device is known from now on. */
static int explain_start(struct teller *teller, struct biography *processor,
			 const struct phrase *phrase)
{
	struct start *start = teller_open_start(teller, processor);
	int r = teller_tie(teller, teller_place(teller, processor), phrase);

	teller_give_cause(teller, start, teller->line, phrase);
	/* A segment of the image may be a file of its own. */
	if (r == 0 && phrase->event == EVENT_FIRMWARE_FAILED)
		r = teller_set_text(teller, &start->file, phrase->file);
	return r;
}

/* TI's K3 drivers name the processor, and nobody recovers it. */
static void take_named_crash(struct teller *teller, const struct phrase *phrase)
{
	size_t named = teller_named(teller, phrase->name);
	struct biography *processor;

	if (phrase->name.size == 0 || named == NO_PROCESSOR ||
	    strncmp(phrase->pattern, "K3 ", 3) != 0)
		return;
	processor = &teller->history->processors[named];
	processor->crashes++;
	processor->crash_line = teller->line;
	processor->recovered = false;
	processor->left_crashed = true;
	/* It is told already, and waits for no line of the core. */
	teller->remark_count--;
}

int teller_take_driver(struct teller *teller, const struct phrase *phrase)
{
	bool crash = phrase->event == EVENT_CRASH_CAUSE;
	bool sure = phrase->event != EVENT_DRIVER_ERROR && !phrase->any_driver;
	struct biography *processor = subject_of(teller, phrase, sure);
	struct start *start = processor ? teller_open_start(teller, processor) : NULL;

	if (start && !crash)
		return explain_start(teller, processor, phrase);
	if (teller_is_deferral(teller, phrase))
		return teller_defer(teller, phrase->device, phrase->driver,
				    (struct span){ 0 });
	if (start && !start->recovery)
		teller_give_cause(teller, start, teller->line, phrase);
	/* One crash may be told twice. */
	if (crash && processor && processor->state == LIFE_CRASHED && !start)
		return 0;
	if (!processor && (sure || teller_is_grave(phrase)) &&
	    teller_add_stray(teller, phrase, NO_PROCESSOR) < 0)
		return -ENOMEM;
	teller_add_remark(teller, phrase);
	if (crash)
		take_named_crash(teller, phrase);
	return 0;
}
