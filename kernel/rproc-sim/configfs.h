/* SPDX-License-Identifier: GPL-2.0-only */
/* The directory in which a configuration's faults are, below the configuration's own. */

#ifndef RPROC_SIM_CONFIGFS_H
#define RPROC_SIM_CONFIGFS_H

#include <linux/configfs.h>

#include "rproc_sim.h"

struct sim_faults {
	struct config_group group;
	struct sim_config *config;
};

void sim_faults_init(struct sim_faults *faults, struct sim_config *config);

#endif
