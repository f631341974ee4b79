/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "render.h"

enum problem_detail {
	PROBLEM_MESSAGES, /* and no more */
	PROBLEM_FIXES,    /* with evidence and fix */
};

/* What was found, a block for each cause: what fails first, then what warns, then what
 * informs. The options' width wraps at words. 0 or -errno. */
int problems_write(FILE *out, const struct findings *findings, enum problem_detail detail,
		   const struct render_options *options);

/* What could not be looked at, a line for each reason. 0 or -errno. */
int skips_write(FILE *out, const struct findings *findings,
		const struct render_options *options);

/* The last line: all is well, or what was found and what was skipped. 0 or -errno. */
int summary_write(FILE *out, const struct findings *findings,
		  const struct render_options *options);

/* Causes that fail or warn: blocks, not findings. */
size_t problems_count(const struct findings *findings, enum status status);

/* "1 remote processor, 2 vdevs, 3 channels" */
void subjects_write(FILE *out, const struct findings *findings);
