// SPDX-License-Identifier: GPL-2.0-only
/*
 * A simulated remote processor, as a configuration wants it. Its vrings are played by a
 * link each, which learns where they are when the processor starts.
 */

#include <linux/cc_platform.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/firmware.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/remoteproc.h>
#include <linux/slab.h>
#include <linux/virtio_config.h>
#include <xen/xen.h>

#include "compat/compat.h"
#include "remoteproc_internal.h"
#include "rproc_sim.h"

#define READY_TIMEOUT_MS 500

/* What the platform device carries. */
struct sim_device {
	unsigned int count;
	struct rproc *rprocs[SIM_MAX_PROCESSORS];
};

static DEFINE_IDA(owners);

int sim_fault(const struct sim_config *config, enum sim_fault fault)
{
	return READ_ONCE(config->faults[fault]);
}

/* The core owns the table from here on. */
static int sim_parse_fw(struct rproc *rproc, const struct firmware *fw)
{
	struct sim_processor *processor = rproc->priv;
	int ret = sim_fault(processor->config, SIM_FAULT_TABLE);
	struct resource_table *table;
	size_t size;

	if (ret)
		return ret;
	table = sim_table_new(processor->config, &size);
	if (!table)
		return -ENOMEM;
	ret = sim_memory_add(rproc, processor->config);
	if (ret) {
		kfree(table);
		return ret;
	}
	/* A recovery loads no table: this is a start of its own. */
	processor->recovering = false;
	rproc->cached_table = table;
	rproc->table_ptr = table;
	rproc->table_sz = size;
	return 0;
}

/* Without it the core would take the "firmware" for an ELF file. */
static int sim_load(struct rproc *rproc, const struct firmware *fw)
{
	struct sim_processor *processor = rproc->priv;

	return sim_fault(processor->config, SIM_FAULT_LOAD);
}

static void *find_ring(struct rproc *rproc, unsigned int vdev, unsigned int direction)
{
	struct rproc_mem_entry *memory;
	char name[32];

	snprintf(name, sizeof(name), "vdev%uvring%u", vdev, direction);
	list_for_each_entry(memory, &rproc->carveouts, node)
		if (!strcmp(memory->name, name))
			return memory->va;
	return NULL;
}

/* Their memory is the core's, which may give it to another processor. */
void sim_processor_forget_rings(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i, direction;

	for (i = 0; i < processor->config->vdevs; i++)
		for (direction = 0; direction < SIM_DIRECTIONS; direction++)
			sim_bus_set_ring(&processor->vdevs[i].link, direction, NULL);
}

int sim_processor_find_rings(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;
	const struct sim_config *config = processor->config;
	unsigned int i, direction;
	void *memory;

	for (i = 0; i < config->vdevs; i++)
		for (direction = 0; direction < config->vrings; direction++) {
			memory = find_ring(rproc, i, direction);
			if (!memory && !READ_ONCE(config->lost_rings)) {
				sim_processor_forget_rings(rproc);
				return -ENXIO;
			}
			sim_bus_set_ring(&processor->vdevs[i].link, direction, memory);
		}
	return 0;
}

static int wait_ready(struct rproc *rproc, const struct sim_config *config)
{
	if (!READ_ONCE(config->unready))
		return 0;
	msleep(READY_TIMEOUT_MS);
	dev_err(rproc->dev.parent, "%s does not say that it is ready\n", rproc->name);
	return -ETIMEDOUT;
}

static int sim_start(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;
	const struct sim_config *config = processor->config;
	int ret = sim_fault(config, SIM_FAULT_START);

	if (!ret && processor->recovering)
		ret = sim_fault(config, SIM_FAULT_RECOVERY);
	processor->recovering = false;
	return ret ?: wait_ready(rproc, config) ?: sim_processor_find_rings(rproc);
}

/*
 * The links were stopped when their drivers were taken off. No fault keeps a processor
 * that is removed from being stopped: its driver may go with it.
 */
static int sim_stop(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;

	sim_processor_forget_rings(rproc);
	processor->recovering = rproc->state == RPROC_CRASHED;
	return processor->removing ? 0 : sim_fault(processor->config, SIM_FAULT_STOP);
}

static u32 ring_notifyid(struct sim_vdev *vdev, enum sim_direction direction)
{
	return sim_table_vdev(vdev->link.config, vdev->rproc->table_ptr, vdev->link.vdev)
		->vring[direction]
		.notifyid;
}

static void sim_kick(struct rproc *rproc, int vqid)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i, direction;
	int ret = sim_fault(processor->config, SIM_FAULT_KICK);

	if (ret) {
		dev_err_ratelimited(rproc->dev.parent,
				    "failed to send mailbox message, status = %d\n", ret);
		return;
	}
	for (i = 0; i < processor->config->vdevs; i++)
		for (direction = 0; direction < processor->config->vrings; direction++)
			if (ring_notifyid(&processor->vdevs[i], direction) == vqid)
				sim_link_kick(&processor->vdevs[i].link, direction);
}

static const struct rproc_ops sim_rproc_ops = {
	.start = sim_start,
	.stop = sim_stop,
	.kick = sim_kick,
	.load = sim_load,
	.parse_fw = sim_parse_fw,
};

