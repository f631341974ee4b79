// SPDX-License-Identifier: GPL-2.0-or-later
/* diff and check --expect: what is lost is never green. */

#include <stdio.h>
#include <string.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

/* board_path() has one buffer. */
static const char *copy(char into[4096], const char *name)
{
	snprintf(into, 4096, "%s", board_path(name));
	return into;
}

static const char *board(const char *name)
{
	static char paths[8][4096];
	static size_t next;

	return copy(paths[next++ % 8], name);
}

#define BROKEN  board("omapl138-broken.snapshot")
#define FIXED   board("omapl138-fixed.snapshot")
#define NOTHING board("nothing-to-check.exportdb")

static void assert_says(const struct outcome *outcome, int status, const char *says)
{
	if (outcome->status != status || !strstr(outcome->out, says))
		fail_msg("exit %d, no '%s' in:\n%s%s", outcome->status, says,
			 outcome->out, outcome->err);
}

/* All of them: a system without any device is one that was looked at. */
static void test_an_empty_side_is_a_loss(void **state)
{
	_cleanup_outcome_ struct outcome gone = run("diff", FIXED, NOTHING);
	_cleanup_outcome_ struct outcome come = run("diff", NOTHING, FIXED);
	_cleanup_outcome_ struct outcome quiet = run("diff", "-q", FIXED, NOTHING);

	(void)state;
	assert_says(&gone, EXIT_FAILED,
		    "1 remote processor, 1 vdev and 2 channels are gone.");
	assert_says(&come, EXIT_FAILED,
		    "1 remote processor, 1 vdev and 2 channels are new.");
	assert_int_equal(quiet.status, EXIT_FAILED);
	assert_string_equal(quiet.out, "");
}

/* What capture makes of it says so, too: it is no empty file. */
static void test_a_capture_of_nothing_is_an_empty_side(void **state)
{
	_cleanup_outcome_ struct outcome capture = run("capture", "--from", NOTHING);
	const struct start start = { .input = capture.out,
				     .input_size = capture.out_size };
	_cleanup_outcome_ struct outcome again =
		run_with(&start, "capture", "--from", "-");
	_cleanup_outcome_ struct outcome gone = run_with(&start, "diff", FIXED, "-");

	(void)state;
	assert_int_equal(capture.status, EXIT_NOTHING);
	assert_true(capture.out_size > 0);
	assert_int_equal(again.status, EXIT_NOTHING);
	assert_string_equal(again.out, capture.out);
	assert_says(&gone, EXIT_FAILED,
		    "1 remote processor, 1 vdev and 2 channels are gone.");
}

/* Not seven: what an offline processor had is gone with it. */
static void test_an_offline_processor_is_one_failure(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("check", "--only", "expected", "--expect", board("lab-6.12.snapshot"),
		    "--from", board("lab-6.12-offline.snapshot"));

	(void)state;
	assert_says(&outcome, EXIT_FAILED,
		    "FAIL  remoteproc1 (sim1): expected running, is offline (and "
		    "virtio2-3 and 4 channels below) [expected]\n");
	assert_null(strstr(outcome.out, "virtio2 "));
}

static void test_nothing_left_of_what_is_expected_fails_in_each_format(void **state)
{
	(void)state;
	for (const struct format *format = formats; format->name; format++) {
		_cleanup_outcome_ struct outcome outcome = { 0 };

		if (!(format->uses & FORMAT_CHECK))
			continue;
		outcome = run("check", "--format", format->name, "--expect", FIXED,
			      "--from", board("nothing-to-check.exportdb"));
		if (outcome.status != (format->exit_style ? 2 : EXIT_FAILED))
			fail_msg("%s: exit %d", format->name, outcome.status);
	}
}

static void test_new_and_gone_findings_are_told(void **state)
{
	const char *well = board("lab-6.12.snapshot");
	const char *crashed = board("lab-6.12-crashed.snapshot");
	_cleanup_outcome_ struct outcome new = run("diff", well, crashed);
	_cleanup_outcome_ struct outcome gone = run("diff", crashed, well);
	_cleanup_outcome_ struct outcome json = run("diff", "--json", well, crashed);
	_cleanup_outcome_ struct outcome color = run("diff", "--color", well, crashed);

	(void)state;
	assert_says(&new, EXIT_FAILED,
		    "\nnew fail: remoteproc0 (sim0) has crashed: nobody answers");
	assert_says(&gone, EXIT_FAILED, "\ngone fail: remoteproc0 (sim0)");
	assert_says(&json, EXIT_FAILED, "\"check\": \"processor-state\"");
	assert_says(&color, EXIT_FAILED, "\033[1;31mnew fail:\033[0m remoteproc0");
}

static void test_other_boards_are_called_so(void **state)
{
	_cleanup_outcome_ struct outcome other =
		run("diff", FIXED, board("imx8mp-6.12-tty.snapshot"));
	_cleanup_outcome_ struct outcome same = run("diff", FIXED, BROKEN);

	(void)state;
	assert_says(&other, EXIT_FAILED,
		    "These look like different boards: no bus device");
	assert_null(strstr(same.out, "different boards"));
}

static void test_a_good_boot_that_fails_is_warned_about(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("check", "--from", BROKEN, "--expect", BROKEN);

	(void)state;
	assert_non_null(strstr(outcome.err, "3 checks of this good boot fail;"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_empty_side_is_a_loss),
		cmocka_unit_test(test_a_capture_of_nothing_is_an_empty_side),
		cmocka_unit_test(test_an_offline_processor_is_one_failure),
		cmocka_unit_test(
			test_nothing_left_of_what_is_expected_fails_in_each_format),
		cmocka_unit_test(test_new_and_gone_findings_are_told),
		cmocka_unit_test(test_other_boards_are_called_so),
		cmocka_unit_test(test_a_good_boot_that_fails_is_warned_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
