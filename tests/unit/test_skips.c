// SPDX-License-Identifier: GPL-2.0-or-later
/* What a skip says about the fact that is missing: how to get it depends on who refused.
 */

#include "helper.h"

static const char running[] = "P: " DSP "\n"
			      "E: SUBSYSTEM=platform\n"
			      "\n"
			      "P: " RPROC "\n"
			      "E: SUBSYSTEM=remoteproc\n"
			      "E: DEVTYPE=remoteproc\nA: state=running\\n\n";

/* A running processor without log and resource table, on a system that refused these. */
static void judge_refused(struct world *world, unsigned int refused)
{
	const struct check_options options = { .passes = true };

	world_of(world, running);
	world->inventory->refused = refused;
	findings_free(world->findings);
	world->findings = NULL;
	assert_int_equal(findings_build(world->tree, &options, &world->findings), 0);
}

static void assert_says(const struct world *world, const char *check, const char *says)
{
	const struct finding *finding = world_finding(world, check, "remoteproc0");

	assert_int_equal(finding->status, STATUS_SKIP);
	if (!strstr(finding->message, says))
		fail_msg("'%s' is not in '%s'", says, finding->message);
}

static void only_who_was_refused_is_told_to_run_as_root(void **state)
{
	_cleanup_world_ struct world refused = { 0 }, replay = { 0 };

	(void)state;
	judge_refused(&refused, REFUSED_DEBUGFS | REFUSED_LOG);
	assert_says(&refused, "crash-loop", "kernel log: run as root");
	assert_says(&refused, "stale-channels", "run as root to read");
	judge_refused(&replay, 0);
	assert_says(&replay, "crash-loop", "was not recorded: capture as root");
	assert_says(&replay, "stale-channels", "capture as root while it runs");
}

static enum status status_in(const char *state)
{
	_cleanup_world_ struct world world = { 0 };

	world_add(&world, DSP, "platform");
	record_set_property(world_add(&world, RPROC, "remoteproc"), "DEVTYPE",
			    "remoteproc");
	record_add_attribute(&world.inventory->records[1], "state", state, strlen(state));
	world_build(&world);
	return world_finding(&world, "processor-state", "remoteproc0")->status;
}

static void a_word_that_no_kernel_writes_is_not_healthy(void **state)
{
	(void)state;
	assert_int_equal(status_in("running"), STATUS_PASS);
	assert_int_equal(status_in("suspended"), STATUS_PASS);
	assert_int_equal(status_in("(null)"), STATUS_WARN);
	assert_int_equal(status_in("deleted"), STATUS_WARN);
	assert_int_equal(status_in("runnin"), STATUS_WARN);
}

static void root_in_a_container_is_told_what_it_is(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	judge_refused(&world, REFUSED_ROOT_LOG);
	assert_says(&world, "crash-loop", "gives no kernel log: it is a container");
}

#define CHANNEL RPROC "/rproc-virtio.1.auto/virtio0/virtio0.rpmsg-tty.-1.1024"

static void assert_not_recorded(const char *state, const char *module)
{
	_cleanup_world_ struct world world = { 0 };
	const struct finding *finding;
	struct record *channel = world_add(&world, CHANNEL, "rpmsg");

	record_set_property(channel, FACT_MODULE_STATE, state);
	if (module)
		record_set_property(channel, FACT_MODULE, module);
	world_build(&world);
	finding = world_finding(&world, "channel-driver", "virtio0.rpmsg-tty.-1.1024");
	assert_int_equal(finding->status, STATUS_SKIP);
	assert_non_null(strstr(finding->message, "were not recorded"));
}

static void an_answer_of_kmod_about_no_module_is_no_answer(void **state)
{
	static const char *const states[] = { "not-loaded", "loading", "live",
					      "builtin" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		assert_not_recorded(states[i], NULL);
		assert_not_recorded(states[i], "");
	}
	/* Nor one about no alias: what the channel is called is not known. */
	assert_not_recorded("none", NULL);
}

static void what_no_processor_waits_for_has_a_name(void **state)
{
	static const char *const reasons[] = { "deferred", "not-loaded" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++) {
		_cleanup_world_ struct world world = { 0 };

		record_set_property(world_add(&world, DSP, "platform"), FACT_MISSING,
				    reasons[i]);
		world_build(&world);
		assert_int_equal(
			world_finding(&world, "processor-missing", "11800000.dsp")
				->status,
			STATUS_SKIP);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_who_was_refused_is_told_to_run_as_root),
		cmocka_unit_test(a_word_that_no_kernel_writes_is_not_healthy),
		cmocka_unit_test(root_in_a_container_is_told_what_it_is),
		cmocka_unit_test(an_answer_of_kmod_about_no_module_is_no_answer),
		cmocka_unit_test(what_no_processor_waits_for_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
