/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One message of the kernel log: who says it, what it means, and the fields in it. What
 * the kernel says of remote processors is one table, in phrases.c.
 */

#include <stdint.h>

#include "nullable.h"
#include "span.h"

enum event {
	EVENT_NONE, /* not one of the phrases */
	/* a processor's life */
	EVENT_AVAILABLE,
	EVENT_POWERING_UP,
	EVENT_ATTACHING,
	EVENT_BOOTING, /* the firmware was found and its header is sane */
	EVENT_UP,
	EVENT_ATTACHED,
	EVENT_STOPPED,
	EVENT_DETACHED,
	EVENT_RELEASED,
	EVENT_CRASH_CAUSE, /* what its driver says before a crash is detected */
	EVENT_CRASH_DETECTED,
	EVENT_CRASH_HANDLED, /* number: how many since it was registered */
	EVENT_RECOVERING,
	/* a start that fails */
	EVENT_START_CAUSE,     /* the reason; the line that ends the start follows */
	EVENT_START_FAILED,    /* ends it */
	EVENT_START_SUMMARY,   /* "Boot failed": only after echo start */
	EVENT_START_REFUSED,   /* what the kernel told a shell: no line of the log */
	EVENT_FIRMWARE_FAILED, /* a file did not load; may be tried again */
	EVENT_FIRMWARE_LOADED,
	EVENT_FIRMWARE_WAITING, /* for user space, 60 seconds */
	EVENT_STOP_FAILED,
	EVENT_CARVEOUT_MOVED,
	/* what becomes of a running one */
	EVENT_MAILBOX_SILENT, /* nobody empties it */
	EVENT_PEER_SILENT,    /* the other side does not answer */
	EVENT_PROBE_FAILED,
	EVENT_DEFERRED,
	EVENT_DRIVER_ERROR, /* any other line of a driver with an errno */
	/* devices */
	EVENT_VIRTIO_REGISTERED,
	EVENT_MEMORY_ASSIGNED,
	EVENT_HOST_ONLINE,
	EVENT_CHANNEL_CREATED,
	EVENT_CHANNEL_DESTROYED,
	EVENT_CHANNEL_BOUND, /* its driver greets it */
	EVENT_CHANNEL_NODE,
	EVENT_CHANNEL_TROUBLE,
	/* subsystem restart, of Qualcomm's kernels before remoteproc */
	EVENT_VENDOR_CRASH,
	EVENT_VENDOR_REASON,
	EVENT_VENDOR_RESTART, /* asked for */
	EVENT_VENDOR_BACK,
	EVENT_VENDOR_PANIC, /* of the kernel, which is told to have no other remedy */
	EVENT_NO_TABLE, /* the firmware has no resource table: no fault, and no vdev */
	/* the kernel itself */
	EVENT_OOPS,
	EVENT_HUNG,         /* a task waits for ever: its trace follows, too */
	EVENT_WARNING,      /* the kernel goes on */
	EVENT_OOPS_MODULES, /* Modules linked in: some may be loading, "(+)" */
	EVENT_OOPS_FRAME,
	EVENT_OOPS_END,
	/* understood, and of no consequence */
	EVENT_HARMLESS,
	EVENT_COUNT_,
};

/* Why something failed, as far as a line tells; for the advice that fits it. */
enum cause {
	CAUSE_UNKNOWN,
	CAUSE_FIRMWARE_MISSING, /* or not loaded: see the errno */
	CAUSE_FIRMWARE_UNREAD,  /* it is there, and was not loaded */
	CAUSE_IMAGE,            /* the file is damaged, or no image of this processor */
	CAUSE_SEGMENT,          /* a segment lies outside the processor's memory */
	CAUSE_SIGNATURE,        /* not authenticated */
	CAUSE_TIMED_OUT,        /* no ready signal */
	CAUSE_RESOURCES,        /* the resource table is refused */
	CAUSE_VERSION,          /* the resource table has a version that is not known */
	CAUSE_MEMORY,           /* reserved memory is missing, small or elsewhere */
	CAUSE_MAILBOX,          /* no mailbox, or it is taken */
	CAUSE_NO_KICK,          /* its driver cannot tell it of messages */
	CAUSE_NAME_TAKEN,       /* the collision of v6.1.0 and v6.1.1 */
	CAUSE_SUBDEVICE,        /* a vdev or an edge did not come up */
	CAUSE_POOL,             /* a region is there, and is no pool for buffers */
	CAUSE_IOMMU,            /* its IOMMU */
	CAUSE_ORDER,            /* another core of its cluster starts first */
	CAUSE_STOP,             /* of a recovery: it could not be stopped */
	CAUSE_CRASHED,
	CAUSE_MESSAGE,      /* one that does not fit into a buffer */
	CAUSE_ANNOUNCEMENT, /* one that is none of the name service */
	CAUSE_RECIPIENT,    /* one to an address that nobody has */
	CAUSE_REFUSED,      /* by its driver, which may have said why */
};

/* Spans are borrowed from the message; size 0: not there. */
struct phrase {
	enum event event;
	enum cause cause;
	bool any_driver;    /* a line that drivers of any field may print */
	struct span driver; /* "qcom_q6v5_pas" of "qcom_q6v5_pas 3000000.remoteproc: " */
	struct span device; /* "3000000.remoteproc" */
	struct span name;   /* the processor's, or the channel's; function of a frame */
	struct span file;
	struct span text; /* in the sender's own words */
	struct span virtio;
	struct span node;  /* of reserved memory, or below /dev */
	struct span other; /* device or driver that the text names, not the prefix */
	bool has_error;
	int error;           /* as the kernel has it, -22; 0 where has_error is false */
	uint64_t number;     /* count of crashes, virtio id */
	uint32_t src, dst;   /* addresses */
	struct span message; /* from the driver's name to the end */
	struct span said;    /* the same without DRIVER DEVICE: */
	const char *pattern; /* that said fits (pattern.h); NULL: a frame of a trace */
};

/* Finds the message in a line, whatever stands before it. false: none of the table's. */
bool phrase_parse(const char *line, size_t size, struct phrase *ret);

/* "DRIVER DEVICE: " at the start of a line, whatever follows. */
bool phrase_speaker(const char *line, size_t size, struct phrase *ret);

/* Whether a line is of this field at all: it has a word of it. */
bool phrase_mentions(const char *line, size_t size);

/* A refused echo start, as the readers of pasted texts put it among the lines of the log:
 * the processor stands in the middle, what the shell said of the errno at the end. */
#define SHELL_START_BEFORE "echo start > /sys/class/remoteproc/"
#define SHELL_START_AFTER  "/state: write error: "

/* A line of devices_deferred, in the same way: the device comes next, and after a
 * colon the reason. */
#define DEFERRED_BEFORE "devices_deferred: "

/* -EINVAL of "Invalid argument"; 0: not known. */
int phrase_shell_error(struct span text);

/* "-22: image refused" is said of errors; NULL: no sentence for that one. */
const char *_nullable_ phrase_error(int error);
