// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"

#define ROOT                                                                             \
	"P: /devices/platform/a\n"                                                       \
	"E: SUBSYSTEM=platform\n"
#define CHILD                                                                            \
	"P: /devices/platform/a/remoteproc/remoteproc0\n"                                \
	"E: SUBSYSTEM=remoteproc\n"

/* As snapshot_write() writes it: the number of lines stands in the first record. */
#define WHOLE                                                                            \
	"P: " DSP "\nE: DEVPATH=" DSP "\nE: DRIVER=dsp\nE: MODALIAS=of:NdspT(null)\n"    \
	"E: RPROC_TREE_KERNEL=5.10.0\nE: RPROC_TREE_LINES=24\nE: SUBSYSTEM=platform\n\n" \
	"P: " RPROC "\nE: DEVPATH=" RPROC "\nE: DEVTYPE=remoteproc\n"                    \
	"E: SUBSYSTEM=remoteproc\nA: state=running\\n\n"                                 \
	"A: remoteproc0#vdev0buffer/uevent=\n\n"                                         \
	"P: " FIXED "/virtio0\nE: DEVPATH=" FIXED "/virtio0\n"                           \
	"E: DRIVER=virtio_rpmsg_bus\nE: SUBSYSTEM=virtio\nA: device=0x0007\\n\n\n"       \
	"P: " FIXED "/virtio0/virtio0.a.-1.14\n"                                         \
	"E: DEVPATH=" FIXED "/virtio0/virtio0.a.-1.14\nE: SUBSYSTEM=rpmsg\n"             \
	"A: name=a\\n\nA: dst=0xe\\n\n"                                                  \
	"L: driver=../../bus/rpmsg/drivers/rpmsg_chrdev\n"

static void a_whole_snapshot_is_read(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, WHOLE);
	assert_int_equal(world.tree->count, 5);
	assert_int_equal(world.inventory->kind, SOURCE_SNAPSHOT);
	assert_string_equal(record_property(&world.inventory->system, FACT_KERNEL),
			    "5.10.0");
	assert_int_equal(world_device(&world, FIXED)->kind, KIND_VDEV);
	assert_string_equal(
		world_device(&world, FIXED "/virtio0/virtio0.a.-1.14")->driver,
		"rpmsg_chrdev");
	assert_string_equal(world_device(&world, RPROC)->remoteproc.state_word,
			    "running");
	assert_survives(&world);
}

static void a_snapshot_cut_anywhere_is_refused(void **state)
{
	const char *whole = WHOLE;

	(void)state;
	for (size_t size = 0; size < strlen(whole); size++) {
		_cleanup_inventory_ struct inventory *inventory = NULL;
		struct notice notice = { "" };

		if (oracle_read(whole, size, &inventory, &notice) != -EBADMSG)
			fail_msg("cut at %zu of %zu and read", size, strlen(whole));
		assert_true(notice.text[0]);
	}
}

static void a_record_twice_is_refused_with_both_lines(void **state)
{
	(void)state;
	assert_refused(ROOT "\n" CHILD "\n" ROOT,
		       "text:7: /devices/platform/a is recorded twice (first in line 1)");
}

static void the_order_of_records_does_not_matter(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, CHILD "E: DEVTYPE=remoteproc\n\n" ROOT);
	assert_int_equal(world.tree->count, 2);
	assert_ptr_equal(world.tree->devices[1].parent, &world.tree->devices[0]);
}

static void a_missing_parent_is_implied_by_its_child(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, CHILD "E: DEVTYPE=remoteproc\n");
	assert_true(world_device(&world, "/devices/platform/a")->record->path_only);
	assert_false(world.tree->devices[1].record->path_only);
}

static void damage_is_named_with_its_line(void **state)
{
	(void)state;
	assert_refused(ROOT "A: x\n", "text:3: an attribute without '='");
	assert_refused(ROOT "A: =x\n", "text:3: an attribute without '='");
	assert_refused(ROOT "E: x\n", "text:3: a property without '='");
	assert_refused(ROOT "E: =x\n", "text:3: a property without '='");
	assert_refused(ROOT "H: x=0\n", "text:3: an odd or invalid hexadecimal");
	assert_refused(ROOT "H: x=0G\n", "text:3: an odd or invalid hexadecimal");
	assert_refused(ROOT "A: x=a\\\n", "text:3: a value ends in a lone backslash");
	assert_refused(ROOT "garbage\x1b[2J\n",
		       "text:3: no line of a record: 'garbage\\x1b");
	assert_refused("P: /devices/a\nE: DEVPATH=/devices/b\nE: SUBSYSTEM=x\n",
		       "text:1: P: and E: DEVPATH= disagree");
	assert_refused("P: /devices/a\nE: DEVPATH=/devices/a\n",
		       "text:1: a record without E: SUBSYSTEM=");
}

