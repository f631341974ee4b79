// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Crashes: detected, handled, and what its driver or the firmware calls the cause.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cleanup.h"
#include "teller.h"

static bool is_crash(const struct phrase *phrase)
{
	return phrase->event == EVENT_CRASH_CAUSE;
}

/* "fatal error", "watchdog": what the core calls a crash is how its driver's line
 * begins. */
static bool may_be_of(struct teller *teller, const struct remark *remark,
		      const struct phrase *detection)
{
	return is_crash(&remark->phrase) &&
	       span_begins(remark->phrase.said, detection->text) &&
	       remark->phrase.text.size > 0 &&
	       teller_processor_of(teller, &remark->phrase) == NO_PROCESSOR;
}

/* What each has told of is of a crash to come no more: one detection for each device. */
static void forget_shared(struct teller *teller, const struct phrase *detection)
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < teller->remark_count; i++)
		count += may_be_of(teller, &teller->remarks[i], detection);
	for (size_t i = 0; i < teller->remark_count; i++) {
		struct remark *remark = &teller->remarks[i];
		bool told = may_be_of(teller, remark, detection);

		if (told)
			teller_use(teller, remark->line);
		if (!told || ++remark->told < count)
			teller->remarks[kept++] = *remark;
	}
	teller->remark_count = kept;
}

/* Several crash at once, and which device belongs to which of them is not known: what all
 * their drivers say of it holds for each, what two of them say is the reason of one or
 * the other. Takes the text into *ret, "": none, or too many. */
static int take_shared(struct teller *teller, const struct biography *processor,
		       const struct phrase *detection, char **ret)
{
	struct span first = { 0 }, second = { 0 };
	bool more = false;

	for (size_t i = 0; i < teller->remark_count && !processor->platform; i++) {
		struct span text = teller->remarks[i].phrase.text;

		if (!may_be_of(teller, &teller->remarks[i], detection))
			continue;
		if (first.size == 0 || span_same(text, first))
			first = text;
		else if (second.size == 0 || span_same(text, second))
			second = text;
		else
			more = true;
	}
	if (more)
		first = second = (struct span){ 0 };
	if (first.size > 0)
		forget_shared(teller, detection);
	return asprintf(ret, "%.*s%s%.*s", (int)first.size, first.size ? first.start : "",
			second.size ? ", or " : "", (int)second.size,
			second.size ? second.start : "") < 0
		       ? -ENOMEM
		       : 0;
}

/* The cause of the last crash is none of the next. */
void teller_forget_crash(struct biography *processor)
{
	processor->crash_line = NO_LINE;
	processor->crash_text = NULL;
	processor->crash_text_line = NO_LINE;
}

int teller_set_crash_text(struct teller *teller, struct biography *processor, size_t line,
			  const struct phrase *phrase)
{
	struct span text = phrase->text;

	processor->crash_text_line = line;
	processor->crash_text = NULL;
	teller_use(teller, line);
	while (text.size > 0 && strchr(" .:", text.start[text.size - 1]))
		text.size--;
	return teller_set_text(teller, &processor->crash_text, text);
}

/* From v6.1 on it may come after "handling crash"; offline it is of no consequence. */
int teller_take_detection(struct teller *teller, struct biography *processor,
			  const struct phrase *phrase)
{
	struct state *state = teller_state(teller, processor);
	struct start *start = teller_open_start(teller, processor);
	size_t place = teller_place(teller, processor);
	bool handled = processor->state == LIFE_CRASHED;
	_cleanup_free_ char *told = NULL;
	struct phrase shared = *phrase;
	struct remark remark;

	if (start && !start->recovery)
		teller_give_cause(teller, start, teller->line, phrase);
	if (processor->state == LIFE_OFFLINE)
		return 0;
	if (!handled)
		state->detections++;
	if (processor->crashes < state->detections)
		processor->crashes = state->detections;
	processor->crash_line = teller->line;
	processor->recovered = false;
	if (!start)
		teller_set_state(teller, processor, LIFE_CRASHED);
	if (teller_take_remark(teller, place, is_crash, &remark)) {
		int r = teller_tie(teller, place, &remark.phrase);

		return r < 0 ? r
			     : teller_set_crash_text(
				       teller, processor, remark.line,
				       remark.phrase.text.size ? &remark.phrase : phrase);
	}
	if (handled && processor->crash_text)
		return 0;
	if (take_shared(teller, processor, phrase, &told) < 0)
		return -ENOMEM;
	if (*told)
		shared.text = span_of(told);
	return teller_set_crash_text(teller, processor, teller->line, &shared);
}

/* The handler waits for the lock that a start holds, and handles no crash of one that is
 * offline: whatever start was open has succeeded (rproc_crash_handler_work()). */
int teller_take_crash(struct teller *teller, struct biography *processor,
		      const struct phrase *phrase)
{
	struct remark remark;
	size_t place = teller_place(teller, processor);
	int r = 0;

	if (teller_open_start(teller, processor))
		r = teller_end_well(teller, processor, LIFE_RUNNING);
	else if (processor->state != LIFE_CRASHED)
		teller_forget_crash(processor);
	processor->crash_line = teller->line;
	processor->recovered = false;
	processor->crashes =
		phrase->number > 1000000 ? 1000000 : (unsigned int)phrase->number;
	teller_set_state(teller, processor, LIFE_CRASHED);
	if (!teller_take_remark(teller, place, is_crash, &remark))
		return r;
	return teller_set_crash_text(teller, processor, remark.line, &remark.phrase);
}
