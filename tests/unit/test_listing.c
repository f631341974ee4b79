// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"

#define TARGET "devices/platform/soc/11800000.dsp/11800000.dsp#vdev0buffer/virtio0/"
#define NAME   "virtio0.rpmsg-proto.-1.61"
#define LINK   NAME " -> ../../../" TARGET NAME

static void assert_reads(const char *text)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *channel;

	world_of(&world, text);
	assert_int_equal(world.inventory->kind, SOURCE_LISTING);
	channel = world_device(&world, "/" TARGET NAME);
	assert_int_equal(channel->kind, KIND_CHANNEL);
	assert_string_equal(channel->channel.name, "rpmsg-proto");
	assert_int_equal(channel->channel.dst.value, 61);
	assert_false(channel->channel.src.known);
	assert_int_equal(channel->verdict, VERDICT_MISPARENTED);
	assert_int_equal(world.tree->count, 4);
	assert_survives(&world);
}

static void what_stands_left_of_the_name_does_not_matter(void **state)
{
	(void)state;
	assert_reads(LINK "\n");
	assert_reads(LINK);
	assert_reads("root@board:~# ls -l /sys/bus/rpmsg/devices\ntotal 0\n"
		     "lrwxrwxrwx 1 root root 0 Mar  5 22:32 " LINK "\nroot@board:~# \n");
	assert_reads("insgesamt 0\r\nlrwxrwxrwx 1 root root 0  5. M\xc3\xa4r 22:32 " LINK
		     "\r\n");
	assert_reads("lrwxrwxrwx    1 root     root             0 Jan  1 00:00 " LINK
		     "  \n");
	assert_reads("> lrwxrwxrwx 1 0 0 0 2020-03-05 22:32:01.000000000 +0100 " LINK
		     "\n");
	assert_reads(LINK "\n" LINK "\n");
}

static void the_quotes_of_ls_are_taken_off(void **state)
{
	(void)state;
	assert_reads("lrwxrwxrwx 1 root root 0 Mar  5 '" NAME
		     "' -> '../../../" TARGET NAME "'\n");
}

static void a_name_with_a_quote_comes_in_double_quotes(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, LINK "\n\"virtio0.it's.-1.5\" -> \"../../../" TARGET
			      "virtio0.it's.-1.5\"\n");
	assert_string_equal(
		world_device(&world, "/" TARGET "virtio0.it's.-1.5")->channel.name,
		"it's");
	assert_int_equal(world.tree->count, 5);
}

static void a_name_that_is_quoted_for_a_shell_is_told(void **state)
{
	(void)state;
	assert_refused("'virtio0.a'$'\\n''b.-1.5' -> '../../../" TARGET
		       "virtio0.a'$'\\n''b.-1.5'\n",
		       "text:1: ls quoted this name for a shell");
	assert_refused("'virtio0.a\"'\\''.-1.5' -> '../../../" TARGET
		       "virtio0.a\"'\\''.-1.5'\n",
		       "text:1: ls quoted this name for a shell");
}

static void a_wrapped_line_is_joined(void **state)
{
	(void)state;
	assert_reads(NAME " ->\n../../../" TARGET NAME "\n");
	assert_reads(NAME " -> \n../../../" TARGET NAME "\n");
	assert_reads(NAME " -> ../../../" TARGET "virtio0.rpmsg\n-proto.-1.61\n");
	assert_reads("> " NAME " -> ../../../" TARGET "\n> " NAME "\n");
}

static void what_is_no_wrapped_line_is_told(void **state)
{
	(void)state;
	assert_refused(LINK "\nvirtio0.b.-1.62 -> \n\n", "text:2: a wrapped line");
	assert_refused(NAME " -> ../../../" TARGET "virtio0.rpmsg\nfoo\n",
		       "text:1: the link's name and its target's last part disagree");
}

static void what_readlink_prints_is_read(void **state)
{
	(void)state;
	assert_reads("# readlink /sys/bus/rpmsg/devices/" NAME "\n../../../" TARGET NAME
		     "\n");
}

/* ls -ld has the path on the left, ll and ls -F mark what they list. */
static void what_ls_puts_around_a_name_does_not_matter(void **state)
{
	(void)state;
	assert_reads("lrwxrwxrwx 1 root root 0 Jan  1 00:00 /sys/bus/rpmsg/devices/" LINK
		     "\n");
	assert_reads(LINK "/\n");
	assert_reads(NAME "@ -> ../../../" TARGET NAME "/\n");
	assert_reads("\033[0m\033[01;36m" NAME
		     "\033[0m -> \033[01;34m../../../" TARGET NAME "\033[0m\n");
}

