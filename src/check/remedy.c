// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Drivers that are known, by the beginning of their names. Read in the sources of v5.10,
 * v6.1, v6.12 and v7.3, drivers/remoteproc/: who calls rproc_coredump_add_segment() or
 * its kin has something to dump, who sets sysfs_read_only lets nobody write.
 */

#include "remedy.h"

#include <string.h>

static const struct driver {
	const char *prefix;
	bool dumps; /* registers memory for a dump, at least in its newest version */
	bool read_only;
} drivers[] = {
	{ "qcom", true, false },           { "stm32-rproc", true, false },
	{ "imx-rproc", true, false },      { "imx-dsp-rproc", true, false },
	{ "zynqmp_r5", true, false },      { "amd-bram", true, false },
	{ "omap-rproc", false, false },    { "k3", false, false },
	{ "davinci-rproc", false, false }, { "keystone-rproc", false, false },
	{ "pru-rproc", false, false },     { "wkup_m3_rproc", false, true },
	{ "mtk-scp", false, false },       { "rcar-rproc", false, false },
	{ "st-rproc", false, false },      { "ingenic-vpu", false, false },
};

static const struct driver *find(const struct device *processor)
{
	const struct device *driven = remedy_driven(processor);

	for (size_t i = 0; driven && i < ARRAY_SIZE(drivers); i++)
		if (strncmp(driven->driver, drivers[i].prefix,
			    strlen(drivers[i].prefix)) == 0)
			return &drivers[i];
	return NULL;
}

const struct device *remedy_driven(const struct device *processor)
{
	const struct device *device = processor->parent;

	while (device && !device->driver)
		device = device->parent;
	return device && device->record->subsystem ? device : NULL;
}

/* The subdevices are stopped where no edge is left (qcom_glink_native_remove(),
 * qcom_smd_unregister_edge()); v6.12.117 and v7.3.4 remember that (subdevs_started). */
bool remedy_is_unsafe_to_stop(const struct device *processor)
{
	const struct device *driven = remedy_driven(processor);

	return driven && strncmp(driven->driver, "qcom", 4) == 0 &&
	       processor->counts[KIND_EDGE] == 0;
}

/* rproc_boot_recovery() stops and then dumps; coredump_store() refuses while crashed. */
const char *remedy_of_dump(const struct device *processor)
{
	const char *coredump = processor->remoteproc.coredump;
	const struct driver *driver = find(processor);

	if (driver && !driver->dumps)
		return ", without a dump: its driver registers no memory for one";
	if (!coredump)
		return ", and takes a dump if coredump was enabled before the crash";
	if (strcmp(coredump, "disabled") == 0)
		return ", without a dump: coredump is disabled, and cannot be enabled before it is restarted";
	return ", and takes a dump: read /sys/class/devcoredump/devcd*/data within 5 minutes";
}

bool remedy_is_read_only(const struct device *processor)
{
	const struct driver *driver = find(processor);

	return driver && driver->read_only;
}
