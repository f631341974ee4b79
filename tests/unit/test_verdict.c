// SPDX-License-Identifier: GPL-2.0-or-later
/* Each rule of the verdict and each era, on the smallest tree there is. */

#include "place.h"

#define P "/devices/platform/p.dsp"

static void ok_before_there_was_a_class(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc0", NULL);
	assert_place(&world, P "/remoteproc0/virtio0", VERDICT_OK, "remoteproc0");
}

static void ok_where_the_uevent_is_empty(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add(&world, P "/remoteproc0", NULL, NULL);
	assert_place(&world, P "/remoteproc0/virtio0", VERDICT_OK, "remoteproc0");
}

static void ok_before_there_was_a_vdev(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	assert_place(&world, P "/remoteproc/remoteproc0/virtio0", VERDICT_OK,
		     "remoteproc0");
}

static void misparented_beside_its_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED,
		     "remoteproc0");
	assert_string_equal(world_device(&world, P "/p.dsp#vdev0buffer")->owner->name,
			    "remoteproc0");
}

static void ok_below_its_processors_vdev(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/remoteproc/remoteproc0/remoteproc0#vdev0buffer", NULL,
		  NULL);
	assert_place(&world, P "/remoteproc/remoteproc0/remoteproc0#vdev0buffer/virtio0",
		     VERDICT_OK, "remoteproc0");
}

static void ok_below_an_rproc_virtio_of_its_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/remoteproc/remoteproc0/rproc-virtio.3.auto", "platform",
		  "x");
	assert_place(&world, P "/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0",
		     VERDICT_OK, "remoteproc0");
}

static void misparented_below_an_rproc_virtio_elsewhere(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/rproc-virtio.0.auto", "platform", "rproc-virtio");
	assert_place(&world, P "/rproc-virtio.0.auto/virtio0", VERDICT_MISPARENTED,
		     "remoteproc0");
}

static void the_owner_of_two_is_not_guessed(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc1", "remoteproc");
	place_add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED, NULL);
}

static void a_vdev_of_no_processor_is_misparented_too(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED, NULL);
}

static void beside_is_directly_on_the_bus_device(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, "/devices/platform/10500000.scp", "platform", "mtk-scp");
	place_add_remoteproc(&world,
			     "/devices/platform/10500000.scp/remoteproc/remoteproc0",
			     "remoteproc");
	place_add(&world,
		  "/devices/platform/10500000.scp/10500000.scp.cros-ec-rpmsg.13.-1",
		  "rpmsg", NULL);
	world_build(&world);
	assert_verdict(&world,
		       "/devices/platform/10500000.scp/10500000.scp.cros-ec-rpmsg.13.-1",
		       VERDICT_BESIDE, "remoteproc0");
}

static void an_edge_of_a_processor_is_ok(void **state)
{
	static const char *const edges[] = { "/remoteproc0:smd-edge", "/p.dsp:glink-edge",
					     "/remoteproc:glink-edge" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(edges); i++) {
		_cleanup_world_ struct world world = { 0 };
		char edge[128], channel[160];

		snprintf(edge, sizeof(edge), P "/remoteproc/remoteproc0%s", edges[i]);
		snprintf(channel, sizeof(channel), "%s/e.apr.-1.-1", edge);
		place_add(&world, P, "platform", "x");
		place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
		place_add(&world, edge, NULL, NULL);
		place_add(&world, channel, "rpmsg", NULL);
		world_build(&world);
		assert_verdict(&world, channel, VERDICT_OK, "remoteproc0");
		assert_int_equal(world_device(&world, edge)->kind, KIND_EDGE);
	}
}

static void the_word_in_a_path_proves_nothing(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, "/devices/platform/remoteproc0", "platform", "y");
	place_add_rpmsg_virtio(&world, "/devices/platform/remoteproc0/virtio0");
	world_build(&world);
	assert_verdict(&world, "/devices/platform/remoteproc0/virtio0", VERDICT_ORPHAN,
		       NULL);
}

static void a_forged_device_type_proves_nothing(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	place_add_rpmsg_virtio(&world, P "/p.dsp#vdev0buffer/virtio0");
	place_add_remoteproc(&world, P "/p.dsp#vdev0buffer/virtio0/virtio0.evil.-1.5",
			     "rpmsg");
	world_build(&world);
	assert_verdict(&world, P "/p.dsp#vdev0buffer/virtio0/virtio0.evil.-1.5",
		       VERDICT_MISPARENTED, "remoteproc0");
}

static void virtio_of_another_id_is_judged_only_at_a_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	record_add_attribute(
		place_add(&world, P "/remoteproc/remoteproc0/virtio3", "virtio", NULL),
		"device", "0x0003", 6);
	record_add_attribute(place_add(&world, "/devices/pci0/virtio1", "virtio", NULL),
			     "device", "0x0001", 6);
	world_build(&world);
	assert_verdict(&world, P "/remoteproc/remoteproc0/virtio3", VERDICT_OK,
		       "remoteproc0");
	assert_int_equal(world.tree->count, 3);
}

static void nothing_but_channels_and_virtio_has_a_verdict(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, P, "platform", "dsp");
	place_add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	place_add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	record_set_property(place_add(&world,
				      P "/remoteproc/remoteproc0/rpmsg/rpmsg_ctrl0",
				      "rpmsg", NULL),
			    "DEVNAME", "rpmsg_ctrl0");
	world_build(&world);
	tree_foreach (device, world.tree)
		assert_int_equal(device->verdict, VERDICT_NONE);
	assert_int_equal(world.tree->count, 4);
	assert_true(tree_has_subject(world.tree));
	assert_null(verdict_name(VERDICT_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ok_before_there_was_a_class),
		cmocka_unit_test(ok_where_the_uevent_is_empty),
		cmocka_unit_test(ok_before_there_was_a_vdev),
		cmocka_unit_test(misparented_beside_its_processor),
		cmocka_unit_test(ok_below_its_processors_vdev),
		cmocka_unit_test(ok_below_an_rproc_virtio_of_its_processor),
		cmocka_unit_test(misparented_below_an_rproc_virtio_elsewhere),
		cmocka_unit_test(the_owner_of_two_is_not_guessed),
		cmocka_unit_test(a_vdev_of_no_processor_is_misparented_too),
		cmocka_unit_test(beside_is_directly_on_the_bus_device),
		cmocka_unit_test(an_edge_of_a_processor_is_ok),
		cmocka_unit_test(the_word_in_a_path_proves_nothing),
		cmocka_unit_test(a_forged_device_type_proves_nothing),
		cmocka_unit_test(virtio_of_another_id_is_judged_only_at_a_processor),
		cmocka_unit_test(nothing_but_channels_and_virtio_has_a_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
