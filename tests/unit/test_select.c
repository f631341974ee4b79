// SPDX-License-Identifier: GPL-2.0-or-later
/* Which records belong to the tree, what each is, how they hang together, what they say.
 */

#include "helper.h"

#define V P "/remoteproc/remoteproc0/rproc-virtio.0.auto/virtio0"
#define P "/devices/platform/p.dsp"

static const char board[] = BLOCK("/devices/platform", "platform") "\n" BLOCK(P, "platform") "E: DRIVER=dsp\n\n" BLOCK("/devices/platform/other", "platform") "\n" BLOCK(
	P "/remoteproc/remoteproc0",
	"remoteproc") "E: DEVTYPE=remoteproc\n"
		      "A: state=running\\n\nA: firmware=f.elf\\n\nA: recovery=enabled\\n\n"
		      "A: coredump=disabled\\n\nA: name=dsp\\n\n\n" BLOCK(P "/remoteproc/remoteproc0/remoteproc0-wdt", "platform") "\n" BLOCK(
			      P "/remoteproc/remoteproc0/remoteproc0-wdt/watchdog/w0",
			      "watchdog") "\n" BLOCK(P
						     "/remoteproc/remoteproc0/rproc-virtio.0.auto",
						     "platform") "\n" BLOCK(V,
									    "virtio") "A: device=0x0007\\n\nA: status=0x0000000f\\n\n"
										      "A: features=1000\\n\n\n" BLOCK(
											      V
											      "/virtio0.tty.-1.30",
											      "rpmsg") "A: src=0x400\\n\nA: dst=0x1e\\n\n"
												       "A: announce=true\\n\nA: driver_override=(null)\\n\nE: MODALIAS=rpmsg:tty\n\n" BLOCK(
													       V
													       "/virtio0.rpmsg_ns.53.53",
													       "rpmsg") "A: name=rpmsg_ns\\n\nA: dst=0x35\\n\n"
															"A: driver_override=foo\\n\n\n" BLOCK(
																V
																"/virtio0.tty.-1.30/tty/ttyRPMSG0",
																"tty") "E: DEVNAME=/dev/ttyRPMSG0\n\n" BLOCK(V
																					     "/virtio0.tty.-1.30/rpmsg/rpmsg0",
																					     "rpmsg") "E: DEVNAME=rpmsg0\n";

static void only_what_belongs_to_a_processor_is_shown(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, board);
	assert_int_equal(world.tree->count, 9);
	assert_null(world_device(&world, P)->parent);
	assert_int_equal(
		world_device(&world, P "/remoteproc/remoteproc0/remoteproc0-wdt")->kind,
		KIND_OTHER);
	assert_survives(&world);
}

static void devices_hang_from_the_nearest_that_is_shown(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *node;

	(void)state;
	world_of(&world, board);
	node = world_device(&world, V "/virtio0.tty.-1.30/rpmsg/rpmsg0");
	assert_string_equal(node->parent->name, "virtio0.tty.-1.30");
	assert_int_equal(node->depth, 5);
	assert_string_equal(device_bus_ancestor(node)->name, "p.dsp");
	assert_string_equal(device_ancestor(node, KIND_VIRTIO)->name, "virtio0");
	assert_null(device_ancestor(node, KIND_EDGE));
	assert_string_equal(world_device(&world, V)->first_child->name,
			    "virtio0.rpmsg_ns.53.53");
}

static void the_facts_are_those_of_the_record(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct channel *tty, *ns;
	const struct device *device;

	(void)state;
	world_of(&world, board);
	device = world_device(&world, P "/remoteproc/remoteproc0");
	assert_string_equal(device->remoteproc.firmware, "f.elf");
	assert_string_equal(device->remoteproc.name, "dsp");
	device = world_device(&world, V);
	assert_int_equal(device->virtio.status.value, 15);
	assert_string_equal(device->virtio.features, "1000");
	tty = &world_device(&world, V "/virtio0.tty.-1.30")->channel;
	assert_string_equal(tty->name, "tty");
	assert_int_equal(tty->src.value, 0x400);
	assert_int_equal(tty->announce, YES);
	assert_null(tty->driver_override);
	assert_false(tty->service);
	ns = &world_device(&world, V "/virtio0.rpmsg_ns.53.53")->channel;
	assert_true(ns->service);
	assert_int_equal(ns->announce, UNKNOWN);
	assert_string_equal(ns->driver_override, "foo");
	assert_string_equal(
		world_device(&world, V "/virtio0.tty.-1.30/tty/ttyRPMSG0")->devnode,
		"ttyRPMSG0");
}

static void assert_virtio_facts(const char *attributes, bool id, bool status,
				bool features)
{
	_cleanup_world_ struct world world = { 0 };
	char text[1024];
	const struct device *device;

	snprintf(text, sizeof(text), "%s\n%s%s",
		 BLOCK(P "/remoteproc/remoteproc0",
		       "remoteproc") "E: DEVTYPE=remoteproc\n",
		 BLOCK(P "/remoteproc/remoteproc0/virtio0", "virtio"), attributes);
	world_of(&world, text);
	device = world_device(&world, P "/remoteproc/remoteproc0/virtio0");
	assert_int_equal(device->virtio.id.known, id);
	assert_int_equal(device->virtio.status.known, status);
	assert_int_equal(device->virtio.features != NULL, features);
}

