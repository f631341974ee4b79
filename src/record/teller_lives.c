// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lives of the processors. What the core prints is a small state machine:
 *
 *   available, powering up or attaching to, booting, now up or attached, stopped
 *   crash detected, handling crash, recovering, stopped, now up
 *
 * A recovery prints no "powering up", and its "stopped" is no stop. A start that fails
 * ends with a line of its own, after those of its driver that give the reason.
 */

#include <errno.h>
#include <string.h>

#include "cleanup.h"
#include "teller.h"

static bool is_error(const struct phrase *phrase)
{
	return phrase->has_error || phrase->event == EVENT_DRIVER_ERROR ||
	       phrase->event == EVENT_START_CAUSE;
}

static int take_stop(struct teller *teller, struct biography *processor, enum life life)
{
	struct start *start = teller_open_start(teller, processor);
	int r = 0;

	if (start && start->recovery) {
		/* rproc_attach_recovery(): what was detached is attached to again. */
		start->attach = life == LIFE_DETACHED;
		teller_take_away(teller, teller_place(teller, processor));
		return 0;
	}
	/* Only what has started is stopped (rproc_stop(), __rproc_detach()). */
	if (start)
		r = teller_end_well(teller, processor, LIFE_RUNNING);
	processor->stop_error = 0;
	teller_set_state(teller, processor, life);
	return r;
}

/* A probe that boots ends with the reason of that. */
static void take_reason(struct teller *teller, struct biography *processor)
{
	const struct start *start = biography_failed_start(processor);

	if (!start || start->outcome != START_FAILED || start->cause == CAUSE_UNKNOWN)
		return;
	processor->release_error = start->error;
	processor->release_error_line = start->cause_line;
	processor->release_cause = start->cause;
	processor->release_file = start->file;
	teller_use(teller, start->cause_line);
}

static int take_release(struct teller *teller, struct biography *processor)
{
	size_t place = teller_place(teller, processor);
	struct remark remark;
	int r = 0;

	if (teller_take_remark(teller, place, is_error, &remark)) {
		processor->release_error =
			remark.phrase.has_error ? remark.phrase.error : 0;
		processor->release_error_line = remark.line;
		teller_use(teller, remark.line);
		take_reason(teller, processor);
		teller_tell_stray(teller, remark.phrase.device);
		r = teller_tie(teller, place, &remark.phrase);
	}
	teller_close_start(teller, processor);
	processor->gone = true;
	/* A probe that waits gives up what it has made, and makes it again. */
	processor->releases += !teller->deferred;
	teller->deferred = false;
	teller->released = place;
	teller->released_error = 0;
	processor->release_line = teller->line;
	teller_set_state(teller, processor, LIFE_OFFLINE);
	return r;
}

/* What was before is another device's that had the same number. */
static int take_available(struct teller *teller, struct biography *processor)
{
	struct state *state = teller_state(teller, processor);

	if (processor->gone) {
		processor->gone = false;
		processor->crashes = 0;
		processor->start_count = 0;
		teller_forget_crash(processor);
		teller_set_state(teller, processor, LIFE_UNKNOWN);
	}
	state->detections = 0;
	state->available = teller->line + 1;
	teller->deferred = false;
	return 0;
}

/* The device of which the core made a processor that is gone, and why: a probe. */
static int bury(struct teller *teller, const struct biography *processor)
{
	struct history *history = teller->history;
	struct probe *probes;

	if (processor->release_error == 0)
		return 0;
	probes = teller_grow(history->probes, history->probe_count, sizeof(*probes));
	if (!probes)
		return -ENOMEM;
	history->probes = probes;
	probes[history->probe_count++] = (struct probe){
		.device = processor->platform ? processor->platform : processor->name,
		.driver = processor->driver,
		.processor = NO_PROCESSOR,
		.error = processor->release_error,
		.cause = processor->release_cause,
		.file = processor->release_file,
		.line = processor->release_line,
		.cause_line = processor->release_error_line,
	};
	return 0;
}

