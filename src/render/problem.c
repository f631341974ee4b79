// SPDX-License-Identifier: GPL-2.0-or-later
#include "problem.h"

#include <errno.h>
#include <string.h>

#include "escape.h"

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool says_same(const struct finding *a, const struct finding *b,
		      bool with_remedies)
{
	if (with_remedies && a->evidence && !is_same(a->evidence, b->evidence))
		return false;
	return is_same(a->message, b->message);
}

static const char *color_of(enum status status, const struct render_options *options)
{
	if (!options->color)
		return "";
	return status == STATUS_FAIL ? "\033[1;31m" : "\033[33m";
}

/* One line of a problem; text is escaped already. */
static int write_line(FILE *out, const char *heading, const char *text, const char *end,
		      const struct render_options *options)
{
	_cleanup_free_ char *ascii = options->ascii ? escape_to_ascii(text) : NULL;

	if (options->ascii && !ascii)
		return -ENOMEM;
	fprintf(out, "%s%s%s\n", heading, ascii ? ascii : text, end);
	return 0;
}

static int write_remedy(FILE *out, const struct finding *finding,
			const struct render_options *options)
{
	int r = 0;

	if (finding->evidence)
		r = write_line(out, "      how it is known: ", finding->evidence, "",
			       options);
	if (finding->fix && r == 0)
		r = write_line(out, "      what to do: ", finding->fix, "", options);
	return r;
}

static int write_problem(FILE *out, const struct finding *finding, size_t same,
			 bool with_remedies, const struct render_options *options)
{
	const char *color = color_of(finding->status, options);
	_cleanup_free_ char *name = NULL, *id = NULL;
	int r;

	name = escape_string(finding->device->name, options->ascii ? ESCAPE_ASCII : 0);
	if (!name || asprintf(&id, " [%s]", finding->check->id) < 0)
		return -ENOMEM;
	fprintf(out, "%s%s%s  %s", color,
		finding->status == STATUS_FAIL ? "FAIL" : "note", *color ? "\033[0m" : "",
		name);
	if (same > 0)
		fprintf(out, " and %zu more", same);
	r = write_line(out, ": ", finding->message ? finding->message : "", id, options);
	return r == 0 && with_remedies ? write_remedy(out, finding, options) : r;
}

/* Results are in the order of the devices: those that say the same follow each other. A
 * message names the place where that matters. */
static int write_check(FILE *out, const struct findings *findings,
		       const struct check *check, enum status status, bool with_remedies,
		       const struct render_options *options)
{
	const struct finding *head = NULL;
	size_t same = 0;
	int r = 0;

	for (size_t i = 0; i < findings->count && r == 0; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->check != check || finding->status != status)
			continue;
		if (head && says_same(head, finding, with_remedies)) {
			same++;
			continue;
		}
		if (head)
			r = write_problem(out, head, same, with_remedies, options);
		head = finding;
		same = 0;
	}
	return head && r == 0 ? write_problem(out, head, same, with_remedies, options)
			      : r;
}

static int write_status(FILE *out, const struct findings *findings, enum status status,
			bool with_remedies, const struct render_options *options)
{
	for (const struct check *check = checks; check->id; check++) {
		int r = write_check(out, findings, check, status, with_remedies, options);

		if (r < 0)
			return r;
	}
	return 0;
}

int problems_write(FILE *out, const struct findings *findings, bool with_remedies,
		   const struct render_options *options)
{
	int r = write_status(out, findings, STATUS_FAIL, with_remedies, options);

	return r < 0 ? r
		     : write_status(out, findings, STATUS_NOTE, with_remedies, options);
}

static void write_count(FILE *out, size_t count, const char *noun)
{
	fprintf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void subjects_write(FILE *out, const struct findings *findings)
{
	write_count(out, findings->remoteprocs, "remote processor");
	fputs(", ", out);
	write_count(out, findings->vdevs, "vdev");
	fputs(", ", out);
	write_count(out, findings->channels, "channel");
}
