/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the command diff prints: two systems, and what is different between them. */

#include "diff.h"
#include "render.h"

/* A finding of one side that the other does not have, or has with another status. */
struct finding_change {
	const struct finding *finding; /* borrowed from its side */
	bool gone;                     /* it was found before; else it is new */
};

/* All but changed is borrowed. */
struct comparison {
	const struct diff *diff;
	const struct findings *before;
	const struct findings *after;
	const char *before_name; /* as on the command line: a file, "-", "live" */
	const char *after_name;
	struct finding_change *changed; /* new ones first; set by comparison_find() */
	size_t changed_count;
};

/* Fills changed, which comparison_release() frees. 0 or -ENOMEM. */
int comparison_find(struct comparison *comparison);
void comparison_release(struct comparison *comparison);
#define _cleanup_comparison_ _cleanup_(comparison_release)

/* Whether there is anything to tell. */
bool comparison_differs(const struct comparison *comparison);

enum likeness {
	LIKENESS_SAME, /* as far as is known */
	LIKENESS_OTHER_MACHINE,
	LIKENESS_NO_COMMON_DEVICE, /* no bus device is on both sides */
};

/* Whether both sides look like the same board. */
enum likeness comparison_likeness(const struct comparison *comparison);

/* Paragraphs in lines of 72 columns, fit for a commit message. 0 or -ENOMEM. */
int comparison_text(FILE *out, const struct comparison *comparison,
		    const struct render_options *options);

/* One object, see json-schema/diff.schema.json. 0 or -ENOMEM. */
int comparison_json(FILE *out, const struct comparison *comparison);