/* The number of one that is gone may be given to another, of another name. */
static int renew(struct teller *teller, struct biography *processor, struct span name)
{
	size_t place = teller_place(teller, processor);
	int r;

	if (!processor->gone || !processor->name || span_is(name, processor->name))
		return 0;
	r = bury(teller, processor);
	if (r == 0)
		r = index_set(&teller->names, span_of(processor->name), NO_INDEX);
	if (r == 0 && processor->platform) {
		r = index_set(&teller->platforms, span_of(processor->platform), NO_INDEX);
		sole_add(&teller->untied, place);
	}
	/* Whoever spoke may have been that one. */
	teller->many_speakers = true;
	processor->name = processor->platform = processor->driver = NULL;
	processor->firmware = processor->memory = processor->release_file = NULL;
	processor->releases = 0;
	processor->release_error = 0;
	processor->release_cause = CAUSE_UNKNOWN;
	processor->release_line = processor->release_error_line = NO_LINE;
	return r;
}

static int begin(struct teller *teller, struct biography *processor,
		 const struct phrase *phrase)
{
	struct start *start = teller_begin_start(teller, processor, teller->line);

	if (!start)
		return -ENOMEM;
	start->attach = phrase->event == EVENT_ATTACHING;
	start->recovery = phrase->event == EVENT_RECOVERING;
	if (start->recovery)
		return 0;
	processor->gone = false;
	processor->state = LIFE_UNKNOWN;
	processor->state_line = teller->line;
	return 0;
}

static int take_booting(struct teller *teller, struct biography *processor,
			const struct phrase *phrase)
{
	struct start *start = teller_open_start(teller, processor);
	int r = teller_set_text(teller, &processor->firmware, phrase->file);

	if (!start)
		start = teller_begin_start(teller, processor, teller->line);
	if (!start)
		return -ENOMEM;
	start->file = processor->firmware;
	start->waits = false;
	if (start->cause == CAUSE_FIRMWARE_MISSING) {
		start->cause = CAUSE_UNKNOWN;
		start->cause_line = NO_LINE;
		start->error = 0;
	}
	teller_state(teller, processor)->failed_load = NO_LINE;
	return r;
}

static int take_load(struct teller *teller, struct biography *processor,
		     const struct phrase *phrase)
{
	struct state *state = teller_state(teller, processor);
	struct start *start = teller_open_start(teller, processor);

	state->waiting = phrase->event == EVENT_FIRMWARE_WAITING;
	if (start)
		start->waits = state->waiting;
	if (start && state->waiting && phrase->file.size > 0 &&
	    teller_set_text(teller, &start->file, phrase->file) < 0)
		return -ENOMEM;
	if (phrase->event == EVENT_FIRMWARE_LOADED)
		state->failed_load = NO_LINE;
	if (phrase->event != EVENT_FIRMWARE_FAILED)
		return 0;
	/* Who writes of it repeats it in front of the log. */
	if (state->failed_load == NO_LINE ||
	    !teller->history->log->lines[state->failed_load].timed)
		state->failed_load = teller->line;
	state->load_error = phrase->error;
	state->load_file = NULL;
	/* What the core asks for is its file firmware. */
	if (phrase->file.size > 0 && !teller_names_place(phrase) &&
	    teller_set_text(teller, &processor->firmware, phrase->file) < 0)
		return -ENOMEM;
	return teller_set_text(teller, &state->load_file, phrase->file);
}

/* A recovery whose stop fails ends there, and leaves it crashed (rproc_boot_recovery()).
 */
static void end_recovery(struct teller *teller, const struct biography *processor,
			 const struct phrase *phrase)
{
	struct start *start = teller_open_start(teller, processor);

	if (!start || !start->recovery)
		return;
	start->outcome = START_FAILED;
	start->cause = CAUSE_STOP;
	start->error = phrase->error;
	start->cause_line = processor->stop_cause_line;
	start->end_line = teller->line;
}

static int take_failed_stop(struct teller *teller, struct biography *processor,
			    const struct phrase *phrase)
{
	size_t place = teller_place(teller, processor);
	struct remark remark;
	int r = 0;

	processor->stop_cause_line = teller->line;
	if (teller_take_remark(teller, place, teller_is_reason, &remark)) {
		processor->stop_cause_line = remark.line;
		teller_use(teller, remark.line);
		r = teller_tie(teller, place, &remark.phrase);
	}
	end_recovery(teller, processor, phrase);
	processor->stop_error = phrase->error;
	processor->stop_detach = strncmp(phrase->pattern, "can't detach", 12) == 0;
	processor->stop_line = teller->line;
	teller_close_start(teller, processor);
	teller_take_away(teller, place);
	return r;
}

