// SPDX-License-Identifier: GPL-2.0-or-later
#include "place.h"

/* Adds a device with the driver that its link names (NULL: none). */
struct record *place_add(struct world *world, const char *path, const char *subsystem,
			 const char *driver)
{
	struct record *record = world_add(world, path, subsystem);

	if (driver)
		record_set_property(record, "DRIVER", driver);
	return record;
}

void place_add_remoteproc(struct world *world, const char *path, const char *subsystem)
{
	record_set_property(place_add(world, path, subsystem, NULL), "DEVTYPE",
			    "remoteproc");
}

void place_add_rpmsg_virtio(struct world *world, const char *path)
{
	record_add_attribute(place_add(world, path, "virtio", NULL), "device", "0x0007",
			     6);
}

void assert_verdict(const struct world *world, const char *path, enum verdict verdict,
		    const char *owner)
{
	const struct device *device = world_device(world, path);

	assert_string_equal(verdict_name(device->verdict), verdict_name(verdict));
	assert_int_equal(device_is_flagged(device), verdict != VERDICT_OK);
	if (!owner)
		assert_null(device->owner);
	else
		assert_string_equal(device->owner->name, owner);
}

/* virtio device and channel at a place, and what both have to be. */
void assert_place(struct world *world, const char *virtio, enum verdict verdict,
		  const char *owner)
{
	char channel[256];

	snprintf(channel, sizeof(channel), "%s/virtio0.a.-1.5", virtio);
	place_add_rpmsg_virtio(world, virtio);
	place_add(world, channel, "rpmsg", NULL);
	world_build(world);
	assert_verdict(world, virtio, verdict, owner);
	assert_verdict(world, channel, verdict, owner);
}
