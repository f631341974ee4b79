// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * channel-driver and vdev-driver: why a device has no driver. What kmod said lies in the
 * record (source/modules.h); the names that installed modules serve are a fact of the
 * system.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "judges.h"
#include "near.h"
#include "shell.h"

bool driver_applies_to_channel(const struct device *device)
{
	return device->kind == KIND_CHANNEL && !device->channel.service;
}

bool driver_applies_to_virtio(const struct device *device)
{
	return device_is_rpmsg_virtio(device);
}

/* What a message needs to know of a device without driver; texts are escaped. */
struct unbound {
	char *name;   /* of the device, as a word for a shell */
	char *alias;  /* rpmsg:NAME, virtio:... */
	char *module; /* "" : none */
	char *blacklist;
	const char *state; /* of the record, NULL: not known */
};

static void unbound_release(struct unbound *unbound)
{
	free(unbound->name);
	free(unbound->alias);
	free(unbound->module);
	free(unbound->blacklist);
}
#define _cleanup_unbound_ __attribute__((cleanup(unbound_release)))

static char *alias_of(const struct device *device)
{
	_cleanup_free_ char *name = NULL;
	char *alias;

	if (device->kind != KIND_CHANNEL || !device->channel.name)
		return escape_string(record_property(device->record, "MODALIAS"), 0);
	name = escape_string(device->channel.name, 0);
	return !name || asprintf(&alias, "rpmsg:%s", name) < 0 ? NULL : alias;
}

static int unbound_of(const struct device *device, struct unbound *ret)
{
	const struct record *record = device->record;

	ret->name = shell_word(device->name);
	ret->alias = alias_of(device);
	ret->module = escape_string(record_property(record, FACT_MODULE), 0);
	ret->blacklist = escape_string(record_property(record, FACT_BLACKLIST), 0);
	ret->state = record_property(record, FACT_MODULE_STATE);
	return ret->name && ret->alias && ret->module && ret->blacklist ? 0 : -ENOMEM;
}

static bool is_listed(const char *list, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (strcspn(at, " ") == size && strncmp(at, name, size) == 0)
			return true;
	return false;
}

static int judge_override(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	const char *drivers = record_property(&tree->inventory->system, FACT_DRIVERS);
	const char *wanted = device->channel.driver_override;
	_cleanup_free_ char *name = shell_word(device->name);
	_cleanup_free_ char *word = shell_word(wanted);
	_cleanup_free_ char *driver = escape_string(wanted, 0);

	if (!name || !word || !driver)
		return -ENOMEM;
	if (!drivers)
		return finding_skip(
			finding,
			"no driver; driver_override is set, but which drivers are registered was not recorded");
	finding->status = STATUS_FAIL;
	if (!is_listed(drivers, wanted))
		return finding_message(
			       finding,
			       "driver_override names %s, and no driver of that name is registered",
			       driver) |
		       finding_evidence(finding, "/sys/bus/rpmsg/drivers has no %s",
					driver) |
		       finding_fix(
			       finding,
			       "load the module of %s, or clear it: echo > /sys/bus/rpmsg/devices/%s/driver_override",
			       driver, name);
	return finding_message(
		       finding,
		       "driver_override names %s, which is registered and did not bind",
		       driver) |
	       finding_fix(
		       finding,
		       "echo %s > /sys/bus/rpmsg/drivers/%s/bind, and read dmesg if that fails",
		       name, word);
}

static int judge_none(const struct tree *tree, const struct device *device,
		      const struct unbound *unbound, struct finding *finding)
{
	const char *aliases = record_property(&tree->inventory->system, FACT_ALIASES);
	_cleanup_free_ char *near = NULL;

	finding->status = STATUS_INFO;
	if (near_alias(aliases, device->channel.name, &near) < 0)
		return -ENOMEM;
	if (near)
		return finding_message(
			       finding,
			       "no driver: no installed module serves %s, but %s is nearly the same name",
			       unbound->alias, near) |
		       finding_evidence(
			       finding,
			       "the kernel compares channel names to the letter") |
		       finding_fix(
			       finding,
			       "announce the driver's name in the firmware, or add the firmware's to the driver's id table");
	return finding_message(finding, "no driver: no installed module serves %s",
			       unbound->alias) |
	       finding_evidence(
		       finding,
		       "neither its modalias nor rpmsg:NAME is in the module index") |
	       finding_fix(
		       finding,
		       "install the driver, or reach it from user space: echo rpmsg_chrdev > /sys/bus/rpmsg/devices/%s/driver_override; echo %s > /sys/bus/rpmsg/drivers/rpmsg_chrdev/bind",
		       unbound->name, unbound->name);
}

/* Kept from loading a channel's driver is what somebody wanted; without the bus's driver
 * nothing works. */
