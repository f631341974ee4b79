// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"
#include "snapshot.h"

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in\n%s", part, text);
}

static void a_device_without_subsystem_stands_in_its_ancestors_block(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	world_of(&world,
		 "P: " DSP "\n"
		 "E: SUBSYSTEM=platform\n"
		 "A: 11800000.dsp#vdev0buffer/uevent=\n"
		 "A: remoteproc0/uevent=DEVTYPE=remoteproc\nA: remoteproc0/state=x\n");
	text = oracle_snapshot(world.tree);
	assert_has(text, "\nA: 11800000.dsp#vdev0buffer/uevent=\n");
	assert_has(text, "\nA: remoteproc0/uevent=DEVTYPE=remoteproc\\n\n"
			 "A: remoteproc0/state=x\\n\n");
	assert_null(strstr(text + 1, "\nP: "));
	assert_survives(&world);
}

static void a_root_without_subsystem_has_a_block(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	record_set_property(world_add(&world, "/devices/remoteproc0", NULL), "DEVTYPE",
			    "remoteproc");
	world_build(&world);
	text = oracle_snapshot(world.tree);
	assert_has(text, "\nE: RPROC_TREE_BARE=1\n");
	assert_has(text, "\nE: SUBSYSTEM=platform\n");
	assert_survives(&world);
}

static void a_value_that_is_no_plain_text_is_hex(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;
	struct record *record;

	(void)state;
	record = world_add(&world, "/devices/remoteproc0", "remoteproc");
	record_set_property(record, "DEVTYPE", "remoteproc");
	record_add_attribute(record, "name", "a\x1b", 2);
	record_add_attribute(record, "state", "two\nlines\\", 10);
	record_add_attribute(record, "firmware", "", 0);
	record_add_attribute(record, "other", "x", 1);
	record_set_property(record, "OF_NAME", "b\nP: /devices/forged");
	world_build(&world);
	text = oracle_snapshot(world.tree);
	assert_has(text, "\nH: name=611B0A\n");
	assert_has(text, "\nA: state=two\\nlines\\\\\\n\n");
	assert_has(text, "\nA: firmware=\n");
	assert_null(strstr(text, "other"));
	assert_null(strstr(text, "forged"));
	assert_survives(&world);
}

static void the_first_record_tells_of_the_system_and_the_length(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	world_of(&world, "P: " DSP "\n"
			 "E: SUBSYSTEM=platform\n"
			 "E: RPROC_TREE_KERNEL=5.10\n"
			 "E: RPROC_TREE_MACHINE=a\\x0ab\n\n"
			 "P: " RPROC "\n"
			 "E: SUBSYSTEM=remoteproc\n"
			 "E: DEVTYPE=remoteproc\n");
	assert_string_equal(record_property(&world.inventory->system, FACT_MACHINE),
			    "a\nb");
	text = oracle_snapshot(world.tree);
	assert_string_equal(text,
			    "P: " DSP "\nE: DEVPATH=" DSP "\nE: RPROC_TREE_KERNEL=5.10\n"
			    "E: RPROC_TREE_LINES=10\nE: RPROC_TREE_MACHINE=a\\x0ab\n"
			    "E: SUBSYSTEM=platform\n\n"
			    "P: " RPROC "\nE: DEVPATH=" RPROC
			    "\nE: DEVTYPE=remoteproc\nE: SUBSYSTEM=remoteproc\n");
	assert_survives(&world);
}

static void a_path_that_is_no_plain_text_is_escaped_and_says_so(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	world_add(&world, "/devices/a\nP: b\\x41", "platform");
	world_add(&world, "/devices/a\nP: b\\x41/c\n:smd-edge", NULL);
	world_add(&world, "/devices/a\nP: b\\x41/c\n:smd-edge/e=.f.-1.-1", "rpmsg");
	world_build(&world);
	text = oracle_snapshot(world.tree);
	assert_has(text, "P: /devices/a\\x0aP: b\\\\x41\n");
	assert_has(text, "\nE: RPROC_TREE_ESCAPED=path\n");
	assert_has(text, "\nA: c\\x0a:smd-edge/uevent=RPROC_TREE_ESCAPED=path\\n\n");
	assert_survives(&world);
}

static void a_failed_write_is_told(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_file_ FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	world_of(&world, "P: " RPROC "\n"
			 "E: SUBSYSTEM=remoteproc\n"
			 "E: DEVTYPE=remoteproc\n");
	assert_true(snapshot_write(full, world.tree) < 0);
}

static void a_driver_link_without_a_bus_survives_as_none(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "P: " DSP "\n"
			 "E: SUBSYSTEM=platform\n"
			 "\n"
			 "P: " RPROC "\n"
			 "E: SUBSYSTEM=remoteproc\n"
			 "E: DEVTYPE=remoteproc\n\n"
			 "P: " FIXED "\n"
			 "E: SUBSYSTEM=platform\n"
			 "E: DRIVER=a\nE: RPROC_TREE_BARE=1\nL: driver=../drivers/b\n");
	assert_string_equal(world_device(&world, FIXED)->driver, "a");
	assert_survives(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_link_without_a_bus_survives_as_none),
		cmocka_unit_test(
			a_device_without_subsystem_stands_in_its_ancestors_block),
		cmocka_unit_test(a_root_without_subsystem_has_a_block),
		cmocka_unit_test(a_value_that_is_no_plain_text_is_hex),
		cmocka_unit_test(the_first_record_tells_of_the_system_and_the_length),
		cmocka_unit_test(a_path_that_is_no_plain_text_is_escaped_and_says_so),
		cmocka_unit_test(a_failed_write_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
