// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes wrong with a processor that configfs made, as files: an errno below 0, or 0
 * for none; "mute", "unready" and "lost_rings" are switches. All of them may be written
 * at any time.
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "configfs.h"

static struct sim_config *to_config(struct config_item *item)
{
	return container_of(to_config_group(item), struct sim_faults, group)->config;
}

static ssize_t show_fault(struct config_item *item, enum sim_fault fault, char *page)
{
	return sprintf(page, "%d\n", sim_fault(to_config(item), fault));
}

static ssize_t store_fault(struct config_item *item, enum sim_fault fault,
			   const char *page, size_t count)
{
	int value, ret = kstrtoint(page, 0, &value);

	if (ret)
		return ret;
	if (value > 0 || value < -MAX_ERRNO)
		return -EINVAL;
	WRITE_ONCE(to_config(item)->faults[fault], value);
	return count;
}

#define SIM_FAULT(name, number) \
	static enum sim_fault sim_##name##_fault(void) \
	{ \
		return number; \
	} \
\
	static ssize_t sim_fault_##name##_show(struct config_item *item, char *page) \
	{ \
		return show_fault(item, sim_##name##_fault(), page); \
	} \
\
	static ssize_t sim_fault_##name##_store(struct config_item *item, \
						const char *page, size_t count) \
	{ \
		return store_fault(item, sim_##name##_fault(), page, count); \
	}

SIM_FAULT(probe, SIM_FAULT_PROBE)
CONFIGFS_ATTR(sim_fault_, probe);
SIM_FAULT(load, SIM_FAULT_LOAD)
CONFIGFS_ATTR(sim_fault_, load);
SIM_FAULT(table, SIM_FAULT_TABLE)
CONFIGFS_ATTR(sim_fault_, table);
SIM_FAULT(start, SIM_FAULT_START)
CONFIGFS_ATTR(sim_fault_, start);
SIM_FAULT(recovery, SIM_FAULT_RECOVERY)
CONFIGFS_ATTR(sim_fault_, recovery);
SIM_FAULT(stop, SIM_FAULT_STOP)
CONFIGFS_ATTR(sim_fault_, stop);
SIM_FAULT(attach, SIM_FAULT_ATTACH)
CONFIGFS_ATTR(sim_fault_, attach);
SIM_FAULT(detach, SIM_FAULT_DETACH)
CONFIGFS_ATTR(sim_fault_, detach);
SIM_FAULT(kick, SIM_FAULT_KICK)
CONFIGFS_ATTR(sim_fault_, kick);

static ssize_t show_switch(const bool *option, char *page)
{
	return sprintf(page, "%u\n", READ_ONCE(*option));
}

static ssize_t store_switch(bool *option, const char *page, size_t count)
{
	bool value;
	int ret = kstrtobool(page, &value);

	if (ret)
		return ret;
	WRITE_ONCE(*option, value);
	return count;
}

#define SIM_SWITCH(name, option) \
	static bool *sim_##name##_switch(struct config_item *item) \
	{ \
		return option; \
	} \
\
	static ssize_t sim_fault_##name##_show(struct config_item *item, char *page) \
	{ \
		return show_switch(sim_##name##_switch(item), page); \
	} \
\
	static ssize_t sim_fault_##name##_store(struct config_item *item, \
						const char *page, size_t count) \
	{ \
		return store_switch(sim_##name##_switch(item), page, count); \
	}

SIM_SWITCH(mute, &to_config(item)->mute)
CONFIGFS_ATTR(sim_fault_, mute);
SIM_SWITCH(unready, &to_config(item)->unready)
CONFIGFS_ATTR(sim_fault_, unready);
SIM_SWITCH(lost_rings, &to_config(item)->lost_rings)
CONFIGFS_ATTR(sim_fault_, lost_rings);

static struct configfs_attribute *sim_fault_attrs[] = {
	&sim_fault_attr_probe,
	&sim_fault_attr_load,
	&sim_fault_attr_table,
	&sim_fault_attr_start,
	&sim_fault_attr_recovery,
	&sim_fault_attr_stop,
	&sim_fault_attr_attach,
	&sim_fault_attr_detach,
	&sim_fault_attr_kick,
	&sim_fault_attr_mute,
	&sim_fault_attr_unready,
	&sim_fault_attr_lost_rings,
	NULL,
};

static const struct config_item_type sim_fault_type = {
	.ct_attrs = sim_fault_attrs,
	.ct_owner = THIS_MODULE,
};

void sim_faults_init(struct sim_faults *faults, struct sim_config *config)
{
	faults->config = config;
	config_group_init_type_name(&faults->group, "fault", &sim_fault_type);
}
