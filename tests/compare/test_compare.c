// SPDX-License-Identifier: GPL-2.0-or-later
/* diff, check --expect and check --require: what is the same, and what is not. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

/* board_path() has one buffer. */
static const char *other_path(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s", board_path(name));
	return path;
}

static const char *fixed_path(void)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s", board_path("omapl138-fixed.snapshot"));
	return path;
}

#define BROKEN other_path("omapl138-broken.snapshot")
#define FIXED  fixed_path()

static void assert_says(const struct outcome *outcome, int status, const char *says)
{
	if (outcome->status != status || !strstr(outcome->out, says))
		fail_msg("exit %d, no '%s' in:\n%s%s", outcome->status, says,
			 outcome->out, outcome->err);
}

/* The board with one text replaced by another, and without the count of its lines. */
static char *edited(const char *name, const char *from, const char *to)
{
	size_t size;
	char *text = file_read(board_path(name), &size);
	char *count = strstr(text, "E: RPROC_TREE_LINES="), *at, *changed;

	memcpy(count, "E: X", 4);
	at = strstr(text, from);
	assert_non_null(at);
	assert_true(asprintf(&changed, "%.*s%s%s", (int)(at - text), text, to,
			     at + strlen(from)) > 0);
	free(text);
	return changed;
}

static struct outcome diff_edited(const char *name, const char *from, const char *to)
{
	char *changed = edited(name, from, to);
	const struct start start = { .input = changed, .input_size = strlen(changed) };
	struct outcome outcome = run_with(&start, "diff", board_path(name), "-");

	free(changed);
	return outcome;
}

static void test_every_board_is_the_same_as_itself(void **state)
{
	struct boards boards = boards_list();

	(void)state;
	for (size_t i = 0; i < boards.count; i++) {
		const char *path = boards.list[i].path;
		_cleanup_outcome_ struct outcome outcome = run("diff", path, path);

		if (outcome.status != EXIT_OK || !strstr(outcome.out, "Nothing differs."))
			fail_msg("%s: exit %d\n%s", boards.list[i].name, outcome.status,
				 outcome.out);
	}
	boards_release(&boards);
}

static void test_the_fix_is_told_as_what_moved(void **state)
{
	static const char paragraph[] =
		"11800000.dsp: vdev0 moved from 11800000.dsp to remoteproc0, and with it\n"
		"1 virtio device and 2 channels. virtio0, rpmsg-client-sample.0x32 and\n"
		"rpmsg-client-sample.0x33 were misparented, and are ok now:\n"
		"rproc_get_by_child() returned NULL for them, and finds remoteproc0.\n"
		"\n"
		"gone fail: virtio0 and 2 channels below are misparented";
	_cleanup_outcome_ struct outcome outcome = run("diff", BROKEN, FIXED);

	(void)state;
	assert_says(&outcome, EXIT_FAILED, paragraph);
}

/* Before the fix such a listing names no remote processor at all. */
static void test_pasted_listings_show_the_fix(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("diff", other_path("omapl138-broken.ls"),
		    board_path("omapl138-fixed.ls"));

	(void)state;
	assert_says(&outcome, EXIT_FAILED,
		    "vdev0 moved from 11800000.dsp to remoteproc0");
}

static void test_what_a_listing_cannot_know_is_no_change(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("diff", FIXED, other_path("omapl138-fixed.ls"));

	(void)state;
	assert_says(&outcome, EXIT_OK, "Nothing differs.");
}

static void test_more_known_bits_are_no_other_features(void **state)
{
	static const char features[] =
		"features=1000000000000000000000000000000000000000000000000000000000000000";
	char longer[200];

	(void)state;
	snprintf(longer, sizeof(longer), "%s%064d", features, 0);
	{
		_cleanup_outcome_ struct outcome same =
			diff_edited("omapl138-fixed.snapshot", features, longer);

		assert_says(&same, EXIT_OK, "Nothing differs.");
	}
	longer[100] = '1';
	{
		_cleanup_outcome_ struct outcome other =
			diff_edited("omapl138-fixed.snapshot", features, longer);

		assert_says(&other, EXIT_FAILED, "virtio0: feature bits are");
	}
}

