/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What happened, as the kernel log tells it: the life of each processor, the devices that
 * came and went, and what went wrong. A pure function of the log's lines; nothing in it
 * is guessed, and what the log leaves open is unknown.
 *
 * Each fact keeps the place of its line in the log, for evidence: log->lines[LINE].bytes.
 * Strings are the history's own, good as long as it is.
 */

#include "index.h"
#include "log.h"
#include "nullable.h"
#include "phrase.h"

#define NO_LINE      ((size_t)-1)
#define NO_PROCESSOR ((size_t)-1)
#define NO_DEVICE    ((size_t)-1)

enum life {
	LIFE_UNKNOWN,
	LIFE_OFFLINE,
	LIFE_RUNNING,
	LIFE_ATTACHED,
	LIFE_DETACHED,
	LIFE_CRASHED,
};

enum outcome {
	START_UNENDED, /* it began, and the log has no end of it */
	START_SUCCEEDED,
	START_FAILED,
};

/* A start, an attach, or the start inside a recovery. */
struct start {
	enum outcome outcome;
	bool attach;
	bool recovery;
	bool waits;    /* for user space to load its file */
	bool no_table; /* its firmware has no resource table, so no vdev; false: not told
			*/
	enum cause cause;
	int error;         /* -22; 0: no line told */
	const char *file;  /* firmware, NULL: not told */
	size_t begin_line; /* "powering up"; NO_LINE: before the log's first line */
	size_t cause_line; /* the first that tells why it fails */
	size_t end_line;   /* the last that tells that it is over */
	size_t oops;       /* in history->oopses, NO_DEVICE: none while it ran */
	size_t moved_line; /* memory that lies elsewhere than its firmware asks for */
};

struct biography {
	const char *device;   /* "remoteproc0" */
	const char *name;     /* "adsp"; NULL: not told, as all that follows */
	const char *platform; /* "3000000.remoteproc", where it can be no other's */
	const char *driver;
	const char *firmware;
	const char *memory; /* reserved memory node of its own */
	enum life state;    /* at the log's end */
	size_t state_line;
	struct start *starts; /* oldest first */
	size_t start_count;
	unsigned int crashes;   /* since it was registered */
	size_t crash_line;      /* the last that says so */
	const char *crash_text; /* what the firmware or the kernel called the cause */
	size_t crash_text_line;
	bool recovered;    /* it ran again after the last crash */
	bool left_crashed; /* its driver tells the core of no crash: it stays running */
	bool gone;         /* released, and not registered again */
	unsigned int releases; /* how often */
	size_t release_line;
	int release_error; /* of its driver before that, 0: none */
	size_t release_error_line;
	enum cause release_cause; /* of the start that failed in its probe */
	const char *release_file;
	int stop_error;         /* a stop that failed, 0: none */
	bool stop_detach;       /* it was to be detached */
	size_t stop_cause_line; /* what its driver said before */
	size_t stop_line;
	size_t line; /* the first that names it */
};

struct log_vdev {
	const char *device; /* "remoteproc0#vdev0buffer", "rproc-virtio.2.auto" */
	size_t owner;       /* in processors, or NO_PROCESSOR: the log does not tell */
	const char *parent; /* "11800000.dsp" of 11800000.dsp#vdev0buffer; else NULL */
	const char *memory; /* reserved memory node of its buffers */
	bool gone;
	size_t line;
	bool listed_; /* in the list of its owner, or of those that have none */
	size_t next_; /* there */
};

struct log_virtio {
	const char *name; /* "virtio0" */
	struct {
		bool known;
		uint32_t value;
	} id;
	size_t vdev;  /* in vdevs, or NO_DEVICE: the log does not tell, or it had none */
	size_t owner; /* in processors, or NO_PROCESSOR */
	size_t online_line; /* "rpmsg host is online" */
	bool gone;
	size_t line;
	size_t first_channel_;
	size_t next_; /* of the same owner */
};

struct log_channel {
	const char *device; /* "virtio0.rpmsg-tty.-1.1024" */
	const char *name;   /* "rpmsg-tty"; NULL: only its device is known */
	const char
		*parent; /* "virtio0", "10500000.scp", "3000000.remoteproc:glink-edge" */
	const char *driver;
	const char *node; /* "ttyRPMSG0" */
	size_t virtio;    /* in virtios, or NO_DEVICE */
	bool has_src, has_dst;
	uint32_t src, dst;
	bool gone;
	size_t line;
	size_t next_; /* of the same virtio device */
};

