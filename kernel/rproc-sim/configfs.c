// SPDX-License-Identifier: GPL-2.0-only
/*
 * Processors made by hand: each directory below rproc-sim/ in configfs is a
 * configuration, and a platform device with its processors while "live" is 1. What
 * shapes it can be changed while it is not live; what goes wrong, at any time:
 *
 *	DIRECTORY/{live,dev_name,crash,vdevs,channels,...}
 *	DIRECTORY/{firmware,names,of_node}		configfs_text.c
 *	DIRECTORY/fault/{probe,load,start,...}		configfs_fault.c
 */

#include <linux/configfs.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "configfs.h"

/* Numbers that shape a processor. */

static ssize_t show_number(const unsigned int *number, char *page)
{
	return sprintf(page, "%u\n", READ_ONCE(*number));
}

static ssize_t store_number(struct config_item *item, unsigned int *number,
			    unsigned int minimum, unsigned int maximum, const char *page,
			    size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	unsigned int value;
	int ret = kstrtouint(page, 0, &value);

	if (ret)
		return ret;
	if (value < minimum || value > maximum)
		return -EINVAL;
	mutex_lock(&sim->lock);
	if (sim->pdev)
		ret = -EBUSY;
	else
		WRITE_ONCE(*number, value);
	mutex_unlock(&sim->lock);
	return ret ?: count;
}

#define SIM_NUMBER(name, minimum, maximum) \
	static unsigned int *sim_##name(struct config_item *item) \
	{ \
		return &sim_to_item(item)->config.name; \
	} \
\
	static ssize_t sim_##name##_show(struct config_item *item, char *page) \
	{ \
		return show_number(sim_##name(item), page); \
	} \
\
	static ssize_t sim_##name##_store(struct config_item *item, const char *page, \
					  size_t count) \
	{ \
		return store_number(item, sim_##name(item), minimum, maximum, page, \
				    count); \
	}

SIM_NUMBER(processors, 1, SIM_MAX_PROCESSORS)
CONFIGFS_ATTR(sim_, processors);
SIM_NUMBER(vdevs, 0, SIM_MAX_VDEVS)
CONFIGFS_ATTR(sim_, vdevs);
SIM_NUMBER(vrings, 1, SIM_DIRECTIONS)
CONFIGFS_ATTR(sim_, vrings);
SIM_NUMBER(silent, 0, SIM_MAX_VDEVS)
CONFIGFS_ATTR(sim_, silent);
SIM_NUMBER(channels, 0, SIM_MAX_CHANNELS)
CONFIGFS_ATTR(sim_, channels);
SIM_NUMBER(memory, 0, SIM_MAX_MEMORY)
CONFIGFS_ATTR(sim_, memory);
SIM_NUMBER(features, 0, U32_MAX)
CONFIGFS_ATTR(sim_, features);

/* Switches: those that shape a processor, and those that may be changed at any time. */

static ssize_t show_switch(const bool *option, char *page)
{
	return sprintf(page, "%u\n", READ_ONCE(*option));
}

static ssize_t store_switch(struct config_item *item, bool *option, bool any_time,
			    const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	bool value;
	int ret = kstrtobool(page, &value);

	if (ret)
		return ret;
	mutex_lock(&sim->lock);
	if (sim->pdev && !any_time)
		ret = -EBUSY;
	else
		WRITE_ONCE(*option, value);
	mutex_unlock(&sim->lock);
	return ret ?: count;
}

#define SIM_SWITCH(name, any_time) \
	static bool *sim_##name(struct config_item *item) \
	{ \
		return &sim_to_item(item)->config.name; \
	} \
