// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What Yocto's ptest-runner collects, and automake's simple test drivers print: PASS:,
 * FAIL: or SKIP: and a name. What is wrong stands before it, indented, so that no line of
 * a message begins with one of those words.
 */

#include <errno.h>

#include "diagnostic.h"
#include "format.h"
#include "slug.h"

static int write_message(FILE *out, const struct finding *finding,
			 const struct render_options *options)
{
	_cleanup_free_ char *text = diagnostic_text(finding, options);

	if (!text)
		return -ENOMEM;
	fprintf(out, "  %s\n", text);
	return 0;
}

/* What informs or warns has passed; with --strict what warns has failed. */
static const char *word(const struct findings *findings, const struct finding *finding)
{
	if (finding_fails(findings, finding))
		return "FAIL";
	return finding->status == STATUS_SKIP ? "SKIP" : "PASS";
}

int ptest_render(FILE *out, const struct findings *findings,
		 const struct render_options *options)
{
	_cleanup_slugs_ struct slugs slugs = { 0 };

	if (slugs_build(findings, &slugs) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->status != STATUS_PASS &&
		    write_message(out, finding, options) < 0)
			return -ENOMEM;
		fprintf(out, "%s: %s\n", word(findings, finding), slugs.ids[i]);
	}
	return 0;
}
