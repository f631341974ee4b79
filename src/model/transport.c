// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Transports that have no remote processor by design: one table. A row looks at the bus
 * device (P) that the rpmsg device is below: its driver, and its name where the driver is
 * not known. To add a transport, add a row, a board and the line in hierarchy of README.
 */

#include <string.h>

#include "device.h"
#include "names.h"
#include "nullable.h"

static bool ends_with(const char *name, const char *suffix)
{
	size_t size = strlen(name), end = strlen(suffix);

	return size >= end && strcmp(name + size - end, suffix) == 0;
}

static bool equals(const char *_nullable_ a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

/* P of a virtio device that is a child of P, or of what is below such a one. */
static const struct device *virtio_parent(const struct device *device)
{
	while (device && device->kind != KIND_VIRTIO)
		device = device->parent;
	return device && device->parent && device->parent->kind == KIND_BUS_DEVICE
		       ? device->parent
		       : NULL;
}

static bool is_virtio_pci(const struct device *device)
{
	const struct device *parent = virtio_parent(device);

	return parent && equals(parent->record->subsystem, "pci");
}

static bool is_virtio_mmio(const struct device *device)
{
	const struct device *parent = virtio_parent(device);

	if (!parent)
		return false;
	if (parent->driver)
		return equals(parent->driver, "virtio-mmio");
	return ends_with(parent->name, ".virtio_mmio") ||
	       strncmp(parent->name, "virtio-mmio.", 12) == 0;
}

static bool is_virtio_other_bus(const struct device *device)
{
	const struct device *parent = virtio_parent(device);

	return parent && (equals(parent->record->subsystem, "vdpa") ||
			  equals(parent->record->subsystem, "ccw") ||
			  equals(parent->driver, "virtio-uml") ||
			  equals(parent->driver, "bf-tmfifo"));
}

/* imx-rpmsg (NXP), rockchip-rpmsg, miv-rpmsg (Microchip): vendor platform drivers that
 * register virtio devices of their own. */
static bool is_platform_rpmsg(const struct device *device)
{
	const struct device *parent = virtio_parent(device);

	if (!parent)
		return false;
	return strstr(parent->driver ? parent->driver : parent->name, "rpmsg");
}

/* Qualcomm RPM over SMD: an edge below platform device "smd" (drivers/rpmsg/qcom_smd.c),
 * or below one of "qcom,rpm-proc" (drivers/soc/qcom/rpm-proc.c, v6.6), whose usual name
 * is "remoteproc" although it is none. */
static bool is_rpm_edge(const struct device *device)
{
	const struct device *bus = device_bus_ancestor(device);

	if (!bus || device->parent->kind != KIND_EDGE)
		return false;
	if (bus->driver)
		return equals(bus->driver, "qcom-smd") ||
		       equals(bus->driver, "qcom-rpm-proc");
	return equals(bus->name, "smd") || ends_with(bus->name, ":smd") ||
	       equals(bus->name, "remoteproc") || ends_with(bus->name, ":remoteproc");
}

/* Qualcomm RPM over GLINK: channels directly below the platform device. Driver
 * qcom_glink_rpm (drivers/rpmsg/qcom_glink_rpm.c); its node is called rpm-glink, or
 * glink-edge below a "qcom,rpm-proc" node. */
static bool is_rpm_glink(const struct device *device)
{
	const struct device *bus = device_bus_ancestor(device);

	if (!bus || virtio_parent(device))
		return false;
	/* Its own platform device passes for an edge where only its name is known. */
	if (is_rpm_edge(device))
		return ends_with(device->parent->name, ":glink-edge");
	return equals(bus->driver, "qcom_glink_rpm") ||
	       equals(bus->driver, "qcom_rpm_glink") || equals(bus->name, "rpm-glink") ||
	       ends_with(bus->name, ":rpm-glink");
}

static const struct transport transports[] = {
	{ "virtio-pci", "virtio on PCI does not belong to a remote processor",
	  is_virtio_pci },
	{ "virtio-mmio", "virtio on mmio does not belong to a remote processor",
	  is_virtio_mmio },
	{ "virtio-other",
	  "virtio on vdpa, ccw, UML or TmFifo does not belong to a remote processor",
	  is_virtio_other_bus },
	{ "platform-rpmsg", "a platform rpmsg driver runs the link without remoteproc",
	  is_platform_rpmsg },
	{ "rpm-glink", "the Qualcomm RPM (GLINK) is always on, and nobody boots it",
	  is_rpm_glink },
	{ "rpm-smd", "the Qualcomm RPM (SMD) is always on, and nobody boots it",
	  is_rpm_edge },
};

const struct transport *transport_find(const struct device *device)
{
	for (size_t i = 0; i < ARRAY_SIZE(transports); i++)
		if (transports[i].applies(device))
			return &transports[i];
	return NULL;
}
