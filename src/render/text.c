// SPDX-License-Identifier: GPL-2.0-or-later
/* What check prints to a person: failures first, then counts. */

#include "format.h"
#include "problem.h"

int text_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	int r = problems_write(out, findings, true, options);

	if (r < 0)
		return r;
	subjects_write(out, findings);
	fprintf(out, ": %zu failed, %zu noted, %zu skipped, %zu passed\n",
		findings->statuses[STATUS_FAIL], findings->statuses[STATUS_NOTE],
		findings->statuses[STATUS_SKIP], findings->statuses[STATUS_PASS]);
	return 0;
}