static void replace_all(char *text, const char *from, const char *to)
{
	for (char *at = strstr(text, from); at; at = strstr(at, from))
		memcpy(at, to, strlen(to));
}

static void test_numbers_are_no_change(void **state)
{
	size_t size;
	char *text = file_read(FIXED, &size);
	const struct start start = { .input = text, .input_size = strlen(text) };
	_cleanup_outcome_ struct outcome outcome = { 0 };

	(void)state;
	replace_all(text, "remoteproc0", "remoteproc7");
	replace_all(text, "virtio0", "virtio5");
	outcome = run_with(&start, "diff", FIXED, "-");
	assert_says(&outcome, EXIT_OK, "Nothing differs.");
	free(text);
}

static void test_each_kind_of_change_is_told(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		const char *says;
	} rows[] = {
		{ "state=running", "state=crashed",
		  "remoteproc0 is crashed, was running" },
		{ "firmware=rproc-dsp-fw", "firmware=other",
		  "remoteproc0: firmware is other, was rproc-dsp-fw" },
		{ "status=0x00000007", "status=0x00000087",
		  "virtio0: status is 0x87, was 0x7" },
		{ "E: DRIVER=rpmsg_client_sample\nE: MODALIAS=rpmsg:rpmsg-client-sample\n"
		  "E: SUBSYSTEM=rpmsg\nA: name=rpmsg-client-sample\\n\nA: src=0xffffffff\\n\n"
		  "A: dst=0x33\\n\nA: announce=false\\n\nA: driver_override=(null)\\n\n"
		  "A: modalias=rpmsg:rpmsg-client-sample\\n\n"
		  "L: driver=../../../../../../../../bus/rpmsg/drivers/rpmsg_client_sample\n",
		  "E: SUBSYSTEM=rpmsg\nA: name=rpmsg-client-sample\\n\nA: dst=0x33\\n\n",
		  "rpmsg-client-sample.0x33 is bound to no driver, was to "
		  "rpmsg_client_sample" },
		{ "src=0xffffffff", "src=0x35",
		  "rpmsg-client-sample.0x32: address is 0x35, was dynamic" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_outcome_ struct outcome outcome =
			diff_edited("omapl138-fixed.snapshot", rows[i].from, rows[i].to);

		for (char *at = outcome.out; *at; at++)
			*at = *at == '\n' ? ' ' : *at;
		assert_says(&outcome, EXIT_FAILED, rows[i].says);
	}
}

static void test_a_dynamic_address_is_numbering(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		diff_edited("omapl138-fixed.snapshot", "src=0xffffffff", "src=0x400");

	(void)state;
	assert_says(&outcome, EXIT_OK, "Nothing differs.");
}

static void test_wrong_usage_of_diff(void **state)
{
	_cleanup_outcome_ struct outcome none = run("diff");
	_cleanup_outcome_ struct outcome one = run("diff", FIXED);
	_cleanup_outcome_ struct outcome dashes = run("diff", "-", "-");
	_cleanup_outcome_ struct outcome missing = run("diff", FIXED, "/nonexistent");

	(void)state;
	assert_int_equal(none.status, EXIT_USAGE);
	assert_int_equal(one.status, EXIT_USAGE);
	assert_int_equal(dashes.status, EXIT_USAGE);
	assert_int_equal(missing.status, EXIT_TROUBLE);
	assert_string_equal(missing.out, "");
}

static void test_a_good_boot_is_expected_again(void **state)
{
	_cleanup_outcome_ struct outcome same =
		run("check", "--from", FIXED, "--expect", FIXED);
	_cleanup_outcome_ struct outcome across =
		run("check", "--only", "expected", "--from", BROKEN, "--expect", FIXED);

	(void)state;
	assert_says(&same, EXIT_OK, "No problem found in what could be read; ");
	assert_says(&across, EXIT_OK, "No problem found by 1 of ");
}

