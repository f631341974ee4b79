/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Changes in words. */

#include "diff.h"
#include "render.h"

/* Changes that one sentence tells of: they are alike. Borrowed. */
struct group {
	const struct diff *diff;
	const bool *newcomers; /* see sentence_newcomers() */
	const struct render_options *options;
	const struct change **changes;
	size_t count;
};

/* Which devices of the tree after have another parent than before, or had none: a bool
 * for each, which the caller frees. 0 or -ENOMEM. */
int sentence_newcomers(const struct diff *diff, bool **ret);

/* An order of changes. 0: one sentence can tell of both. */
int sentence_compare(const struct change *a, const struct change *b);

/* Writes it without its full stop. 0 or -ENOMEM. */
int sentence_write(FILE *out, const struct group *group);

/* The device of a change as it is now, or as it was when it is gone. */
const struct device *sentence_device(const struct change *change);

/* Writes a name as the kernel has it, escaped. 0 or -ENOMEM. */
int sentence_name(FILE *out, const char *name, const struct render_options *options);
