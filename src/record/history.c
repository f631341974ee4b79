// SPDX-License-Identifier: GPL-2.0-or-later
#include "history.h"

#include <errno.h>

#include "cleanup.h"
#include "teller.h"

/* What means nothing still says whose driver speaks. */
static int overhear(struct teller *teller, const struct log_line *line)
{
	struct phrase phrase;

	return phrase_speaker(line->bytes + line->message, line->size - line->message,
			      &phrase)
		       ? teller_hear(teller, &phrase)
		       : 0;
}

static int tell(struct teller *teller)
{
	const struct log *log = teller->history->log;

	for (teller->line = 0; teller->line < log->count; teller->line++) {
		const struct log_line *line = &log->lines[teller->line];
		struct phrase phrase;
		int r;

		if (!phrase_parse(line->bytes + line->message, line->size - line->message,
				  &phrase)) {
			r = line->timed ? overhear(teller, line) : 0;
			if (r < 0)
				return r;
			continue;
		}
		if (!phrase.any_driver && phrase.event != EVENT_DRIVER_ERROR &&
		    (phrase.event < EVENT_OOPS || phrase.event > EVENT_OOPS_END))
			teller_use(teller, teller->line);
		r = teller_take_message(teller, &phrase);
		if (r < 0)
			return r;
	}
	teller->line = log->count - (log->count > 0);
	{
		int r = teller_end_oops(teller);

		return r < 0 ? r : teller_end_log(teller);
	}
}

static void teller_release(struct teller *teller)
{
	index_release(&teller->processors);
	index_release(&teller->platforms);
	index_release(&teller->names);
	index_release(&teller->virtios);
	index_release(&teller->vdevs);
	index_release(&teller->channels);
	index_release(&teller->silences);
	index_release(&teller->strays);
	index_release(&teller->heard);
	index_release(&teller->waiting);
	free(teller->states);
}

void history_free(struct history *history)
{
	if (!history)
		return;
	for (size_t i = 0; i < history->processor_count; i++)
		free(history->processors[i].starts);
	for (size_t i = 0; i < history->text_count_; i++)
		free(history->texts_[i]);
	free(history->processors);
	free(history->vdevs);
	free(history->virtios);
	free(history->channels);
	free(history->silences);
	free(history->probes);
	free(history->strays);
	free(history->oopses);
	free(history->used);
	free(history->texts_);
	index_release(&history->places_);
	index_release(&history->virtio_places_);
	index_release(&history->refused_);
	free(history);
}

static int list_refused(struct history *history)
{
	int r = 0;

	for (size_t i = 0; i < history->probe_count && r == 0; i++)
		if (history->probes[i].error != 0)
			r = index_set(&history->refused_,
				      span_of(history->probes[i].device), i);
	for (size_t i = 0; i < history->processor_count && r == 0; i++) {
		const struct biography *it = &history->processors[i];

		if (it->gone && it->release_error && it->platform)
			r = index_set(&history->refused_, span_of(it->platform), i);
	}
	return r;
}

int history_tell(const struct log *log, struct history **ret)
{
	_cleanup_history_ struct history *history = calloc(1, sizeof(*history));
	_cleanup_(teller_release) struct teller teller = {
		.history = history,
		.first_stray_vdev = NO_DEVICE,
		.first_stray_virtio = NO_DEVICE,
		.oops = NO_DEVICE,
		.released = NO_PROCESSOR,
	};
	int r;

	if (!history)
		return -ENOMEM;
	history->log = log;
	history->used = calloc(log->count + 1, sizeof(*history->used));
	if (!history->used)
		return -ENOMEM;
	r = tell(&teller);
	if (r < 0)
		return r;
	for (size_t i = 0; i < history->processor_count; i++)
		history->has_untied =
			history->has_untied || (!history->processors[i].platform &&
						!history->processors[i].gone);
	history->classless = teller.bare && !teller.classed;
	history->places_ = teller.processors;
	history->virtio_places_ = teller.virtios;
	teller.processors = teller.virtios = (struct index){ 0 };
	r = list_refused(history);
	if (r < 0)
		return r;
	*ret = steal(history);
	return 0;
}

const struct biography *history_of(const struct history *history, const char *device)
{
	size_t place =
		history ? index_find(&history->places_, span_of(device)) : NO_INDEX;

	return place == NO_INDEX ? NULL : &history->processors[place];
}

const struct log_virtio *history_virtio(const struct history *history, const char *name)
{
	size_t place =
		history ? index_find(&history->virtio_places_, span_of(name)) : NO_INDEX;

	return place == NO_INDEX ? NULL : &history->virtios[place];
}

bool history_refused(const struct history *history, const char *device)
{
	return history && index_find(&history->refused_, span_of(device)) != NO_INDEX;
}

const struct start *biography_last_start(const struct biography *processor)
{
	return processor && processor->start_count > 0
		       ? &processor->starts[processor->start_count - 1]
		       : NULL;
}

const struct start *biography_failed_start(const struct biography *processor)
{
	const struct start *last = biography_last_start(processor);

	return last && last->outcome != START_SUCCEEDED ? last : NULL;
}

const char *life_name(enum life life)
{
	static const char *const names[] = {
		[LIFE_UNKNOWN] = NULL,        [LIFE_OFFLINE] = "offline",
		[LIFE_RUNNING] = "running",   [LIFE_ATTACHED] = "attached",
		[LIFE_DETACHED] = "detached", [LIFE_CRASHED] = "crashed",
	};

	return names[life];
}

int history_trim(struct log *log)
{
	_cleanup_history_ struct history *history = NULL;
	size_t kept = 0;
	int r = history_tell(log, &history);

	if (r < 0)
		return r;
	for (size_t i = 0; i < log->count; i++) {
		const struct log_line *line = &log->lines[i];

		if (history->used[i] || phrase_mentions(line->bytes + line->message,
							line->size - line->message)) {
			log->lines[kept++] = *line;
			continue;
		}
		/* Without a time it may have been no line of a log. */
		log->seen -= !line->timed;
		free(line->bytes);
	}
	log->count = kept;
	return 0;
}