\
	static ssize_t sim_##name##_show(struct config_item *item, char *page) \
	{ \
		return show_switch(sim_##name(item), page); \
	} \
\
	static ssize_t sim_##name##_store(struct config_item *item, const char *page, \
					  size_t count) \
	{ \
		return store_switch(item, sim_##name(item), any_time, page, count); \
	}

SIM_SWITCH(auto_boot, false)
CONFIGFS_ATTR(sim_, auto_boot);
SIM_SWITCH(attached, false)
CONFIGFS_ATTR(sim_, attached);
SIM_SWITCH(echo, true)
CONFIGFS_ATTR(sim_, echo);

CONFIGFS_ATTR(sim_, firmware);
CONFIGFS_ATTR(sim_, names);
CONFIGFS_ATTR(sim_, of_node);

/* The device. */

static bool is_bound(struct platform_device *pdev)
{
	bool bound;

	device_lock(&pdev->dev);
	bound = pdev->dev.driver;
	device_unlock(&pdev->dev);
	return bound;
}

/* A device whose probe is to fail stays, without a driver; any other has to have one. */
static int go_live(struct sim_item *sim)
{
	struct sim_device_data data = {
		.config = &sim->config,
		.name = config_item_name(&sim->group.cg_item),
		.count = sim->config.processors,
		.numbered = sim->config.processors > 1,
	};
	struct platform_device *pdev;

	if (sim->config.silent > sim->config.vdevs)
		return -EINVAL;
	pdev = sim_device_add(&data);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	if (!is_bound(pdev) && !sim_fault(&sim->config, SIM_FAULT_PROBE)) {
		sim_device_remove(pdev);
		return -ENXIO;
	}
	WRITE_ONCE(sim->pdev, pdev);
	return 0;
}

static void go_away(struct sim_item *sim)
{
	if (sim->pdev)
		sim_device_remove(sim->pdev);
	WRITE_ONCE(sim->pdev, NULL);
}

static ssize_t sim_live_show(struct config_item *item, char *page)
{
	return sprintf(page, "%u\n", !!READ_ONCE(sim_to_item(item)->pdev));
}

static ssize_t sim_live_store(struct config_item *item, const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	bool live;
	int ret = kstrtobool(page, &live);

	if (ret)
		return ret;
	mutex_lock(&sim->lock);
	if (live && !sim->pdev)
		ret = go_live(sim);
	else if (!live)
		go_away(sim);
	mutex_unlock(&sim->lock);
	return ret ?: count;
}
CONFIGFS_ATTR(sim_, live);

static ssize_t sim_dev_name_show(struct config_item *item, char *page)
{
	struct sim_item *sim = sim_to_item(item);
	ssize_t size;

	mutex_lock(&sim->lock);
	size = sprintf(page, "%s\n", sim->pdev ? dev_name(&sim->pdev->dev) : "");
	mutex_unlock(&sim->lock);
	return size;
}
CONFIGFS_ATTR_RO(sim_, dev_name);

static const char *const crash_types[] = {
	[RPROC_MMUFAULT] = "mmufault",
	[RPROC_WATCHDOG] = "watchdog",
	[RPROC_FATAL_ERROR] = "fatal",
};

static ssize_t sim_crash_store(struct config_item *item, const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	int type = sysfs_match_string(crash_types, page);
	int ret = -ENODEV;

	if (type < 0)
		return type;
	mutex_lock(&sim->lock);
	if (sim->pdev)
		ret = sim_device_crash(sim->pdev, type);
	mutex_unlock(&sim->lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(sim_, crash);

/* A switch that cannot be set back: only a start of the processor does that. */
static ssize_t sim_needs_reset_store(struct config_item *item, const char *page,
				     size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	bool value;
	int ret = kstrtobool(page, &value);

	if (ret)
		return ret;
	if (!value)
		return -EINVAL;
	mutex_lock(&sim->lock);
	ret = sim->pdev ? sim_device_want_reset(sim->pdev) : -ENODEV;
	mutex_unlock(&sim->lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(sim_, needs_reset);

static struct configfs_attribute *sim_attrs[] = {
	&sim_attr_processors, &sim_attr_vdevs,       &sim_attr_vrings,
	&sim_attr_silent,     &sim_attr_channels,    &sim_attr_memory,
	&sim_attr_features,   &sim_attr_auto_boot,   &sim_attr_attached,
	&sim_attr_echo,       &sim_attr_firmware,    &sim_attr_names,
	&sim_attr_of_node,    &sim_attr_live,        &sim_attr_dev_name,
	&sim_attr_crash,      &sim_attr_needs_reset, NULL,
};

static void free_item(struct sim_item *sim)
{
	mutex_destroy(&sim->lock);
	of_node_put(sim->config.node);
	kfree(sim->config.firmware);
	kfree(sim->config.names_text);
	kfree(sim);
}

static void sim_release(struct config_item *item)
{
	free_item(sim_to_item(item));
}

static struct configfs_item_operations sim_item_ops = {
	.release = sim_release,
};

static const struct config_item_type sim_type = {
	.ct_item_ops = &sim_item_ops,
	.ct_attrs = sim_attrs,
	.ct_owner = THIS_MODULE,
};

static struct config_group *sim_make(struct config_group *group, const char *name)
{
	struct sim_item *sim = kzalloc(sizeof(*sim), GFP_KERNEL);

	if (!sim)
		return ERR_PTR(-ENOMEM);
	mutex_init(&sim->lock);
	sim->config = sim_config_default;
	sim->config.firmware = kstrdup(sim_config_default.firmware, GFP_KERNEL);
	sim->config.names_text = kstrdup(sim_config_default.names_text, GFP_KERNEL);
	if (!sim->config.firmware || !sim->config.names_text) {
		free_item(sim);
		return ERR_PTR(-ENOMEM);
	}
	config_group_init_type_name(&sim->group, name, &sim_type);
	sim_faults_init(&sim->faults, &sim->config);
	configfs_add_default_group(&sim->faults.group, &sim->group);
	return &sim->group;
}

static void sim_drop(struct config_group *group, struct config_item *item)
{
	struct sim_item *sim = sim_to_item(item);

	mutex_lock(&sim->lock);
	go_away(sim);
	mutex_unlock(&sim->lock);
	config_item_put(item);
}

static struct configfs_group_operations sim_group_ops = {
	.make_group = sim_make,
	.drop_item = sim_drop,
};

static const struct config_item_type sim_root_type = {
	.ct_group_ops = &sim_group_ops,
	.ct_owner = THIS_MODULE,
};

static struct configfs_subsystem sim_subsystem = {
	.su_group.cg_item = {
		.ci_namebuf = "rproc-sim",
		.ci_type = &sim_root_type,
	},
	.su_mutex = __MUTEX_INITIALIZER(sim_subsystem.su_mutex),
};

int sim_configfs_init(void)
{
	config_group_init(&sim_subsystem.su_group);
	return configfs_register_subsystem(&sim_subsystem);
}

void sim_configfs_exit(void)
{
	configfs_unregister_subsystem(&sim_subsystem);
}
