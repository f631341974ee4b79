// SPDX-License-Identifier: GPL-2.0-only
/*
 * A processor that runs already when it is found, as one that a boot loader has started.
 * Its resource table is not out of a file but in its memory.
 */

#include <linux/err.h>
#include <linux/remoteproc.h>
#include <linux/slab.h>

#include "rproc_sim.h"

static int sim_attach(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;

	return sim_fault(processor->config, SIM_FAULT_ATTACH)
		       ?: sim_processor_find_rings(rproc);
}

/* The links were stopped when their drivers were taken off; the processor goes on. */
static int sim_detach(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;

	sim_processor_forget_rings(rproc);
	return sim_fault(processor->config, SIM_FAULT_DETACH);
}

/* The core writes into the table, so each attach finds a new one. */
static struct resource_table *sim_get_loaded(struct rproc *rproc, size_t *ret_size)
{
	struct sim_processor *processor = rproc->priv;
	struct resource_table *table = sim_table_new(processor->config, ret_size);
	int ret;

	if (!table)
		return ERR_PTR(-ENOMEM);
	ret = sim_memory_add(rproc, processor->config);
	if (ret) {
		kfree(table);
		return ERR_PTR(ret);
	}
	kfree(processor->loaded);
	processor->loaded = table;
	return table;
}

int sim_attach_setup(struct rproc *rproc)
{
	rproc->ops->attach = sim_attach;
	rproc->ops->detach = sim_detach;
	rproc->ops->get_loaded_rsc_table = sim_get_loaded;
	rproc->state = RPROC_DETACHED;
	return 0;
}
