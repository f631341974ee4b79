// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One line for Nagios, Icinga and their kin: state, what is wrong, '|', performance data.
 * What fails is critical (and with --strict what warns), what warns a warning; the rest
 * is by design, and never a warning that nobody could make go away.
 */

#include <errno.h>
#include <string.h>

#include "clause.h"
#include "escape.h"
#include "format.h"
#include "problem.h"

#define MESSAGE_MAX 300 /* bytes: NRPE carries 1024 in all, a pager less */

/* It is not cut within a character. A '|' in the message would begin the performance
 * data. */
static void write_cut(FILE *out, const char *text)
{
	size_t size = strnlen(text, MESSAGE_MAX);
	bool cut = text[size];

	while (cut && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	for (size_t i = 0; i < size; i++)
		if (text[i] == '|')
			fputs("\\x7c", out);
		else
			fputc(text[i], out);
	if (cut)
		fputs("...", out);
}

/* The first of the worst, causes before their consequences. */
static const struct finding *worst(const struct findings *findings)
{
	const struct finding *found = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (!finding->cause && finding_is_problem(finding) &&
		    (!found || finding->status > found->status))
			found = finding;
	}
	return found;
}

/* Consequences are none of their own. */
static size_t count_problems(const struct findings *findings)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++)
		count += finding_is_problem(&findings->list[i]) &&
			 !findings->list[i].cause;
	return count;
}

static int write_problem(FILE *out, const struct findings *findings,
			 const struct render_options *options)
{
	const struct finding *finding = worst(findings);
	size_t more = count_problems(findings) - 1;
	_cleanup_free_ char *clause = clause_text(&finding, 1);
	_cleanup_free_ char *text = NULL;
	_cleanup_free_ char *ascii = NULL;

	if (!clause || asprintf(&text, "%s [%s]", clause, finding->check->id) < 0)
		return -ENOMEM;
	ascii = escape_to_ascii(text);
	if (!ascii)
		return -ENOMEM;
	write_cut(out, options->ascii ? ascii : text);
	if (more > 0)
		fprintf(out, ", and %zu more", more);
	return 0;
}

static void write_performance(FILE *out, const struct findings *findings)
{
	fputs(" |", out);
	for (int status = 0; status < STATUS_COUNT_; status++)
		fprintf(out, " %s=%zu", status_name(status), findings->statuses[status]);
	fprintf(out, " remoteprocs=%zu vdevs=%zu channels=%zu\n", findings->remoteprocs,
		findings->vdevs, findings->channels);
}

int nagios_render(FILE *out, const struct findings *findings,
		  const struct render_options *options)
{
	int r = 0;

	if (worst(findings)) {
		fputs(findings_failed(findings) > 0 ? "RPROC CRITICAL - "
						    : "RPROC WARNING - ",
		      out);
		r = write_problem(out, findings, options);
	} else if (tree_has_subject(findings->tree)) {
		fputs("RPROC OK - ", out);
		subjects_write(out, findings);
	} else {
		fputs("RPROC UNKNOWN - no remote processor and no rpmsg device", out);
	}
	write_performance(out, findings);
	return r;
}