/* What has crashed neither reads nor writes, though nobody stopped it. */
static bool vdev_alive(struct sim_link *link)
{
	struct rproc *rproc = container_of(link, struct sim_vdev, link)->rproc;

	return READ_ONCE(rproc->state) != RPROC_CRASHED && !READ_ONCE(link->config->mute);
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

static int setup(struct rproc *rproc, const struct sim_config *config)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i;

	processor->config = config;
	rproc->auto_boot = config->auto_boot;
	rproc_coredump_set_elf_info(rproc, ELFCLASS32, EM_NONE);
	for (i = 0; i < config->vdevs; i++) {
		processor->vdevs[i].rproc = rproc;
		sim_link_init(&processor->vdevs[i].link, &vdev_ops, config,
			      processor->owner, i);
	}
	return config->attached ? sim_attach_setup(rproc) : 0;
}

static void free_processor(struct rproc *rproc)
{
	struct sim_processor *processor = rproc->priv;
	unsigned int i;

	for (i = 0; i < processor->config->vdevs; i++)
		sim_link_exit(&processor->vdevs[i].link);
	kfree(processor->loaded);
	processor->loaded = NULL;
	ida_free(&owners, processor->owner);
	rproc_free(rproc);
}

static void remove_processor(void *data)
{
	struct rproc *rproc = data;
	struct sim_processor *processor = rproc->priv;

	processor->removing = true;
	sim_compat_stop(rproc);
	rproc_del(rproc);
	free_processor(rproc);
}

static struct rproc *alloc_processor(struct device *dev, const char *name,
				     const struct sim_config *config)
{
	int owner = ida_alloc_max(&owners, SIM_ADDRESS_BARE - 1, GFP_KERNEL);
	struct sim_processor *processor;
	struct rproc *rproc;

	if (owner < 0)
		return NULL;
	rproc = rproc_alloc(dev, name, &sim_rproc_ops, config->firmware,
			    sizeof(*processor));
	if (!rproc) {
		ida_free(&owners, owner);
		return NULL;
	}
	processor = rproc->priv;
	processor->owner = owner;
	return rproc;
}

static int add_processor(struct device *dev, const char *name,
			 const struct sim_config *config)
{
	struct sim_device *device = dev_get_drvdata(dev);
	struct rproc *rproc;
	int ret;

	if (!name)
		return -ENOMEM;
	rproc = alloc_processor(dev, name, config);
	if (!rproc)
		return -ENOMEM;
	ret = setup(rproc, config) ?: rproc_add(rproc);
	if (ret) {
		free_processor(rproc);
		return ret;
	}
	device->rprocs[device->count++] = rproc;
	return devm_add_action_or_reset(dev, remove_processor, rproc);
}

static const char *processor_name(struct device *dev, const struct sim_device_data *data,
				  unsigned int index)
{
	if (data->numbered)
		return devm_kasprintf(dev, GFP_KERNEL, "%s%u", data->name,
				      data->first + index);
	return devm_kstrdup(dev, data->name, GFP_KERNEL);
}

bool sim_memory_is_plain(struct device *dev)
{
	return !device_iommu_mapped(dev) && !cc_platform_has(CC_ATTR_MEM_ENCRYPT) &&
	       !xen_domain();
}

static int sim_processor_probe(struct platform_device *pdev)
{
	const struct sim_device_data *data = dev_get_platdata(&pdev->dev);
	struct sim_device *device;
	unsigned int i;
	int ret = sim_fault(data->config, SIM_FAULT_PROBE);

	if (ret)
		return ret;
	if (!sim_memory_is_plain(&pdev->dev)) {
		dev_err(&pdev->dev, "not with an IOMMU, encrypted memory or Xen\n");
		return -EOPNOTSUPP;
	}
	device = devm_kzalloc(&pdev->dev, sizeof(*device), GFP_KERNEL);
	if (!device)
		return -ENOMEM;
	platform_set_drvdata(pdev, device);
	ret = dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	for (i = 0; i < data->count && !ret; i++)
		ret = add_processor(&pdev->dev, processor_name(&pdev->dev, data, i),
				    data->config);
	return ret;
}

/* Who makes a device wants to know whether it works. */
struct platform_driver sim_processor_driver = {
	.probe = sim_processor_probe,
	.driver = {
		.name = "rproc-sim",
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
	},
};

static int each_processor(struct platform_device *pdev,
			  void (*call)(struct rproc *rproc, enum rproc_crash_type type),
			  enum rproc_crash_type type)
{
	struct sim_device *device;
	unsigned int i;
	int ret = -ENODEV;

	device_lock(&pdev->dev);
	device = platform_get_drvdata(pdev);
	for (i = 0; device && i < device->count; i++) {
		call(device->rprocs[i], type);
		ret = 0;
	}
	device_unlock(&pdev->dev);
	return ret;
}

int sim_device_crash(struct platform_device *pdev, enum rproc_crash_type type)
{
	return each_processor(pdev, rproc_report_crash, type);
}

static void want_reset(struct rproc *rproc, enum rproc_crash_type unused)
{
	struct sim_processor *processor = rproc->priv;
	const struct sim_config *config = processor->config;
	unsigned int i;

	mutex_lock(&rproc->lock);
	for (i = 0; rproc->table_ptr && i < config->vdevs; i++)
		sim_table_vdev(config, rproc->table_ptr, i)->status |=
			VIRTIO_CONFIG_S_NEEDS_RESET;
	mutex_unlock(&rproc->lock);
}

int sim_device_want_reset(struct platform_device *pdev)
{
	return each_processor(pdev, want_reset, 0);
}
