// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the "firmware" of a simulated processor asks for: a resource table with the vdevs
 * of the configuration and, where it has memory, a trace buffer in it.
 */

#include <linux/slab.h>
#include <linux/virtio_ids.h>

#include "rproc_sim.h"

static unsigned int entry_count(const struct sim_config *config)
{
	return config->vdevs + !!config->memory;
}

static size_t vdev_size(void)
{
	return sizeof(struct fw_rsc_hdr) + sizeof(struct fw_rsc_vdev) +
	       SIM_DIRECTIONS * sizeof(struct fw_rsc_vdev_vring);
}

/* The vdevs come first, the trace last. */
static size_t entry_offset(const struct sim_config *config, unsigned int entry)
{
	return sizeof(struct resource_table) + entry_count(config) * sizeof(u32) +
	       entry * vdev_size();
}

static size_t table_size(const struct sim_config *config)
{
	size_t size = entry_offset(config, config->vdevs);

	if (config->memory)
		size += sizeof(struct fw_rsc_hdr) + sizeof(struct fw_rsc_trace);
	return size;
}

static struct fw_rsc_hdr *add_entry(const struct sim_config *config,
				    struct resource_table *table, unsigned int entry,
				    u32 type)
{
	struct fw_rsc_hdr *header = (void *)table + entry_offset(config, entry);

	table->offset[entry] = entry_offset(config, entry);
	header->type = type;
	return header;
}

struct fw_rsc_vdev *sim_table_vdev(const struct sim_config *config,
				   struct resource_table *table, unsigned int vdev)
{
	return (void *)table + entry_offset(config, vdev) + sizeof(struct fw_rsc_hdr);
}

static void add_vdev(const struct sim_config *config, struct resource_table *table,
		     unsigned int vdev)
{
	struct fw_rsc_vdev *resource =
		(void *)add_entry(config, table, vdev, RSC_VDEV)->data;
	unsigned int i;

	resource->id = VIRTIO_ID_RPMSG;
	resource->dfeatures = config->features;
	resource->num_of_vrings = config->vrings;
	for (i = 0; i < config->vrings; i++) {
		resource->vring[i].da = FW_RSC_ADDR_ANY;
		resource->vring[i].align = SIM_RING_ALIGN;
		resource->vring[i].num = SIM_RING_SIZE;
	}
}

static void add_trace(const struct sim_config *config, struct resource_table *table)
{
	struct fw_rsc_trace *trace =
		(void *)add_entry(config, table, config->vdevs, RSC_TRACE)->data;

	trace->da = SIM_MEMORY_ADDRESS;
	trace->len = config->memory;
	strscpy(trace->name, SIM_MEMORY_NAME, sizeof(trace->name));
}

struct resource_table *sim_table_new(const struct sim_config *config, size_t *ret_size)
{
	struct resource_table *table = kzalloc(table_size(config), GFP_KERNEL);
	unsigned int i;

	if (!table)
		return NULL;
	table->ver = 1;
	table->num = entry_count(config);
	for (i = 0; i < config->vdevs; i++)
		add_vdev(config, table, i);
	if (config->memory)
		add_trace(config, table);
	*ret_size = table_size(config);
	return table;
}
