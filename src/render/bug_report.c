// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The head of a report, for a person with five minutes: what system this is, its tree,
 * what is wrong and how that is known, then what the maintainer asks for next. ASCII only
 * and, but for what the kernel itself wrote wider, in 78 columns: it goes into a mail.
 */

#include "bug_report.h"
#include "marker.h"

#include <errno.h>
#include <string.h>

#include "checksum.h"
#include "escape.h"
#include "format.h"
#include "paragraph.h"
#include "problem.h"
#include "subject.h"
#include "version.h"

#define WIDTH 78

static const struct render_options in_mail = { .ascii = true };

/* "label     text", its further lines below the first. text is as the kernel has it. */
static int write_fact(FILE *out, const char *label, const char *text)
{
	_cleanup_free_ char *shown = escape_string(text, ESCAPE_ASCII);
	_cleanup_free_ char *line = NULL;

	if (!shown || asprintf(&line, "%-9s %s", label, shown) < 0)
		return -ENOMEM;
	paragraph_write(out, line, WIDTH, "          ");
	return 0;
}

static int write_system_fact(FILE *out, const struct findings *findings,
			     const char *label, const char *key, const char *otherwise)
{
	const char *text = record_property(&findings->tree->inventory->system, key);

	return write_fact(out, label, text && *text ? text : text ? "none" : otherwise);
}

static int write_system(FILE *out, const struct findings *findings)
{
	const struct record *system = &findings->tree->inventory->system;
	int r;

	r = write_system_fact(out, findings, "kernel", FACT_KERNEL, "not recorded") |
	    write_system_fact(out, findings, "machine", FACT_MACHINE,
			      "not recorded, or no device tree");
	if (record_property(system, FACT_COMPATIBLE))
		r |= write_system_fact(out, findings, "", FACT_COMPATIBLE, "");
	r |= write_system_fact(
		out, findings, "config", FACT_CONFIG,
		"not recorded, or not readable (/proc/config.gz, /boot/config-RELEASE)");
	r |= write_system_fact(out, findings, "modules", FACT_LOADED,
			       "not recorded, or not readable (/proc/modules)");
	if (record_property(system, FACT_REDACTED))
		r |= write_system_fact(out, findings, "masked", FACT_REDACTED, "");
	return r;
}

/* Each line of a text behind "  | ", so that none can pass for one of the report's. */
static int write_text(FILE *out, const char *text)
{
	while (*text) {
		size_t size = strcspn(text, "\n");
		_cleanup_free_ char *line = escape_bytes(text, size, ESCAPE_ASCII);

		if (!line)
			return -ENOMEM;
		fprintf(out, *line ? "  | %s\n" : "  |\n", line);
		text += size + (text[size] == '\n');
	}
	return 0;
}

static size_t widest(const char *text)
{
	size_t width = 0;

	for (size_t size; *text; text += size + (text[size] == '\n')) {
		size = strcspn(text, "\n");
		width = size > width ? size : width;
	}
	return width;
}

static int lay_out_tree(const struct findings *findings, const char *columns_shown,
			char **ret)
{
	struct render_options options = in_mail;
	size_t size;
	FILE *memory = open_memstream(ret, &size);
	int r = memory ? 0 : -ENOMEM;

	options.width = WIDTH;
	options.columns = columns_shown;
	if (r == 0)
		r = tree_write(memory, findings, &options);
	if (memory && fclose(memory) != 0)
		r = -ENOMEM;
	return r;
}

/* With all that show has, if there is room; what is left out is in the records. */
static int write_tree(FILE *out, const struct findings *findings)
{
	static const char *const choices[] = { NULL, "DEVICE,STATE,DRIVER,VERDICT",
					       "DEVICE,STATE,VERDICT" };
	int r = 0;

	if (findings->tree->count == 0)
		fputs("  no remote processor and no rpmsg device\n", out);
	for (size_t i = 0; findings->tree->count > 0 && i < ARRAY_SIZE(choices) && r == 0;
	     i++) {
		_cleanup_free_ char *text = NULL;

		r = lay_out_tree(findings, choices[i], &text);
		if (r < 0 || (widest(text) > WIDTH && i + 1 < ARRAY_SIZE(choices)))
			continue;
		fputs(text, out);
		return 0;
	}
	return r;
}

static int write_problems(FILE *out, const struct findings *findings)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	int r = memory ? text_render(memory, findings, &in_mail) : -ENOMEM;
	char *rest, *line;

	if (memory && fclose(memory) != 0)
		r = -ENOMEM;
	if (r < 0)
		return r;
	rest = text;
	while ((line = strsep(&rest, "\n")))
		if (*line)
			paragraph_write(out, line, WIDTH, "      ");
	return 0;
}

