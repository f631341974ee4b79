// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is said of a system that is asked now and not of a text: what has no end yet may
 * have one soon, and who may not read a file can become root.
 */

#include "helper.h"
#include "reason.h"

static const char starting[] = "[ 1.000000] remoteproc remoteproc0: m4 is available\n"
			       "[ 1.100000] remoteproc remoteproc0: powering up m4\n"
			       "[ 9.000000] remoteproc remoteproc1: b is available\n";

static const char recovering[] =
	"[ 1.000000] remoteproc remoteproc0: m4 is available\n"
	"[ 1.100000] remoteproc remoteproc0: remote processor m4 is now up\n"
	"[ 5.000000] remoteproc remoteproc0: crash detected in m4: type watchdog\n"
	"[ 5.100000] remoteproc remoteproc0: recovering m4\n"
	"[ 9.000000] remoteproc remoteproc1: b is available\n"
	"# cat /sys/class/remoteproc/remoteproc0/state\n"
	"crashed\n";

/* A text as if it had been gathered here, by one who may not read everything. */
static void live_of(struct world *world, const char *text, unsigned int refused)
{
	world_of(world, text);
	findings_free(steal(world->findings));
	tree_free(steal(world->tree));
	world->inventory->kind = SOURCE_LIVE;
	world->inventory->refused = refused;
	world_build(world);
}

static void assert_says(const struct world *world, const char *check, const char *name,
			const char *text)
{
	const struct finding *finding = world_finding(world, check, name);

	if (!finding->message || !strstr(finding->message, text))
		fail_msg("%s: '%s' does not say '%s'", check, finding->message, text);
}

static void a_start_that_began_just_now_has_not_failed(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, starting, 0);
	assert_says(&world, "processor-start", "remoteproc0",
		    "its start has not ended yet: look again");
	assert_int_equal(world_finding(&world, "processor-start", "remoteproc0")->status,
			 STATUS_SKIP);
}

static void a_crash_that_is_being_recovered_is_said_to_be(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, recovering, 0);
	assert_says(&world, "crash-loop", "remoteproc0", "and is being recovered");
}

static void a_start_that_lasts_a_minute_has_failed(void **state)
{
	static const char lasting[] =
		"[ 1.100000] remoteproc remoteproc0: powering up m4\n"
		"[ 99.000000] remoteproc remoteproc1: b is available\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, lasting, 0);
	assert_says(&world, "processor-start", "remoteproc0", "has no end in the log");
}

static const char quiet[] = "# cat /sys/class/remoteproc/remoteproc0/state\nrunning\n"
			    "# cat /sys/class/remoteproc/remoteproc1/state\noffline\n";

static void who_may_not_read_the_log_is_told_to_become_root(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, quiet, REFUSED_LOG);
	assert_says(&world, "crash-loop", "remoteproc0",
		    "cannot read the kernel log: run as root");
}

static void root_in_a_container_is_told_that_there_is_no_log(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, quiet, REFUSED_ROOT_LOG);
	assert_says(&world, "crash-loop", "remoteproc0",
		    "this system gives no kernel log");
}

static void who_may_not_read_debugfs_is_told_to_become_root(void **state)
{
	static const char running[] =
		"[ 1.000000] remoteproc remoteproc0: remote processor m4 is now up\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, running, REFUSED_DEBUGFS);
	assert_says(&world, "stale-channels", "remoteproc0",
		    "run as root to read its resource table");
}

/* Half stopped is also how one looks that is on its way up. */
static void a_processor_on_its_way_up_is_not_half_stopped(void **state)
{
	static const char half[] =
		"P: " DSP "\nE: SUBSYSTEM=platform\nE: " FACT_LOG "=1\n"
		"E: " FACT_LOG_FROM "=8.100000\nE: " FACT_LOG_TO "=9.000000\n"
		"E: " FACT_LOG_LINE
		"0001=[ 8.100000] remoteproc remoteproc0: powering up m4\n\n"
		"P: " RPROC "\nE: SUBSYSTEM=remoteproc\nE: DEVTYPE=remoteproc\n"
		"A: state=offline\n\n"
		"P: " FIXED "\nE: SUBSYSTEM=platform\nE: RPROC_TREE_BARE=1\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, half, 0);
	assert_says(&world, "processor-state", "remoteproc0",
		    "its start has not ended yet: look again");
}

