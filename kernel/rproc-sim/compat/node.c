// SPDX-License-Identifier: GPL-2.0-only
/*
 * Some vendors' cores populate the device tree below the platform device and fail where
 * there is none. A node without children serves them. Where nodes are counted it would
 * have to be a real one.
 */

#include <linux/of.h>
#include <linux/platform_device.h>

#include "compat.h"

#if IS_ENABLED(CONFIG_OF) && !IS_ENABLED(CONFIG_OF_DYNAMIC)
static void remove_node(void *data)
{
	struct device *dev = data;

	dev->of_node = NULL;
}

int sim_compat_add_node(struct device *dev)
{
	struct device_node *node = devm_kzalloc(dev, sizeof(*node), GFP_KERNEL);

	if (!node)
		return -ENOMEM;
	node->name = "rproc-sim";
	node->full_name = "rproc-sim";
	dev->of_node = node;
	return devm_add_action_or_reset(dev, remove_node, dev);
}
#else
int sim_compat_add_node(struct device *dev)
{
	return -EOPNOTSUPP;
}
#endif
