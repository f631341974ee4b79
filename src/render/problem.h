/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "render.h"

/* Writes one line for each problem, worst first: failures, then notes; with_remedies: and
 * below it how it is known and what to do, of the first device where findings of one
 * check say the same of several and share a line. 0 or -ENOMEM. */
int problems_write(FILE *out, const struct findings *findings, bool with_remedies,
		   const struct render_options *options);

/* "1 remote processor, 2 vdevs, 10 channels" */
void subjects_write(FILE *out, const struct findings *findings);
