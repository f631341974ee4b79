// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JUnit XML as GitLab, GitHub's reporters and Jenkins read it. A test case is known by
 * its class, the check, and its name, the identity of the device: both stay the same from
 * boot to boot. XML 1.0 cannot hold control characters at all, not even as references:
 * the escaper has taken them out before markup is quoted here.
 */

#include <errno.h>

#include "escape.h"
#include "format.h"
#include "identity.h"
#include "unread.h"

/* Text that is escaped already, as content or in an attribute. */
static void write_text(FILE *out, const char *text)
{
	for (; text && *text; text++)
		switch (*text) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		case '\'':
			fputs("&apos;", out);
			break;
		default:
			fputc(*text, out);
		}
}

static void write_line(FILE *out, const char *label, const char *text)
{
	if (!text)
		return;
	fprintf(out, "%s: ", label);
	write_text(out, text);
	fputc('\n', out);
}

static int write_details(FILE *out, const struct finding *finding)
{
	_cleanup_free_ char *path = escape_string(
		finding->device ? finding->device->record->path : finding->name, 0);

	if (!path)
		return -ENOMEM;
	write_line(out, "device", path);
	write_line(out, "evidence", finding->evidence);
	write_line(out, "fix", finding->fix);
	return 0;
}

/* What informs or warns has passed; with --strict what warns has failed. */
static int write_outcome(FILE *out, const struct findings *findings,
			 const struct finding *finding)
{
	int r = 0;

	if (finding_fails(findings, finding)) {
		fprintf(out, "\t\t\t<failure type=\"%s\" message=\"", finding->check->id);
		write_text(out, finding_text(finding));
		fputs("\">", out);
		r = write_details(out, finding);
		fputs("</failure>\n", out);
	} else if (finding->status == STATUS_SKIP) {
		fputs("\t\t\t<skipped message=\"", out);
		write_text(out, finding_text(finding));
		fputs("\"/>\n", out);
	} else {
		fputs("\t\t\t<system-out>", out);
		write_line(out, status_name(finding->status), finding_text(finding));
		r = write_details(out, finding);
		fputs("</system-out>\n", out);
	}
	return r;
}

static int write_case(FILE *out, const struct findings *findings,
		      const struct finding *finding, const char *identity)
{
	int r;

	fprintf(out, "\t\t<testcase classname=\"rproc-tree.%s\" name=\"",
		finding->check->id);
	write_text(out, identity);
	if (finding->status == STATUS_PASS) {
		fputs("\" time=\"0\"/>\n", out);
		return 0;
	}
	fputs("\" time=\"0\">\n", out);
	r = write_outcome(out, findings, finding);
	fputs("\t\t</testcase>\n", out);
	return r;
}

/* What could not be read is neither passed nor failed. */
static int write_unread(FILE *out, const struct findings *findings)
{
	const struct inventory *inventory = findings->tree->inventory;
	struct unread unread;

	for (size_t i = 0; unread_get(inventory, i, &unread); i++) {
		_cleanup_free_ char *path = escape_string(unread.path, 0);

		if (!path)
			return -ENOMEM;
		fputs("\t\t<testcase classname=\"rproc-tree.read\" name=\"", out);
		write_text(out, path);
		fputs("\" time=\"0\">\n\t\t\t<error type=\"read\" message=\"cannot read it: ",
		      out);
		write_text(out, unread_reason(&unread));
		fputs("\"/>\n\t\t</testcase>\n", out);
	}
	return 0;
}

static size_t count_unread(const struct findings *findings)
{
	struct unread unread;
	size_t count = 0;

	while (unread_get(findings->tree->inventory, count, &unread))
		count++;
	return count;
}

/* testsuites has no count of what was skipped: Jenkins' schema does not know it. */
static void write_counts(FILE *out, const struct findings *findings)
{
	size_t errors = count_unread(findings), tests = findings->count + errors;
	size_t failed = findings_failed(findings);

	fprintf(out,
		"<testsuites name=\"rproc-tree\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"0\">\n"
		"\t<testsuite name=\"rproc-tree\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n",
		tests, failed, errors, tests, failed, errors,
		findings->statuses[STATUS_SKIP]);
}

int junit_render(FILE *out, const struct findings *findings,
		 const struct render_options *options)
{
	_cleanup_identities_ struct identities identities = { 0 };
	int r = identities_build(findings->tree, &identities);

	(void)options;
	if (r < 0)
		return r;
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	write_counts(out, findings);
	for (size_t i = 0; i < findings->count && r == 0; i++) {
		const struct finding *finding = &findings->list[i];

		r = write_case(out, findings, finding,
			       finding_identity(findings, &identities, finding, NULL));
	}
	if (r == 0)
		r = write_unread(out, findings);
	fputs("\t</testsuite>\n</testsuites>\n", out);
	return r;
}
