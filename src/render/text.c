// SPDX-License-Identifier: GPL-2.0-or-later
/* What check prints to a person: what fails first, then what was skipped, then counts. */

#include "format.h"

#include <errno.h>

#include "clause.h"
#include "escape.h"
#include "paragraph.h"
#include "problem.h"

/* "pass  remoteproc0 (dsp): TEXT [CHECK]" */
static int write_finding(FILE *out, const struct finding *finding,
			 const struct render_options *options)
{
	_cleanup_free_ char *clause = clause_text(&finding, 1);
	_cleanup_free_ char *line = NULL, *ascii = NULL;

	if (!clause || asprintf(&line, "%s  %s [%s]", status_name(finding->status),
				clause, finding->check->id) < 0)
		return -ENOMEM;
	ascii = options->ascii ? escape_to_ascii(line) : NULL;
	if (options->ascii && !ascii)
		return -ENOMEM;
	paragraph_write(out, ascii ? ascii : line, options->width, "      ");
	return 0;
}

/* Each by itself, in the order of the devices. */
static int write_all(FILE *out, const struct findings *findings, enum status status,
		     const struct render_options *options)
{
	int r = 0;

	for (size_t i = 0; i < findings->count && r == 0; i++)
		if (findings->list[i].status == status)
			r = write_finding(out, &findings->list[i], options);
	return r;
}

int text_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	int r = problems_write(out, findings, PROBLEM_FIXES, options);

	if (r == 0 && options->verbose)
		r = write_all(out, findings, STATUS_SKIP, options);
	else if (r == 0)
		r = skips_write(out, findings, options);
	if (r == 0 && options->verbose)
		r = write_all(out, findings, STATUS_PASS, options);
	return r < 0 ? r : summary_write(out, findings, options);
}
