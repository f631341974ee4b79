// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Silence, probes that failed, and the kernel's own oopses and warnings. An oops concerns
 * this field when a processor was being started, when a function of ours is in its trace,
 * or when a module of ours was just being loaded; else it is forgotten.
 */

#include <errno.h>

#include "cleanup.h"
#include "frame.h"
#include "teller.h"

static int take_silence(struct teller *teller, const struct phrase *phrase)
{
	struct history *history = teller->history;
	size_t place = index_find(&teller->silences, phrase->device);
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
		silences[place].device = teller_text(teller, phrase->device);
		r = silences[place].device
			    ? index_set(&teller->silences, phrase->device, place)
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

/* Before v6.12 the driver stands first: "imx-rproc: probe of imx8mp-cm7 failed". */
static void probe_parts(const struct phrase *phrase, struct span *device,
			struct span *driver)
{
	bool named = phrase->driver.size == 0 && phrase->other.size > 0;

	*device = named ? phrase->other : phrase->device;
	*driver = named                    ? phrase->device
		  : phrase->other.size > 0 ? phrase->other
					   : phrase->driver;
}

static bool is_error_of(const struct remark *remark, struct span device)
{
	return span_same(remark->phrase.device, device);
}

/* The processor that was released just before, after an error of its driver: the probe
 * that failed is the end of that. */
static struct biography *just_released(const struct teller *teller, size_t processor,
				       int error)
{
	const struct log_line *lines = teller->history->log->lines;
	struct biography *released;
	const struct log_line *line;

	if (teller->released == NO_PROCESSOR)
		return NULL;
	released = &teller->history->processors[teller->released];
	/* Cores have no driver of their own: that of their cluster probes. */
	if (!released->gone || released->release_error_line == NO_LINE ||
	    (teller->released_error && teller->released_error != error) ||
	    (processor == NO_PROCESSOR ? released->platform && released->driver
				       : processor != teller->released))
		return NULL;
	line = &lines[released->release_line];
	return line->timed && lines[teller->line].timed &&
			       lines[teller->line].time - line->time > 1000000
		       ? NULL
		       : released;
}

/* What the driver core says of the probe is its end; an error of the driver before it may
 * have been of something that it can do without. */
static void correct_release(struct teller *teller, struct biography *released, int error,
			    struct span device)
{
	if (error == 0 || error == released->release_error ||
	    released->release_cause != CAUSE_UNKNOWN)
		return;
	for (size_t i = 0; released->release_error && i < teller->remark_count; i++)
		if (is_error_of(&teller->remarks[i], device) &&
		    teller->remarks[i].phrase.error == error)
			released->release_error_line = teller->remarks[i].line;
	released->release_error = error;
	teller_use(teller, released->release_error_line);
}

/* Both are told as one. */
static int end_release(struct teller *teller, struct biography *released, int error,
		       struct span device, struct span driver)
{
	struct history *history = teller->history;
	size_t stray = index_find(&teller->strays, device);

	if (stray != NO_INDEX && history->strays[stray].kind == STRAY_ERROR)
		history->strays[stray].processor = teller->released;
	released->release_line = teller->line;
	teller->released_error = error;
	correct_release(teller, released, error, device);
	teller_use(teller, teller->line);
	return teller_tie(teller, teller->released,
			  &(struct phrase){ .device = device, .driver = driver });
}

static int take_probe(struct teller *teller, const struct phrase *phrase)
{
	struct biography *released;
	struct history *history = teller->history;
	struct probe *probes;
	struct probe probe = { .error = phrase->error,
			       .line = teller->line,
			       .cause_line = NO_LINE };
	struct span device, driver;
	int r;

	probe_parts(phrase, &device, &driver);
	probe.processor =
		teller_processor_of(teller, &(struct phrase){ .device = device });
	if (probe.processor == NO_PROCESSOR && !teller_is_channel(device) &&
	    !teller_is_ours(device) && !teller_is_ours(driver) &&
	    !teller_is_ours(phrase->text))
		return 0;
	released =
		probe.error ? just_released(teller, probe.processor, probe.error) : NULL;
	if (released)
		return end_release(teller, released, probe.error, device, driver);
	/* The bus says it again after the driver core. */
	if (history->probe_count > 0 && probe.error != 0 &&
	    span_is(device, history->probes[history->probe_count - 1].device) &&
	    history->probes[history->probe_count - 1].error == probe.error) {
		struct probe *last = &history->probes[history->probe_count - 1];

		if (last->cause_line == NO_LINE)
			last->cause_line = last->line;
		last->line = teller->line;
		teller_use(teller, teller->line);
		return 0;
	}
	for (size_t i = 0; i < teller->remark_count; i++)
		if (is_error_of(&teller->remarks[i], device))
			probe.cause_line = teller->remarks[i].line;
	teller_use(teller, teller->line);
	teller_use(teller, probe.cause_line);
	probes = teller_grow(history->probes, history->probe_count, sizeof(*probes));
	if (!probes)
		return -ENOMEM;
	history->probes = probes;
	r = teller_set_text(teller, &probe.device, device);
	if (r == 0 && !span_is(driver, "platform"))
		r = teller_set_text(teller, &probe.driver, driver);
	if (r == 0)
		r = teller_set_text(teller, &probe.reason, phrase->text);
	if (r == 0)
		probes[history->probe_count++] = probe;
	return r;
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
	if (draft->processor != NO_PROCESSOR && !draft->warned) {
		struct biography *processor = &history->processors[draft->processor];

		if (processor->start_count > 0)
			processor->starts[processor->start_count - 1].oops =
				history->oops_count;
	}
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
	if (r == 0 && phrase->event == EVENT_WARNING && phrase->text.size > 0 &&
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
	if (phrase->event == EVENT_OOPS_MODULES && !draft->loading &&
	    is_loading(phrase->text, &module)) {
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
		return take_probe(teller, phrase);
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
