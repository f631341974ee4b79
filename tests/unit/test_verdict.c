// SPDX-License-Identifier: GPL-2.0-or-later
/* Each rule of the verdict, each era and each transport, on the smallest tree there is.
 */

#include "helper.h"

/* Adds a device with the driver that its link names (NULL: none). */
static struct record *add(struct world *world, const char *path, const char *subsystem,
			  const char *driver)
{
	struct record *record = world_add(world, path, subsystem);

	if (driver)
		record_set_property(record, "DRIVER", driver);
	return record;
}

static void add_remoteproc(struct world *world, const char *path, const char *subsystem)
{
	record_set_property(add(world, path, subsystem, NULL), "DEVTYPE", "remoteproc");
}

static void add_rpmsg_virtio(struct world *world, const char *path)
{
	record_add_attribute(add(world, path, "virtio", NULL), "device", "0x0007", 6);
}

static void assert_verdict(const struct world *world, const char *path,
			   enum verdict verdict, const char *owner)
{
	const struct device *device = world_device(world, path);

	assert_string_equal(verdict_name(device->verdict), verdict_name(verdict));
	assert_int_equal(device_is_flagged(device), verdict != VERDICT_OK);
	if (!owner)
		assert_null(device->owner);
	else
		assert_string_equal(device->owner->name, owner);
}

#define P "/devices/platform/p.dsp"

/* virtio device and channel at a place, and what both have to be. */
static void assert_place(struct world *world, const char *virtio, enum verdict verdict,
			 const char *owner)
{
	char channel[256];

	snprintf(channel, sizeof(channel), "%s/virtio0.a.-1.5", virtio);
	add_rpmsg_virtio(world, virtio);
	add(world, channel, "rpmsg", NULL);
	world_build(world);
	assert_verdict(world, virtio, verdict, owner);
	assert_verdict(world, channel, verdict, owner);
}

static void ok_before_there_was_a_class(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc0", NULL);
	assert_place(&world, P "/remoteproc0/virtio0", VERDICT_OK, "remoteproc0");
}

static void ok_where_the_uevent_is_empty(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add(&world, P "/remoteproc0", NULL, NULL);
	assert_place(&world, P "/remoteproc0/virtio0", VERDICT_OK, "remoteproc0");
}

static void ok_before_there_was_a_vdev(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	assert_place(&world, P "/remoteproc/remoteproc0/virtio0", VERDICT_OK,
		     "remoteproc0");
}

static void misparented_beside_its_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED,
		     "remoteproc0");
	assert_string_equal(world_device(&world, P "/p.dsp#vdev0buffer")->owner->name,
			    "remoteproc0");
}

static void ok_below_its_processors_vdev(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/remoteproc/remoteproc0/remoteproc0#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/remoteproc/remoteproc0/remoteproc0#vdev0buffer/virtio0",
		     VERDICT_OK, "remoteproc0");
}

static void ok_below_an_rproc_virtio_of_its_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/remoteproc/remoteproc0/rproc-virtio.3.auto", "platform", "x");
	assert_place(&world, P "/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0",
		     VERDICT_OK, "remoteproc0");
}

static void misparented_below_an_rproc_virtio_elsewhere(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/rproc-virtio.0.auto", "platform", "rproc-virtio");
	assert_place(&world, P "/rproc-virtio.0.auto/virtio0", VERDICT_MISPARENTED,
		     "remoteproc0");
}

static void the_owner_of_two_is_not_guessed(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add_remoteproc(&world, P "/remoteproc/remoteproc1", "remoteproc");
	add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED, NULL);
}

static void a_vdev_of_no_processor_is_misparented_too(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	assert_place(&world, P "/p.dsp#vdev0buffer/virtio0", VERDICT_MISPARENTED, NULL);
}

static void beside_is_directly_on_the_bus_device(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, "/devices/platform/10500000.scp", "platform", "mtk-scp");
	add_remoteproc(&world, "/devices/platform/10500000.scp/remoteproc/remoteproc0",
		       "remoteproc");
	add(&world, "/devices/platform/10500000.scp/10500000.scp.cros-ec-rpmsg.13.-1",
	    "rpmsg", NULL);
	world_build(&world);
	assert_verdict(&world,
		       "/devices/platform/10500000.scp/10500000.scp.cros-ec-rpmsg.13.-1",
		       VERDICT_BESIDE, "remoteproc0");
}

static void assert_channel_at(const char *bus, const char *subsystem, const char *driver,
			      const char *below, enum verdict verdict)
{
	_cleanup_world_ struct world world = { 0 };
	char parent[256], channel[300];

	snprintf(parent, sizeof(parent), "%s%s", bus, below);
	snprintf(channel, sizeof(channel), "%s/x.a.-1.-1", parent);
	add(&world, bus, subsystem, driver);
	if (*below)
		add(&world, parent, NULL, NULL);
	add(&world, channel, "rpmsg", NULL);
	world_build(&world);
	assert_verdict(&world, channel, verdict, NULL);
}

static void the_rpm_has_no_remote_processor(void **state)
{
	static const char edge[] = "/remoteproc:smd-edge";

	(void)state;
	assert_channel_at("/devices/platform/x", "platform", "qcom_glink_rpm", "",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/x", "platform", "qcom_rpm_glink", "",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/rpm-glink", "platform", NULL, "",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/soc/soc:rpm-glink", "platform", NULL, "",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/smd", "platform", NULL, "/smd:rpm",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/x", "platform", "qcom-smd", "/smd:rpm",
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/x", "platform", "qcom-rpm-proc", edge,
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/remoteproc", "platform", NULL, edge,
			  VERDICT_NO_REMOTEPROC);
	assert_channel_at("/devices/platform/soc:remoteproc", "platform", NULL, edge,
			  VERDICT_NO_REMOTEPROC);
}

