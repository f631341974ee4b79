// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Probes that failed, and such that wait. A driver whose probe is deferred (-517) may say
 * so each time that it tries, and the kernel says once more what still waits at the end:
 * all of that is one device that waits, unless its processor comes.
 */

#include <errno.h>
#include <string.h>

#include "cleanup.h"
#include "teller.h"

/* Before v6.12 the driver stands first: "imx-rproc: probe of imx8mp-cm7 failed". */
static void probe_parts(const struct phrase *phrase, struct span *device,
			struct span *driver)
{
	bool named = phrase->driver.size == 0;

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
	if (error == released->release_error || released->release_cause != CAUSE_UNKNOWN)
		return;
	for (size_t i = 0; released->release_error && i < teller->remark_count; i++)
		if (is_error_of(&teller->remarks[i], device) &&
		    teller->remarks[i].phrase.error == error)
			released->release_error_line = teller->remarks[i].line;
	released->release_error = error;
	teller_use(teller, released->release_error_line);
}

/* Of the device whose error is told as the reason of a release. */
void teller_tell_stray(struct teller *teller, struct span device)
{
	size_t place = index_find(&teller->strays, device);

	if (place != NO_INDEX && teller->history->strays[place].kind == STRAY_ERROR)
		teller->history->strays[place].told_ = true;
}

/* Both are told as one. */
static int end_release(struct teller *teller, struct biography *released, int error,
		       struct span device, struct span driver)
{
	teller_tell_stray(teller, device);
	released->release_line = teller->line;
	teller->released_error = error;
	correct_release(teller, released, error, device);
	teller_use(teller, teller->line);
	return teller_tie(teller, teller->released,
			  &(struct phrase){ .device = device, .driver = driver });
}

static struct probe *add(struct teller *teller, struct span device, struct span driver)
{
	struct history *history = teller->history;
	struct probe *probes = teller_grow(history->probes, history->probe_count,
					   sizeof(*probes)),
		     *probe;

	if (!probes)
		return NULL;
	history->probes = probes;
	probe = &probes[history->probe_count];
	*probe = (struct probe){
		.processor =
			teller_processor_of(teller, &(struct phrase){ .device = device }),
		.line = teller->line,
		.cause_line = NO_LINE,
	};
	if (teller_set_text(teller, &probe->device, device) < 0 ||
	    (!span_is(driver, "platform") &&
	     teller_set_text(teller, &probe->driver, driver) < 0))
		return NULL;
	history->probe_count++;
	return probe;
}

/* The bus says it again after the driver core. */
static bool is_again(struct teller *teller, struct span device, int error)
{
	struct history *history = teller->history;
	struct probe *last = history->probe_count > 0
				     ? &history->probes[history->probe_count - 1]
				     : NULL;

	if (!last || !span_is(device, last->device) || last->error != error)
		return false;
	if (last->cause_line == NO_LINE)
		last->cause_line = last->line;
	last->line = teller->line;
	teller_use(teller, teller->line);
	return true;
}

/* From v6.1 on the start goes on without its vdev: what that said was of its probe. */
static void take_vdev_cause(struct teller *teller, struct probe *probe,
			    struct span device)
{
	size_t owner = span_starts(device, "rproc-virtio.") && teller->starting.count == 1
			       ? teller->starting.sum
			       : NO_PROCESSOR;
	struct start *start =
		owner == NO_PROCESSOR
			? NULL
			: teller_open_start(teller, &teller->history->processors[owner]);

	if (!start || (start->cause != CAUSE_MEMORY && start->cause != CAUSE_POOL))
		return;
	probe->cause = start->cause;
	probe->cause_line = start->cause_line;
}

static int take_failure(struct teller *teller, const struct phrase *phrase,
			struct span device, struct span driver)
{
	size_t processor =
		teller_processor_of(teller, &(struct phrase){ .device = device });
	size_t waited = index_find(&teller->waiting, device);
	struct biography *released = just_released(teller, processor, phrase->error);
	struct probe *probe;