static void a_path_that_is_none_is_refused(void **state)
{
	(void)state;
	assert_refused("P: /devices/a/../b\n"
		       "E: SUBSYSTEM=x\n",
		       "text:1: the path has an empty");
	assert_refused("P: /devices//b\n"
		       "E: SUBSYSTEM=x\n",
		       "text:1: the path has an empty");
	assert_refused("P: /devices/b/\n"
		       "E: SUBSYSTEM=x\n",
		       "text:1: the path has an empty");
	assert_refused("P: /devices/./b\n"
		       "E: SUBSYSTEM=x\n",
		       "text:1: the path has an empty");
	assert_refused("P: devices/b\n"
		       "E: SUBSYSTEM=x\n",
		       "text:1: a device path starts with");
	assert_refused("P: \n", "text:1:");
	assert_refused(ROOT "A: ../b/uevent=\n", "the path has an empty");
}

static void an_escaped_path_is_held_to_the_same(void **state)
{
	(void)state;
	assert_refused("P: /devices/a/\\x2e\\x2e/b\n"
		       "E: SUBSYSTEM=x\n"
		       "E: RPROC_TREE_ESCAPED=path\n",
		       "text:1: the path has an empty, '.' or '..' component, escaped");
	assert_refused("P: /devices/a\\x00b\n"
		       "E: SUBSYSTEM=x\n"
		       "E: RPROC_TREE_ESCAPED=path\n",
		       "text:1: the path has a NUL byte");
	assert_refused(ROOT "A: b\\x2f/uevent=RPROC_TREE_ESCAPED=1\n", "escaped");
}

static void an_overlong_path_is_refused(void **state)
{
	static char text[9000];
	size_t size = (size_t)sprintf(text, "P: /devices/");

	(void)state;
	memset(text + size, 'a', 4096);
	memcpy(text + size + 4096, "\n", 2);
	assert_refused(text, "text:1: the path is longer than any");
}

static void too_much_in_one_record_is_refused(void **state)
{
	static char text[200000];
	char *at = text + sprintf(text, ROOT);

	(void)state;
	for (int i = 0; i < 4097; i++)
		at += sprintf(at, "A: a%d=\n", i);
	assert_refused(text, "more than 4096 attributes");
	at = text + sprintf(text, ROOT);
	for (int i = 0; i < 257; i++)
		at += sprintf(at, "A: a%d/uevent=\n", i);
	assert_refused(text, "more than 256 devices without subsystem");
	at = text + sprintf(text, ROOT);
	for (int i = 0; i < 257; i++)
		at += sprintf(at, "E: OF_A%d=\n", i);
	assert_refused(text, "more properties than any device has");
	at = text + sprintf(text, ROOT "A: b/uevent=");
	for (int i = 0; i < 257; i++)
		at += sprintf(at, "OF_A%d=\\n", i);
	sprintf(at, "\n");
	assert_refused(text, "more properties than any device has");
}

static void what_is_no_text_is_refused(void **state)
{
	_cleanup_inventory_ struct inventory *inventory = NULL;
	struct notice notice = { "" };

	(void)state;
	assert_int_equal(oracle_read("", 0, &inventory, &notice), -EBADMSG);
	assert_non_null(strstr(notice.text, "is empty"));
	assert_int_equal(oracle_read("P: /d\nE: \0x\n", 12, &inventory, &notice),
			 -EBADMSG);
	assert_non_null(strstr(notice.text, "text:2: a NUL byte"));
	assert_refused("\x7f"
		       "ELF\x01\x02\xff\xfe\n",
		       "no device in it");
	assert_refused("\n\n\n", "no device in it");
}

static void a_line_of_a_megabyte_is_read_or_refused(void **state)
{
	_cleanup_free_ char *text = malloc((1 << 20) + 300);
	_cleanup_world_ struct world world = { 0 };
	size_t size =
		(size_t)sprintf(text, ROOT "\n" CHILD "E: DEVTYPE=remoteproc\nA: state=");

	(void)state;
	memset(text + size, 'x', 1 << 20);
	strcpy(text + size + (1 << 20), "\n");
	world_of(&world, text);
	assert_int_equal(strlen(world.tree->devices[1].remoteproc.state_word), 1 << 20);
	memset(text, 'x', size);
	assert_refused(text, "no device in it");
}

static void carriage_returns_are_no_part_of_a_line(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world,
		 "P: /devices/platform/a\r\nE: DEVPATH=/devices/platform/a\r\n"
		 "E: SUBSYSTEM=platform\r\n\r\n"
		 "P: /devices/platform/a/remoteproc0\r\nE: SUBSYSTEM=remoteproc\r\n"
		 "E: DEVTYPE=remoteproc\r\nA: state=offline\\n\r\n");
	assert_string_equal(world.tree->devices[1].remoteproc.state_word, "offline");
}

