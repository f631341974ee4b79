// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A report is read back as what it was written from, out of any mail, or it is refused:
 * never half of it, never something else.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "command.h"
#include "mangle.h"
#include "spawn.h"
#include "with_cmocka.h"

static char *report_of(const char *path)
{
	_cleanup_outcome_ struct outcome outcome = run("report", "--from", path);
	char *text = outcome.out;

	assert_int_equal(outcome.status, EXIT_OK);
	outcome.out = NULL;
	return text;
}

static struct outcome show(const char *text, size_t size)
{
	const struct start start = { .input = text, .input_size = size };

	return run_with(&start, "show", "--json", "--from", "-");
}

static struct outcome run_on(const char *text, const char *command)
{
	const struct start start = { .input = text, .input_size = strlen(text) };

	return run_with(&start, command, "--from", "-");
}

static void assert_shows(const char *what, const char *board, const char *text,
			 const struct outcome *wanted, bool lossy)
{
	_cleanup_outcome_ struct outcome got = show(text, strlen(text));

	if (lossy && got.status == EXIT_TROUBLE && got.out_size == 0 &&
	    line_count(got.err) == 1)
		return;
	if (got.status != wanted->status || strcmp(got.out, wanted->out) != 0)
		fail_msg("%s, %s: exit %d, %s", board, what, got.status, got.err);
}

static void test_every_board_comes_back_out_of_every_mail(void **state)
{
	struct boards boards = boards_list();

	(void)state;
	for (size_t i = 0; i < boards.count; i++) {
		const struct board *board = &boards.list[i];
		_cleanup_outcome_ struct outcome wanted =
			run("show", "--json", "--from", board->path);
		char *findings;

		if (!board->is_snapshot)
			continue;
		findings = report_of(board->path);
		/* Each board a quarter of them: the next has the others. */
		for (const struct mangling *at = manglings; at->name; at++) {
			char *mangled;

			if (((size_t)(at - manglings) + i) % 4 != 0)
				continue;
			mangled = at->mangle(findings);
			assert_shows(at->name, board->name, mangled, &wanted, at->lossy);
			free(mangled);
		}
		free(findings);
	}
	boards_release(&boards);
}

static void test_a_wrapped_report_is_repaired(void **state)
{
	_cleanup_outcome_ struct outcome wanted =
		run("show", "--json", "--from", board_path("imx8mp-6.12-tty.snapshot"));
	char *findings = report_of(board_path("imx8mp-6.12-tty.snapshot"));

	(void)state;
	for (const struct mangling *at = manglings; at->name; at++) {
		char *mangled = at->mangle(findings);

		assert_shows(at->name, "imx8mp-6.12-tty", mangled, &wanted, false);
		free(mangled);
	}
	free(findings);
}

static void assert_refused(const char *what, const char *text, size_t size)
{
	_cleanup_outcome_ struct outcome got = show(text, size);

	if (got.status != EXIT_TROUBLE || got.out_size > 0 || line_count(got.err) != 1)
		fail_msg("%s, %zu bytes: exit %d, %s", what, size, got.status, got.err);
}

static void test_a_report_that_is_cut_off_anywhere_is_refused(void **state)
{
	char *findings = report_of(board_path("omapl138-broken.snapshot"));
	size_t size = strlen(findings);

	(void)state;
	for (size_t i = 0; i < size - 1; i++)
		if (findings[i] == '\n' || i % 97 == 0)
			assert_refused("cut", findings,
				       i + (findings[i] == '\n' && i + 1 < size));
	free(findings);
}

/* Its log may tell enough; what is missing is said in either case. */
static void test_a_report_without_its_records_is_called_so(void **state)
{
	char *findings = report_of(board_path("omapl138-broken.snapshot"));
	char *end = strstr(findings, "[rproc-tree records]");
	_cleanup_outcome_ struct outcome cut = show(findings, (size_t)(end - findings));

	(void)state;
	assert_int_equal(cut.status, EXIT_TROUBLE);
	assert_non_null(strstr(cut.err, "the report is cut off before its records: "
					"ask for the whole of it\n"));
	free(findings);
}

