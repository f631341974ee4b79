// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"

/* A vdev beside its remote processor, and a transport that has none. */
static const char board[] =
	"P: /devices/platform/soc/11800000.dsp\n"
	"E: SUBSYSTEM=platform\n"
	"A: 11800000.dsp#vdev0buffer/uevent=\n"
	"\n"
	"P: /devices/platform/soc/11800000.dsp/remoteproc/remoteproc0\n"
	"E: SUBSYSTEM=remoteproc\n"
	"E: DEVTYPE=remoteproc\n"
	"A: state=running\n"
	"\n"
	"P: /devices/platform/soc/11800000.dsp/11800000.dsp#vdev0buffer/virtio0\n"
	"E: SUBSYSTEM=virtio\n"
	"A: device=0x0007\n"
	"\n"
	"P: /devices/platform/soc/11800000.dsp/11800000.dsp#vdev0buffer/virtio0/virtio0.a.-1.14\n"
	"E: SUBSYSTEM=rpmsg\n"
	"\n"
	"P: /devices/platform/rpm-glink\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: /devices/platform/rpm-glink/rpm-glink.r.-1.-1\n"
	"E: SUBSYSTEM=rpmsg\n";

static void build(struct world *world, const char *only, const char *skip, bool strict)
{
	const struct check_options options = {
		.passes = true, .strict = strict, .only = only, .skip = skip
	};

	world_of(world, board);
	findings_free(world->findings);
	world->findings = NULL;
	assert_int_equal(findings_build(world->tree, &options, &world->findings), 0);
}

static void what_is_misparented_fails_and_names_the_place(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct finding *finding;

	(void)state;
	build(&world, "vdev-parent,rpmsg-ancestor", NULL, false);
	assert_int_equal(world.findings->count, 3);
	finding = world_finding(&world, "vdev-parent", "virtio0");
	assert_int_equal(finding->status, STATUS_FAIL);
	assert_non_null(strstr(finding->message, "11800000.dsp"));
	assert_non_null(strstr(finding->message, "remoteproc0"));
	assert_non_null(strstr(finding->fix, "c774ad010873"));
	assert_int_equal(
		world_finding(&world, "rpmsg-ancestor", "virtio0.a.-1.14")->status,
		STATUS_FAIL);
}

static void what_passed_is_counted_where_nobody_lists_it(void **state)
{
	_cleanup_world_ struct world world = { 0 }, short_world = { 0 };
	const struct check_options problems_only = { .passes = false };

	(void)state;
	world_of(&world, board);
	world_of(&short_world, board);
	findings_free(short_world.findings);
	assert_int_equal(
		findings_build(short_world.tree, &problems_only, &short_world.findings),
		0);
	assert_true(world.findings->statuses[STATUS_PASS] > 0);
	assert_memory_equal(world.findings->statuses, short_world.findings->statuses,
			    sizeof(world.findings->statuses));
	assert_int_equal(short_world.findings->count +
				 world.findings->statuses[STATUS_PASS],
			 world.findings->count);
	assert_int_equal(world_finding(&short_world, "vdev-parent", "virtio0")->status,
			 STATUS_FAIL);
}

static void a_warning_fails_only_when_strict(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	struct finding warning = { .status = STATUS_WARN };
	struct finding design = { .status = STATUS_INFO };

	(void)state;
	build(&world, "rpmsg-ancestor", NULL, false);
	assert_false(finding_fails(world.findings, &warning));
	assert_int_equal(findings_failed(world.findings), 1);
	world.findings->strict = true;
	assert_true(finding_fails(world.findings, &warning));
	assert_false(finding_fails(world.findings, &design));
	world.findings->statuses[STATUS_WARN] = 2;
	assert_int_equal(findings_failed(world.findings), 3);
}

static void by_design_is_information_even_when_strict(void **state)
{
	_cleanup_world_ struct world strict = { 0 };

	(void)state;
	build(&strict, "rpmsg-ancestor", NULL, true);
	assert_int_equal(
		world_finding(&strict, "rpmsg-ancestor", "rpm-glink.r.-1.-1")->status,
		STATUS_INFO);
	assert_int_equal(findings_failed(strict.findings), 1);
}

static void only_and_skip_choose_the_checks(void **state)
{
	_cleanup_world_ struct world one = { 0 }, none = { 0 };

	(void)state;
	build(&one, "vdev-parent", NULL, false);
	assert_int_equal(one.findings->count, 1);
	build(&none, "vdev-parent", "x,vdev-parent", false);
	assert_int_equal(none.findings->count, 0);
}

static void the_sum_of_the_statuses_is_the_number_of_results(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	size_t sum = 0;

	(void)state;
	build(&world, NULL, NULL, false);
	for (int status = 0; status < STATUS_COUNT_; status++)
		sum += world.findings->statuses[status];
	assert_int_equal(sum, world.findings->count);
	assert_int_equal(world.findings->remoteprocs, 1);
	assert_int_equal(world.findings->vdevs, 1);
	assert_int_equal(world.findings->channels, 2);
}

static void an_unknown_check_is_named(void **state)
{
	size_t size;

	(void)state;
	assert_null(checks_unknown("vdev-parent,rpmsg-ancestor", &size));
	assert_string_equal(checks_unknown("vdev-parent,no,x", &size), "no,x");
	assert_int_equal(size, 2);
	assert_non_null(checks_unknown("vdev-paren", &size));
	assert_non_null(checks_unknown("", &size));
}

static void every_check_is_explained(void **state)
{
	(void)state;
	checks_foreach(check)
	{
		assert_int_equal(strspn(check->id, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(check->id));
		assert_non_null(check->title);
		assert_non_null(check->looks);
		assert_non_null(check->matters);
		assert_non_null(check->fix);
		checks_foreach(other) if (other != check)
			assert_string_not_equal(check->id, other->id);
	}
}

static void every_status_has_its_word(void **state)
{
	(void)state;
	assert_string_equal(status_name(STATUS_PASS), "pass");
	assert_string_equal(status_name(STATUS_SKIP), "skip");
	assert_string_equal(status_name(STATUS_INFO), "info");
	assert_string_equal(status_name(STATUS_WARN), "warn");
	assert_string_equal(status_name(STATUS_FAIL), "fail");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_misparented_fails_and_names_the_place),
		cmocka_unit_test(what_passed_is_counted_where_nobody_lists_it),
		cmocka_unit_test(a_warning_fails_only_when_strict),
		cmocka_unit_test(by_design_is_information_even_when_strict),
		cmocka_unit_test(only_and_skip_choose_the_checks),
		cmocka_unit_test(the_sum_of_the_statuses_is_the_number_of_results),
		cmocka_unit_test(an_unknown_check_is_named),
		cmocka_unit_test(every_check_is_explained),
		cmocka_unit_test(every_status_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
