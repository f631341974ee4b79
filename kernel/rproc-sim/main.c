// SPDX-License-Identifier: GPL-2.0-only
/*
 * Simulated remote processors: the parameters, and the platform devices made of them.
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "rproc_sim.h"

static unsigned int processors = 1;
module_param(processors, uint, 0444);
MODULE_PARM_DESC(processors, "remote processors (default 1)");

static unsigned int share = 1;
module_param(share, uint, 0444);
MODULE_PARM_DESC(share, "remote processors on each platform device (default 1)");

unsigned int sim_vdevs = 1;
module_param_named(vdevs, sim_vdevs, uint, 0444);
MODULE_PARM_DESC(vdevs, "vdevs of each remote processor (default 1)");

unsigned int sim_silent;
module_param_named(silent, sim_silent, uint, 0444);
MODULE_PARM_DESC(silent,
		 "how many of these vdevs, the last ones, announce nothing (default 0)");

unsigned int sim_channels = 2;
module_param_named(channels, sim_channels, uint, 0444);
MODULE_PARM_DESC(channels, "channels each vdev announces (default 2)");

static char *names = "rpmsg-client-sample,rpmsg-raw";
module_param(names, charp, 0444);
MODULE_PARM_DESC(names,
		 "channel names, taken in turn: separated by ',', any byte as \\xNN");

static unsigned int bare;
module_param(bare, uint, 0444);
MODULE_PARM_DESC(
	bare,
	"virtio devices that speak rpmsg but belong to no remote processor (default 0)");

bool sim_echo = true;
module_param_named(echo, sim_echo, bool, 0644);
MODULE_PARM_DESC(echo, "send every message back to its sender (default yes)");

bool sim_auto_boot = true;
module_param_named(auto_boot, sim_auto_boot, bool, 0444);
MODULE_PARM_DESC(auto_boot, "start the remote processors at once (default yes)");

bool sim_of_node;
module_param_named(of_node, sim_of_node, bool, 0444);
MODULE_PARM_DESC(
	of_node,
	"give each platform device an empty device tree node, which some vendors' cores want (default no)");

char *sim_firmware = "rproc-sim.fw";
module_param_named(firmware, sim_firmware, charp, 0444);
MODULE_PARM_DESC(firmware, "firmware file to ask for; what it holds is not read");

static struct platform_device *devices[2 * SIM_MAX_PROCESSORS];
static unsigned int device_count;

static int add_device(const char *name, unsigned int id, const void *data, size_t size)
{
	struct platform_device *device;

	device = platform_device_register_data(NULL, name, id, data, size);
	if (IS_ERR(device))
		return PTR_ERR(device);
	devices[device_count++] = device;
	return 0;
}

static void remove_devices(void)
{
	while (device_count > 0)
		platform_device_unregister(devices[--device_count]);
}

static int add_devices(void)
{
	struct sim_processor_data data = { .first = 0 };
	unsigned int i;
	int ret;

	for (i = 0; data.first < processors; i++, data.first += data.count) {
		data.count = min(share, processors - data.first);
		ret = add_device(sim_processor_driver.driver.name, i, &data,
				 sizeof(data));
		if (ret)
			return ret;
	}
	for (i = 0; i < bare; i++) {
		ret = add_device(sim_bare_driver.driver.name, i, &i, sizeof(i));
		if (ret)
			return ret;
	}
	return 0;
}

static bool parameters_are_sane(void)
{
	return processors <= SIM_MAX_PROCESSORS && bare <= SIM_MAX_PROCESSORS &&
	       share > 0 && sim_vdevs <= SIM_MAX_VDEVS && sim_silent <= sim_vdevs &&
	       sim_channels <= SIM_MAX_CHANNELS;
}

static int __init sim_init(void)
{
	int ret;

	if (!parameters_are_sane())
		return -EINVAL;
	ret = sim_names_parse(names);
	if (ret)
		return ret;
	ret = sim_bus_init();
	if (ret)
		return ret;
	ret = sim_oracle_init();
	if (ret)
		goto err_bus;
	ret = platform_driver_register(&sim_processor_driver);
	if (ret)
		goto err_oracle;
	ret = platform_driver_register(&sim_bare_driver);
	if (ret)
		goto err_processor;
	ret = add_devices();
	if (ret)
		goto err_devices;
	return 0;

err_devices:
	remove_devices();
	platform_driver_unregister(&sim_bare_driver);
err_processor:
	platform_driver_unregister(&sim_processor_driver);
err_oracle:
	sim_oracle_exit();
err_bus:
	sim_bus_exit();
	return ret;
}
module_init(sim_init);

static void __exit sim_exit(void)
{
	remove_devices();
	platform_driver_unregister(&sim_bare_driver);
	platform_driver_unregister(&sim_processor_driver);
	sim_oracle_exit();
	sim_bus_exit();
}
module_exit(sim_exit);

MODULE_DESCRIPTION("Simulated remote processors");
MODULE_LICENSE("GPL v2");
