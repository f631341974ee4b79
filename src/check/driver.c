// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * channel-driver and vdev-driver: why a device has no driver. What kmod said lies in the
 * record (source/modules.h); the names that installed modules serve are a fact of the
 * system. Some channels have children that need a driver as much (device_needs_driver()).
 */

#include <errno.h>
#include <linux/virtio_config.h>
#include <string.h>

#include "checks.h"
#include "cost.h"
#include "escape.h"
#include "near.h"
#include "path_names.h"

/* What a message needs to know of a device without driver; shown, but for the module. */
struct unbound {
	const char *alias;  /* rpmsg:NAME, virtio:... */
	const char *module; /* "" : none */
	const char *word;   /* the same, for a shell, whatever a forged record calls it */
	const char *guard;  /* what has to come before it, so that it is no option */
	const char *blacklist;
};

static const char *alias_of(const struct device *device, struct finding *finding)
{
	const char *modalias = record_property(device->record, "MODALIAS");
	_cleanup_free_ char *alias = NULL;

	if (device->kind != KIND_CHANNEL || !device->channel.name)
		return finding_shown(finding, modalias ? modalias : "");
	if (asprintf(&alias, "rpmsg:%s", device->channel.name) < 0) {
		finding->error = -ENOMEM;
		return "";
	}
	return finding_shown(finding, alias);
}

static struct unbound unbound_of(const struct device *device, struct finding *finding)
{
	const char *module = record_property(device->record, FACT_MODULE);
	const char *blacklist = record_property(device->record, FACT_BLACKLIST);

	module = module ? module : "";
	return (struct unbound){
		.alias = alias_of(device, finding),
		.module = finding_shown(finding, module),
		.word = finding_quoted(finding, module),
		.guard = *module == '-' ? "-- " : "",
		.blacklist = finding_shown(finding, blacklist ? blacklist : ""),
	};
}

static bool is_listed(const char *list, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (strcspn(at, " ") == size && strncmp(at, name, size) == 0)
			return true;
	return false;
}

static void judge_override(const struct tree *tree, const struct device *device,
			   struct finding *finding)
{
	const char *drivers = record_property(&tree->inventory->system, FACT_DRIVERS);
	const char *wanted = device->channel.driver_override;
	const char *name = finding_quoted(finding, device->name);
	const char *driver = finding_shown(finding, wanted);

	if (!drivers) {
		finding_skip(
			finding,
			"no driver; driver_override is set, but which drivers are registered was not recorded: capture on the board");
		return;
	}
	finding_set(finding, STATUS_FAIL, "no driver");
	if (!is_listed(drivers, wanted)) {
		finding_message(
			finding,
			"no driver: driver_override names %s, and no driver of that name is registered",
			driver);
		finding_evidence(finding, PATH_BUSES "/rpmsg/drivers has no %s", driver);
		finding_fix(
			finding,
			"load the module of %s (rpmsg_chrdev: modprobe rpmsg_char), or clear it and match again: echo > /sys/bus/rpmsg/devices/%s/driver_override; echo %s > /sys/bus/rpmsg/drivers_probe",
			finding_quoted(finding, wanted), name, name);
		return;
	}
	finding_message(
		finding,
		"no driver: driver_override names %s, which is registered and did not bind",
		driver);
	finding_fix(
		finding,
		"echo %s > /sys/bus/rpmsg/drivers/%s/bind, and read dmesg if that fails",
		name, finding_quoted(finding, wanted));
}

/* rpmsg_chrdev needs its module first; before v5.18 it makes a control device, not the
 * channel's node (rpmsg_char.c). */
static void judge_none(const struct tree *tree, const struct device *device,
		       const struct unbound *unbound, struct finding *finding)
{
	const char *aliases = record_property(&tree->inventory->system, FACT_ALIASES);
	const char *name = finding_quoted(finding, device->name);
	_cleanup_free_ char *near = NULL;

	finding_set(finding, STATUS_INFO, "no driver");
	if (device->kind == KIND_CHANNEL &&
	    near_alias(aliases, device->channel.name, &near) < 0)
		finding->error = -ENOMEM;
	if (near) {
		finding_message(finding,
				"no driver: no installed module serves %s; %s exists",
				unbound->alias, near);
		finding_evidence(finding,
				 "the kernel compares channel names to the letter");
		finding_fix(
			finding,
			"announce the driver's name in the firmware, or add the firmware's to the driver's id table");
		return;
	}
	finding_message(finding, "no driver: no installed module serves %s",
			unbound->alias);
	if (cost_of(device)) {
		finding_evidence(finding, "%s is not in the module index",
				 unbound->alias);
		finding_fix(finding, "install or build its driver");
		return;
	}
	finding->several = "no driver: no installed module serves their names";
	finding_evidence(finding,
			 "neither its modalias nor rpmsg:NAME is in the module index");
	finding_fix(
		finding,
		"install the driver, or from v5.18 on reach it from user space: modprobe rpmsg_char; echo rpmsg_chrdev > /sys/bus/rpmsg/devices/%s/driver_override; echo %s > /sys/bus/rpmsg/drivers/rpmsg_chrdev/bind",
		name, name);
}

