// SPDX-License-Identifier: GPL-2.0-or-later
/* What a path implies when the text cannot name it. */

#include "helper.h"
#include "infer.h"

static void assert_implied(const char *path, const char *subsystem, const char *implied,
			   enum kind kind)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *device;

	world_add(&world, path, subsystem);
	inventory_sort(world.inventory);
	assert_int_equal(infer_devices(world.inventory), 0);
	world_build(&world);
	device = world_device(&world, implied);
	assert_int_equal(device->kind, kind);
	assert_true(device->record->path_only);
}

#define CHANNEL "/virtio0/virtio0.a.-1.5"

static void vdevs_of_every_era_are_implied(void **state)
{
	(void)state;
	assert_implied(BROKEN CHANNEL, "rpmsg", BROKEN, KIND_VDEV);
	assert_implied(BROKEN CHANNEL, "rpmsg", BROKEN "/virtio0", KIND_VIRTIO);
	assert_implied(BROKEN CHANNEL, "rpmsg", DSP, KIND_BUS_DEVICE);
	assert_implied(FIXED CHANNEL, "rpmsg", FIXED, KIND_VDEV);
	assert_implied(FIXED CHANNEL, "rpmsg", RPROC, KIND_REMOTEPROC);
	assert_implied(RPROC "/rproc-virtio.1.auto" CHANNEL, "rpmsg",
		       RPROC "/rproc-virtio.1.auto", KIND_VDEV);
	assert_implied(RPROC CHANNEL, "rpmsg", RPROC, KIND_REMOTEPROC);
	assert_implied(DSP "/remoteproc0" CHANNEL, "rpmsg", DSP "/remoteproc0",
		       KIND_REMOTEPROC);
}

static void edges_and_their_processors_are_implied(void **state)
{
	static const char edge[] = RPROC "/remoteproc0:smd-edge";

	(void)state;
	assert_implied(RPROC "/remoteproc0:smd-edge/x.a.-1.-1", "rpmsg", edge, KIND_EDGE);
	assert_implied(RPROC "/remoteproc0:smd-edge/x.a.-1.-1", "rpmsg", RPROC,
		       KIND_REMOTEPROC);
	assert_implied("/devices/platform/smd/smd:rpm/x.a.-1.-1", "rpmsg",
		       "/devices/platform/smd", KIND_BUS_DEVICE);
}

static void a_platform_device_may_be_called_as_a_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	static const char place[] = "/devices/platform/remoteproc0";

	(void)state;
	world_add(&world, "/devices/platform/remoteproc0/remoteproc0#vdev0buffer" CHANNEL,
		  "rpmsg");
	inventory_sort(world.inventory);
	assert_int_equal(infer_devices(world.inventory), 0);
	world_build(&world);
	assert_int_equal(world_device(&world, place)->kind, KIND_BUS_DEVICE);
	assert_int_equal(world.tree->devices[world.tree->count - 1].verdict,
			 VERDICT_MISPARENTED);
}

static void glue_directories_are_no_devices(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "remoteproc0 -> ../.." RPROC "\n");
	assert_int_equal(world.inventory->count, 2);
	world_device(&world, DSP);
}

static void what_is_recorded_is_not_implied_again(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "P: " DSP "\n"
			 "E: SUBSYSTEM=platform\n"
			 "E: DRIVER=dsp\n\n"
			 "P: " BROKEN "/virtio0\n"
			 "E: SUBSYSTEM=virtio\n"
			 "A: device=0x0007\n\n"
			 "P: " BROKEN CHANNEL "\n"
			 "E: SUBSYSTEM=rpmsg\n"
			 "\n"
			 "P: " BROKEN "/virtio0/virtio0.b.-1.6\n"
			 "E: SUBSYSTEM=rpmsg\n");
	assert_int_equal(world.inventory->count, 5);
	assert_string_equal(world_device(&world, DSP)->driver, "dsp");
	assert_false(world_device(&world, DSP)->record->path_only);
	assert_true(world_device(&world, BROKEN)->record->path_only);
}

static void a_device_of_others_implies_nothing(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "P: /devices/platform/a/b/c/net/eth0\n"
			 "E: SUBSYSTEM=net\n");
	assert_int_equal(world.inventory->count, 1);
	assert_int_equal(world.tree->count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vdevs_of_every_era_are_implied),
		cmocka_unit_test(edges_and_their_processors_are_implied),
		cmocka_unit_test(a_platform_device_may_be_called_as_a_processor),
		cmocka_unit_test(glue_directories_are_no_devices),
		cmocka_unit_test(what_is_recorded_is_not_implied_again),
		cmocka_unit_test(a_device_of_others_implies_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
