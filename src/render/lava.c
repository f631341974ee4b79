// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signals that LAVA finds on the console: any <LAVA_SIGNAL_...> in the stream is one. A
 * message may hold what a firmware announced, so that '<' never leaves as it is. Each
 * line is one write: the kernel's own messages come between lines only.
 */

#include <errno.h>

#include "diagnostic.h"
#include "format.h"
#include "slug.h"

static void write_inert(FILE *out, const char *text)
{
	for (; *text; text++)
		if (*text == '<')
			fputs("\\x3c", out);
		else
			fputc(*text, out);
}

static int write_message(FILE *out, const struct finding *finding,
			 const struct render_options *options)
{
	_cleanup_free_ char *text = diagnostic_text(finding, options);

	if (!text)
		return -ENOMEM;
	write_inert(out, text);
	fputc('\n', out);
	fflush(out);
	return 0;
}

/* What informs or warns has passed; with --strict what warns has failed. */
static const char *word(const struct findings *findings, const struct finding *finding)
{
	if (finding_fails(findings, finding))
		return "fail";
	return finding->status == STATUS_SKIP ? "skip" : "pass";
}

int lava_render(FILE *out, const struct findings *findings,
		const struct render_options *options)
{
	_cleanup_slugs_ struct slugs slugs = { 0 };

	if (slugs_build(findings, &slugs) < 0)
		return -ENOMEM;
	fflush(out);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->status != STATUS_PASS &&
		    write_message(out, finding, options) < 0)
			return -ENOMEM;
		fprintf(out, "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=%s RESULT=%s>\n",
			slugs.ids[i], word(findings, finding));
		fflush(out);
	}
	return 0;
}
