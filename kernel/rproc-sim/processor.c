// SPDX-License-Identifier: GPL-2.0-only
/*
 * A simulated remote processor. Its "firmware" is a resource table with the vdevs asked
 * for; its vrings are played by a link each, which knows them from the start on.
 */

#include <linux/cc_platform.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/firmware.h>
#include <linux/irqreturn.h>
#include <linux/module.h>
#include <linux/remoteproc.h>
#include <linux/slab.h>
#include <linux/virtio_ids.h>
#include <xen/xen.h>

#include "compat/compat.h"
#include "rproc_sim.h"

/* Exported by the core, declared only in a header of its own. */
irqreturn_t rproc_vq_interrupt(struct rproc *rproc, int vq_id);

struct sim_vdev {
	struct sim_link link;
	struct rproc *rproc;
};

struct sim_processor {
	struct sim_vdev vdevs[SIM_MAX_VDEVS];
};

static size_t table_entry_size(void)
{
	return sizeof(struct fw_rsc_hdr) + sizeof(struct fw_rsc_vdev) +
	       SIM_DIRECTIONS * sizeof(struct fw_rsc_vdev_vring);
}

static size_t table_entry_offset(unsigned int vdev)
{
	return sizeof(struct resource_table) + sim_vdevs * sizeof(u32) +
	       vdev * table_entry_size();
}

/* The table belongs to the core, which frees it when the processor is shut down. */
static struct fw_rsc_vdev *table_vdev(struct resource_table *table, unsigned int vdev)
{
	return (void *)table + table_entry_offset(vdev) + sizeof(struct fw_rsc_hdr);
}

static void fill_entry(struct resource_table *table, unsigned int vdev)
{
	struct fw_rsc_vdev *resource = table_vdev(table, vdev);
	struct fw_rsc_hdr *header = (void *)table + table_entry_offset(vdev);
	unsigned int i;

	table->offset[vdev] = table_entry_offset(vdev);
	header->type = RSC_VDEV;
	resource->id = VIRTIO_ID_RPMSG;
	resource->dfeatures = SIM_FEATURES;
	resource->num_of_vrings = SIM_DIRECTIONS;
	for (i = 0; i < SIM_DIRECTIONS; i++) {
		resource->vring[i].da = FW_RSC_ADDR_ANY;
		resource->vring[i].align = SIM_RING_ALIGN;
		resource->vring[i].num = SIM_RING_SIZE;
	}
}

static int sim_parse_fw(struct rproc *rproc, const struct firmware *fw)
{
	size_t size = table_entry_offset(sim_vdevs);
	struct resource_table *table = kzalloc(size, GFP_KERNEL);
	unsigned int i;

	if (!table)
		return -ENOMEM;
	table->ver = 1;
	table->num = sim_vdevs;
	for (i = 0; i < sim_vdevs; i++)
		fill_entry(table, i);
	rproc->cached_table = table;
	rproc->table_ptr = table;
	rproc->table_sz = size;
	return 0;
}

/* Without it the core would take the "firmware" for an ELF file. */
static int sim_load(struct rproc *rproc, const struct firmware *fw)
{
	return 0;
}

static void *find_ring(struct rproc *rproc, unsigned int vdev, unsigned int direction)
{
	struct rproc_mem_entry *memory;
	char name[32];

	snprintf(name, sizeof(name), "vdev%uvring%u", vdev, direction);
	list_for_each_entry(memory, &rproc->carveouts,
			    node) if (!strcmp(memory->name, name)) return memory->va;
	return NULL;
}

static int sim_start(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i, direction;
	void *memory;

	for (i = 0; i < sim_vdevs; i++)
		for (direction = 0; direction < SIM_DIRECTIONS; direction++) {
			memory = find_ring(rproc, i, direction);
			if (!memory)
				return -ENXIO;
			sim_link_set_ring(&processor->vdevs[i].link, direction, memory);
		}
	return 0;
}

/* The links were stopped when their drivers were taken off. */
static int sim_stop(struct rproc *rproc)
{
	return 0;
}

