// SPDX-License-Identifier: GPL-2.0-or-later
/* What check prints to a person: failures first, then counts. */

#include "format.h"
#include "problem.h"

int text_render(FILE *out, const struct report *report,
		const struct render_options *options)
{
	int r = problems_write(out, report, true, options);

	if (r < 0)
		return r;
	subjects_write(out, report);
	fprintf(out, ": %zu failed, %zu noted, %zu skipped, %zu passed\n",
		report->statuses[STATUS_FAIL], report->statuses[STATUS_NOTE],
		report->statuses[STATUS_SKIP], report->statuses[STATUS_PASS]);
	return 0;
}