/* Kept from loading a channel's driver is what somebody wanted; without the bus's driver
 * nothing works. */
static void judge_blacklisted(const struct device *device, const struct unbound *unbound,
			      struct finding *finding)
{
	bool installs = strncmp(unbound->blacklist, "install ", 8) == 0;

	finding_set(finding, device->kind == KIND_CHANNEL ? STATUS_INFO : STATUS_FAIL,
		    "blacklisted");
	finding_message(finding,
			"no driver: module %s serves it, but is blocked from loading",
			unbound->module);
	finding_evidence(finding, "%s%s",
			 installs ? "modprobe.d has a command instead: "
				  : "blacklisted in ",
			 unbound->blacklist);
	finding_fix(
		finding,
		"modprobe %s%s%s loads it anyway; remove that line to load it at every boot",
		installs ? "--ignore-install " : "", unbound->guard, unbound->word);
}

static void judge_not_loaded(const struct device *device, const struct unbound *unbound,
			     struct finding *finding)
{
	if (*unbound->blacklist) {
		judge_blacklisted(device, unbound, finding);
		return;
	}
	finding_set(finding, STATUS_FAIL, "no driver");
	finding_message(finding, "no driver: module %s serves it and is not loaded",
			unbound->module);
	finding_evidence(finding, "kmod finds %s for %s", unbound->module,
			 unbound->alias);
	finding_fix(finding, "modprobe %s%s", unbound->guard, unbound->word);
}

static void judge_did_not_bind(const struct device *device, const struct unbound *unbound,
			       bool builtin, struct finding *finding)
{
	finding_set(finding, STATUS_FAIL, "no driver");
	finding_message(finding, "no driver: %s is %s and did not bind", unbound->module,
			builtin ? "built in" : "loaded");
	finding_evidence(finding, "kmod finds %s for %s, and it is there",
			 unbound->module, unbound->alias);
	finding_fix(
		finding,
		"dmesg | grep -e %s -e rpmsg tells whether its probe failed; echo %s > /sys/bus/%s/drivers_probe tries again",
		unbound->word, finding_quoted(finding, device->name),
		finding_quoted(finding, device->record->subsystem));
}

static void judge_module(const struct device *device, const struct unbound *unbound,
			 struct finding *finding)
{
	switch (device->module) {
	case MODULE_NOT_LOADED:
		judge_not_loaded(device, unbound, finding);
		break;
	case MODULE_LIVE:
		judge_did_not_bind(device, unbound, false, finding);
		break;
	case MODULE_BUILTIN:
		judge_did_not_bind(device, unbound, true, finding);
		break;
	case MODULE_LOADING:
		finding_skip(finding,
			     "no driver yet: its module is being loaded; look again");
		break;
	case MODULE_NO_KMOD:
		finding_skip(
			finding,
			"no driver; captured without libkmod, which names modules for devices: install libkmod, and use a build that asks it (rproc-tree -V)");
		break;
	default:
		finding_skip(
			finding,
			"no driver; the module index, which names modules for devices, is missing: run depmod");
	}
}

/* kmod takes '-' for '_', the kernel does not: such a module never binds. */
static bool is_served(const struct tree *tree, const struct device *device)
{
	const char *aliases = record_property(&tree->inventory->system, FACT_ALIASES);
	const char *modalias = record_property(device->record, "MODALIAS");

	if (!aliases || device->kind != KIND_CHANNEL || !device->channel.name ||
	    (modalias && strncmp(modalias, "rpmsg:", 6) != 0))
		return true;
	return near_has_alias(aliases, device->channel.name);
}

static bool is_served_by_none(const struct tree *tree, const struct device *device,
			      const struct unbound *unbound)
{
	return device->module == MODULE_NONE ||
	       (*unbound->module && device->module > MODULE_NO_INDEX &&
		!is_served(tree, device));
}

