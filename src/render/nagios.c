// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One line for Nagios, Icinga and their kin: state, what is wrong, '|', performance data.
 * Whatever is wrong is critical; notes are by design, and never a warning that nobody
 * could make go away.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "problem.h"

#define MESSAGE_MAX 300 /* bytes: NRPE carries 1024 in all, a pager less */

/* A '|' in the message would begin the performance data. */
static void write_cut(FILE *out, const char *text)
{
	size_t size = strnlen(text, MESSAGE_MAX);
	bool cut = text[size];

	while (cut && size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	for (size_t i = 0; i < size; i++)
		if (text[i] == '|')
			fputs("\\x7c", out);
		else
			fputc(text[i], out);
	if (cut)
		fputs("...", out);
}

static const struct finding *first_failure(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].status == STATUS_FAIL)
			return &findings->list[i];
	return NULL;
}

static int write_failure(FILE *out, const struct findings *findings,
			 const struct render_options *options)
{
	const struct finding *finding = first_failure(findings);
	size_t more = findings->statuses[STATUS_FAIL] - 1;
	_cleanup_free_ char *name = escape_string(finding->device->name, 0);
	_cleanup_free_ char *text = NULL;
	_cleanup_free_ char *ascii = NULL;

	if (!name || asprintf(&text, "%s: %s [%s]", name,
			      finding->message ? finding->message : "failed",
			      finding->check->id) < 0)
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

	if (findings->statuses[STATUS_FAIL] > 0) {
		fputs("RPROC CRITICAL - ", out);
		r = write_failure(out, findings, options);
	} else if (tree_has_subject(findings->tree)) {
		fputs("RPROC OK - ", out);
		subjects_write(out, findings);
	} else {
		fputs("RPROC UNKNOWN - no remote processor and no rpmsg device", out);
	}
	write_performance(out, findings);
	return r;
}
