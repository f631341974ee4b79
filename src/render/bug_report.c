// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The report for a mail: a line that can be its subject, what is wrong and how that is
 * known, the tree, what system this is, then what the maintainer asks for next, and last
 * the records between two marker lines (marker.h). All before them is ASCII and, but for
 * what the kernel itself wrote wider, in 78 columns.
 *
 * Nothing that a device says stands at the start of a line before the first marker.
 */

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "checksum.h"
#include "compact.h"
#include "escape.h"
#include "format.h"
#include "marker.h"
#include "paragraph.h"
#include "problem.h"
#include "snapshot.h"
#include "subject.h"
#include "version.h"

#define WIDTH 78

static const struct render_options in_mail = { .ascii = true };

static const char *system_fact(const struct findings *findings, const char *key)
{
	return record_property(&findings->tree->inventory->system, key);
}

/* The worst that was found, with all that it explains; *ret_count of 0: no problem. */
static int worst_block(const struct findings *findings, const struct finding ***ret,
		       size_t *ret_count)
{
	const struct finding **members = calloc(findings->count + 1, sizeof(*members));
	const struct finding *worst = NULL;

	if (!members)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *each = &findings->list[i];

		if (each->head == each && finding_is_problem(each) &&
		    (!worst || each->status > worst->status))
			worst = each;
	}
	*ret = members;
	*ret_count = worst ? 1 : 0;
	members[0] = worst;
	for (size_t i = 0; worst && i < findings->count; i++)
		if (findings->list[i].head == worst && &findings->list[i] != worst)
			members[(*ret_count)++] = &findings->list[i];
	return 0;
}

/* "virtio0 and 2 channels below: misparented", as a column has it. */
static int write_worst(FILE *out, const struct findings *findings)
{
	_cleanup_free_ const struct finding **members = NULL;
	_cleanup_free_ char *subject = NULL, *ascii = NULL;
	size_t count;
	int r = worst_block(findings, &members, &count);

	if (r < 0)
		return r;
	if (count == 0) {
		fputs(tree_has_subject(findings->tree)
			      ? "no problem found"
			      : "no remote processor and no rpmsg device",
		      out);
		return 0;
	}
	subject = subject_text(members, count);
	ascii = subject ? escape_to_ascii(subject) : NULL;
	if (!ascii)
		return -ENOMEM;
	fprintf(out, "%s: %s", ascii, members[0]->brief);
	return 0;
}

/* One line: what is wrong, on which kernel and machine. */
static int write_subject(FILE *out, const struct findings *findings)
{
	_cleanup_free_ char *kernel =
		escape_string(system_fact(findings, FACT_KERNEL), ESCAPE_ASCII);
	_cleanup_free_ char *machine =
		escape_string(system_fact(findings, FACT_MACHINE), ESCAPE_ASCII);
	int r;

	if (!kernel || !machine)
		return -ENOMEM;
	fputs("remoteproc: ", out);
	r = write_worst(out, findings);
	if (*kernel)
		fprintf(out, " (Linux %s%s%s)", kernel, *machine ? ", " : "", machine);
	else if (*machine)
		fprintf(out, " (%s)", machine);
	fputc('\n', out);
	return r;
}

/* "label     text", its further lines below the first. text is as the kernel has it. */
static int write_fact(FILE *out, const struct findings *findings, const char *label,
		      const char *key)
{
	const char *text = system_fact(findings, key);
	_cleanup_free_ char *shown = text ? escape_string(text, ESCAPE_ASCII) : NULL;
	_cleanup_free_ char *line = NULL;

	if (!text)
		return 0;
	if (!shown || asprintf(&line, "%-9s %s", label, *shown ? shown : "none") < 0)
		return -ENOMEM;
	paragraph_write(out, line, WIDTH, "          ");
	return 0;
}

static bool lacks_attribute(const struct tree *tree, const char *name)
{
	tree_foreach (device, tree)
		if (device->kind == KIND_REMOTEPROC &&
		    !record_attribute(device->record, name))
			return true;
	return false;
}