static void judge_unbound(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	struct unbound unbound;

	if (device->record->path_only) {
		finding_skip(
			finding,
			"whether it has a driver is not known: capture on the board");
		return;
	}
	if (device->kind == KIND_CHANNEL && device->channel.driver_override) {
		judge_override(tree, device, finding);
		return;
	}
	unbound = unbound_of(device, finding);
	if (device->module == MODULE_NOT_RECORDED)
		finding_skip(
			finding,
			"no driver, and kmod's answers were not recorded: capture on the board");
	else if (is_served_by_none(tree, device, &unbound))
		judge_none(tree, device, &unbound, finding);
	else
		judge_module(device, &unbound, finding);
}

/* What is missing without its driver is said, too: the rest of the processor works. */
static void judge_channel(const struct tree *tree, const struct device *device,
			  struct finding *finding)
{
	const char *cost;

	if (device->driver)
		return;
	cost = cost_of(device);
	judge_unbound(tree, device, finding);
	if (finding->status == STATUS_FAIL && cost_is_small(device))
		finding->status = STATUS_INFO;
	if (cost && finding->status >= STATUS_INFO)
		finding_message(finding, "%s: %s", finding->message, cost);
}

/* virtio_dev_probe() sets the bit before anything else, and leaves it where it fails. */
static bool has_no_driver(const struct device *device)
{
	return device->virtio.status.known &&
	       !(device->virtio.status.value & VIRTIO_CONFIG_S_DRIVER);
}

static void judge_virtio(const struct tree *tree, const struct device *device,
			 struct finding *finding)
{
	struct unbound unbound;

	(void)tree;
	if (device->driver)
		return;
	if (device->record->path_only && !has_no_driver(device)) {
		finding_skip(
			finding,
			"whether it has a driver is not known: capture on the board");
		return;
	}
	unbound = unbound_of(device, finding);
	if (device->module != MODULE_NOT_RECORDED && *unbound.module) {
		judge_module(device, &unbound, finding);
		if (device->transport && finding->status == STATUS_FAIL)
			finding->status = STATUS_INFO;
		return;
	}
	finding_set(finding, device->transport ? STATUS_INFO : STATUS_FAIL, "no driver");
	finding_message(finding, "no driver: no channel can appear");
	finding_fix(finding,
		    "modprobe virtio_rpmsg_bus, or build it (CONFIG_RPMSG_VIRTIO)");
	if (device->module == MODULE_NONE)
		finding_evidence(finding, "no installed module has its alias %s",
				 unbound.alias);
	else if (device->record->path_only)
		finding_evidence(finding, "its status is 0x%x: no driver has taken it",
				 device->virtio.status.value);
	else
		finding_evidence(
			finding,
			"virtio_rpmsg_bus is not bound; whether it is installed was not recorded");
}

const struct check check_channel_driver = {
	.id = "channel-driver",
	.title = "channel has a driver",
	.worst = STATUS_FAIL,
	/* rpmsg_dev_match(), drivers/rpmsg/rpmsg_core.c */
	.looks =
		"A channel without a driver, service devices aside, and a platform or auxiliary device below a processor or channel without one (pd-mapper, fastrpc, WCNSS, what the RPM controls), and why: no installed module serves it (or one of nearly the same name does), a module does and is not loaded, is blocked from loading, or did not bind; driver_override names a driver that is not registered.",
	.matters =
		"A channel without a driver has no /dev node, and nothing answers on it. What could work and does not is a failure; a channel that no installed module serves is information: many are for user space, or for nobody. Without the driver of IPCRTR no QMI service is reached, without sysmon a processor is not told when others go.",
	.fix = "modprobe the module that is named, or, from v5.18 on, bind by hand: modprobe rpmsg_char; echo rpmsg_chrdev > /sys/bus/rpmsg/devices/CHANNEL/driver_override; echo CHANNEL > /sys/bus/rpmsg/drivers/rpmsg_chrdev/bind. Before v5.18 that makes a control device, not the channel's node.",
	.example =
		"virtio0.rpmsg-tty-channel.-1.1029 has no driver: no installed module serves rpmsg:rpmsg-tty-channel; rpmsg-tty (module rpmsg_tty) exists",
	.applies = device_needs_driver,
	.judge = judge_channel,
};

const struct check check_vdev_driver = {
	.id = "vdev-driver",
	.title = "rpmsg virtio device has its driver",
	.worst = STATUS_FAIL,
	.looks =
		"A virtio device with the id of rpmsg (7) and no driver, and what kmod would load for it.",
	.matters =
		"virtio_rpmsg_bus makes the channels. Without it nothing that the remote announces appears.",
	.fix = "modprobe virtio_rpmsg_bus, or build it (CONFIG_RPMSG_VIRTIO).",
	.example =
		"virtio4 has no driver: module virtio_rpmsg_bus serves it and is not loaded",
	.applies = device_is_rpmsg_virtio,
	.judge = judge_virtio,
};