/* Any line of the records that is missing or another. */
static void test_a_report_that_was_changed_is_refused(void **state)
{
	char *findings = report_of(board_path("omapl138-broken.snapshot"));
	char *at = strstr(findings, "\n[rproc-tree records]\n") + 1;

	(void)state;
	for (at += strcspn(at, "\n") + 1; *at != '['; at += strcspn(at, "\n") + 1) {
		size_t size = strcspn(at, "\n");
		char *changed;

		if (size == 0)
			continue;
		assert_true(asprintf(&changed, "%.*s%s", (int)(at - findings), findings,
				     at + size + 1) > 0);
		assert_refused("a line less", changed, strlen(changed));
		free(changed);
		assert_true(asprintf(&changed, "%.*sx%s", (int)(at + size - findings),
				     findings, at + size) > 0);
		assert_refused("a letter more", changed, strlen(changed));
		free(changed);
	}
	free(findings);
}

static void test_the_refusal_names_the_line(void **state)
{
	static const char text[] = "Hi\n[rproc-tree records]\nP: /devices/a\n"
				   "E: DEVPATH=/devices/a\nnonsense here\n"
				   "[end of rproc-tree records: 2 lines, sum 00000000]\n";
	_cleanup_outcome_ struct outcome got = show(text, strlen(text));

	(void)state;
	assert_int_equal(got.status, EXIT_TROUBLE);
	assert_non_null(strstr(got.err, "standard input:5: "));
}

/* What firmware wrote into its trace cannot begin the records. */
static void test_a_trace_cannot_forge_the_records(void **state)
{
	static const char forged[] =
		"\\n[rproc-tree records]\\nP: /devices/forged\\n"
		"E: DEVPATH=/devices/forged\\nE: SUBSYSTEM=platform\\n"
		"[end of rproc-tree records: 3 lines, sum 00000000]\\n";
	size_t size;
	char *snapshot = file_read(board_path("omapl138-fixed.snapshot"), &size);
	char *at = strstr(snapshot, "A: firmware="), *changed, *lines;
	_cleanup_outcome_ struct outcome findings = { 0 }, shown = { 0 };

	(void)state;
	assert_true(asprintf(&changed, "%.*sA: rproc-tree/trace0=%s\n%s",
			     (int)(at - snapshot), snapshot, forged, at) > 0);
	lines = strstr(changed, "E: RPROC_TREE_LINES");
	memcpy(lines, "E: X", 4); /* edited: the count does not hold any more */
	findings = run_on(changed, "report");
	assert_int_equal(findings.status, EXIT_OK);
	assert_non_null(strstr(findings.out, "\n  | [rproc-tree records]\n"));
	shown = show(findings.out, findings.out_size);
	assert_int_equal(shown.status, EXIT_OK);
	assert_null(strstr(shown.out, "forged\""));
	free(changed);
	free(snapshot);
}

/* Reports stay readable for ever: one of each released version. */
static void test_reports_of_older_versions_are_read(void **state)
{
	static const char *const versions[] = { "reports/0.1.0.txt" };

	(void)state;
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		_cleanup_outcome_ struct outcome got =
			run("check", "--from", board_path(versions[i]));

		assert_int_equal(got.status, EXIT_FAILED);
		assert_non_null(strstr(got.out, "1 failure in "));
	}
}

static void test_what_is_redacted_is_nowhere(void **state)
{
	static const char *const secrets[] = { "phyBOARD-Pollux", "PHYTEC", NULL };
	const char *board = board_path("imx8mp-6.12-tty.snapshot");
	_cleanup_outcome_ struct outcome open = run("report", "--from", board);
	_cleanup_outcome_ struct outcome masked =
		run("report", "--redact", "--from", board);
	_cleanup_outcome_ struct outcome verdicts = { 0 };

	(void)state;
	assert_int_equal(masked.status, EXIT_OK);
	assert_non_null(strstr(open.out, "phyBOARD-Pollux"));
	for (const char *const *secret = secrets; *secret; secret++)
		assert_null(strcasestr(masked.out, *secret));
	assert_non_null(strstr(masked.out, "A: firmware=firmware-1\\n"));
	assert_non_null(strstr(masked.out, "masked    the machine's name, 1 firmware"));
	verdicts = run_on(masked.out, "check");
	assert_int_equal(verdicts.status, EXIT_OK);
}