static bool lacks_log(const struct findings *findings)
{
	return findings->tree->inventory->log.count == 0 &&
	       !system_fact(findings, FACT_LOG);
}

/* All of it in one line: who reads this has a system that he cannot ask. */
static int write_missing(FILE *out, const struct findings *findings)
{
	const struct {
		const char *what;
		bool missing;
	} facts[] = {
		{ "kernel release", !system_fact(findings, FACT_KERNEL) },
		{ "machine", !system_fact(findings, FACT_MACHINE) },
		{ "kernel configuration", !system_fact(findings, FACT_CONFIG) },
		{ "loaded modules", !system_fact(findings, FACT_LOADED) },
		{ "kernel log", lacks_log(findings) },
		{ "resource tables",
		  lacks_attribute(findings->tree, FACT_RESOURCE_TABLE) },
		{ "carveouts", lacks_attribute(findings->tree, FACT_CARVEOUTS) },
	};
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	bool any = false;
	int r = buffer_open(&buffer);

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(facts); i++) {
		if (!facts[i].missing)
			continue;
		fprintf(buffer.out, "%s%s", any ? ", " : "missing   ", facts[i].what);
		any = true;
	}
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r == 0 && any)
		paragraph_write(out, text, WIDTH, "          ");
	return r;
}

static int write_system(FILE *out, const struct findings *findings)
{
	static const struct {
		const char *label;
		const char *key;
	} facts[] = {
		{ "kernel", FACT_KERNEL },  { "machine", FACT_MACHINE },
		{ "", FACT_COMPATIBLE },    { "config", FACT_CONFIG },
		{ "modules", FACT_LOADED }, { "masked", FACT_REDACTED },
	};
	int r = 0;

	fputs("\nSYSTEM\n", out);
	for (size_t i = 0; i < ARRAY_SIZE(facts) && r == 0; i++)
		r = write_fact(out, findings, facts[i].label, facts[i].key);
	return r < 0 ? r : write_missing(out, findings);
}

/* Each line of a text after "  | ", so that none can pass for one of the report's. */
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

static int lay_out_tree(const struct findings *findings,
			const struct render_options *options, char **ret)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	int r = buffer_open(&buffer);

	if (r == 0)
		r = tree_write(buffer.out, findings, options);
	return r < 0 ? r : buffer_take(&buffer, ret, NULL);
}

/* With firmware, addresses and nodes, and as much besides as there is room for. */
static int write_tree(FILE *out, const struct findings *findings)
{
	static const char *const choices[] = { NULL, "DEVICE,STATE,DRIVER,DETAILS",
					       "DEVICE,STATE,DETAILS" };
	int r = 0;

	fputs("\nTREE\n", out);
	if (findings->tree->count == 0)
		fputs("  no remote processor and no rpmsg device\n", out);
	for (size_t i = 0; findings->tree->count > 0 && i < ARRAY_SIZE(choices) && r == 0;
	     i++) {
		struct render_options options = in_mail;
		bool last = i + 1 == ARRAY_SIZE(choices);
		_cleanup_free_ char *text = NULL;

		options.columns = choices[i];
		options.compact = true;
		options.width = last ? WIDTH : 0;
		r = lay_out_tree(findings, &options, &text);
		if (r < 0 || (widest(text) > WIDTH && !last))
			continue;
		fputs(text, out);
		return 0;
	}
	return r;
}

static int write_problems(FILE *out, const struct findings *findings)
{
	struct render_options options = in_mail;
	int r;

	options.width = WIDTH;
	fputs("\nPROBLEMS\n", out);
	r = problems_write(out, findings, PROBLEM_FIXES, &options);
	if (r == 0)
		r = skips_write(out, findings, &options);
	return r < 0 ? r : summary_write(out, findings, &options);
}

/* What was not recorded has been said once; an empty text is said here. */
static int write_attribute(FILE *out, const struct record *record, const char *name,
			   const char *title, int (*write)(FILE *out, const char *text))
{
	const char *text = record_text(record, name);

	if (!text)
		return 0;
	fprintf(out, "%s:%s\n", title, *text ? "" : " none");
	return write(out, text);
}

