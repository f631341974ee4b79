/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Why processors change their state, while that is watched: the kernel log since then.
 * Of it only the last lines are kept.
 */

#include "command.h"
#include "history.h"

struct reasons {
	int fd; /* for poll(2); negative: there is no log to follow */
	struct log log;
	size_t told;             /* of its lines: what they say was printed */
	struct history *history; /* of all its lines, while a reading is printed */
	bool lost;               /* once: which was said */
	bool is_quiet;
};

/* Says once what root would be let read. */
void reasons_open(struct reasons *reasons, const struct invocation *invocation);
void reasons_release(struct reasons *reasons);

/* Takes what the kernel has said since, without waiting. 1: of this field, so that it is
 * worth a reading; 0; -ENOMEM. */
int reasons_take(struct reasons *reasons);

/* Begins and ends the printing of a reading. 0 or -ENOMEM. */
int reasons_begin(struct reasons *reasons);
void reasons_end(struct reasons *reasons);

/* See reason_tell(). */
int reasons_tell(const struct reasons *reasons, const struct device *processor,
		 char **ret);
