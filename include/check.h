/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Checks ask one question each of each device they apply to; a report holds the answers.
 * A check is a pure function of the tree, so that it replays anywhere.
 */

#include "identity.h"
#include "tree.h"

struct findings;
struct check_options;

enum status {
	STATUS_PASS,
	STATUS_SKIP, /* the facts to decide are not there */
	STATUS_NOTE, /* worth knowing; a failure with --strict */
	STATUS_FAIL, /* keeps something from working now */
	STATUS_COUNT_,
};

struct finding {
	const struct check *check;
	/* Of the tree; of what is missing that of the good boot, or a stand-in. */
	const struct device *device;
	enum status status;
	/* Escaped, one line without its end; owned by the report; NULL: nothing to say.
	 */
	char *message;  /* what is wrong */
	char *evidence; /* how the program knows */
	char *fix;      /* what to do, with the command to type where there is one */
	char *identity; /* by which the finding is known; NULL: the device's */
	size_t tail;    /* where in it the name of the bus device begins */
};

struct check {
	const char *id;    /* stable: scripts and CI rely on it */
	const char *title; /* what a pass means, for lists */
	const char *looks; /* paragraphs for explain and the man page */
	const char *matters;
	const char *fix;
	const char *example;                          /* a message, as it is printed */
	bool (*applies)(const struct device *device); /* NULL: judge_all is asked */
	/* Sets status and texts of a finding that is a pass with none. Pure: tree and
	 * record are all it asks. 0 or -ENOMEM. */
	int (*judge)(const struct tree *tree, const struct device *device,
		     struct finding *finding);
	/* Adds the findings of a check that is asked of the whole tree. 0 or -ENOMEM. */
	int (*judge_all)(struct findings *findings, const struct check *check,
			 const struct check_options *options);
};

/* All checks, in the order they run; the end has a NULL id. */
extern const struct check checks[];

struct check_options {
	bool strict;
	const char *only; /* ids separated by commas; NULL: all */
	const char *skip; /* the same; NULL: none */
	const struct tree
		*expect; /* of a good boot, has to outlive the report; or NULL */
	const char *const
		*require; /* NAME[@PLATFORM] of channels, ends in NULL; or NULL */
};

/* The first id in such a list that is no check, NULL: all are. *ret_size is its length.
 */
const char *checks_unknown(const char *list, size_t *ret_size);

struct findings {
	const struct tree *tree; /* borrowed; has to outlive the report */
	struct finding *list;    /* in the order of the devices, then of the checks */
	size_t count;
	size_t allocated;
	size_t statuses[STATUS_COUNT_];
	size_t remoteprocs;
	size_t vdevs; /* virtio devices with a verdict, and vdevs that have none */
	size_t channels;
	struct stand_in *stand_ins; /* owned: devices of findings that are not there */
};

void findings_free(struct findings *findings);
static inline void findings_freep(struct findings **findings)
{
	findings_free(*findings);
}
#define _cleanup_findings_ _cleanup_(findings_freep)

/* Runs every check on every device it applies to. The caller owns *ret. 0 or -ENOMEM. */
int findings_build(const struct tree *tree, const struct check_options *options,
		   struct findings **ret);

/* The identity by which CI knows a finding; identities are those of the report's tree.
 * *ret_tail (may be NULL) is where in it the name of the bus device begins. Borrowed. */
const char *finding_identity(const struct findings *findings,
			     const struct identities *identities,
			     const struct finding *finding, size_t *ret_tail);

/* "pass", "skip", "note", "fail". */
const char *status_name(enum status status);

/* Set a text of a finding; arguments that came from the kernel have to be escaped.
 * 0 or -ENOMEM. */
__attribute__((format(printf, 2, 3))) int finding_message(struct finding *finding,
							  const char *format, ...);
__attribute__((format(printf, 2, 3))) int finding_evidence(struct finding *finding,
							   const char *format, ...);
__attribute__((format(printf, 2, 3))) int finding_fix(struct finding *finding,
						      const char *format, ...);

/* Makes a finding a skip: the reason is which fact is not there. */
int finding_skip(struct finding *finding, const char *reason);
