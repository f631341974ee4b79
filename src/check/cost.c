// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Devices whose driver is missed elsewhere: by the channel's name, or by the end of the
 * name of a channel's child. Read in net/qrtr/smd.c, drivers/remoteproc/qcom_sysmon.c,
 * drivers/soc/qcom/qcom_pd_mapper.c, drivers/misc/fastrpc.c,
 * drivers/soc/qcom/wcnss_ctrl.c and drivers/soc/qcom/smd-rpm.c.
 */

#include "cost.h"

#include <string.h>

enum place { WHOLE, START, ANYWHERE };

static const struct row {
	const char *text; /* in the name: a channel's; else of the device */
	enum place place;
	bool small;
	const char *cost;
} rows[] = {
	{ "IPCRTR", WHOLE, false,
	  "no QMI service of its processor can be reached: modem, Wi-Fi, sensors, audio" },
	{ "sys_mon", WHOLE, true,
	  "its processor is not told when others stop or crash, nor asked to shut down" },
	{ "glink_ssr", WHOLE, true, "its processor is not told when others go" },
	{ "pd-mapper", ANYWHERE, false,
	  "protection domains are not announced: audio, charger and Wi-Fi wait for them" },
	{ "fastrpc", START, false, "no program can call into its processor" },
	{ ":fastrpc:", ANYWHERE, false, "no program can call into its processor" },
	{ "WCNSS_CTRL", WHOLE, false, "Wi-Fi and Bluetooth do not come up" },
	{ ":wcnss:", ANYWHERE, false, "Wi-Fi or Bluetooth does not come up" },
	{ "rpm_requests", WHOLE, false,
	  "the regulators and clocks that the RPM controls are missing" },
};

static bool matches(const struct row *row, const char *name)
{
	if (row->place == ANYWHERE)
		return strstr(name, row->text);
	if (row->place == START)
		return strncmp(name, row->text, strlen(row->text)) == 0;
	return strcmp(name, row->text) == 0;
}

static const struct row *find(const struct device *device)
{
	const char *name =
		device->kind == KIND_CHANNEL ? device->channel.name : device->name;

	for (size_t i = 0; name && i < ARRAY_SIZE(rows); i++)
		if (matches(&rows[i], name))
			return &rows[i];
	return NULL;
}

const char *cost_of(const struct device *device)
{
	const struct row *row = find(device);

	return row ? row->cost : NULL;
}

bool cost_is_small(const struct device *device)
{
	const struct row *row = find(device);

	return row && row->small;
}
