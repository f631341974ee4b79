// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command line itself: what is understood, what is refused and how. Lists come from
 * the program's own tables, so that what is added there is tested here.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

#define BROKEN  board_path("omapl138-broken.snapshot")
#define FIXED   board_path("omapl138-fixed.snapshot")
#define NOTHING board_path("nothing-to-check.exportdb")

/* One line for a person: whole, printable, and it says who speaks. */
static void assert_one_line(const struct outcome *outcome, const char *of)
{
	if (strncmp(outcome->err, "rproc-tree: ", 12) != 0 ||
	    line_count(outcome->err) != 1 || outcome->err[outcome->err_size - 1] != '\n')
		fail_msg("%s: not one line on standard error: '%s'", of, outcome->err);
	for (size_t i = 0; i + 1 < outcome->err_size; i++)
		if ((unsigned char)outcome->err[i] < ' ' || outcome->err[i] == 0x7f)
			fail_msg("%s: a control character on standard error", of);
}

static const struct wrong_row {
	const char *what;
	const char *arguments[5];
} wrongs[] = {
	{ "unknown option", { "--nosuch" } },
	{ "unknown letter", { "-x" } },
	{ "unknown letter in a bundle", { "-Jx" } },
	{ "ambiguous abbreviation", { "--f", "x" } },
	{ "unknown command", { "nosuch" } },
	{ "empty command", { "" } },
	{ "command in the wrong case", { "Show" } },
	{ "argument of capture", { "capture", "extra" } },
	{ "two arguments of explain", { "explain", "vdev-parent", "rpmsg-ancestor" } },
	{ "unknown check", { "explain", "nosuch" } },
	{ "empty check", { "explain", "" } },
	{ "no file", { "--from" } },
	{ "no format", { "--format" } },
	{ "unknown format", { "--format", "nosuch" } },
	{ "empty format", { "--format", "" } },
	{ "format of check for show", { "show", "--format", "ktap" } },
	{ "format of show for check", { "check", "--format", "tree" } },
	{ "capture as a tree", { "capture", "--format", "tree" } },
	{ "report as a tree", { "report", "--format", "tree" } },
	{ "one side to compare", { "diff", "x" } },
	{ "three sides to compare", { "diff", "x", "y", "z" } },
	{ "two places", { "--from", "x", "--sysroot", "y" } },
	{ "watch a root", { "watch", "--sysroot", "/" } },
	{ "settle a root", { "check", "--settle", "1", "--sysroot", "/" } },
	{ "watch a file", { "watch", "--from", "x" } },
	{ "explain, strict", { "explain", "--strict" } },
	{ "explain as JSON", { "explain", "--json" } },
	{ "explain from a file", { "explain", "--from", "x" } },
	{ "columns of explain", { "explain", "-o", "DEVICE" } },
	{ "no columns", { "-o" } },
	{ "empty columns", { "-o", "" } },
	{ "unknown column", { "-o", "NOSUCH" } },
	{ "unknown column among others", { "-o", "DEVICE,NOSUCH,KIND" } },
	{ "empty column at the end", { "-o", "DEVICE," } },
	{ "empty column at the start", { "-o", ",DEVICE" } },
	{ "column with blanks", { "-o", "DEVICE, KIND" } },
	{ "unknown colour", { "--color=sometimes" } },
	{ "colour after a blank", { "--color", "never" } },
	{ "columns and all columns", { "-O", "-o", "KIND" } },
	{ "nothing to add", { "-o", "+" } },
	{ "columns of JSON", { "-J", "-o", "KIND" } },
	{ "columns of check", { "check", "-o", "KIND" } },
	{ "strict report", { "report", "--strict" } },
	{ "redacted tree", { "show", "--redact" } },
	{ "loud and quiet", { "-q", "-v" } },
	{ "a check both ways",
	  { "check", "--only", "announced", "--skip", "announced" } },
	{ "required without a wish", { "check", "--only", "required" } },
	{ "running without a wish", { "check", "--only", "announced,required-running" } },
	{ "except of nothing", { "check", "--except", "all" } },
	{ "no processor", { "check", "--require-running", "" } },
	{ "empty processor", { "check", "--require-running", "dsp," } },
	{ "requirement of show", { "show", "--require", "x" } },
	{ "help of nothing", { "help", "nosuch" } },
	{ "help of two", { "help", "show", "check" } },
	{ "argument of --strict", { "--strict=yes" } },
	{ "argument of --json", { "--json=x" } },
	{ "argument of --help", { "--help=show" } },
	{ "unknown check to run", { "check", "--only", "nosuch" } },
	{ "unknown check to skip", { "check", "--skip", "vdev-parent,nosuch" } },
	{ "after --, an option is none", { "--", "--help" } },
	{ "terminal sequence", { "\033[31mred" } },
	{ "line break", { "one\nrproc-tree: two" } },
	{ "line break in an option", { "--one\ntwo" } },
	{ "line break in a column", { "-o", "one\ntwo" } },
	{ "line break in a format", { "--format", "one\ntwo" } },
	{ "line break in a check", { "explain", "one\ntwo" } },
	{ "invalid UTF-8", { "\xff\xfe" } },
	{ "wrong usage before an unreadable file", { "--from", "/nosuch", "-o", "x" } },
};

