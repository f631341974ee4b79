// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of a simulated processor, as carveouts and as segments of its coredump: its
 * own at a fixed device address, which holds a trace, and each region that the
 * "memory-region" property of its device tree node names. A region is called as its node,
 * without the unit address: the core finds the rings of a vdev by that name.
 *
 * All of it is taken back by the core when the processor is shut down.
 */

#include <linux/err.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_reserved_mem.h>
#include <linux/slab.h>

#include "rproc_sim.h"

static int own_alloc(struct rproc *rproc, struct rproc_mem_entry *memory)
{
	memory->va = kzalloc(memory->len, GFP_KERNEL);
	if (!memory->va)
		return -ENOMEM;
	scnprintf(memory->va, memory->len, "%s: the trace of a simulated processor\n",
		  rproc->name);
	return 0;
}

static int own_release(struct rproc *rproc, struct rproc_mem_entry *memory)
{
	kfree(memory->va);
	return 0;
}

/* The far side is this very CPU, so the region needs no other caching than its own. */
static int region_alloc(struct rproc *rproc, struct rproc_mem_entry *memory)
{
	memory->va = memremap(memory->dma, memory->len, MEMREMAP_WB);
	return memory->va ? 0 : -ENOMEM;
}

static int region_release(struct rproc *rproc, struct rproc_mem_entry *memory)
{
	memunmap(memory->va);
	return 0;
}

static int add(struct rproc *rproc, struct rproc_mem_entry *memory)
{
	if (!memory)
		return -ENOMEM;
	rproc_add_carveout(rproc, memory);
	return rproc_coredump_add_segment(rproc, memory->da, memory->len);
}

static bool is_pool(struct device_node *node)
{
	return of_device_is_compatible(node, "shared-dma-pool");
}

/*
 * The links read messages where the kernel itself has its memory. Of the pools only those
 * are there that others may use meanwhile.
 */
static int check_region(struct rproc *rproc, struct device_node *node)
{
	struct device *dev = rproc->dev.parent;
	struct reserved_mem *region = of_reserved_mem_lookup(node);

	if (!region || region->base + region->size - 1 > U32_MAX) {
		dev_err(dev, "%pOF is no region of memory below 4 GiB\n", node);
		return -EINVAL;
	}
	if (is_pool(node) && !of_property_read_bool(node, "reusable")) {
		dev_err(dev, "%pOF is a pool for DMA that is not reusable\n", node);
		return -EINVAL;
	}
	return 0;
}

static int add_region(struct rproc *rproc, struct device_node *node)
{
	struct reserved_mem *region = of_reserved_mem_lookup(node);

	/* The core takes it for the buffers of a vdev. */
	if (is_pool(node))
		return 0;
	return add(rproc, rproc_mem_entry_init(rproc->dev.parent, NULL, region->base,
					       region->size, region->base, region_alloc,
					       region_release, "%pOFn", node));
}

/* Where the first ring of each vdev should be is a carveout that nobody has mapped. */
static int add_lost_rings(struct rproc *rproc, const struct sim_config *config)
{
	size_t size = PAGE_ALIGN(vring_size(SIM_RING_SIZE, SIM_RING_ALIGN));
	struct rproc_mem_entry *memory;
	unsigned int i;

	for (i = 0; i < config->vdevs; i++) {
		memory = rproc_mem_entry_init(rproc->dev.parent, NULL, 0, size,
					      FW_RSC_ADDR_ANY, NULL, NULL,
					      "vdev%uvring%u", i, SIM_TO_HOST);
		if (!memory)
			return -ENOMEM;
		rproc_add_carveout(rproc, memory);
	}
	return 0;
}

static int each_region(struct rproc *rproc, struct device_node *user,
		       int (*call)(struct rproc *rproc, struct device_node *node))
{
	struct device_node *node;
	int i, ret = 0;

	for (i = 0; !ret; i++) {
		node = of_parse_phandle(user, "memory-region", i);
		if (!node)
			break;
		ret = call(rproc, node);
		of_node_put(node);
	}
	return ret;
}

/* All is checked first: the core does not take back what is there before a failure. */
int sim_memory_add(struct rproc *rproc, const struct sim_config *config)
{
	struct device *dev = rproc->dev.parent;
	int ret = each_region(rproc, config->node, check_region);

	if (!ret && config->memory)
		ret = add(rproc, rproc_mem_entry_init(dev, NULL, 0, config->memory,
						      SIM_MEMORY_ADDRESS, own_alloc,
						      own_release, SIM_MEMORY_NAME));
	if (!ret && READ_ONCE(config->lost_rings))
		ret = add_lost_rings(rproc, config);
	return ret ?: each_region(rproc, config->node, add_region);
}