static void what_the_kernel_never_writes_stays_unknown(void **state)
{
	(void)state;
	assert_virtio_facts("", false, false, false);
	assert_virtio_facts("A: device=0x7\nA: status=7\nA: features=01\n", true, true,
			    true);
	assert_virtio_facts("A: device=7x\nA: status=0x\nA: features=012\n", false, false,
			    false);
	assert_virtio_facts("A: device=-7\nA: status=0x100000000\nA: features=\n", false,
			    false, false);
	assert_virtio_facts("A: device= 7\nA: status=0xffffffff\n", false, true, false);
	assert_virtio_facts("E: MODALIAS=virtio:d00000003v00000000\n", true, false,
			    false);
	assert_virtio_facts("E: MODALIAS=virtio:dzzzzzzzzv00000000\n", false, false,
			    false);
}

static void an_edge_is_known_by_its_channels(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, BLOCK(P, "platform") "A: odd/uevent=\n\n" BLOCK(
				 P "/odd/x.a.-1.-1", "rpmsg"));
	assert_int_equal(world_device(&world, P "/odd")->kind, KIND_EDGE);
}

static void a_channel_is_no_character_device(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(
		&world,
		BLOCK(P, "platform") "\n" BLOCK(P "/rpmsg0", "rpmsg") "E: DEVNAME=rpmsg0\nA: announce=true\n\n" BLOCK(
			P "/rpmsg1",
			"rpmsg") "E: DEVNAME=rpmsg1\n\n" BLOCK(P "/rpmsg2",
							       "rpmsg") "\n" BLOCK(P
										   "/rpmsg3",
										   "rpmsg") "E: DEVNAME=rpmsg1\n");
	assert_int_equal(world_device(&world, P "/rpmsg0")->kind, KIND_CHANNEL);
	assert_int_equal(world_device(&world, P "/rpmsg1")->kind, KIND_CHARDEV);
	assert_int_equal(world_device(&world, P "/rpmsg2")->kind, KIND_CHANNEL);
	assert_int_equal(world_device(&world, P "/rpmsg3")->kind, KIND_CHANNEL);
}

static void a_device_with_a_number_is_a_character_device_whatever_its_name(void **state)
{
	static const char vendor[] = RPROC "/virtio0/rpmsg/rpmsg_ctrl-e907_rproc@1a00000";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(
		&world,
		BLOCK(RPROC, "remoteproc") "E: DEVTYPE=remoteproc\n" BLOCK(
			RPROC "/virtio0", "virtio")
			BLOCK(RPROC "/virtio0/rpmsg/rpmsg_ctrl-e907_rproc@1a00000",
			      "rpmsg") "E: MAJOR=245\nE: MINOR=0\nE: DEVNAME=/dev/rpmsg_ctrl-e907_rproc@1a00000\n");
	assert_int_equal(world_device(&world, vendor)->kind, KIND_CHARDEV);
	assert_int_equal(world.findings->channels, 0);
	assert_ptr_equal(world_device(&world, vendor)->parent,
			 world_device(&world, RPROC "/virtio0"));
}

static void virtio_of_others_stays_out(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(
		&world,
		BLOCK("/devices/pci0/virtio0", "virtio") "A: device=0x0001\\n\n\n" BLOCK(
			"/devices/pci0/virtio1",
			"virtio") "E: DRIVER=virtio_net\n\n" BLOCK("/devices/pci0/virtio2",
								   "virtio") "E: DRIVER=virtio_rpmsg_bus\n");
	assert_int_equal(world.tree->count, 2);
	world_device(&world, "/devices/pci0/virtio2");
}

static void every_kind_and_source_has_its_word(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_COUNT_; kind++)
		assert_non_null(kind_name((enum kind)kind));
	assert_string_equal(kind_name(KIND_BUS_DEVICE), "bus-device");
	assert_string_equal(source_kind_name(SOURCE_LIVE), "live");
	assert_string_equal(source_kind_name(SOURCE_SNAPSHOT), "snapshot");
	assert_string_equal(source_kind_name(SOURCE_LISTING), "listing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_belongs_to_a_processor_is_shown),
		cmocka_unit_test(devices_hang_from_the_nearest_that_is_shown),
		cmocka_unit_test(the_facts_are_those_of_the_record),
		cmocka_unit_test(what_the_kernel_never_writes_stays_unknown),
		cmocka_unit_test(an_edge_is_known_by_its_channels),
		cmocka_unit_test(a_channel_is_no_character_device),
		cmocka_unit_test(
			a_device_with_a_number_is_a_character_device_whatever_its_name),
		cmocka_unit_test(virtio_of_others_stays_out),
		cmocka_unit_test(every_kind_and_source_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
