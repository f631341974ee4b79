/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the command diff prints: two systems, and what is different between them. */

#include "diff.h"
#include "render.h"

/* All of it is borrowed. */
struct comparison {
	const struct diff *diff;
	const struct findings *before;
	const struct findings *after;
	const char *before_name; /* as on the command line: a file, "-", "live" */
	const char *after_name;
};

/* Paragraphs in lines of 72 columns, fit for a commit message. 0 or -ENOMEM. */
int comparison_text(FILE *out, const struct comparison *comparison,
		    const struct render_options *options);

/* One object, see json-schema/diff.schema.json. 0 or -ENOMEM. */
int comparison_json(FILE *out, const struct comparison *comparison);