static void what_resembles_the_rpm_is_an_orphan(void **state)
{
	(void)state;
	assert_channel_at("/devices/platform/x", "platform", "y", "", VERDICT_ORPHAN);
	assert_channel_at("/devices/platform/x-rpm-glink", "platform", NULL, "",
			  VERDICT_ORPHAN);
	assert_channel_at("/devices/platform/smd", "platform", "other", "/smd:rpm",
			  VERDICT_ORPHAN);
	assert_channel_at("/devices/platform/adsp", "platform", NULL, "/adsp:smd-edge",
			  VERDICT_ORPHAN);
	assert_channel_at("/devices/platform/remoteproc", "platform", NULL, "",
			  VERDICT_ORPHAN);
}

static void assert_virtio_on(const char *bus, const char *subsystem, const char *driver,
			     enum verdict verdict)
{
	_cleanup_world_ struct world world = { 0 };
	char virtio[256];

	snprintf(virtio, sizeof(virtio), "%s/virtio0", bus);
	add(&world, bus, subsystem, driver);
	assert_place(&world, virtio, verdict, NULL);
}

static void virtio_of_hypervisors_has_no_remote_processor(void **state)
{
	(void)state;
	assert_virtio_on("/devices/pci0000:00/0000:00:05.0", "pci", "virtio-pci",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/a000000.x", "platform", "virtio-mmio",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/a000000.virtio_mmio", "platform", NULL,
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/virtio-mmio.0", "platform", NULL,
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/vdpa0", "vdpa", NULL, VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/css0/0.0.0001", "ccw", NULL, VERDICT_NO_REMOTEPROC);
}

static void vendors_platform_rpmsg_has_no_remote_processor(void **state)
{
	(void)state;
	assert_virtio_on("/devices/platform/x", "platform", "imx-rpmsg",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/x", "platform", "rockchip-rpmsg",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/x", "platform", "miv-rpmsg",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/90000000.imx-rpmsg", "platform", NULL,
			 VERDICT_NO_REMOTEPROC);
}

static void virtio_of_nobody_is_an_orphan(void **state)
{
	(void)state;
	assert_virtio_on("/devices/platform/x", "platform", "y", VERDICT_ORPHAN);
	assert_virtio_on("/devices/platform/a000000.virtio_mmio", "platform", "y",
			 VERDICT_ORPHAN);
	assert_virtio_on("/devices/platform/my-rpmsg", "platform", "y", VERDICT_ORPHAN);
	assert_virtio_on("/devices/virtual/x", "virtual", NULL, VERDICT_ORPHAN);
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
		add(&world, P, "platform", "x");
		add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
		add(&world, edge, NULL, NULL);
		add(&world, channel, "rpmsg", NULL);
		world_build(&world);
		assert_verdict(&world, channel, VERDICT_OK, "remoteproc0");
		assert_int_equal(world_device(&world, edge)->kind, KIND_EDGE);
	}
}

static void the_word_in_a_path_proves_nothing(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, "/devices/platform/remoteproc0", "platform", "y");
	add_rpmsg_virtio(&world, "/devices/platform/remoteproc0/virtio0");
	world_build(&world);
	assert_verdict(&world, "/devices/platform/remoteproc0/virtio0", VERDICT_ORPHAN,
		       NULL);
}

static void a_forged_device_type_proves_nothing(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	add_rpmsg_virtio(&world, P "/p.dsp#vdev0buffer/virtio0");
	add_remoteproc(&world, P "/p.dsp#vdev0buffer/virtio0/virtio0.evil.-1.5", "rpmsg");
	world_build(&world);
	assert_verdict(&world, P "/p.dsp#vdev0buffer/virtio0/virtio0.evil.-1.5",
		       VERDICT_MISPARENTED, "remoteproc0");
}

static void virtio_of_another_id_is_judged_only_at_a_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	record_add_attribute(
		add(&world, P "/remoteproc/remoteproc0/virtio3", "virtio", NULL),
		"device", "0x0003", 6);
	record_add_attribute(add(&world, "/devices/pci0/virtio1", "virtio", NULL),
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
	add(&world, P, "platform", "dsp");
	add_remoteproc(&world, P "/remoteproc/remoteproc0", "remoteproc");
	add(&world, P "/p.dsp#vdev0buffer", NULL, NULL);
	record_set_property(
		add(&world, P "/remoteproc/remoteproc0/rpmsg/rpmsg_ctrl0", "rpmsg", NULL),
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
		cmocka_unit_test(the_rpm_has_no_remote_processor),
		cmocka_unit_test(what_resembles_the_rpm_is_an_orphan),
		cmocka_unit_test(virtio_of_hypervisors_has_no_remote_processor),
		cmocka_unit_test(vendors_platform_rpmsg_has_no_remote_processor),
		cmocka_unit_test(virtio_of_nobody_is_an_orphan),
		cmocka_unit_test(an_edge_of_a_processor_is_ok),
		cmocka_unit_test(the_word_in_a_path_proves_nothing),
		cmocka_unit_test(a_forged_device_type_proves_nothing),
		cmocka_unit_test(virtio_of_another_id_is_judged_only_at_a_processor),
		cmocka_unit_test(nothing_but_channels_and_virtio_has_a_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