static void wrong_usage_is_one_line_and_2(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		const struct wrong_row *row = &wrongs[i];
		_cleanup_outcome_ struct outcome outcome =
			run(row->arguments[0], row->arguments[1], row->arguments[2],
			    row->arguments[3], row->arguments[4]);

		if (outcome.status != EXIT_USAGE || outcome.out_size > 0)
			fail_msg("%s: exit %d, %zu bytes on standard output", row->what,
				 outcome.status, outcome.out_size);
		assert_one_line(&outcome, row->what);
	}
}

static void what_is_unknown_is_named_with_what_is_near(void **state)
{
	static const struct {
		const char *arguments[3];
		const char *said;
	} rows[] = {
		{ { "chekc" }, "unknown command 'chekc' (did you mean check?)" },
		{ { "Show" }, "unknown command 'Show' (did you mean show?)" },
		{ { "xyzzy" }, "unknown command or device 'xyzzy'; see" },
		{ { "chekc", "--require", "x" },
		  "unknown command 'chekc' (did you mean check?)" },
		{ { "--stirct" }, "unknown option '--stirct' (did you mean --strict?)" },
		{ { "--foo=x" }, "unknown option '--foo'" },
		{ { "-x" }, "unknown option '-x'" },
		{ { "--strict=x" }, "option --strict takes no argument" },
		{ { "check", "--only", "rpmsg-ancestro" },
		  "unknown check 'rpmsg-ancestro' (did you mean rpmsg-ancestor?)" },
		{ { "check", "--format", "ktpa" },
		  "unknown format of check 'ktpa' (did you mean ktap?)" },
		{ { "-o", "DEVICE,DRVIER" },
		  "unknown column 'DRVIER' (did you mean DRIVER?)" },
		{ { "explain", "mispaernted" }, "(did you mean misparented?)" },
		{ { "help", "chekc" }, "(did you mean check?)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outcome_ struct outcome outcome = run(
			rows[i].arguments[0], rows[i].arguments[1], rows[i].arguments[2]);

		assert_int_equal(outcome.status, EXIT_USAGE);
		if (!strstr(outcome.err, rows[i].said))
			fail_msg("'%s' is not in '%s'", rows[i].said, outcome.err);
	}
}

static void show_is_the_default(void **state)
{
	_cleanup_outcome_ struct outcome none = run("--from", BROKEN);
	_cleanup_outcome_ struct outcome named = run("show", "--from", BROKEN);

	(void)state;
	assert_int_equal(none.status, EXIT_OK);
	assert_string_equal(none.out, named.out);
}

static void options_stand_anywhere(void **state)
{
	_cleanup_outcome_ struct outcome after =
		run("check", "--format", "json", "--from", BROKEN);
	_cleanup_outcome_ struct outcome before =
		run("--json", "--from", BROKEN, "check");
	_cleanup_outcome_ struct outcome around = run("-J", "check", "--from", BROKEN);
	char *from = NULL;

	(void)state;
	assert_int_equal(after.status, EXIT_FAILED);
	assert_string_equal(after.out, before.out);
	assert_string_equal(after.out, around.out);
	assert_true(asprintf(&from, "--from=%s", BROKEN) > 0);
	{
		_cleanup_outcome_ struct outcome joined =
			run(from, "--format=json", "--", "check");

		free(from);
		assert_int_equal(joined.status, EXIT_FAILED);
		assert_string_equal(after.out, joined.out);
	}
}

static void the_last_of_an_option_counts(void **state)
{
	_cleanup_outcome_ struct outcome last =
		run("check", "--json", "--format", "ktap", "--from", BROKEN);
	_cleanup_outcome_ struct outcome only =
		run("check", "--format", "ktap", "--from", BROKEN);

	(void)state;
	assert_string_equal(last.out, only.out);
}

