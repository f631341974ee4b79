// SPDX-License-Identifier: GPL-2.0-only
/*
 * Some vendors' cores populate the device tree below the platform device and fail where
 * there is none. A node without children serves them. Where nodes are counted it would
 * have to be a real one.
 */

#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#include "../rproc_sim.h"
#include "compat.h"

#if IS_ENABLED(CONFIG_OF) && !IS_ENABLED(CONFIG_OF_DYNAMIC)
static struct device_node node = {
	.name = "rproc-sim",
	.full_name = "rproc-sim",
};

static int give_node(struct notifier_block *block, unsigned long action, void *data)
{
	struct device *dev = data;

	if (strcmp(to_platform_device(dev)->name, sim_processor_driver.driver.name))
		return NOTIFY_DONE;
	if (action == BUS_NOTIFY_ADD_DEVICE)
		dev->of_node = &node;
	else if (action == BUS_NOTIFY_REMOVED_DEVICE)
		dev->of_node = NULL;
	return NOTIFY_OK;
}

static struct notifier_block giver = {
	.notifier_call = give_node,
};

int sim_compat_give_nodes(void)
{
	return bus_register_notifier(&platform_bus_type, &giver);
}

void sim_compat_stop_giving(void)
{
	bus_unregister_notifier(&platform_bus_type, &giver);
}
#else
int sim_compat_give_nodes(void)
{
	return -EOPNOTSUPP;
}

void sim_compat_stop_giving(void)
{
}
#endif
