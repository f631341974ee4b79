// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Drivers that are known, by the beginning of their names. Read in the sources of v5.10,
 * v6.1, v6.12 and v7.3, drivers/remoteproc/: who calls rproc_coredump_add_segment() or
 * its kin has something to dump, who sets sysfs_read_only lets nobody write. Auto boot
 * is what rproc_alloc() sets, unless the driver sets another: a device tree property
 * (stm32, imx), a parameter (ingenic), the layout (zynqmp) leave it open.
 */

#include "remedy.h"

#include <string.h>

#include "finding.h"
#include "path_names.h"

enum boots { BOOTS_PERHAPS, BOOTS_ALWAYS, BOOTS_NEVER };

static const struct driver {
	const char *prefix;
	bool dumps; /* registers memory for a dump, at least in its newest version */
	bool read_only;
	enum boots boots; /* all its processors, by itself, as it is probed */
} drivers[] = {
	{ "qcom", true, false, BOOTS_PERHAPS },
	{ "stm32-rproc", true, false, BOOTS_PERHAPS },
	{ "imx-rproc", true, false, BOOTS_PERHAPS },
	{ "imx-dsp-rproc", true, false, BOOTS_NEVER },
	{ "zynqmp_r5", true, false, BOOTS_PERHAPS },
	{ "amd-bram", true, false, BOOTS_NEVER },
	{ "omap-rproc", false, false, BOOTS_ALWAYS },
	{ "k3", false, false, BOOTS_ALWAYS },
	{ "davinci-rproc", false, false, BOOTS_ALWAYS },
	{ "keystone-rproc", false, false, BOOTS_ALWAYS },
	{ "pru-rproc", false, false, BOOTS_NEVER },
	{ "wkup_m3_rproc", false, true, BOOTS_NEVER },
	{ "mtk-scp", false, false, BOOTS_ALWAYS },
	{ "rcar-rproc", false, false, BOOTS_NEVER },
	{ "st-rproc", false, false, BOOTS_ALWAYS },
	{ "ingenic-vpu", false, false, BOOTS_PERHAPS },
};

/* qcom_q6v5_pas.c and qcom_q6v5_adsp.c: these are booted, on each machine that has them;
 * modems, wpss and wcss are started by user space. */
static bool is_booted_by_qcom(const struct device *driven, const char *name)
{
	static const char *const booted[] = { "adsp", "cdsp", "cdsp0", "cdsp1", "slpi" };

	if (strcmp(driven->driver, "qcom_q6v5_pas") != 0 &&
	    strcmp(driven->driver, "qcom_q6v5_adsp") != 0)
		return false;
	for (size_t i = 0; name && i < ARRAY_SIZE(booted); i++)
		if (strcmp(name, booted[i]) == 0)
			return true;
	return false;
}

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
	return remedy_is_of_qcom(processor) && device_count(processor, KIND_EDGE) == 0;
}

bool remedy_is_of_qcom(const struct device *processor)
{
	const struct device *driven = remedy_driven(processor);

	return driven && strncmp(driven->driver, "qcom", 4) == 0;
}