static int judge_blacklisted(const struct device *device, const struct unbound *unbound,
			     struct finding *finding)
{
	bool installs = strncmp(unbound->blacklist, "install ", 8) == 0;

	finding->status = device->kind == KIND_CHANNEL ? STATUS_INFO : STATUS_FAIL;
	return finding_message(finding,
			       "no driver: module %s serves it, but is kept from loading",
			       unbound->module) |
	       finding_evidence(finding, "%s%s",
				installs ? "modprobe.d has a command instead: "
					 : "blacklisted in ",
				unbound->blacklist) |
	       finding_fix(
		       finding,
		       "modprobe %s%s loads it all the same; take the line out for good",
		       installs ? "--ignore-install " : "", unbound->module);
}

static int judge_not_loaded(const struct device *device, const struct unbound *unbound,
			    struct finding *finding)
{
	if (*unbound->blacklist)
		return judge_blacklisted(device, unbound, finding);
	finding->status = STATUS_FAIL;
	return finding_message(finding,
			       "no driver: module %s serves it and is not loaded",
			       unbound->module) |
	       finding_evidence(finding, "kmod finds %s for %s", unbound->module,
				unbound->alias) |
	       finding_fix(finding, "modprobe %s", unbound->module);
}

static int judge_did_not_bind(const struct unbound *unbound, bool builtin,
			      struct finding *finding)
{
	finding->status = STATUS_FAIL;
	return finding_message(finding, "no driver: %s is %s and did not bind",
			       unbound->module, builtin ? "built in" : "loaded") |
	       finding_evidence(finding, "kmod finds %s for %s, and it is there",
				unbound->module, unbound->alias) |
	       finding_fix(finding,
			   "dmesg | grep -e %s -e rpmsg tells why its probe failed",
			   unbound->module);
}

static int judge_state(const struct device *device, const struct unbound *unbound,
		       struct finding *finding)
{
	if (strcmp(unbound->state, "not-loaded") == 0)
		return judge_not_loaded(device, unbound, finding);
	if (strcmp(unbound->state, "live") == 0)
		return judge_did_not_bind(unbound, false, finding);
	if (strcmp(unbound->state, "builtin") == 0)
		return judge_did_not_bind(unbound, true, finding);
	if (strcmp(unbound->state, "loading") == 0)
		return finding_skip(
			finding, "no driver yet: its module is being loaded; look again");
	return finding_skip(
		finding,
		"no driver; there is no module index, so what would serve it is not known (depmod makes one)");
}

/* kmod takes '-' for '_', the kernel does not: such a module never binds. */
static bool is_served(const struct tree *tree, const struct device *device)
{
	const char *aliases = record_property(&tree->inventory->system, FACT_ALIASES);
	const char *modalias = record_property(device->record, "MODALIAS");

	if (!aliases || !device->channel.name ||
	    (modalias && strncmp(modalias, "rpmsg:", 6) != 0))
		return true;
	return near_has_alias(aliases, device->channel.name);
}

int driver_judge_channel(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	_cleanup_unbound_ struct unbound unbound = { 0 };

	if (device->driver)
		return 0;
	if (device->record->path_only)
		return finding_skip(
			finding, "only the path is known, not whether it has a driver");
	if (device->channel.driver_override)
		return judge_override(tree, device, finding);
	if (unbound_of(device, &unbound) < 0)
		return -ENOMEM;
	if (!unbound.state)
		return finding_skip(
			finding,
			"no driver; why was not recorded (kmod's answers are missing)");
	if (strcmp(unbound.state, "none") == 0 ||
	    (*unbound.module && strcmp(unbound.state, "no-index") != 0 &&
	     !is_served(tree, device)))
		return judge_none(tree, device, &unbound, finding);
	return judge_state(device, &unbound, finding);
}

int driver_judge_virtio(const struct tree *tree, const struct device *device,
			struct finding *finding)
{
	_cleanup_unbound_ struct unbound unbound = { 0 };
	int r;

	(void)tree;
	if (device->driver)
		return 0;
	if (device->record->path_only)
		return finding_skip(
			finding, "only the path is known, not whether it has a driver");
	if (unbound_of(device, &unbound) < 0)
		return -ENOMEM;
	if (unbound.state && *unbound.module)
		return judge_state(device, &unbound, finding);
	finding->status = device->transport ? STATUS_INFO : STATUS_FAIL;
	r = finding_message(finding, "no driver: no channel can appear") |
	    finding_fix(finding,
			"modprobe virtio_rpmsg_bus, or build it (CONFIG_RPMSG_VIRTIO)");
	if (unbound.state && strcmp(unbound.state, "none") == 0)
		return r |
		       finding_evidence(finding, "no installed module has its alias %s",
					unbound.alias);
	return r |
	       finding_evidence(
		       finding,
		       "virtio_rpmsg_bus is not bound; whether it is installed was not recorded");
}
