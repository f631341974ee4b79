/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Checks ask one question each of each device they apply to; a report holds the answers.
 * A check is a pure function of the tree, so that it replays anywhere.
 */

#include "identity.h"
#include "nullable.h"
#include "tree.h"

struct findings;
struct check_options;

/* From harmless to broken. A problem is what warns or fails. */
enum status {
	STATUS_PASS, /* looked at and fine */
	STATUS_SKIP, /* the facts to decide are not there */
	STATUS_INFO, /* by design, or worth knowing */
	STATUS_WARN, /* probably a problem, or will be one; --strict counts it as failed
		      */
	STATUS_FAIL, /* something that should work does not */
	STATUS_COUNT_,
};

struct finding {
	const struct check *check;
	/* Of the tree; of what is missing that of the good boot, or a stand-in; NULL: of
	 * something that is gone, which name and identity tell. */
	const struct device *device;
	enum status status;
	const char *brief; /* two or three words for a column, of a problem */
	const char
		*several; /* the message, where it is said of several devices at once */
	/* Escaped, one line without its end; owned; NULL: nothing to say. */
	char *message;  /* what is wrong, and what that breaks */
	char *evidence; /* the fact with its number, and where it was read */
	char *fix;      /* a command that can be pasted, or a sentence */
	char *name;     /* of what is gone, escaped; NULL: the device's */
	char *identity; /* by which the finding is known; NULL: the device's */
	size_t tail;    /* where in it the name of the bus device begins */
	/* Of the same list, set when all is judged: see cause.c. */
	const struct finding *cause; /* which explains this one; NULL: none does */
	const struct finding *head;  /* under which it is printed; itself: a head */
	int error;                   /* the first that setting its texts met; 0: none */
	struct scratch *scratch;     /* owned: texts that its message is made of */
};

struct check {
	const char *id;    /* stable: scripts and CI rely on it */
	const char *title; /* what a pass means, for lists */
	const char *looks; /* paragraphs for explain and the man page */
	const char *matters;
	const char *fix;
	const char *example; /* a message, as it is printed */
	enum status worst;   /* that it can give: a skip of a check that cannot warn hides
				nothing */
	bool (*applies)(const struct device *device); /* NULL: judge_all is asked */
	/* Sets status and texts of a finding that is a pass with none. Pure: tree and
	 * record are all it asks. Errors are remembered by the finding. */
	void (*judge)(const struct tree *tree, const struct device *device,
		      struct finding *finding);
	/* Adds the findings of a check that is asked of the whole tree, besides those of
	 * devices. */
	void (*judge_all)(struct findings *findings, const struct check *check,
			  const struct check_options *options);
};

/* All checks, in the order they run; NULL ends them. */
extern const struct check *const checks[];

#define checks_foreach(each)                                                             \
	for (const struct check *const *each##_at = checks, *each; (each = *each##_at);  \
	     each##_at++)

#define SENTENCES_MAX 6

/* Where each sentence of an explanation comes from, in their order: a file or commit of
 * the kernel, or the file here that makes the rule. NULL ends each list. */
struct check_sources {
	const char *check;
	const char *looks[SENTENCES_MAX + 1];
	const char *matters[SENTENCES_MAX + 1];
	const char *fix[SENTENCES_MAX + 1];
};

/* NULL: it has none. */
const struct check_sources *_nullable_ check_sources(const struct check *check);

/* Its place in that list. */
size_t check_order(const struct check *check);

struct check_options {
	bool strict;
	bool passes; /* are listed; else counted only, which is most of all findings */
	const char *only; /* ids separated by commas; NULL: all */
	const char *skip; /* the same; NULL: none */
	const struct tree
		*expect; /* of a good boot, has to outlive the report; or NULL */
	const char *const
		*require; /* NAME[@PROCESSOR] of channels, ends in NULL; or NULL */
	const char *require_running; /* processors, separated by commas, or "all" */
	const char *except;          /* processors that need not run; NULL: none */
};

/* The first id in such a list that is not a check, NULL: all are. *ret_size is its
 * length.
 */
const char *_nullable_ checks_unknown(const char *list, size_t *ret_size);

struct findings {
	const struct tree *tree; /* borrowed; has to outlive the report */
	struct finding *list;    /* in the order of the devices, then of the checks */
	size_t count;
	size_t allocated;
	size_t statuses[STATUS_COUNT_];
	bool strict;     /* warnings count as failures */
	bool passes;     /* are in the list, too */
	size_t left_out; /* checks that were not to be run */
	size_t remoteprocs;
	size_t vdevs;    /* virtio devices with a verdict, and vdevs that have none */
	size_t channels; /* without those of the kernel itself */
	size_t service_channels;    /* those */
	struct stand_in *stand_ins; /* owned: devices of findings that are not there */
	int error;            /* the first that adding and judging them met; 0: none */
	struct finding spare; /* owned: is judged where there is no memory for another */
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

/* Leaves the findings of the devices of a part of their tree, and of what was expected or
 * required: all was judged with the whole tree at hand, which is not needed after that.
 * Findings that failed to be restricted are good for findings_free() only. 0 or -ENOMEM.
 */
int findings_restrict(struct findings *findings, const struct tree *part);

/* The identity by which CI knows a finding; identities are those of the findings' tree.
 * *ret_tail (may be NULL) is where in it the name of the bus device begins. Borrowed. */
const char *finding_identity(const struct findings *findings,
			     const struct identities *identities,
			     const struct finding *finding, size_t *ret_tail);

/* "pass", "skip", "info", "warn", "fail". */
const char *status_name(enum status status);

/* Whether a finding counts as a failure: to exit statuses and to formats that know only
 * passed and failed. */
bool finding_fails(const struct findings *findings, const struct finding *finding);

/* How many of them do. */
size_t findings_failed(const struct findings *findings);

static inline bool finding_is_problem(const struct finding *finding)
{
	return finding->status >= STATUS_WARN;
}

/* What a finding says: its message, or the title of a check that has nothing to say. */
const char *finding_text(const struct finding *finding);

/* The worst finding of each device of the tree, NULL: none but passes and skips. The
 * caller frees *ret, which is in the order of the tree. 0 or -ENOMEM. */
int findings_worst(const struct findings *findings, const struct finding ***ret);

/* Set a text of a finding; arguments that came from the kernel have to be shown or
 * quoted.
 */
__attribute__((format(printf, 2, 3))) void finding_message(struct finding *finding,
							   const char *format, ...);
__attribute__((format(printf, 2, 3))) void finding_evidence(struct finding *finding,
							    const char *format, ...);
__attribute__((format(printf, 2, 3))) void finding_fix(struct finding *finding,
						       const char *format, ...);

/* Makes a finding a skip: the reason is which fact is missing, and how to get it. */
__attribute__((format(printf, 2, 3))) void finding_skip(struct finding *finding,
							const char *format, ...);

/* The status, and what a column says of it. */
void finding_set(struct finding *finding, enum status status, const char *brief);

/* For texts: what came from the kernel escaped, or as a word for a shell. Good as long as
 * the finding is being judged; never NULL. */
const char *finding_shown(struct finding *finding, const char *_nonnull_ raw);
const char *finding_quoted(struct finding *finding, const char *_nonnull_ raw);

/* The same of what is put together: escaped as finding_shown() does. */
__attribute__((format(printf, 2, 3))) const char *finding_format(struct finding *finding,
								 const char *format, ...);