	if (waited != NO_INDEX)
		teller->history->probes[waited].over_ = true;
	if (released)
		return end_release(teller, released, phrase->error, device, driver);
	if (is_again(teller, device, phrase->error))
		return 0;
	probe = add(teller, device, driver);
	if (!probe)
		return -ENOMEM;
	probe->error = phrase->error;
	for (size_t i = 0; i < teller->remark_count; i++)
		if (is_error_of(&teller->remarks[i], device))
			probe->cause_line = teller->remarks[i].line;
	take_vdev_cause(teller, probe, device);
	teller_use(teller, teller->line);
	teller_use(teller, probe->cause_line);
	return teller_set_text(teller, &probe->reason, phrase->text);
}

int teller_defer(struct teller *teller, struct span device, struct span driver,
		 struct span reason)
{
	size_t place = index_find(&teller->waiting, device);
	struct probe *probe = place == NO_INDEX ? add(teller, device, driver)
						: &teller->history->probes[place];

	if (!probe || (place == NO_INDEX &&
		       index_set(&teller->waiting, device,
				 (size_t)(probe - teller->history->probes)) < 0))
		return -ENOMEM;
	/* Its driver's own words are the evidence, the kernel's last ones the end. */
	if (place != NO_INDEX && probe->cause_line == NO_LINE)
		probe->cause_line = probe->line;
	probe->line = teller->line;
	probe->over_ = false;
	teller->deferred = true;
	teller_use(teller, probe->cause_line);
	teller_use(teller, probe->line);
	return span_is(reason, "(reason unknown)")
		       ? 0
		       : teller_set_text(teller, &probe->reason, reason);
}

int teller_take_probe(struct teller *teller, const struct phrase *phrase)
{
	struct span device, driver;
	bool ours;

	probe_parts(phrase, &device, &driver);
	ours = teller_is_channel(device) || teller_is_ours(device) ||
	       teller_is_ours(driver) || teller_is_ours(phrase->text) ||
	       index_find(&teller->heard, device) != NO_INDEX ||
	       teller_processor_of(teller, &(struct phrase){ .device = device }) !=
		       NO_PROCESSOR;
	if (!ours)
		return 0;
	return phrase->event == EVENT_DEFERRED || phrase->error == -517
		       ? teller_defer(teller, device, driver, phrase->text)
		       : take_failure(teller, phrase, device, driver);
}

/* TI's drivers ask for their mailbox when they start. */
bool teller_is_deferral(const struct teller *teller, const struct phrase *phrase)
{
	return phrase->error == -517 && teller->starting.count == 0 &&
	       strncmp(phrase->pattern, "mbox_request_channel ", 21) != 0 &&
	       !teller_is_below(phrase->device) &&
	       (teller_is_ours(phrase->driver) || teller_is_ours(phrase->device));
}

/* The last line after which a processor was there that no driver's device is known of. */
static size_t last_available(const struct teller *teller)
{
	size_t last = 0;

	for (size_t i = 0; i < teller->history->processor_count; i++) {
		const struct biography *processor = &teller->history->processors[i];

		if (!processor->gone && !processor->driver &&
		    teller->states[i].available > last)
			last = teller->states[i].available;
	}
	return last;
}

/* Its processor came, or one that may be its own: the cores of a cluster. */
static bool has_come(const struct teller *teller, const struct probe *probe, size_t last)
{
	size_t place = teller_processor_of(
		teller, &(struct phrase){ .device = span_of(probe->device) });

	return last > probe->line ||
	       (place != NO_PROCESSOR && !teller->history->processors[place].gone);
}

void teller_end_probes(struct teller *teller)
{
	struct history *history = teller->history;
	size_t kept = 0, last = last_available(teller);

	for (size_t i = 0; i < history->probe_count; i++) {
		const struct probe *probe = &history->probes[i];

		if (probe->error != 0 ||
		    (!probe->over_ && !has_come(teller, probe, last)))
			history->probes[kept++] = *probe;
	}
	history->probe_count = kept;
}
