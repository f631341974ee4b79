// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Probes that failed. One that fails after its remote processor was there takes that away
 * again: the processor is known as released, with the errno of the probe.
 */

#include <errno.h>

#include "teller.h"

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

/* The bus says it again after the driver core: one failure. */
static bool is_said_again(struct teller *teller, struct span device, int error)
{
	const struct history *history = teller->history;
	struct probe *last;

	if (history->probe_count == 0 || error == 0)
		return false;
	last = &history->probes[history->probe_count - 1];
	if (!span_is(device, last->device) || last->error != error)
		return false;
	if (last->cause_line == NO_LINE)
		last->cause_line = last->line;
	last->line = teller->line;
	teller_use(teller, teller->line);
	return true;
}

/* The last error that the driver reported of it. */
static size_t cause_of_probe(const struct teller *teller, struct span device)
{
	size_t line = NO_LINE;

	for (size_t i = 0; i < teller->remark_count; i++)
		if (is_error_of(&teller->remarks[i], device))
			line = teller->remarks[i].line;
	return line;
}

static int add_probe(struct teller *teller, struct probe probe, struct span device,
		     struct span driver, struct span reason)
{
	struct history *history = teller->history;
	struct probe *probes =
		teller_grow(history->probes, history->probe_count, sizeof(*probes));
	int r;

	if (!probes)
		return -ENOMEM;
	history->probes = probes;
	r = teller_set_text(teller, &probe.device, device);
	if (r == 0 && !span_is(driver, "platform"))
		r = teller_set_text(teller, &probe.driver, driver);
	if (r == 0)
		r = teller_set_text(teller, &probe.reason, reason);
	if (r == 0)
		probes[history->probe_count++] = probe;
	return r;
}

int teller_take_probe(struct teller *teller, const struct phrase *phrase)
{
	struct biography *released = NULL;
	struct probe probe = { .error = phrase->error, .line = teller->line };
	struct span device, driver;

	probe_parts(phrase, &device, &driver);
	probe.processor =
		teller_processor_of(teller, &(struct phrase){ .device = device });
	if (probe.processor == NO_PROCESSOR && !teller_is_channel(device) &&
	    !teller_is_ours(device) && !teller_is_ours(driver) &&
	    !teller_is_ours(phrase->text))
		return 0;
	if (probe.error)
		released = just_released(teller, probe.processor, probe.error);
	if (released)
		return end_release(teller, released, probe.error, device, driver);
	if (is_said_again(teller, device, probe.error))
		return 0;
	probe.cause_line = cause_of_probe(teller, device);
	teller_use(teller, teller->line);
	teller_use(teller, probe.cause_line);
	return add_probe(teller, probe, device, driver, phrase->text);
}
