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
#include "version.h"
#include "with_cmocka.h"

#define BROKEN board_path("omapl138-broken.snapshot")
#define FIXED  board_path("omapl138-fixed.snapshot")

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
	{ "argument of --strict", { "--strict=yes" } },
	{ "argument of --json", { "--json=x" } },
	{ "argument of --help", { "--help=show" } },
	{ "unknown check to run", { "check", "--only", "nosuch" } },
	{ "unknown check to skip", { "check", "--skip", "vdev-parent,nosuch" } },
	{ "behind --, an option is none", { "--", "--help" } },
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

static void assert_mentions(const char *text, const char *indent, const char *word)
{
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "%s%s", indent, word);
	if (!strstr(text, wanted))
		fail_msg("--help does not mention '%s'", wanted);
}

static void help_lists_everything(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help");

	(void)state;
	for (const struct command *command = commands; command->name; command++)
		assert_mentions(help.out, "\n  ", command->name);
	for (size_t i = 0; i < OPTION_COUNT_; i++)
		assert_mentions(help.out, "--", option_rows[i].name);
	for (const struct format *format = formats; format->name; format++)
		assert_mentions(help.out, "\n  ", format->name);
	for (const struct column *column = columns; column->name; column++)
		assert_mentions(help.out, "\n  ", column->name);
}

static void help_goes_to_standard_output(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help"), letter = run("-h");
	_cleanup_outcome_ struct outcome behind = run("check", "--help");

	(void)state;
	assert_int_equal(help.status, EXIT_OK);
	assert_string_equal(help.err, "");
	assert_string_equal(help.out, letter.out);
	assert_string_equal(help.out, behind.out);
}

static void help_fits_100_columns(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help");
	char *rest = help.out, *line;

	(void)state;
	while ((line = strsep(&rest, "\n")))
		if (strlen(line) > 100)
			fail_msg("%zu columns: %s", strlen(line), line);
}

static void version_is_the_project_s(void **state)
{
	_cleanup_outcome_ struct outcome word = run("--version"), letter = run("-V");

	(void)state;
	assert_int_equal(word.status, EXIT_OK);
	assert_string_equal(word.out, "rproc-tree " RPROC_TREE_VERSION "\n");
	assert_string_equal(word.out, letter.out);
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

/* Whether a text has those words in a row, however its lines are broken. */
static bool has_words(const char *text, const char *words)
{
	for (; *text; text++) {
		const char *at = text, *word = words;

		while (*word && (*at == *word || (*word == ' ' && *at == '\n'))) {
			at += strspn(at, " \n") ? strspn(at, " \n") : 1;
			word += strspn(word, " ") ? strspn(word, " ") : 1;
		}
		if (!*word)
			return true;
	}
	return false;
}

static void explain_knows_each_check(void **state)
{
	_cleanup_outcome_ struct outcome list = run("explain");

	(void)state;
	assert_int_equal(list.status, EXIT_OK);
	checks_foreach(check)
	{
		_cleanup_outcome_ struct outcome one = run("explain", check->id);

		assert_non_null(strstr(list.out, check->id));
		assert_int_equal(one.status, EXIT_OK);
		assert_string_equal(one.err, "");
		assert_true(has_words(one.out, check->title));
		assert_true(has_words(one.out, check->looks));
		assert_true(has_words(one.out, check->matters));
		assert_true(has_words(one.out, check->fix));
	}
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

static void a_wrong_command_is_told_what_was_meant(void **state)
{
	_cleanup_outcome_ struct outcome command = run("chekc");
	_cleanup_outcome_ struct outcome check =
		run("check", "--only", "vdev-paren", "--from",
		    board_path("omapl138-broken.snapshot"));

	(void)state;
	assert_int_equal(command.status, EXIT_USAGE);
	assert_non_null(
		strstr(command.err, "unknown command 'chekc' (did you mean check?)"));
	assert_int_equal(check.status, EXIT_USAGE);
	assert_non_null(strstr(check.err, "(did you mean vdev-parent?)"));
}

static void a_device_is_shown_with_what_it_belongs_to(void **state)
{
	const char *board = board_path("lab-6.12.snapshot");
	_cleanup_outcome_ struct outcome one = run("virtio2", "--from", board);
	_cleanup_outcome_ struct outcome label = run("show", "sim1", "--from", board);
	_cleanup_outcome_ struct outcome none = run("show", "virtio77", "--from", board);

	(void)state;
	assert_int_equal(one.status, EXIT_OK);
	assert_non_null(strstr(one.out, "remoteproc1"));
	assert_non_null(strstr(one.out, "virtio2.rpmsg-client-sample"));
	assert_null(strstr(one.out, "virtio3"));
	assert_null(strstr(one.out, "remoteproc0"));
	assert_non_null(strstr(label.out, "virtio3"));
	assert_null(strstr(label.out, "remoteproc0"));
	assert_int_equal(none.status, EXIT_NOTHING);
	assert_string_equal(none.out, "");
	assert_non_null(strstr(none.err, "no device virtio77"));
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
	const char *nothing = board_path("nothing-to-check.exportdb");
	_cleanup_outcome_ struct outcome nothing_checked =
		run("check", "--from", nothing);
	_cleanup_outcome_ struct outcome nothing_shown = run("--from", nothing);
	_cleanup_outcome_ struct outcome nothing_captured =
		run("capture", "--from", nothing);
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
	assert_string_equal(nothing_captured.out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_usage_is_one_line_and_2),
		cmocka_unit_test(help_lists_everything),
		cmocka_unit_test(help_goes_to_standard_output),
		cmocka_unit_test(help_fits_100_columns),
		cmocka_unit_test(version_is_the_project_s),
		cmocka_unit_test(show_is_the_default),
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(the_last_of_an_option_counts),
		cmocka_unit_test(explain_knows_each_check),
		cmocka_unit_test(only_and_skip_choose_checks),
		cmocka_unit_test(a_wrong_command_is_told_what_was_meant),
		cmocka_unit_test(a_device_is_shown_with_what_it_belongs_to),
		cmocka_unit_test(what_has_to_run_fails_when_it_does_not),
		cmocka_unit_test(strict_makes_a_warning_a_failure),
		cmocka_unit_test(strict_passes_what_is_by_design),
		cmocka_unit_test(status_tells_the_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