static void what_has_failed_to_start_is_not_on_its_way_up(void **state)
{
	static const char half[] =
		"P: " DSP "\nE: SUBSYSTEM=platform\nE: " FACT_LOG "=2\n"
		"E: " FACT_LOG_FROM "=8.100000\nE: " FACT_LOG_TO "=9.000000\n"
		"E: " FACT_LOG_LINE
		"0001=[ 8.100000] remoteproc remoteproc0: powering up m4\n"
		"E: " FACT_LOG_LINE
		"0002=[ 8.200000] remoteproc remoteproc0: can't start rproc m4: -22\n\n"
		"P: " RPROC "\nE: SUBSYSTEM=remoteproc\nE: DEVTYPE=remoteproc\n"
		"A: state=offline\n\n"
		"P: " FIXED "\nE: SUBSYSTEM=platform\nE: RPROC_TREE_BARE=1\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, half, 0);
	assert_int_equal(world_finding(&world, "processor-state", "remoteproc0")->status,
			 STATUS_FAIL);
}

#define AT "/devices/unknown/unknown-of-remoteproc0/remoteproc/remoteproc0"

/* What a start adds to its answer: the reason that the log has by then. */
static void assert_reason(const char *text, size_t first_line, const char *reason)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *told = NULL;

	live_of(&world, text, 0);
	assert_int_equal(reason_tell(world.tree->history, world_device(&world, AT),
				     first_line, &told),
			 0);
	if (reason)
		assert_string_equal(told, reason);
	else
		assert_null(told);
}

#define CRASH                                                                            \
	"[ 1.0] remoteproc remoteproc0: remote processor m4 is now up\n"                 \
	"[ 5.0] remoteproc remoteproc0: crash detected in m4: type watchdog\n"
#define UNTYPED                                                                          \
	"[ 1.0] remoteproc remoteproc0: remote processor m4 is now up\n"                 \
	"[ 5.0] remoteproc remoteproc0: handling crash #1 in m4\n"
#define RUNNING "# cat /sys/class/remoteproc/remoteproc0/state\nrunning\n"
#define CRASHED "# cat /sys/class/remoteproc/remoteproc0/state\ncrashed\n"

static void a_crash_is_the_reason_of_what_came_after_it(void **state)
{
	(void)state;
	assert_reason(CRASH RUNNING, 0, "crashed: watchdog");
	assert_reason(UNTYPED RUNNING, 0, "crashed");
	/* The state says already that it crashed. */
	assert_reason(CRASH CRASHED, 0, "watchdog");
	assert_reason(UNTYPED CRASHED, 0, NULL);
	assert_reason(CRASH RUNNING, 2, NULL);
}

static void a_start_that_failed_before_is_no_reason(void **state)
{
	static const char failed[] =
		"[ 1.0] remoteproc remoteproc0: powering up m4\n"
		"[ 1.1] remoteproc remoteproc0: can't start rproc m4: -22\n";

	(void)state;
	assert_reason(failed, 0, "did not start: -22: refused by its driver");
	assert_reason(failed, 2, NULL);
}

/* The log is older than sysfs. */
static void a_probe_that_failed_and_was_made_good_is_no_problem(void **state)
{
	static const char bound[] =
		"P: " DSP "\nE: SUBSYSTEM=platform\nL: driver=../../x/drivers/dsp\n"
		"E: " FACT_LOG "=1\n"
		"E: " FACT_LOG_LINE
		"0001=[ 1.0] dsp 11800000.dsp: probe with driver dsp failed with "
		"error -22\n\n"
		"P: " RPROC "\nE: SUBSYSTEM=remoteproc\nE: DEVTYPE=remoteproc\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	live_of(&world, bound, 0);
	for (size_t i = 0; i < world.findings->count; i++)
		assert_string_not_equal(world.findings->list[i].check->id,
					"probe-failed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_start_that_began_just_now_has_not_failed),
		cmocka_unit_test(a_crash_that_is_being_recovered_is_said_to_be),
		cmocka_unit_test(a_start_that_lasts_a_minute_has_failed),
		cmocka_unit_test(who_may_not_read_the_log_is_told_to_become_root),
		cmocka_unit_test(root_in_a_container_is_told_that_there_is_no_log),
		cmocka_unit_test(who_may_not_read_debugfs_is_told_to_become_root),
		cmocka_unit_test(a_processor_on_its_way_up_is_not_half_stopped),
		cmocka_unit_test(what_has_failed_to_start_is_not_on_its_way_up),
		cmocka_unit_test(a_crash_is_the_reason_of_what_came_after_it),
		cmocka_unit_test(a_start_that_failed_before_is_no_reason),
		cmocka_unit_test(a_probe_that_failed_and_was_made_good_is_no_problem),
	};

	return cmocka_run_group_tests_name("live", tests, NULL, NULL);
}
