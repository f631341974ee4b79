// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Silence, lines that belong to no processor, and the kernel's own oopses and warnings.
 * An oops concerns this field when a processor was being started, when a function of ours
 * is in its trace, or when a module of ours was just being loaded; else it is forgotten.
 */

#include <errno.h>

#include "cleanup.h"
#include "frame.h"
#include "teller.h"

static int take_silence(struct teller *teller, const struct phrase *phrase)
{
	struct history *history = teller->history;
	struct span device = phrase->device.size ? phrase->device : span_of(SILENCE_PDR);
	size_t place = index_find(&teller->silences, device);
	struct silence *silences;
	int r;

	if (place == NO_INDEX) {
		place = history->silence_count;
		silences = teller_grow(history->silences, place, sizeof(*silences));
		if (!silences)
			return -ENOMEM;
		history->silences = silences;
		silences[place] = (struct silence){
			.processor = teller_processor_of(teller, phrase),
			.first_line = teller->line,
		};
		silences[place].device = teller_text(teller, device);
		r = silences[place].device ? index_set(&teller->silences, device, place)
					   : -ENOMEM;
		if (r == 0)
			r = teller_set_text(teller, &silences[place].driver,
					    phrase->driver);
		if (r < 0)
			return r;
		history->silence_count++;
	}
	silences = history->silences;
	silences[place].mailbox |= phrase->event == EVENT_MAILBOX_SILENT;
	silences[place].count++;
	silences[place].last_line = teller->line;
	if (phrase->has_error)
		silences[place].error = phrase->error;
	if (silences[place].processor == NO_PROCESSOR)
		silences[place].processor = teller_processor_of(teller, phrase);
	return 0;
}

static enum stray_kind stray_kind_of(const struct phrase *phrase)
{
	switch (phrase->event) {
	case EVENT_CRASH_CAUSE:
		return STRAY_CRASH;
	case EVENT_DRIVER_ERROR:
	case EVENT_CHANNEL_TROUBLE:
		return STRAY_ERROR;
	default:
		return STRAY_START;
	}
}

static struct stray *find_stray(struct teller *teller, const struct phrase *phrase)
{
	struct history *history = teller->history;
	enum stray_kind kind = stray_kind_of(phrase);
	size_t place = index_find(&teller->strays, phrase->device);
	struct stray *strays = history->strays;

	/* Any error is less than the failure of which it is the reason. */
	if (place != NO_INDEX && (strays[place].kind == kind || kind == STRAY_ERROR))
		return &strays[place];
	place = history->stray_count;
	strays = teller_grow(strays, place, sizeof(*strays));
	if (!strays)
		return NULL;
	history->strays = strays;
	strays[place] = (struct stray){ .kind = kind,
					.first_line = teller->line,
					.device = teller_text(teller, phrase->device) };
	if (!strays[place].device ||
	    index_set(&teller->strays, phrase->device, place) < 0)
		return NULL;
	history->stray_count++;
	return &strays[place];
}

int teller_add_stray(struct teller *teller, const struct phrase *phrase, size_t processor)
{
	struct stray *stray;
	int r;

	if (processor == NO_PROCESSOR && phrase->event != EVENT_CHANNEL_TROUBLE &&
	    !teller_is_channel(phrase->device) &&
	    (teller_is_below(phrase->device) ||
	     (!teller_is_ours(phrase->driver) && !teller_is_ours(phrase->device))))
		return 0;
	stray = find_stray(teller, phrase);
	if (!stray)
		return -ENOMEM;
	if (stray->kind != stray_kind_of(phrase))
		return 0;
	stray->count++;
	stray->processor = processor;
	stray->last_line = teller->line;
	stray->cause = phrase->cause;
	if (phrase->has_error)
		stray->error = phrase->error;
	if (teller_set_text(teller, &stray->file, phrase->file) < 0)
		return -ENOMEM;
	r = span_is(phrase->driver, "platform")
		    ? 0
		    : teller_set_text(teller, &stray->driver, phrase->driver);
	return r < 0 ? r
		     : teller_set_text(teller, &stray->text,
				       stray->kind == STRAY_ERROR ? phrase->said
								  : phrase->text);
}

static bool is_loading(struct span modules, struct span *ret)
{
	static const char mark[] = "(+";
	const char *at = modules.start, *end = modules.start + modules.size;

	while (modules.size && (at = memmem(at, (size_t)(end - at), mark, 2))) {
		const char *start = at;

		while (start > modules.start && start[-1] != ' ')
			start--;
		*ret = (struct span){ start, (size_t)(at - start) };
		if (teller_is_ours(*ret))
			return true;
		at++;
	}
	return false;
}

