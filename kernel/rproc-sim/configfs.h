/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A directory in configfs: a configuration, the device made by it, and a directory for
 * its faults below.
 */

#ifndef RPROC_SIM_CONFIGFS_H
#define RPROC_SIM_CONFIGFS_H

#include <linux/configfs.h>
#include <linux/mutex.h>

#include "rproc_sim.h"

struct sim_faults {
	struct config_group group;
	struct sim_config *config;
};

struct sim_item {
	struct config_group group;
	struct sim_faults faults;
	struct mutex lock;            /* guards the fields below */
	struct platform_device *pdev; /* NULL while it is not live */
	struct sim_config config;     /* its texts are its own */
};

static inline struct sim_item *sim_to_item(struct config_item *item)
{
	return container_of(to_config_group(item), struct sim_item, group);
}

/* configfs_text.c */
ssize_t sim_firmware_show(struct config_item *item, char *page);
ssize_t sim_firmware_store(struct config_item *item, const char *page, size_t count);
ssize_t sim_names_show(struct config_item *item, char *page);
ssize_t sim_names_store(struct config_item *item, const char *page, size_t count);
ssize_t sim_of_node_show(struct config_item *item, char *page);
ssize_t sim_of_node_store(struct config_item *item, const char *page, size_t count);

/* configfs_fault.c */
void sim_faults_init(struct sim_faults *faults, struct sim_config *config);

#endif
