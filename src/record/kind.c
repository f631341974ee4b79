// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a device is: one table, first match wins. Only what the kernel itself says counts:
 * subsystem, device type, the fixed form of a name the remoteproc core makes. The word
 * "remoteproc" in a path proves nothing: Qualcomm has a platform device of that name.
 */

#include <linux/virtio_ids.h>
#include <stdlib.h>
#include <string.h>

#include "kind.h"
#include "names.h"
#include "span.h"

static bool in_subsystem(const struct record *record, const char *subsystem)
{
	return record->subsystem && text_is(record->subsystem, subsystem);
}

/* rproc_get_by_child() asks for dev->type->name "remoteproc" (remoteproc_core.c), which
 * user space sees as DEVTYPE. Before v4.10 there was no class, and the uevent file of a
 * device without bus and class reads empty (dev_uevent_filter(), drivers/base/core.c):
 * its name tells. A channel's name may forge the line DEVTYPE=remoteproc in its uevent;
 * its subsystem it cannot forge. */
static bool is_remoteproc(const struct record *record)
{
	const char *devtype;

	if (record->subsystem && !in_subsystem(record, "remoteproc"))
		return false;
	devtype = record_property(record, "DEVTYPE");
	if (!record->subsystem && !devtype)
		return name_is_remoteproc(record_name(record));
	return devtype && strcmp(devtype, "remoteproc") == 0;
}

static bool is_vdev(const struct record *record)
{
	if (!record->subsystem)
		return name_is_vdev_buffer(record->path);
	return in_subsystem(record, "platform") &&
	       name_is_rproc_virtio(record_name(record));
}

static bool is_virtio(const struct record *record)
{
	return in_subsystem(record, "virtio");
}

/* Bus and class are both called rpmsg, and umockdev files both under the bus. A class
 * device has a node, whatever a vendor calls it (rpmsg_ctrl-e907_rproc@1a00000); only a
 * channel has "announce" (rpmsg_core.c), and never a number. A listing has no number, but
 * tells a class by its directory: it gives the device the node of its name. */
static bool is_chardev(const struct record *record)
{
	const char *devname;

	if (!in_subsystem(record, "rpmsg"))
		return false;
	devname = record_property(record, "DEVNAME");
	if (!devname || record_attribute(record, "announce"))
		return false;
	return record_property(record, "MAJOR") ||
	       ((record->path_only || name_is_rpmsg_chardev(record_name(record))) &&
		strcmp(devname, record_name(record)) == 0);
}

static bool is_channel(const struct record *record)
{
	return in_subsystem(record, "rpmsg");
}

static bool is_edge(const struct record *record)
{
	return !record->subsystem && name_is_edge(record_name(record));
}

static bool is_bus_device(const struct record *record)
{
	return record->subsystem;
}

static bool is_anything(const struct record *record)
{
	(void)record;
	return true;
}

static const char *const no_attributes[] = { NULL };

static const char *const remoteproc_attributes[] = {
	"name",         "state",    "firmware",
	"recovery",     "coredump", FACT_RESOURCE_TABLE,
	FACT_CARVEOUTS, FACT_TRACE, NULL,
};

static const char *const virtio_attributes[] = {
	"device", "vendor", "status", "features", "modalias", NULL,
};

static const char *const channel_attributes[] = {
	"name", "src", "dst", "announce", "driver_override", "modalias", NULL,
};

static const char *const bus_attributes[] = { FACT_MEMORY_REGION, NULL };

static const char *const chardev_attributes[] = { "name", "src", "dst", NULL };

static const struct {
	enum kind kind;
	const char *name;
	const char *const *attributes;
	bool (*match)(const struct record *record);
} kinds[] = {
	{ KIND_REMOTEPROC, "remoteproc", remoteproc_attributes, is_remoteproc },
	{ KIND_VDEV, "vdev", no_attributes, is_vdev },
	{ KIND_VIRTIO, "virtio", virtio_attributes, is_virtio },
	{ KIND_CHARDEV, "chardev", chardev_attributes, is_chardev },
	{ KIND_CHANNEL, "channel", channel_attributes, is_channel },
	{ KIND_EDGE, "edge", no_attributes, is_edge },
	{ KIND_BUS_DEVICE, "bus-device", bus_attributes, is_bus_device },
	{ KIND_OTHER, "other", bus_attributes, is_anything },
};

enum kind kind_of(const struct record *record)
{
	size_t i = 0;

	while (!kinds[i].match(record))
		i++;
	return kinds[i].kind;
}

const char *kind_name(enum kind kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].kind == kind)
			return kinds[i].name;
	return NULL;
}

const char *const *kind_attributes(enum kind kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].kind == kind)
			return kinds[i].attributes;
	return no_attributes;
}

/* A number of 32 bits in hexadecimal digits, up to the character that ends it. */
static bool read_hex(const char *text, char end, uint32_t *ret)
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");

	if (digits == 0 || digits > 8 || text[digits] != end)
		return false;
	*ret = (uint32_t)strtoul(text, NULL, 16);
	return true;
}

bool record_virtio_id(const struct record *record, uint32_t *ret)
{
	const char *device = record_text(record, "device");
	const char *modalias = record_property(record, "MODALIAS");

	if (device && strncmp(device, "0x", 2) == 0)
		device += 2;
	return (device && read_hex(device, '\0', ret)) ||
	       (modalias && strncmp(modalias, "virtio:d", 8) == 0 &&
		read_hex(modalias + 8, 'v', ret));
}

bool record_is_rpmsg_virtio(const struct record *record)
{
	const char *driver = record_driver(record);
	uint32_t id;

	if (record_virtio_id(record, &id))
		return id == VIRTIO_ID_RPMSG;
	return driver && strcmp(driver, "virtio_rpmsg_bus") == 0;
}

bool record_is_driven_child(const struct record *record)
{
	return (in_subsystem(record, "platform") || in_subsystem(record, "auxiliary")) &&
	       !is_vdev(record);
}
