/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the checks that ask the kernel log have in common. */

#include "check.h"
#include "history.h"
#include "nullable.h"

/* Makes a finding a skip: there is no log, and how to get it. */
void kernel_log_skip(const struct tree *tree, struct finding *finding);

/* Sets the evidence to one or two lines of the log, as they stand there; either may be
 * NO_LINE. */
void kernel_log_evidence(const struct tree *tree, struct finding *finding, size_t first,
			 size_t second);

/* Appends a finding about the device of that name, or about what is gone. */
struct finding *kernel_log_add(struct findings *findings, const struct check *check,
			       const char *name);

/* Appends a finding for each stray of that kind, and has it judged. */
void kernel_log_judge_strays(struct findings *findings, const struct check *check,
			     enum stray_kind kind,
			     void (*judge)(const struct tree *tree,
					   const struct stray *stray,
					   struct finding *finding));

/* What became of a start that failed: "did not start". */
const char *kernel_log_failure(const struct start *start);

/* "-22: invalid argument": of what is no start. Good as long as the finding is judged. */
const char *kernel_log_errno(struct finding *finding, int error);

/* "-22: image refused": number and sentence of an errno, or what the cause is called
 * where that says more. file may be NULL. Good as long as the finding is judged. */
const char *kernel_log_reason(struct finding *finding, enum cause cause, int error,
			      const char *file);

/* What can be said of a start without an end. */
enum unended {
	UNENDED_NOW,   /* this system: it began a moment ago */
	UNENDED_CUT,   /* the log stops too early to tell, or has no times */
	UNENDED_NEVER, /* the log goes on */
};
enum unended kernel_log_unended(const struct tree *tree, const struct start *start);

/* Whether a probe is of a channel or virtio device, which is no processor's. */
bool kernel_log_is_below(const struct probe *probe);

/* Seconds on the kernel's clock; false: the line has no time, or is none. */
bool kernel_log_time(const struct log *log, size_t line, double *ret);

/* Whether the log goes on after that line for longer than it takes what it tells of to
 * go on. */
bool kernel_log_is_long_ago(const struct log *log, size_t line);

/* The firmware of a start; NULL: not known. */
const char *kernel_log_file(const struct device *device, const struct biography *life,
			    const struct start *start);