static void verbose_and_quiet_are_more_and_less(void **state)
{
	_cleanup_outcome_ struct outcome loud = run("check", "-v", "--from", BROKEN);
	_cleanup_outcome_ struct outcome quiet = run("check", "-q", "--from", FIXED);
	_cleanup_outcome_ struct outcome nothing = run("-q", "--from", NOTHING);
	_cleanup_outcome_ struct outcome tree = run("-v", "--from", BROKEN);
	_cleanup_outcome_ struct outcome only_tree = run("-q", "--from", BROKEN);

	(void)state;
	assert_non_null(strstr(loud.out, "\npass  remoteproc0 (dsp): "));
	assert_non_null(strstr(loud.out, "\nskip  virtio0: its memory regions"));
	assert_int_equal(quiet.status, EXIT_OK);
	assert_string_equal(quiet.out, "");
	assert_int_equal(nothing.status, EXIT_NOTHING);
	assert_string_equal(nothing.err, "");
	assert_non_null(strstr(tree.out, "evidence: "));
	assert_null(strstr(only_tree.out, "FAIL"));
	assert_non_null(strstr(only_tree.out, "misparented"));
}

static void the_table_has_a_form_for_scripts(void **state)
{
	_cleanup_outcome_ struct outcome raw =
		run("-rno", "DEVICE,KIND", "--from", BROKEN);
	_cleanup_outcome_ struct outcome signs =
		run("-rno", "PROBLEM,DETAILS", "--from", BROKEN);
	_cleanup_outcome_ struct outcome list =
		run("-lo", "DEVICE,KIND", "--from", BROKEN);
	_cleanup_outcome_ struct outcome more = run("-o", "+KIND", "--from", BROKEN);
	_cleanup_outcome_ struct outcome all = run("-O", "--from", BROKEN);

	(void)state;
	assert_string_equal(raw.out, "11800000.dsp bus-device\n"
				     "11800000.dsp#vdev0buffer vdev\n"
				     "virtio0 virtio\n"
				     "virtio0.rpmsg-client-sample.-1.50 channel\n"
				     "virtio0.rpmsg-client-sample.-1.51 channel\n"
				     "remoteproc0 remoteproc\n");
	assert_non_null(strstr(signs.out, "\nX\\x20misparented any\\x20->\\x200x32\n"));
	assert_non_null(strstr(list.out, "\nvirtio0    "));
	assert_int_equal(strncmp(more.out, "DEVICE ", 7), 0);
	assert_non_null(strstr(more.out, "DETAILS"));
	assert_non_null(strstr(more.out, "KIND\n"));
	for (const struct column *column = columns; column->name; column++)
		assert_non_null(strstr(all.out, column->name));
}

static void a_requirement_is_judged(void **state)
{
	_cleanup_outcome_ struct outcome met =
		run("check", "--require-running", "all", "--from", FIXED);
	_cleanup_outcome_ struct outcome named =
		run("check", "--require-running", "dsp,11800000.dsp", "--from", FIXED);
	_cleanup_outcome_ struct outcome missing =
		run("check", "--require-running", "gpu", "--from", FIXED);
	_cleanup_outcome_ struct outcome two = run(
		"check", "--require", "nosuch", "--require", "nothing", "--from", FIXED);

	(void)state;
	assert_int_equal(met.status, EXIT_OK);
	assert_int_equal(named.status, EXIT_OK);
	assert_int_equal(missing.status, EXIT_FAILED);
	assert_int_equal(two.status, EXIT_FAILED);
	assert_non_null(strstr(two.out, "nosuch"));
	assert_non_null(strstr(two.out, "nothing"));
}

static void only_and_skip_choose_checks(void **state)
{
	_cleanup_outcome_ struct outcome only = run("check", "--only", "vdev-parent",
						    "--format", "ktap", "--from", BROKEN);
	_cleanup_outcome_ struct outcome skip =
		run("check", "--skip", "vdev-parent,rpmsg-ancestor", "--format", "ktap",
		    "--from", BROKEN);

	(void)state;
	assert_int_equal(only.status, EXIT_FAILED);
	assert_non_null(strstr(only.out, "\n1..1\n"));
	assert_non_null(strstr(only.out, "\nnot ok 1 "));
	assert_int_equal(skip.status, EXIT_OK);
	assert_null(strstr(skip.out, "vdev-parent"));
	assert_null(strstr(skip.out, "rpmsg-ancestor"));
}