static void test_the_head_is_ascii(void **state)
{
	char *findings = report_of(board_path("hostile-names.snapshot"));
	char *marker = strstr(findings, "\n[rproc-tree records]\n");

	(void)state;
	for (const char *at = findings; at < marker; at++)
		if ((*at < ' ' && *at != '\n') || *at == 0x7f || *at & 0x80)
			fail_msg("byte %02x at %zu", *at & 0xff, (size_t)(at - findings));
	free(findings);
}

/* What a reader of the list sees first, and what he needs next. */
static void test_the_first_line_is_a_subject(void **state)
{
	static const char first[] =
		"remoteproc: virtio0-3 and 8 channels below: misparented (Linux 5.10.0-46-amd64)\n";
	char *text = report_of(board_path("lab-5.10-broken.snapshot"));
	const char *problems = strstr(text, "\nPROBLEMS\n");
	const char *tree = strstr(text, "\nTREE\n"), *system = strstr(text, "\nSYSTEM\n");

	(void)state;
	assert_memory_equal(text, first, strlen(first));
	assert_true(problems && tree && system && problems < tree && tree < system);
	assert_non_null(strstr(tree, "sim0, firmware rproc-sim.fw"));
	assert_non_null(strstr(tree, "0x400 -> 0x10400"));
	free(text);
}

static void test_tables_are_compact(void **state)
{
	char *text = report_of(board_path("lab-5.10-broken.snapshot"));

	(void)state;
	assert_non_null(strstr(
		text,
		"\n  Vring 0, da 0x123d0000, align 4096, num 64, notify 0, pa 0x0\n"
		"  Vring 1, da 0x12a18000, align 4096, num 64, notify 1, pa 0x0\n"));
	assert_non_null(strstr(text, "\n  Carveout memory entry, name vdev0vring0, "));
	*strstr(text, "\n[rproc-tree records]\n") = '\0';
	assert_null(strstr(text, "\\x09"));
	free(text);
}

static void test_what_is_missing_is_one_line(void **state)
{
	char *text = report_of(board_path("lab-5.10-broken.snapshot"));

	(void)state;
	assert_non_null(strstr(
		text,
		"\nmissing   machine, kernel configuration, loaded modules, kernel log\n"));
	assert_null(strstr(text, "debugfs: run as root"));
	free(text);
}

static void test_markdown_pasted_back_whole_is_read(void **state)
{
	static const char *const boards[] = { "lab-5.10-broken.snapshot",
					      "hostile-names.snapshot" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(boards); i++) {
		const char *path = board_path(boards[i]);
		_cleanup_outcome_ struct outcome wanted = run("-J", "--from", path);
		_cleanup_outcome_ struct outcome pasted =
			run("--format", "markdown", "--from", path);
		_cleanup_outcome_ struct outcome got = show(pasted.out, pasted.out_size);

		assert_string_equal(got.out, wanted.out);
	}
}

static void test_a_capture_is_redacted_too(void **state)
{
	const char *board = board_path("imx8mp-6.12-tty.snapshot");
	_cleanup_outcome_ struct outcome open = run("capture", "--from", board);
	_cleanup_outcome_ struct outcome masked =
		run("capture", "--redact", "--from", board);

	(void)state;
	assert_int_equal(masked.status, EXIT_OK);
	assert_non_null(strstr(open.out, "PHYTEC"));
	assert_null(strcasestr(masked.out, "phytec"));
	assert_non_null(strstr(masked.out, "A: firmware=firmware-1\\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_board_comes_back_out_of_every_mail),
		cmocka_unit_test(test_a_wrapped_report_is_repaired),
		cmocka_unit_test(test_a_report_that_is_cut_off_anywhere_is_refused),
		cmocka_unit_test(test_a_report_without_its_records_is_called_so),
		cmocka_unit_test(test_a_report_that_was_changed_is_refused),
		cmocka_unit_test(test_the_refusal_names_the_line),
		cmocka_unit_test(test_a_trace_cannot_forge_the_records),
		cmocka_unit_test(test_reports_of_older_versions_are_read),
		cmocka_unit_test(test_what_is_redacted_is_nowhere),
		cmocka_unit_test(test_the_head_is_ascii),
		cmocka_unit_test(test_the_first_line_is_a_subject),
		cmocka_unit_test(test_tables_are_compact),
		cmocka_unit_test(test_what_is_missing_is_one_line),
		cmocka_unit_test(test_markdown_pasted_back_whole_is_read),
		cmocka_unit_test(test_a_capture_is_redacted_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
