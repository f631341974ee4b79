/* SPDX-License-Identifier: GPL-2.0-only */
/* What there is besides outside of the kernel's own tree. */

#ifndef RPROC_SIM_FRONT_H
#define RPROC_SIM_FRONT_H

#include "rproc_sim.h"

struct sim_bare_data {
	const struct sim_config *config;
	unsigned int index;
};

/* bare.c */
extern struct platform_driver sim_bare_driver;

/* oracle.c */
int sim_oracle_init(void);
void sim_oracle_exit(void);

#endif