static int write_rows(FILE *out, const char *text)
{
	return compact_write(out, text, WIDTH);
}

static int write_processor(FILE *out, const struct device *device)
{
	const struct record *above = device->parent ? device->parent->record : NULL;
	const struct {
		const struct record *record;
		const char *name;
		const char *title;
		int (*write)(FILE *out, const char *text);
	} texts[] = {
		{ above, FACT_MEMORY_REGION, "memory regions", write_text },
		{ device->record, FACT_RESOURCE_TABLE, "resource table", write_rows },
		{ device->record, FACT_CARVEOUTS, "carveouts", write_rows },
		{ device->record, FACT_TRACE, "trace0, its last lines", write_text },
	};
	_cleanup_free_ char *name = escape_string(device->name, ESCAPE_ASCII);
	_cleanup_free_ char *place =
		escape_string(above ? record_name(above) : "unknown", ESCAPE_ASCII);
	int r = name && place ? 0 : -ENOMEM;

	if (r == 0)
		fprintf(out, "\nPROCESSOR %s, a child of %s\n", name, place);
	for (size_t i = 0; i < ARRAY_SIZE(texts) && r == 0; i++)
		if (texts[i].record)
			r = write_attribute(out, texts[i].record, texts[i].name,
					    texts[i].title, texts[i].write);
	return r;
}

static bool has_texts(const struct device *device)
{
	return record_attribute(device->record, FACT_RESOURCE_TABLE) ||
	       record_attribute(device->record, FACT_CARVEOUTS) ||
	       record_attribute(device->record, FACT_TRACE) ||
	       (device->parent &&
		record_attribute(device->parent->record, FACT_MEMORY_REGION));
}

static int write_processors(FILE *out, const struct findings *findings)
{
	int r = 0;

	tree_foreach (device, findings->tree)
		if (device->kind == KIND_REMOTEPROC && has_texts(device) && r == 0)
			r = write_processor(out, device);
	return r;
}

static int write_log(FILE *out, const struct findings *findings)
{
	const struct log *log = &findings->tree->inventory->log;
	int r = 0;

	if (lacks_log(findings))
		return 0;
	fputs("\nKERNEL LOG of remoteproc, virtio and rpmsg\n", out);
	if (log->count == 0)
		fputs("  it has no line of them\n", out);
	for (size_t i = 0; i < log->count && r == 0; i++)
		r = write_text(out, log->lines[i].bytes);
	return r;
}

int records_write(FILE *out, const struct tree *tree)
{
	_cleanup_free_ char *snapshot = NULL;
	uint32_t sum = 0;
	size_t lines = 0;
	int r = snapshot_text(tree, &snapshot);

	if (r < 0)
		return r;
	fprintf(out, "%s\n%s", MARKER_BEGIN, snapshot);
	for (const char *at = snapshot; *at;) {
		size_t size = strcspn(at, "\n");

		if (size > 0) {
			sum = checksum(sum, at, size);
			sum = checksum(sum, "\n", 1);
			lines++;
		}
		at += size + (at[size] == '\n');
	}
	fprintf(out, "%s%zu lines, sum %08x]\n", MARKER_END, lines, sum);
	return 0;
}

int report_render(FILE *out, const struct findings *findings,
		  const struct render_options *options)
{
	int (*const parts[])(FILE * out, const struct findings *findings) = {
		write_problems, write_tree, write_system, write_processors, write_log,
	};
	int r = write_subject(out, findings);

	(void)options;
	fputs("\n" MARKER_TITLE RPROC_TREE_VERSION
	      ". Paste or attach it whole: rproc-tree --from FILE\n"
	      "shows this system again.\n",
	      out);
	for (size_t i = 0; i < ARRAY_SIZE(parts) && r == 0; i++)
		r = parts[i](out, findings);
	fputc('\n', out);
	return r < 0 ? r : records_write(out, findings->tree);
}