static void a_target_that_is_no_path_is_refused(void **state)
{
	(void)state;
	assert_refused("virtio0 -> ../../../devices/a/../virtio0\n",
		       "text:1: the link's target is not a device path");
	assert_refused("virtio0 -> ../../../devices//virtio0\n", "not a device path");
	assert_refused("virtio0 -> ../../../devices/./virtio0\n", "not a device path");
	assert_refused("virtio1 -> ../../../devices/a/virtio0\n", "disagree");
	assert_refused("xvirtio0 -> ../../../devices/a/virtio0\n", "disagree");
}

static void an_overlong_target_is_refused(void **state)
{
	static char text[6000];
	char *at = text + sprintf(text, "virtio0 -> ../../../devices/");

	(void)state;
	memset(at, 'a', 5000);
	strcpy(at + 5000, "/virtio0\n");
	assert_refused(text, "not a device path");
}

static void class_and_bus_are_told_by_the_depth_of_the_link(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *node;

	(void)state;
	world_of(
		&world,
		"remoteproc0 -> ../../devices/platform/a/remoteproc/remoteproc0\n"
		"rpmsg_ctrl0 -> ../../devices/platform/a/remoteproc/remoteproc0/x.-1.2/"
		"rpmsg/rpmsg_ctrl0\n"
		"rpmsg0 -> ../../../devices/platform/a/remoteproc/remoteproc0/virtio0/rpmsg0\n"
		"uevent -> ../../devices/platform/a/uevent\n");
	node = world_device(&world,
			    "/devices/platform/a/remoteproc/remoteproc0/x.-1.2/rpmsg/"
			    "rpmsg_ctrl0");
	assert_int_equal(node->kind, KIND_CHARDEV);
	assert_string_equal(node->devnode, "rpmsg_ctrl0");
	assert_int_equal(
		world_device(&world,
			     "/devices/platform/a/remoteproc/remoteproc0/virtio0/rpmsg0")
			->kind,
		KIND_CHANNEL);
	assert_int_equal(
		world_device(&world, "/devices/platform/a/remoteproc/remoteproc0")->kind,
		KIND_REMOTEPROC);
}

static void an_empty_directory_is_no_device(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "# ls -l /sys/bus/rpmsg/devices\ntotal 0\n");
	assert_int_equal(world.tree->count, 0);
	assert_false(tree_has_subject(world.tree));
}

static void a_name_cannot_forge_a_link(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world,
		 "virtio0.a -> b.-1.5 -> ../../../" TARGET "virtio0.a -> b.-1.5\n");
	assert_string_equal(
		world_device(&world, "/" TARGET "virtio0.a -> b.-1.5")->channel.name,
		"a -> b");
}

static void a_fact_that_a_listing_lacks_stays_unknown(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, LINK "\n");
	tree_foreach (device, world.tree) {
		assert_true(device->record->path_only);
		assert_null(device->driver);
	}
	assert_int_equal(world_device(&world, "/" TARGET NAME)->channel.announce,
			 UNKNOWN);
}

/* The first copy of the target is not the one after the arrow. */
static void a_target_that_stands_on_the_left_too_is_no_arrow(void **state)
{
	(void)state;
	assert_refused("../../devices/\n", "not understood");
	assert_refused("../devices/x -> ../devices/x\n",
		       "no line is about remoteproc or rpmsg");
	assert_refused("x ../devices/y -> ../devices/x\n", "disagree");
}

#define VENDOR "rpmsg_ctrl-e907_rproc@1a00000"

static void a_node_of_the_class_may_have_a_vendors_name(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, LINK "\n" VENDOR " -> ../../" TARGET NAME "/rpmsg/" VENDOR "\n");
	assert_int_equal(world_device(&world, "/" TARGET NAME "/rpmsg/" VENDOR)->kind,
			 KIND_CHARDEV);
	assert_int_equal(world.findings->channels, 1);
	assert_int_equal(world.tree->count, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_left_of_the_name_does_not_matter),
		cmocka_unit_test(the_quotes_of_ls_are_taken_off),
		cmocka_unit_test(a_name_with_a_quote_comes_in_double_quotes),
		cmocka_unit_test(a_name_that_is_quoted_for_a_shell_is_told),
		cmocka_unit_test(a_wrapped_line_is_joined),
		cmocka_unit_test(what_is_no_wrapped_line_is_told),
		cmocka_unit_test(what_readlink_prints_is_read),
		cmocka_unit_test(what_ls_puts_around_a_name_does_not_matter),
		cmocka_unit_test(a_target_that_is_no_path_is_refused),
		cmocka_unit_test(an_overlong_target_is_refused),
		cmocka_unit_test(class_and_bus_are_told_by_the_depth_of_the_link),
		cmocka_unit_test(an_empty_directory_is_no_device),
		cmocka_unit_test(a_name_cannot_forge_a_link),
		cmocka_unit_test(a_target_that_stands_on_the_left_too_is_no_arrow),
		cmocka_unit_test(a_node_of_the_class_may_have_a_vendors_name),
		cmocka_unit_test(a_fact_that_a_listing_lacks_stays_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