static void a_last_line_without_its_end_is_refused(void **state)
{
	(void)state;
	assert_refused(ROOT "A: x=run", "text:3: the last line has no end");
}

static void values_are_decoded_as_umockdev_wrote_them(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *device;

	(void)state;
	world_of(&world,
		 CHILD "E: DEVTYPE=remoteproc\nA: name=\\303\\251\\0017\\\"\\t\\\\\n"
		       "H: firmware=61FF0A\nA: state=two\\nlines\\n\n");
	device = world_device(&world, "/devices/platform/a/remoteproc/remoteproc0");
	assert_string_equal(device->remoteproc.name, "\xc3\xa9\x01"
						     "7\"\t\\");
	assert_string_equal(device->remoteproc.firmware, "a\xff");
	assert_string_equal(device->remoteproc.state_word, "two\nlines");
	assert_survives(&world);
}

static void devices_that_udevadm_skips_are_implied(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world,
		 "P: /module/virtio\nE: DEVPATH=/module/virtio\nE: SUBSYSTEM=module\n\n"
		 "P: " DSP "\n"
		 "E: SUBSYSTEM=platform\n"
		 "M: 11800000.dsp\nR: 0\nU: platform\nV: dsp\nL: 0\n\n"
		 "P: " RPROC "\n"
		 "E: SUBSYSTEM=remoteproc\n"
		 "E: DEVTYPE=remoteproc\nE: USEC_INITIALIZED=1\n\n"
		 "P: " BROKEN "/virtio0\n"
		 "E: SUBSYSTEM=virtio\n"
		 "E: MODALIAS=virtio:d00000007v00000000\n");
	assert_int_equal(world.tree->count, 4);
	assert_int_equal(world_device(&world, BROKEN)->kind, KIND_VDEV);
	assert_int_equal(world_device(&world, BROKEN "/virtio0")->verdict,
			 VERDICT_MISPARENTED);
	assert_int_equal(world_device(&world, BROKEN "/virtio0")->virtio.id.value, 7);
}

static void a_preamble_is_passed_over(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "Kernel: 5.10\nx -> ../../../devices/a\n\n" CHILD
			 "E: DEVTYPE=remoteproc\n");
	assert_int_equal(world.tree->count, 2);
}

static void an_inner_devices_escapes_are_undone_once(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *inner;

	(void)state;
	world_of(&world,
		 "P: /devices/\\x41\\x41\\x41\n"
		 "E: SUBSYSTEM=platform\n"
		 "A: remoteproc0/uevent=DEVTYPE=remoteproc\\nRPROC_TREE_ESCAPED=path\n"
		 "A: remoteproc0/state=running\n"
		 "A: r\\x0ap:smd-edge/uevent=RPROC_TREE_ESCAPED=path\n");
	inner = world_device(&world, "/devices/\\x41\\x41\\x41/remoteproc0");
	assert_string_equal(inner->remoteproc.state_word, "running");
	world_device(&world, "/devices/\\x41\\x41\\x41/r\np:smd-edge");
	assert_survives(&world);
}

static void an_attribute_finds_its_device_by_the_name_as_written(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct record *inner;

	(void)state;
	world_of(&world, ROOT "A: x/state=no\nA: x\\x0a/uevent=DEVTYPE=remoteproc\\n"
			      "RPROC_TREE_ESCAPED=path\nA: x\\x0a/state=running\n"
			      "A: power/control=auto\n");
	inner = world_device(&world, "/devices/platform/a/x\n")->record;
	assert_string_equal(record_text(inner, "state"), "running");
	assert_null(record_attribute(world.tree->devices[0].record, "control"));
	assert_null(record_attribute(world.tree->devices[0].record, "state"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_snapshot_is_read),
		cmocka_unit_test(a_snapshot_cut_anywhere_is_refused),
		cmocka_unit_test(a_record_twice_is_refused_with_both_lines),
		cmocka_unit_test(the_order_of_records_does_not_matter),
		cmocka_unit_test(a_missing_parent_is_implied_by_its_child),
		cmocka_unit_test(damage_is_named_with_its_line),
		cmocka_unit_test(a_path_that_is_none_is_refused),
		cmocka_unit_test(an_escaped_path_is_held_to_the_same),
		cmocka_unit_test(an_overlong_path_is_refused),
		cmocka_unit_test(too_much_in_one_record_is_refused),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(a_line_of_a_megabyte_is_read_or_refused),
		cmocka_unit_test(carriage_returns_are_no_part_of_a_line),
		cmocka_unit_test(a_last_line_without_its_end_is_refused),
		cmocka_unit_test(values_are_decoded_as_umockdev_wrote_them),
		cmocka_unit_test(devices_that_udevadm_skips_are_implied),
		cmocka_unit_test(a_preamble_is_passed_over),
		cmocka_unit_test(an_inner_devices_escapes_are_undone_once),
		cmocka_unit_test(an_attribute_finds_its_device_by_the_name_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
