// SPDX-License-Identifier: GPL-2.0-or-later
/* What check prints to a person: what fails first, then what was skipped, then counts. */

#include "format.h"
#include "problem.h"

int text_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	int r = problems_write(out, findings, PROBLEM_FIXES, options);

	if (r == 0 && options->verbose)
		r = passes_write(out, findings, options);
	if (r == 0)
		r = skips_write(out, findings, options);
	return r < 0 ? r : summary_write(out, findings, options);
}
