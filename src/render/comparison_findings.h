/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "comparison.h"

#define COMPARISON_WIDTH 72 /* of a commit message */

/* Writes the findings that changed, a paragraph each. 0 or -ENOMEM. */
int comparison_findings(FILE *out, const struct comparison *comparison,
			const struct render_options *options);