static void strict_makes_a_warning_a_failure(void **state)
{
	const char *silent = board_path("imx8mp-6.12-no-announcement.snapshot");
	_cleanup_outcome_ struct outcome usual = run("check", "--from", silent);
	_cleanup_outcome_ struct outcome strict =
		run("check", "--strict", "--from", silent);
	_cleanup_outcome_ struct outcome json =
		run("check", "--strict", "--json", "--from", silent);
	_cleanup_outcome_ struct outcome show = run("show", "--strict", "--from", silent);

	(void)state;
	assert_int_equal(usual.status, EXIT_OK);
	assert_int_equal(strict.status, EXIT_FAILED);
	assert_non_null(strstr(strict.out, "warn  virtio0"));
	assert_non_null(strstr(json.out, "\"status\": \"warn\""));
	assert_int_equal(show.status, EXIT_OK);
}

/* Qualcomm's RPM, MediaTek's SCP, PCI, Mi-V: nothing is wrong with them. */
static void strict_passes_what_is_by_design(void **state)
{
	static const char *const boards[] = {
		"mt8192-6.6-scp",       "msm8998-rpm-glink",          "msm8996-6.12",
		"msm8916-5.10-rpm-smd", "sdm660-6.1-rpm-glink",       "pc-virtio-pci",
		"virt-virtio-mmio",     "rk3568-5.10-rockchip-rpmsg",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(boards); i++) {
		char name[64];

		snprintf(name, sizeof(name), "%s.snapshot", boards[i]);
		{
			_cleanup_outcome_ struct outcome outcome =
				run("check", "--strict", "--from", board_path(name));

			if (outcome.status != EXIT_OK)
				fail_msg("%s:\n%s", name, outcome.out);
		}
	}
}

static void what_has_to_run_fails_when_it_does_not(void **state)
{
	const char *stopped = board_path("lab-6.12-stopped.snapshot");
	_cleanup_outcome_ struct outcome all =
		run("check", "--require-running", "all", "--from", stopped);
	_cleanup_outcome_ struct outcome but = run("check", "--require-running", "all",
						   "--except", "sim0", "--from", stopped);
	_cleanup_outcome_ struct outcome missing =
		run("check", "--require-running", "modem", "--from", stopped);
	_cleanup_outcome_ struct outcome nowhere =
		run("check", "--require-running", "all", "--from",
		    board_path("nothing-to-check.exportdb"));

	(void)state;
	assert_int_equal(all.status, EXIT_FAILED);
	assert_non_null(
		strstr(all.out, "remoteproc0 (sim0): expected running, is offline"));
	assert_int_equal(but.status, EXIT_OK);
	assert_int_equal(missing.status, EXIT_FAILED);
	assert_non_null(strstr(missing.out, "modem: expected running, and no"));
	assert_int_equal(nowhere.status, EXIT_FAILED);
}

static void status_tells_the_outcome(void **state)
{
	_cleanup_outcome_ struct outcome nothing_checked =
		run("check", "--from", NOTHING);
	_cleanup_outcome_ struct outcome nothing_shown = run("--from", NOTHING);
	_cleanup_outcome_ struct outcome nothing_captured =
		run("capture", "--from", NOTHING);
	_cleanup_outcome_ struct outcome fixed = run("check", "--from", FIXED);
	_cleanup_outcome_ struct outcome broken = run("check", "--from", BROKEN);
	_cleanup_outcome_ struct outcome shown = run("show", "--from", BROKEN);
	_cleanup_outcome_ struct outcome captured = run("capture", "--from", BROKEN);

	(void)state;
	assert_int_equal(fixed.status, EXIT_OK);
	assert_int_equal(broken.status, EXIT_FAILED);
	assert_int_equal(shown.status, EXIT_OK);
	assert_int_equal(captured.status, EXIT_OK);
	assert_int_equal(nothing_checked.status, EXIT_NOTHING);
	assert_int_equal(nothing_shown.status, EXIT_NOTHING);
	assert_int_equal(nothing_captured.status, EXIT_NOTHING);
	assert_one_line(&nothing_checked, "nothing to check");
	assert_non_null(strstr(nothing_captured.out, "P: /devices/rproc-tree\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_usage_is_one_line_and_2),
		cmocka_unit_test(what_is_unknown_is_named_with_what_is_near),
		cmocka_unit_test(show_is_the_default),
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(the_last_of_an_option_counts),
		cmocka_unit_test(verbose_and_quiet_are_more_and_less),
		cmocka_unit_test(the_table_has_a_form_for_scripts),
		cmocka_unit_test(a_requirement_is_judged),
		cmocka_unit_test(only_and_skip_choose_checks),
		cmocka_unit_test(strict_makes_a_warning_a_failure),
		cmocka_unit_test(strict_passes_what_is_by_design),
		cmocka_unit_test(what_has_to_run_fails_when_it_does_not),
		cmocka_unit_test(status_tells_the_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
