// SPDX-License-Identifier: GPL-2.0-only
/*
 * Simulated remote processors: the module, and the platform devices it makes.
 */

#include <linux/err.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/of.h>

#include "rproc_sim.h"

const struct sim_config sim_config_default = {
	.processors	= 1,
	.vdevs		= 1,
	.vrings		= SIM_DIRECTIONS,
	.channels	= 2,
	.features	= SIM_FEATURE_NS,
	.auto_boot	= true,
	.firmware	= "rproc-sim.fw",
	.names		= {
		.count = 2,
		.list = { "rpmsg-client-sample", "rpmsg-raw" },
	},
	.names_text	= "rpmsg-client-sample,rpmsg-raw",
	.echo		= true,
};

static DEFINE_IDA(device_ids);

struct platform_device *sim_device_add(const struct sim_device_data *data)
{
	struct platform_device_info info = {
		.name = sim_processor_driver.driver.name,
		.id = ida_alloc(&device_ids, GFP_KERNEL),
		.fwnode = of_fwnode_handle(data->config->node),
		.data = data,
		.size_data = sizeof(*data),
	};
	struct platform_device *pdev;

	if (info.id < 0)
		return ERR_PTR(info.id);
	pdev = platform_device_register_full(&info);
	if (IS_ERR(pdev))
		ida_free(&device_ids, info.id);
	return pdev;
}

void sim_device_remove(struct platform_device *pdev)
{
	int id = pdev->id;

	platform_device_unregister(pdev);
	ida_free(&device_ids, id);
}

static int __init sim_init(void)
{
	int ret;

	ret = sim_bus_init();
	if (ret)
		return ret;
	ret = platform_driver_register(&sim_processor_driver);
	if (ret)
		goto err_bus;
	ret = sim_front_init();
	if (ret)
		goto err_driver;
	ret = sim_configfs_init();
	if (ret)
		goto err_front;
	return 0;

err_front:
	sim_front_exit();
err_driver:
	platform_driver_unregister(&sim_processor_driver);
err_bus:
	sim_bus_exit();
	return ret;
}
module_init(sim_init);

static void __exit sim_exit(void)
{
	sim_configfs_exit();
	sim_front_exit();
	platform_driver_unregister(&sim_processor_driver);
	sim_bus_exit();
}
module_exit(sim_exit);

MODULE_DESCRIPTION("Simulated remote processors");
MODULE_LICENSE("GPL");
