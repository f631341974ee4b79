// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Kernel TAP, Documentation/dev-tools/ktap.rst. A description must not contain '#', which
 * begins a directive, and KernelCI takes dots in it for a hierarchy: it is the finding's
 * slug. Which device that is stands in the diagnostic line before it, as the
 * specification wants diagnostics. What informs or warns is a pass that has such a line;
 * with --strict what warns is a failure.
 */

#include <errno.h>

#include "diagnostic.h"
#include "format.h"
#include "slug.h"

static int write_result(FILE *out, const struct findings *findings, size_t i,
			const char *id, const struct render_options *options)
{
	const struct finding *finding = &findings->list[i];
	_cleanup_free_ char *text = diagnostic_text(finding, options);

	if (!text)
		return -ENOMEM;
	if (finding->status != STATUS_PASS)
		fprintf(out, "# %s\n", text);
	fprintf(out, "%s %zu %s%s\n", finding_fails(findings, finding) ? "not ok" : "ok",
		i + 1, id, finding->status == STATUS_SKIP ? " # SKIP" : "");
	return 0;
}

int ktap_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	const size_t *statuses = findings->statuses;
	_cleanup_slugs_ struct slugs slugs = { 0 };

	if (slugs_build(findings, &slugs) < 0)
		return -ENOMEM;
	fprintf(out, "KTAP version 1\n1..%zu%s\n", findings->count,
		findings->count == 0 ? " # SKIP nothing to check" : "");
	for (size_t i = 0; i < findings->count; i++) {
		int r = write_result(out, findings, i, slugs.ids[i], options);

		if (r < 0)
			return r;
	}
	fprintf(out, "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
		findings->count - findings_failed(findings) - statuses[STATUS_SKIP],
		findings_failed(findings), statuses[STATUS_SKIP]);
	return 0;
}
