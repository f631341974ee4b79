// SPDX-License-Identifier: GPL-2.0-or-later
/* Each transport that has no remote processor by design, and what resembles one. */

#include "place.h"

static void assert_channel_at(const char *bus, const char *subsystem, const char *driver,
			      const char *below, enum verdict verdict)
{
	_cleanup_world_ struct world world = { 0 };
	char parent[256], channel[300];

	snprintf(parent, sizeof(parent), "%s%s", bus, below);
	snprintf(channel, sizeof(channel), "%s/x.a.-1.-1", parent);
	place_add(&world, bus, subsystem, driver);
	if (*below)
		place_add(&world, parent, NULL, NULL);
	place_add(&world, channel, "rpmsg", NULL);
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
	place_add(&world, bus, subsystem, driver);
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
	assert_virtio_on("/devices/platform/x", "platform", "virtio-uml",
			 VERDICT_NO_REMOTEPROC);
	assert_virtio_on("/devices/platform/x", "platform", "bf-tmfifo",
			 VERDICT_NO_REMOTEPROC);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rpm_has_no_remote_processor),
		cmocka_unit_test(what_resembles_the_rpm_is_an_orphan),
		cmocka_unit_test(virtio_of_hypervisors_has_no_remote_processor),
		cmocka_unit_test(vendors_platform_rpmsg_has_no_remote_processor),
		cmocka_unit_test(virtio_of_nobody_is_an_orphan),
	};

	return cmocka_run_group_tests_name("transport", tests, NULL, NULL);
}