struct silence {
	const char *device; /* what sent: "imx8-cm4", "remoteproc0", a channel; of the
			       protection domain restart, which names none: */
#define SILENCE_PDR "PDR"
	const char *driver;
	size_t processor; /* or NO_PROCESSOR */
	bool mailbox;     /* nobody empties it; else the peer does not answer */
	int error;
	unsigned int count;
	size_t first_line, last_line;
};

struct probe {
	const char *device;
	const char *driver; /* NULL: not told */
	const char *reason; /* of a deferred one */
	size_t processor;   /* whose it is, or NO_PROCESSOR */
	int error;          /* 0: deferred */
	enum cause cause;   /* of the start that failed in it */
	const char *file;
	size_t line;
	size_t cause_line; /* what the driver said before */
	bool over_;        /* it waited, and then failed */
};

enum stray_kind {
	STRAY_START, /* a start failed */
	STRAY_CRASH,
	STRAY_VENDOR, /* a crash of a vendor's subsystem, which is no processor of ours */
	STRAY_ERROR,  /* its driver reported an error, and that is all */
};

/* What a driver said of a processor that the log does not name, or that nothing of the
 * core's followed. */
struct stray {
	const char *device; /* "6800000.remoteproc" */
	const char *driver;
	enum stray_kind kind;
	size_t processor; /* whose it is, or NO_PROCESSOR */
	enum cause cause;
	int error;
	const char *text; /* in its own words, NULL: none */
	const char *file; /* firmware, NULL: not told */
	unsigned int count;
	bool back, panicked; /* of a vendor's subsystem, after the last crash */
	size_t first_line, last_line;
	bool told_; /* as the reason of something else */
};

struct oops {
	size_t line;
	size_t processor;     /* the only one that was being started, or NO_PROCESSOR */
	bool in_start;        /* of one processor or of several */
	const char *function; /* of this field, in the trace; NULL: none */
	size_t function_line;
	const char *loading; /* a module of ours that was being loaded */
	size_t loading_line;
	bool hung;    /* no oops: a task that waits for ever */
	bool warned;  /* no oops: the kernel goes on */
	bool foreign; /* nothing ties it to this field */
};

struct history {
	const struct log *log;
	struct biography *processors; /* in the order in which the log names them */
	size_t processor_count;
	bool has_untied; /* one is there of which the log does not tell the platform */
	bool classless;  /* before v4.10: they have no class, and no files in sysfs */
	struct log_vdev *vdevs;
	size_t vdev_count;
	struct log_virtio *virtios;
	size_t virtio_count;
	struct log_channel *channels;
	size_t channel_count;
	struct silence *silences;
	size_t silence_count;
	struct probe *probes;
	size_t probe_count;
	struct stray *strays;
	size_t stray_count;
	struct oops *oopses; /* of the foreign ones the first only */
	size_t oops_count;
	bool *used;    /* for each line of the log: something above comes of it */
	char **texts_; /* all the strings */
	size_t text_count_;
	struct index places_; /* of processors, by their device */
	struct index virtio_places_;
	struct index refused_; /* devices whose probe failed, and did not just wait */
};

void history_free(struct history *history);
static inline void history_freep(struct history **history)
{
	history_free(*history);
}
#define _cleanup_history_ _cleanup_(history_freep)

/* Borrows the log. The caller owns *ret. 0 or -ENOMEM. */
int history_tell(const struct log *log, struct history **ret);

/* The life of a processor by its device, "remoteproc0". NULL: the log does not name it.
 */
const struct biography *_nullable_ history_of(const struct history *history,
					      const char *device);

/* The last virtio device of that name; NULL: the log does not name it. */
const struct log_virtio *_nullable_ history_virtio(const struct history *history,
						   const char *name);

/* Whether the log has the end of that device's probe, which failed. */
bool history_refused(const struct history *history, const char *device);

/* The last start; NULL: the log has none. */
const struct start *_nullable_ biography_last_start(const struct biography *processor);

/* The same when it failed or has no end; NULL: there is none to speak of. */
const struct start *_nullable_ biography_failed_start(const struct biography *processor);

/* "running", as the file state says it; NULL: unknown. */
const char *_nullable_ life_name(enum life life);

/* Drops the lines that nothing comes of: what other drivers said. 0 or -ENOMEM. */
int history_trim(struct log *log);
