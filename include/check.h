/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Checks ask one question each of each device they apply to; a report holds the answers.
 * A check is a pure function of the tree, so that it replays anywhere.
 */

#include "tree.h"

enum status {
	STATUS_PASS,
	STATUS_SKIP, /* the facts to decide are not there */
	STATUS_NOTE, /* worth knowing; a failure with --strict */
	STATUS_FAIL, /* keeps something from working now */
	STATUS_COUNT_,
};

struct result {
	const struct check *check;
	const struct device *device;
	enum status status;
	char *message;    /* escaped, one line, no end; owned by the report */
	const char *hint; /* what to do, or NULL; static */
};

struct check {
	const char *id;    /* stable: scripts and CI rely on it */
	const char *title; /* what a pass means, for lists */
	const char *looks; /* paragraphs for explain and the man page */
	const char *matters;
	const char *fix;
	bool (*applies)(const struct device *device);
	/* Sets status, message and hint of a result that is a pass with no message.
	 * 0 or -ENOMEM. */
	int (*judge)(const struct device *device, struct result *result);
};

/* All checks, in the order they run; the end has a NULL id. */
extern const struct check checks[];

struct report_options {
	bool strict;
};

struct report {
	const struct tree *tree; /* borrowed; has to outlive the report */
	struct result *results;  /* in the order of the devices, then of the checks */
	size_t count;
	size_t allocated;
	size_t statuses[STATUS_COUNT_];
	size_t remoteprocs;
	size_t vdevs; /* virtio devices with a verdict, and vdevs that have none */
	size_t channels;
};

void report_free(struct report *report);
static inline void report_freep(struct report **report)
{
	report_free(*report);
}
#define _cleanup_report_ _cleanup_(report_freep)

/* Runs every check on every device it applies to. The caller owns *ret. 0 or -ENOMEM. */
int report_build(const struct tree *tree, const struct report_options *options,
		 struct report **ret);

/* "pass", "skip", "note", "fail". */
const char *status_name(enum status status);

/* Sets the message of a result; arguments that came from the kernel have to be escaped.
 */
__attribute__((format(printf, 2, 3))) int result_message(struct result *result,
							 const char *format, ...);
