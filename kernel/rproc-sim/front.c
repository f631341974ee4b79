// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parameters of the module, for scripts: processors that are there when it is loaded and
 * go when it goes. All of them share one configuration; nothing fails on purpose.
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "compat/compat.h"
#include "front.h"

static struct sim_config config;

static unsigned int processors = 1;
module_param(processors, uint, 0444);
MODULE_PARM_DESC(processors, "remote processors (default 1)");

static unsigned int share = 1;
module_param(share, uint, 0444);
MODULE_PARM_DESC(share, "remote processors on each platform device (default 1)");

static unsigned int vdevs = 1;
module_param(vdevs, uint, 0444);
MODULE_PARM_DESC(vdevs, "vdevs of each remote processor (default 1)");

static unsigned int silent;
module_param(silent, uint, 0444);
MODULE_PARM_DESC(silent,
		 "how many of these vdevs, the last ones, announce nothing (default 0)");

static unsigned int channels = 2;
module_param(channels, uint, 0444);
MODULE_PARM_DESC(channels, "channels each vdev announces (default 2)");

static char *names = "rpmsg-client-sample,rpmsg-raw";
module_param(names, charp, 0444);
MODULE_PARM_DESC(names,
		 "channel names, taken in turn: separated by ',', any byte as \\xNN");

static unsigned int bare;
module_param(bare, uint, 0444);
MODULE_PARM_DESC(bare, "rpmsg virtio devices of no remote processor (default 0)");

static bool auto_boot = true;
module_param(auto_boot, bool, 0444);
MODULE_PARM_DESC(auto_boot, "start the remote processors at once (default yes)");

static bool of_node;
module_param(of_node, bool, 0444);
MODULE_PARM_DESC(of_node, "give platform devices an empty device tree node (default no)");

static char *firmware = "rproc-sim.fw";
module_param(firmware, charp, 0444);
MODULE_PARM_DESC(firmware, "firmware file to ask for; what it holds is not read");

static bool echo = true;

static int set_echo(const char *value, const struct kernel_param *parameter)
{
	int ret = param_set_bool(value, parameter);

	if (!ret)
		WRITE_ONCE(config.echo, echo);
	return ret;
}

static const struct kernel_param_ops echo_ops = {
	.set = set_echo,
	.get = param_get_bool,
};

module_param_cb(echo, &echo_ops, &echo, 0644);
MODULE_PARM_DESC(echo, "send every message back to its sender (default yes)");

static struct platform_device *devices[SIM_MAX_PROCESSORS];
static struct platform_device *bare_devices[SIM_MAX_PROCESSORS];
static unsigned int device_count, bare_count;

static void remove_devices(void)
{
	while (bare_count > 0)
		platform_device_unregister(bare_devices[--bare_count]);
	while (device_count > 0)
		sim_device_remove(devices[--device_count]);
}

static int add_processors(void)
{
	struct sim_device_data data = {
		.config = &config,
		.name = "sim",
		.numbered = true,
	};
	struct platform_device *pdev;

	for (; data.first < processors; data.first += data.count) {
		data.count = min(share, processors - data.first);
		pdev = sim_device_add(&data);
		if (IS_ERR(pdev))
			return PTR_ERR(pdev);
		devices[device_count++] = pdev;
	}
	return 0;
}

static int add_bare(void)
{
	struct sim_bare_data data = { .config = &config };
	struct platform_device *pdev;

	for (; data.index < bare; data.index++) {
		pdev = platform_device_register_data(NULL, sim_bare_driver.driver.name,
						     data.index, &data, sizeof(data));
		if (IS_ERR(pdev))
			return PTR_ERR(pdev);
		bare_devices[bare_count++] = pdev;
	}
	return 0;
}

static int fill_config(void)
{
	if (processors > SIM_MAX_PROCESSORS || bare > SIM_MAX_PROCESSORS || share == 0 ||
	    vdevs > SIM_MAX_VDEVS || silent > vdevs || channels > SIM_MAX_CHANNELS)
		return -EINVAL;
	config = sim_config_default;
	config.vdevs = vdevs;
	config.silent = silent;
	config.channels = channels;
	config.auto_boot = auto_boot;
	config.firmware = firmware;
	config.echo = echo;
	return sim_names_parse(names, &config.names);
}

int sim_front_init(void)
{
	int ret = fill_config();

	if (ret)
		return ret;
	ret = of_node ? sim_compat_give_nodes() : 0;
	if (ret)
		return ret;
	ret = sim_oracle_init();
	if (ret)
		goto err_nodes;
	ret = platform_driver_register(&sim_bare_driver);
	if (ret)
		goto err_oracle;
	ret = add_processors() ?: add_bare();
	if (ret)
		goto err_devices;
	return 0;

err_devices:
	remove_devices();
	platform_driver_unregister(&sim_bare_driver);
err_oracle:
	sim_oracle_exit();
err_nodes:
	if (of_node)
		sim_compat_stop_giving();
	return ret;
}

void sim_front_exit(void)
{
	remove_devices();
	platform_driver_unregister(&sim_bare_driver);
	sim_oracle_exit();
	if (of_node)
		sim_compat_stop_giving();
}