/* By its name alone, where its driver is not told. */
static bool may_be_of_qcom(const struct device *processor)
{
	static const char *const names[] = {
		"adsp",  "cdsp", "cdsp0",  "cdsp1",  "slpi",
		"modem", "mpss", "gpdsp0", "gpdsp1", "wpss"
	};
	const char *name = processor->remoteproc.name;

	if (remedy_driven(processor))
		return false;
	for (size_t i = 0; name && i < ARRAY_SIZE(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* rproc_boot_recovery() stops and then dumps; coredump_store() refuses while crashed. */
const char *remedy_of_dump(const struct device *processor)
{
	const char *coredump = processor->remoteproc.coredump;

	if (remedy_dumps(processor) == NO)
		return ", without a dump: its driver registers no memory for one";
	if (!coredump)
		return ", and takes a dump if coredump was enabled before the crash";
	if (strcmp(coredump, "disabled") == 0)
		return ", without a dump: coredump is disabled, and cannot be enabled before it is restarted";
	return ", and takes a dump: read /sys/class/devcoredump/devcd*/data within 5 minutes";
}

enum tristate remedy_dumps(const struct device *processor)
{
	const struct driver *driver = find(processor);

	return !driver ? UNKNOWN : driver->dumps ? YES : NO;
}

const char *remedy_files(const struct device *processor)
{
	return processor && processor->remoteproc.classless ? PATH_DEBUGFS
							    : PATH_CLASSES "/remoteproc";
}

bool remedy_is_read_only(const struct device *processor)
{
	const struct driver *driver = find(processor);
	const char *name = processor->remoteproc.name;

	/* wkup_m3_rproc.c names it so, and nothing else is. */
	return driver ? driver->read_only : name && strcmp(name, "wkup_m3") == 0;
}

void remedy_of_recovery(const struct device *processor, struct finding *finding)
{
	finding_fix(
		finding, "cat %s/%s/state tells if it came back; if it did not, %s",
		remedy_files(processor), finding_quoted(finding, processor->name),
		remedy_is_unsafe_to_stop(processor) || may_be_of_qcom(processor)
			? "reboot: to stop, recover or unbind it can oops the kernel once its edges are gone"
			: "dmesg | grep -i remoteproc tells why");
}

void remedy_of_crash(const struct device *processor, bool told, struct finding *finding)
{
	const char *ask = told ? "" : "dmesg | grep -i remoteproc tells the cause; ";
	const char *name = finding_quoted(finding, processor->name);
	const char *recovery = processor->remoteproc.recovery;

	if (remedy_is_unsafe_to_stop(processor) && processor->record->path_only)
		remedy_of_recovery(processor, finding);
	else if (remedy_is_unsafe_to_stop(processor))
		finding_fix(
			finding,
			"reboot: its edges are gone already, and to stop, recover or unbind it now can oops the kernel");
	else if (processor->remoteproc.classless)
		finding_fix(finding, "%secho recover > %s/%s/recovery restarts it", ask,
			    remedy_files(processor), name);
	else if (!recovery && may_be_of_qcom(processor))
		remedy_of_recovery(processor, finding);
	else if (!recovery)
		finding_fix(
			finding,
			"%secho recover > /sys/class/remoteproc/%s/recovery (before v5.10 below /sys/kernel/debug/remoteproc/%s) restarts it",
			ask, name, name);
	else if (strcmp(recovery, "disabled") == 0)
		finding_fix(
			finding,
			"echo recover > /sys/class/remoteproc/%s/recovery restarts it%s",
			name, remedy_of_dump(processor));
	else if (!remedy_driven(processor))
		finding_fix(finding, "its recovery failed: dmesg tells why; reboot");
	else
		finding_fix(
			finding,
			"its recovery failed: dmesg tells why; reboot, or (v5.10 refuses it): echo stop > /sys/class/remoteproc/%s/state; echo start > /sys/class/remoteproc/%s/state",
			name, name);
}

const char *remedy_start(const struct device *processor, struct finding *finding)
{
	if (processor && remedy_is_read_only(processor))
		return "reboot: only its driver starts it";
	return finding_format(
		finding, "echo start > %s/%s/state%s", remedy_files(processor),
		finding_quoted(finding, processor ? processor->name : "remoteprocN"),
		processor && processor->remoteproc.classless
			? " (where that cannot be written to: load its driver again)"
			: "");
}

void remedy_to_run(const struct device *processor, struct finding *finding)
{
	enum remoteproc_state state = processor->remoteproc.state;

	if (state != REMOTEPROC_OFFLINE && state != REMOTEPROC_DETACHED)
		finding_fix(finding,
			    "rproc-tree check --only processor-state tells what helps");
	else if (remedy_is_read_only(processor))
		finding_fix(finding, REMEDY_READ_ONLY);
	else
		finding_fix(finding, "%s", remedy_start(processor, finding));
}

/* fw_get_filesystem_firmware(), drivers/base/firmware_loader/main.c: "%s/%s". */
const char *remedy_of_path(const char *processor, const char *file,
			   struct finding *finding)
{
	static const char directory[] = PATH_FIRMWARE "/";
	bool inside = strncmp(file, directory, strlen(directory)) == 0;
	const char *name;

	if (*file != '/')
		return NULL;
	name = inside ? file + strlen(directory) : strrchr(file, '/') + 1;
	if (*name == '\0')
		return NULL;
	return finding_format(
		finding,
		"firmware takes a name below %s, not a path: %secho %s > /sys/class/remoteproc/%s/firmware",
		PATH_FIRMWARE, inside ? "" : "copy the file there and name it: ",
		finding_quoted(finding, name), processor);
}

enum tristate remedy_boots_itself(const struct device *processor)
{
	const struct device *driven = remedy_driven(processor);
	const struct driver *driver = find(processor);

	if (driver && driver->boots != BOOTS_PERHAPS)
		return driver->boots == BOOTS_ALWAYS ? YES : NO;
	return driven && is_booted_by_qcom(driven, processor->remoteproc.name) ? YES
									       : UNKNOWN;
}