static u32 ring_notifyid(struct sim_vdev *vdev, enum sim_direction direction)
{
	return table_vdev(vdev->rproc->table_ptr, vdev->link.vdev)
		->vring[direction]
		.notifyid;
}

static void sim_kick(struct rproc *rproc, int vqid)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i, direction;

	for (i = 0; i < sim_vdevs; i++)
		for (direction = 0; direction < SIM_DIRECTIONS; direction++)
			if (ring_notifyid(&processor->vdevs[i], direction) == vqid)
				sim_link_kick(&processor->vdevs[i].link, direction);
}

/* What has crashed neither reads nor writes, though nobody stopped it. */
static bool vdev_alive(struct sim_link *link)
{
	struct rproc *rproc = container_of(link, struct sim_vdev, link)->rproc;

	return READ_ONCE(rproc->state) != RPROC_CRASHED;
}

static void vdev_interrupt(struct sim_link *link, enum sim_direction direction)
{
	struct sim_vdev *vdev = container_of(link, struct sim_vdev, link);

	rproc_vq_interrupt(vdev->rproc, ring_notifyid(vdev, direction));
}

static struct device *vdev_owner(struct sim_link *link)
{
	return &container_of(link, struct sim_vdev, link)->rproc->dev;
}

static const struct sim_link_ops vdev_ops = {
	.alive = vdev_alive,
	.interrupt = vdev_interrupt,
	.owner = vdev_owner,
};

static const struct rproc_ops sim_rproc_ops = {
	.start = sim_start,
	.stop = sim_stop,
	.kick = sim_kick,
	.load = sim_load,
	.parse_fw = sim_parse_fw,
};

static void sim_processor_remove(void *data)
{
	struct rproc *rproc = data;
	struct sim_processor *processor = rproc->priv;
	unsigned int i;

	sim_compat_stop(rproc);
	rproc_del(rproc);
	for (i = 0; i < sim_vdevs; i++)
		sim_link_exit(&processor->vdevs[i].link);
	rproc_free(rproc);
}

static int sim_processor_add(struct device *dev, unsigned int index)
{
	/* Before v5.8 the core keeps the pointer. */
	const char *name = devm_kasprintf(dev, GFP_KERNEL, "sim%u", index);
	struct sim_processor *processor;
	struct rproc *rproc;
	unsigned int i;
	int ret;

	if (!name)
		return -ENOMEM;
	rproc = rproc_alloc(dev, name, &sim_rproc_ops, sim_firmware, sizeof(*processor));
	if (!rproc)
		return -ENOMEM;
	rproc->auto_boot = sim_auto_boot;
	processor = rproc->priv;
	for (i = 0; i < sim_vdevs; i++) {
		processor->vdevs[i].rproc = rproc;
		sim_link_init(&processor->vdevs[i].link, &vdev_ops, index, i,
			      i < sim_vdevs - sim_silent ? sim_channels : 0);
	}
	ret = rproc_add(rproc);
	if (ret) {
		for (i = 0; i < sim_vdevs; i++)
			sim_link_exit(&processor->vdevs[i].link);
		rproc_free(rproc);
		return ret;
	}
	return devm_add_action_or_reset(dev, sim_processor_remove, rproc);
}

/* The links read and write memory at the addresses that stand in the rings. */
static bool memory_is_plain(struct device *dev)
{
	return !device_iommu_mapped(dev) && !cc_platform_has(CC_ATTR_MEM_ENCRYPT) &&
	       !xen_domain();
}

static int sim_processor_probe(struct platform_device *pdev)
{
	const struct sim_processor_data *data = dev_get_platdata(&pdev->dev);
	unsigned int i;
	int ret;

	if (!memory_is_plain(&pdev->dev)) {
		dev_err(&pdev->dev, "not with an IOMMU, encrypted memory or Xen\n");
		return -EOPNOTSUPP;
	}
	ret = dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (!ret && sim_of_node)
		ret = sim_compat_add_node(&pdev->dev);
	for (i = 0; i < data->count && !ret; i++)
		ret = sim_processor_add(&pdev->dev, data->first + i);
	return ret;
}

struct platform_driver sim_processor_driver = {
	.probe = sim_processor_probe,
	.driver = {
		.name = "rproc-sim",
	},
};