static int write_attribute(FILE *out, const struct record *record, const char *name,
			   const char *title, const char *otherwise)
{
	const char *text = record_text(record, name);

	if (text && *text) {
		fprintf(out, "  %s:\n", title);
		return write_text(out, text);
	}
	fprintf(out, "  %s: %s\n", title, text ? "none" : otherwise);
	return 0;
}

static int write_processor(FILE *out, const struct device *device)
{
	static const char unread[] = "not recorded";
	const struct record *above = device->parent ? device->parent->record : NULL;
	_cleanup_free_ char *name = escape_string(device->name, ESCAPE_ASCII);
	_cleanup_free_ char *place =
		escape_string(above ? record_name(above) : "nowhere", ESCAPE_ASCII);
	int r = 0;

	if (!name || !place)
		return -ENOMEM;
	fprintf(out, "\n%s on %s\n", name, place);
	if (above)
		r = write_attribute(out, above, FACT_MEMORY_REGION, "memory regions",
				    "not recorded");
	return r |
	       write_attribute(out, device->record, FACT_RESOURCE_TABLE, "resource table",
			       unread) |
	       write_attribute(out, device->record, FACT_CARVEOUTS, "carveouts", unread) |
	       write_attribute(out, device->record, FACT_TRACE, "trace0, its last lines",
			       "none, or not recorded");
}

static int write_processors(FILE *out, const struct findings *findings)
{
	int r = 0;

	tree_foreach (device, findings->tree)
		if (device->kind == KIND_REMOTEPROC && r == 0)
			r = write_processor(out, device);
	return r;
}

static int write_log(FILE *out, const struct findings *findings)
{
	const struct inventory *inventory = findings->tree->inventory;
	const struct log *log = &inventory->log;
	int r = 0;

	fputs("\nKERNEL LOG of remoteproc, virtio and rpmsg\n", out);
	if (log->count == 0 && !record_property(&inventory->system, FACT_LOG))
		fputs("  not recorded\n", out);
	else if (log->count == 0)
		fputs("  no line is of them\n", out);
	for (size_t i = 0; i < log->count && r == 0; i++)
		r = write_text(out, log->lines[i].bytes);
	return r;
}

/* The worst that was found, for a mail's subject: the first cause of the worst status. */
static const struct finding *worst_of(const struct findings *findings)
{
	const struct finding *worst = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->head == finding && finding_is_problem(finding) &&
		    (!worst || finding->status > worst->status))
			worst = finding;
	}
	return worst;
}

/* The first line is one that a maintainer can read in a list of mails. */
static int write_subject(FILE *out, const struct findings *findings)
{
	const struct finding *worst = worst_of(findings);
	_cleanup_free_ char *subject = worst ? subject_text(&worst, 1) : NULL;
	_cleanup_free_ char *line = NULL, *ascii = NULL;

	if (!worst) {
		fputs("rproc-tree report: ", out);
		return summary_write(out, findings, &in_mail);
	}
	if (!subject || asprintf(&line, "%s: %s", subject, finding_text(worst)) < 0)
		return -ENOMEM;
	ascii = escape_to_ascii(line);
	if (!ascii)
		return -ENOMEM;
	fprintf(out, "%s\n", ascii);
	return 0;
}

int bug_report_head(FILE *out, const struct findings *findings)
{
	int r = write_subject(out, findings);

	fputs("\nrproc-tree " RPROC_TREE_VERSION
	      " report. Paste or attach it whole: rproc-tree --from FILE\n"
	      "shows this system again.\n\nPROBLEMS\n",
	      out);
	if (r == 0)
		r = write_problems(out, findings);
	fputs("\nTREE\n", out);
	if (r == 0)
		r = write_tree(out, findings);
	fputs("\nSYSTEM\n", out);
	if (r == 0)
		r = write_system(out, findings);
	if (r == 0)
		r = write_processors(out, findings);
	return r < 0 ? r : write_log(out, findings);
}

void bug_report_records(FILE *out, const char *snapshot)
{
	uint32_t sum = 0;
	size_t lines = 0;

	fprintf(out, "\n%s\n%s", MARKER_BEGIN, snapshot);
	while (*snapshot) {
		size_t size = strcspn(snapshot, "\n");

		if (size > 0) {
			sum = checksum(sum, snapshot, size);
			sum = checksum(sum, "\n", 1);
			lines++;
		}
		snapshot += size + (snapshot[size] == '\n');
	}
	fprintf(out, "%s%zu lines, sum %08x]\n", MARKER_END, lines, sum);
}
