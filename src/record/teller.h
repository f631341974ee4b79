/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A history while it is told, line by line. What a driver says names a platform device,
 * what the core says names remoteprocN: they are tied where only one of each is left.
 */

#include "history.h"
#include "index.h"
#include "nullable.h"

/* A set of which only matters whether it has one member, and which. */
struct sole {
	size_t count, sum;
};

/* What a driver said that may be the reason of what the core says next. */
struct remark {
	size_t line;
	struct phrase phrase;
	size_t told; /* of a crash: for how many it may have been the reason */
};
#define REMARKS_MAX 16

/* Of a processor, while it is told. */
struct state {
	size_t open; /* its start that has no end yet, in starts; NO_DEVICE: none */
	size_t failed_load; /* line of a file that did not load, unless it did later */
	int load_error;
	const char *load_file;
	bool waiting; /* for user space to load it */
	bool up;
	size_t available; /* the last line that says so, plus one; 0: none does */
	unsigned int detections;
	size_t first_vdev, first_virtio;
	size_t silence; /* that others of it are joined to, plus one; 0: none */
};

struct teller {
	struct history *history;
	size_t line;
	struct state *states; /* parallel to history->processors */
	struct index processors, platforms, names, virtios, vdevs, channels, silences,
		strays;
	struct index waiting;        /* devices to probes that are deferred */
	struct index heard;          /* devices to drivers, in history->texts_ */
	struct sole starting;        /* processors with an open start */
	struct sole starting_untied; /* of these, those without platform device */
	struct sole untied;
	struct sole up;
	size_t first_stray_vdev, first_stray_virtio; /* without known owner */
	struct remark remarks[REMARKS_MAX];
	size_t remark_count;
	size_t released;    /* the last processor that went, or NO_PROCESSOR */
	int released_error; /* of the probe that it ended, 0: not told */
	bool deferred;      /* the last that a driver said: its probe waits */
	size_t oops;        /* that is being printed, or NO_DEVICE */
	bool oops_kept;
	struct oops oops_draft;
	bool bare, classed; /* the core's lines without, and with its name */
	struct span speaker, speaker_driver; /* of our drivers' devices, the first */
	bool many_speakers;
};

const char *_nullable_ teller_text(struct teller *teller, struct span span);
int teller_set_text(struct teller *teller, const char **text, struct span span);
void *_nullable_ teller_grow(void *array, size_t count, size_t size);
void teller_use(struct teller *teller, size_t line);

/* The processor of that name, which is added when it is new. NULL: out of memory. */
struct biography *_nullable_ teller_processor(struct teller *teller, struct span device);

/* The only processor of that name, or NO_PROCESSOR. */
size_t teller_named(const struct teller *teller, struct span name);

/* The processor a driver's message can only be about, or NO_PROCESSOR. */
size_t teller_processor_of(const struct teller *teller, const struct phrase *phrase);

/* Whether a name is one that drivers or devices of remote processors have. */
bool teller_is_ours(struct span name);

/* Of any driver: only what firmware announced has such a name. */
bool teller_is_channel(struct span device);

/* Whether a driver of processors or of a channel reports a failure, and not just what it
 * does without. */
bool teller_is_grave(const struct phrase *phrase);

/* Whether a driver is one of what a processor's node has inside: ST's system resources.
 */
bool teller_is_helper(const struct phrase *phrase);

/* Whether a device lies below a processor, or is one, by its name. */
bool teller_is_below(struct span name);

size_t teller_place(const struct teller *teller, const struct biography *processor);
int teller_set_name(struct teller *teller, struct biography *processor, struct span name);
void sole_add(struct sole *sole, size_t member);
void sole_remove(struct sole *sole, size_t member);

/* Takes out the remark that can only be about this processor; false: none, or several. */
bool teller_take_remark(struct teller *teller, size_t processor,
			bool (*suits)(const struct phrase *phrase), struct remark *ret);
void teller_add_remark(struct teller *teller, const struct phrase *phrase);

int teller_tie(struct teller *teller, size_t processor, const struct phrase *phrase);

int teller_take_vendor(struct teller *teller, const struct phrase *phrase);

/* Starts: teller_starts.c */
struct state *teller_state(const struct teller *teller,
			   const struct biography *processor);
struct start *teller_open_start(const struct teller *teller,
				const struct biography *processor);
void teller_close_start(struct teller *teller, struct biography *processor);
struct start *teller_begin_start(struct teller *teller, struct biography *processor,
				 size_t line);
void teller_set_state(struct teller *teller, struct biography *processor,
		      enum life state);
void teller_give_cause(struct teller *teller, struct start *start, size_t line,
		       const struct phrase *phrase);
int teller_find_cause(struct teller *teller, struct biography *processor,
		      struct start *start);
int teller_end_well(struct teller *teller, struct biography *processor, enum life life);
int teller_end_badly(struct teller *teller, struct biography *processor,
		     const struct phrase *phrase);
int teller_take_refusal(struct teller *teller, const struct phrase *refusal);
bool teller_is_reason(const struct phrase *phrase);
/* Of the start that is open, which goes on: its firmware has no resource table, or its
 * memory lies elsewhere than that asks for. NO_PROCESSOR: it is not known whose. */
void teller_take_remark_of_start(struct teller *teller, size_t place, bool no_table);

/* Whether a line about a file has a place where that was sought. Only "loading" names
 * one; others have what was written to firmware, which somebody may take for a path, too.
 */
bool teller_names_place(const struct phrase *phrase);

/* The lives of the processors, and whom else a message concerns: teller_lives.c */
int teller_take_message(struct teller *teller, const struct phrase *phrase);
int teller_set_crash_text(struct teller *teller, struct biography *processor, size_t line,
			  const struct phrase *phrase);
int teller_take_detection(struct teller *teller, struct biography *processor,
			  const struct phrase *phrase);
int teller_take_crash(struct teller *teller, struct biography *processor,
		      const struct phrase *phrase);
void teller_forget_crash(struct biography *processor);

/* What drivers say: teller_driver.c */
int teller_take_driver(struct teller *teller, const struct phrase *phrase);
/* The processor whose start a driver's line is about, or NO_PROCESSOR. */
size_t teller_starting(struct teller *teller, const struct phrase *phrase);

/* What is only known when the log ends: teller_end.c */
int teller_hear(struct teller *teller, const struct phrase *phrase);
int teller_end_log(struct teller *teller);

/* Drops the strays that are of something the log tells of: teller_strays.c. 0 or -ENOMEM.
 */
int teller_end_strays(struct teller *teller);

/* The devices that come and go: teller_devices.c */
struct log_virtio *teller_find_virtio(struct teller *teller, struct span name);
int teller_take_device(struct teller *teller, const struct phrase *phrase);
void teller_take_away(struct teller *teller, size_t processor);

/* Channels: teller_channels.c */
int teller_take_created(struct teller *teller, const struct phrase *phrase);
int teller_take_bound(struct teller *teller, const struct phrase *phrase);

/* Probes that failed, and such that wait: teller_probes.c */
int teller_take_probe(struct teller *teller, const struct phrase *phrase);
bool teller_is_deferral(const struct teller *teller, const struct phrase *phrase);
int teller_defer(struct teller *teller, struct span device, struct span driver,
		 struct span reason);
void teller_end_probes(struct teller *teller);
void teller_tell_stray(struct teller *teller, struct span device);

/* Silence, oopses: teller_trouble.c */
int teller_take_trouble(struct teller *teller, const struct phrase *phrase);
int teller_add_stray(struct teller *teller, const struct phrase *phrase,
		     size_t processor);
int teller_end_oops(struct teller *teller);