static void test_what_is_missing_or_changed_fails(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		const char *says;
	} rows[] = {
		{ "state=running", "state=offline",
		  "FAIL  remoteproc0 (dsp): expected running, is offline" },
		{ "drivers/rpmsg_client_sample", "drivers/other",
		  "expected driver rpmsg_client_sample, has other" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text = edited("omapl138-fixed.snapshot", rows[i].from, rows[i].to);
		const struct start start = { .input = text, .input_size = strlen(text) };
		_cleanup_outcome_ struct outcome outcome =
			run_with(&start, "check", "--only", "expected", "--from", "-",
				 "--expect", FIXED);

		assert_says(&outcome, EXIT_FAILED, rows[i].says);
		free(text);
	}
}

static void test_another_board_has_all_missing_and_all_in_addition(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("check", "--only", "expected", "--format", "ktap", "--from", FIXED,
		    "--expect", other_path("imx8mp-6.12-tty.snapshot"));

	(void)state;
	assert_says(&outcome, EXIT_FAILED,
		    "was expected and is missing: imx8mp-cm7/remoteproc/vdev0/virtio/"
		    "rpmsg-tty.0x400");
	assert_says(&outcome, EXIT_FAILED, "is new: the good boot had no such channel");
	assert_says(&outcome, EXIT_FAILED, "# Totals: pass:4 fail:5 ");
}

static void test_a_required_channel(void **state)
{
	static const struct {
		const char *wish;
		int status;
	} rows[] = {
		{ "rpmsg-client-sample", EXIT_OK },
		{ "rpmsg-client-sample@11800000.dsp", EXIT_OK },
		{ "rpmsg-client-sample@/devices/platform/11800000.dsp", EXIT_OK },
		{ "rpmsg-client-sample@other", EXIT_FAILED },
		{ "rpmsg-client", EXIT_FAILED },
		{ "nothing", EXIT_FAILED },
		{ "", EXIT_USAGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_outcome_ struct outcome outcome =
			run("check", "--from", FIXED, "--require", rows[i].wish);

		if (outcome.status != rows[i].status)
			fail_msg("'%s': exit %d, %s%s", rows[i].wish, outcome.status,
				 outcome.out, outcome.err);
	}
}

static void test_a_required_channel_needs_a_driver(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("check", "--only", "required", "--from",
		    other_path("stm32mp157-5.15-attached.snapshot"), "--require",
		    "rpmsg-raw");

	(void)state;
	assert_says(&outcome, EXIT_FAILED, "is required, and no driver is bound to it");
}

/* What CI follows over the boots has one id, there or missing. */
static void test_the_id_of_a_wish_is_the_same_when_it_fails(void **state)
{
	_cleanup_outcome_ struct outcome there =
		run("check", "--only", "required", "--format", "lava", "--from", FIXED,
		    "--require", "rpmsg-client-sample");
	_cleanup_outcome_ struct outcome missing =
		run("check", "--only", "required", "--format", "lava", "--from",
		    other_path("imx8mp-6.12-no-announcement.snapshot"), "--require",
		    "rpmsg-client-sample");

	(void)state;
	assert_says(&there, EXIT_OK, "=required_rpmsg--client--sample RESULT=pass>");
	assert_says(&missing, EXIT_FAILED,
		    "=required_rpmsg--client--sample RESULT=fail>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_board_is_the_same_as_itself),
		cmocka_unit_test(test_the_fix_is_told_as_what_moved),
		cmocka_unit_test(test_pasted_listings_show_the_fix),
		cmocka_unit_test(test_what_a_listing_cannot_know_is_no_change),
		cmocka_unit_test(test_numbers_are_no_change),
		cmocka_unit_test(test_more_known_bits_are_no_other_features),
		cmocka_unit_test(test_each_kind_of_change_is_told),
		cmocka_unit_test(test_a_dynamic_address_is_numbering),
		cmocka_unit_test(test_wrong_usage_of_diff),
		cmocka_unit_test(test_a_good_boot_is_expected_again),
		cmocka_unit_test(test_what_is_missing_or_changed_fails),
		cmocka_unit_test(test_another_board_has_all_missing_and_all_in_addition),
		cmocka_unit_test(test_a_required_channel),
		cmocka_unit_test(test_a_required_channel_needs_a_driver),
		cmocka_unit_test(test_the_id_of_a_wish_is_the_same_when_it_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