static int take_core(struct teller *teller, struct biography *processor,
		     const struct phrase *phrase)
{
	switch (phrase->event) {
	case EVENT_AVAILABLE:
		return take_available(teller, processor);
	case EVENT_POWERING_UP:
	case EVENT_ATTACHING:
	case EVENT_RECOVERING:
		return begin(teller, processor, phrase);
	case EVENT_BOOTING:
		return take_booting(teller, processor, phrase);
	case EVENT_UP:
		return teller_end_well(teller, processor, LIFE_RUNNING);
	case EVENT_ATTACHED:
		return teller_end_well(teller, processor, LIFE_ATTACHED);
	case EVENT_STOPPED:
		return take_stop(teller, processor, LIFE_OFFLINE);
	case EVENT_DETACHED:
		return take_stop(teller, processor, LIFE_DETACHED);
	case EVENT_RELEASED:
		return take_release(teller, processor);
	case EVENT_CRASH_DETECTED:
		return teller_take_detection(teller, processor, phrase);
	case EVENT_CRASH_HANDLED:
		return teller_take_crash(teller, processor, phrase);
	case EVENT_START_FAILED:
	case EVENT_START_SUMMARY:
		return teller_end_badly(teller, processor, phrase);
	case EVENT_FIRMWARE_FAILED:
	case EVENT_FIRMWARE_LOADED:
	case EVENT_FIRMWARE_WAITING:
		return take_load(teller, processor, phrase);
	case EVENT_STOP_FAILED:
		return take_failed_stop(teller, processor, phrase);
	case EVENT_START_CAUSE:
	case EVENT_DRIVER_ERROR:
		if (teller_open_start(teller, processor))
			teller_give_cause(teller, teller_open_start(teller, processor),
					  teller->line, phrase);
		else
			teller_add_remark(teller, phrase);
		return 0;
	default:
		return 0;
	}
}

int teller_take_message(struct teller *teller, const struct phrase *phrase)
{
	struct biography *processor;
	int r;

	/* One of the places where a file is sought: it may be in the next. */
	if (phrase->event == EVENT_FIRMWARE_FAILED && phrase->error == -ENOENT &&
	    teller_names_place(phrase))
		return 0;
	if (phrase->event == EVENT_START_REFUSED)
		return span_is_numbered(phrase->name, "remoteproc")
			       ? teller_take_refusal(teller, phrase)
			       : 0;
	/* A node, /dev/rpmsg0, that somebody wanted to open (rpmsg_eptdev_open()). */
	if (phrase->event == EVENT_DRIVER_ERROR && span_is(phrase->driver, "rpmsg") &&
	    span_is_numbered(phrase->device, "rpmsg"))
		return teller_add_stray(teller, phrase, NO_PROCESSOR);
	r = teller_hear(teller, phrase);
	if (r < 0)
		return r;
	if (span_is_numbered(phrase->device, "remoteproc")) {
		teller->bare |= phrase->driver.size == 0;
		teller->classed |= phrase->driver.size > 0;
		processor = teller_processor(teller, phrase->device);
		if (!processor)
			return -ENOMEM;
		r = phrase->event == EVENT_AVAILABLE
			    ? renew(teller, processor, phrase->name)
			    : 0;
		if (r == 0 && phrase->event != EVENT_CHANNEL_CREATED &&
		    phrase->event != EVENT_CHANNEL_DESTROYED)
			r = teller_set_name(teller, processor, phrase->name);
		if (r == 0)
			r = take_core(teller, processor, phrase);
	} else if (teller_is_reason(phrase)) {
		r = teller_take_driver(teller, phrase);
	} else {
		r = 0;
	}
	if (phrase->event == EVENT_NO_TABLE || phrase->event == EVENT_CARVEOUT_MOVED)
		teller_take_remark_of_start(teller, teller_starting(teller, phrase),
					    phrase->event == EVENT_NO_TABLE);
	if (r == 0)
		r = teller_take_device(teller, phrase);
	if (r == 0)
		r = teller_take_vendor(teller, phrase);
	return r < 0 ? r : teller_take_trouble(teller, phrase);
}
