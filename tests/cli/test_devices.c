// SPDX-License-Identifier: GPL-2.0-or-later
/* DEVICE arguments: what a word means, what comes along, and what is said otherwise. */

#include <string.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

#define BROKEN board_path("omapl138-broken.snapshot")
#define FIXED  board_path("omapl138-fixed.snapshot")

static void a_device_has_many_names(void **state)
{
	static const char *const names[] = {
		"remoteproc0",
		"dsp",
		"11800000.dsp",
		"/sys/class/remoteproc/remoteproc0",
		"/sys/devices/platform/11800000.dsp/",
		"/devices/platform/11800000.dsp/remoteproc/remoteproc0",
	};
	_cleanup_outcome_ struct outcome all = run("--from", FIXED);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_outcome_ struct outcome one = run(names[i], "--from", FIXED);
		_cleanup_outcome_ struct outcome shown =
			run("show", names[i], "--from", FIXED);

		assert_int_equal(one.status, EXIT_OK);
		if (strcmp(one.out, all.out) != 0)
			fail_msg("%s:\n%s", names[i], one.out);
		assert_string_equal(one.out, shown.out);
	}
}

static void a_device_brings_what_is_above_and_below(void **state)
{
	_cleanup_outcome_ struct outcome one = run(
		"-rno", "DEVICE", "virtio0.rpmsg-client-sample.-1.50", "--from", FIXED);
	_cleanup_outcome_ struct outcome both =
		run("-rno", "DEVICE", "rpmsg-client-sample", "--from", FIXED);

	(void)state;
	assert_non_null(strstr(one.out, "remoteproc0\n"));
	assert_non_null(strstr(one.out, "11800000.dsp\n"));
	assert_non_null(strstr(one.out, "client-sample.-1.50\n"));
	assert_null(strstr(one.out, "client-sample.-1.51\n"));
	assert_non_null(strstr(both.out, "client-sample.-1.51\n"));
}

/* It is a child of the bus device, but it belongs to the processor. */
static void a_processor_brings_its_misparented_vdev(void **state)
{
	_cleanup_outcome_ struct outcome all = run("--from", BROKEN);
	_cleanup_outcome_ struct outcome one = run("remoteproc0", "--from", BROKEN);
	_cleanup_outcome_ struct outcome channel = run(
		"check", "virtio0.rpmsg-client-sample.-1.50", "--json", "--from", BROKEN);

	(void)state;
	assert_string_equal(one.out, all.out);
	assert_int_equal(channel.status, EXIT_FAILED);
	assert_non_null(strstr(channel.out, "\"remoteproc\": \"remoteproc0\""));
	assert_non_null(strstr(channel.out, "\"channels\": 1,"));
}

static void findings_are_of_the_devices_only(void **state)
{
	const char *board = board_path("lab-6.12-crashed.snapshot");
	_cleanup_outcome_ struct outcome rows =
		run("-rno", "DEVICE,STATE", "--from", board);

	(void)state;
	for (char *rest = rows.out, *row; (row = strsep(&rest, "\n"));) {
		char *name = strsep(&row, " ");

		if (strncmp(name, "remoteproc", 10) != 0)
			continue;
		{
			_cleanup_outcome_ struct outcome one =
				run("check", name, "--json", "--from", board);

			assert_non_null(strstr(one.out, "\"remoteprocs\": 1,"));
		}
	}
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
	assert_non_null(strstr(none.err, "unknown device 'virtio77'"));
}

static void a_file_without_from_is_told_where_it_belongs(void **state)
{
	_cleanup_outcome_ struct outcome device = run("show", FIXED);
	_cleanup_outcome_ struct outcome command = run(FIXED, "--strict");
	_cleanup_outcome_ struct outcome named = run("show", FIXED, "--from", FIXED);
	static const char pointer[] = "; a file is read with --from FILE\n";

	(void)state;
	assert_int_equal(device.status, EXIT_NOTHING);
	assert_non_null(strstr(device.err, pointer));
	assert_int_equal(command.status, EXIT_USAGE);
	assert_non_null(strstr(command.err, pointer));
	assert_null(strstr(named.err, pointer));
}

static void nagios_has_a_line_for_a_device_that_is_not_there(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("check", "--format", "nagios", "virtio77", "--from", FIXED);

	(void)state;
	assert_int_equal(outcome.status, 3);
	assert_string_equal(outcome.out,
			    "RPROC UNKNOWN - a device that was named does not exist\n");
}

static void what_is_no_device_is_4_with_what_is_near(void **state)
{
	static const char *const commands_taking[] = { "show", "check", "report" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(commands_taking); i++) {
		_cleanup_outcome_ struct outcome outcome =
			run(commands_taking[i], "remotproc0", "--from", FIXED);

		assert_int_equal(outcome.status, EXIT_NOTHING);
		assert_string_equal(outcome.out, "");
		assert_string_equal(
			outcome.err,
			"rproc-tree: unknown device 'remotproc0' (did you mean remoteproc0?); rproc-tree show lists them\n");
	}
}

static void a_first_word_that_is_nothing_is_2(void **state)
{
	_cleanup_outcome_ struct outcome outcome = run("remotproc0", "--from", FIXED);

	(void)state;
	assert_int_equal(outcome.status, EXIT_USAGE);
	assert_non_null(strstr(outcome.err, "(did you mean remoteproc0?)"));
}

static void a_report_of_a_device_reads_back(void **state)
{
	_cleanup_outcome_ struct outcome report =
		run("report", "virtio0.rpmsg-client-sample.-1.50", "--from", BROKEN);
	_cleanup_outcome_ struct outcome direct =
		run("virtio0.rpmsg-client-sample.-1.50", "--from", BROKEN);
	const struct start start = { .input = report.out, .input_size = report.out_size };
	_cleanup_outcome_ struct outcome again = run_with(&start, "--from", "-");

	(void)state;
	assert_string_equal(again.out, direct.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_has_many_names),
		cmocka_unit_test(a_device_brings_what_is_above_and_below),
		cmocka_unit_test(a_processor_brings_its_misparented_vdev),
		cmocka_unit_test(findings_are_of_the_devices_only),
		cmocka_unit_test(a_device_is_shown_with_what_it_belongs_to),
		cmocka_unit_test(what_is_no_device_is_4_with_what_is_near),
		cmocka_unit_test(a_first_word_that_is_nothing_is_2),
		cmocka_unit_test(a_file_without_from_is_told_where_it_belongs),
		cmocka_unit_test(nagios_has_a_line_for_a_device_that_is_not_there),
		cmocka_unit_test(a_report_of_a_device_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