int teller_end_oops(struct teller *teller)
{
	struct history *history = teller->history;
	struct oops *oopses, *draft = &teller->oops_draft;
	struct biography *processor;
	bool goes_on = draft->hung || draft->warned;

	if (teller->oops == NO_DEVICE)
		return 0;
	teller->oops = NO_DEVICE;
	draft->foreign = (goes_on || !draft->in_start) && !draft->function &&
			 (goes_on || !draft->loading);
	if (draft->foreign && (goes_on || history->oops_count > 0))
		return 0;
	oopses = teller_grow(history->oopses, history->oops_count, sizeof(*oopses));
	if (!oopses)
		return -ENOMEM;
	history->oopses = oopses;
	teller_use(teller, draft->line);
	teller_use(teller, draft->function_line);
	teller_use(teller, draft->loading_line);
	processor = draft->processor == NO_PROCESSOR
			    ? NULL
			    : &history->processors[draft->processor];
	/* Its number may be another's by now. */
	if (processor && processor->start_count == 0)
		draft->processor = NO_PROCESSOR;
	else if (processor && !draft->warned)
		processor->starts[processor->start_count - 1].oops = history->oops_count;
	oopses[history->oops_count++] = *draft;
	return 0;
}

static int take_frame(struct teller *teller, const struct phrase *phrase)
{
	struct oops *draft = &teller->oops_draft;

	if (draft->function)
		return 0;
	draft->function_line = teller->line;
	return teller_set_text(teller, &draft->function, phrase->name);
}

/* "Unable to handle" and "Internal error" are two lines of one, and a panic comes of it.
 */
static int begin_oops(struct teller *teller, const struct phrase *phrase)
{
	bool panic = span_starts(phrase->message, "Kernel panic");
	bool other = teller->oops_draft.hung || teller->oops_draft.warned ||
		     phrase->event != EVENT_OOPS;
	struct phrase frame;
	int r;

	if (teller->oops != NO_DEVICE && !other &&
	    (panic || !teller->oops_draft.function))
		return 0;
	if (panic && teller->history->oops_count > 0)
		return 0;
	r = teller_end_oops(teller);
	teller->oops = teller->line;
	teller->oops_draft = (struct oops){
		.line = teller->line,
		.hung = phrase->event == EVENT_HUNG,
		.warned = phrase->event == EVENT_WARNING,
		.in_start = teller->starting.count > 0,
		.processor =
			teller->starting.count == 1 ? teller->starting.sum : NO_PROCESSOR,
		.function_line = NO_LINE,
		.loading_line = NO_LINE,
	};
	/* A warning tells in its first line where it is. */
	if (r == 0 && phrase->event == EVENT_WARNING &&
	    frame_find(phrase->text.start, phrase->text.size, &frame))
		r = take_frame(teller, &frame);
	return r;
}

static int take_oops(struct teller *teller, const struct phrase *phrase)
{
	struct oops *draft = &teller->oops_draft;
	struct span module;

	if (phrase->event == EVENT_OOPS || phrase->event == EVENT_HUNG ||
	    phrase->event == EVENT_WARNING)
		return begin_oops(teller, phrase);
	if (teller->oops == NO_DEVICE)
		return 0;
	if (phrase->event == EVENT_OOPS_END)
		return teller_end_oops(teller);
	if (phrase->event == EVENT_OOPS_FRAME)
		return take_frame(teller, phrase);
	if (!draft->loading && is_loading(phrase->text, &module)) {
		draft->loading_line = teller->line;
		return teller_set_text(teller, &draft->loading, module);
	}
	return 0;
}

int teller_take_trouble(struct teller *teller, const struct phrase *phrase)
{
	switch (phrase->event) {
	case EVENT_MAILBOX_SILENT:
	case EVENT_PEER_SILENT:
		return take_silence(teller, phrase);
	case EVENT_PROBE_FAILED:
	case EVENT_DEFERRED:
		return teller_take_probe(teller, phrase);
	case EVENT_OOPS:
	case EVENT_HUNG:
	case EVENT_WARNING:
	case EVENT_OOPS_MODULES:
	case EVENT_OOPS_FRAME:
	case EVENT_OOPS_END:
		return take_oops(teller, phrase);
	default:
		return 0;
	}
}
