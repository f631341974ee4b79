// SPDX-License-Identifier: GPL-2.0-only
/*
 * A virtio device that speaks rpmsg but belongs to no remote processor, as the platform
 * rpmsg drivers of some vendors make them: its channels have no remoteproc ancestor, and
 * that is right.
 */

#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ids.h>

#include "compat/find_vqs.h"
#include "front.h"

struct sim_bare {
	struct virtio_device vdev;
	struct sim_link link;
	struct virtqueue *queues[SIM_DIRECTIONS];
	void *memory[SIM_DIRECTIONS];
	u8 status;
};

static struct sim_bare *to_bare(struct virtio_device *vdev)
{
	return container_of(vdev, struct sim_bare, vdev);
}

static size_t ring_bytes(void)
{
	return PAGE_ALIGN(vring_size(SIM_RING_SIZE, SIM_RING_ALIGN));
}

static bool bare_alive(struct sim_link *link)
{
	return true;
}

static void bare_interrupt(struct sim_link *link, enum sim_direction direction)
{
	vring_interrupt(0, container_of(link, struct sim_bare, link)->queues[direction]);
}

static struct device *bare_owner(struct sim_link *link)
{
	return NULL;
}

static const struct sim_link_ops bare_link_ops = {
	.alive = bare_alive,
	.interrupt = bare_interrupt,
	.owner = bare_owner,
};

static u64 bare_get_features(struct virtio_device *vdev)
{
	return SIM_FEATURE_NS;
}

static int bare_finalize_features(struct virtio_device *vdev)
{
	vring_transport_features(vdev);
	return 0;
}

static void bare_get(struct virtio_device *vdev, unsigned int offset, void *buf,
		     unsigned int len)
{
	memset(buf, 0, len);
}

static void bare_set(struct virtio_device *vdev, unsigned int offset, const void *buf,
		     unsigned int len)
{
}

static u8 bare_get_status(struct virtio_device *vdev)
{
	return to_bare(vdev)->status;
}

static void bare_set_status(struct virtio_device *vdev, u8 status)
{
	to_bare(vdev)->status = status;
}

static void bare_reset(struct virtio_device *vdev)
{
	to_bare(vdev)->status = 0;
}

static bool bare_notify(struct virtqueue *queue)
{
	sim_link_kick(&to_bare(queue->vdev)->link, queue->index);
	return true;
}

static void bare_del_vqs(struct virtio_device *vdev)
{
	struct sim_bare *bare = to_bare(vdev);
	unsigned int i;

	for (i = 0; i < SIM_DIRECTIONS; i++) {
		if (bare->queues[i])
			vring_del_virtqueue(bare->queues[i]);
		bare->queues[i] = NULL;
		sim_bus_set_ring(&bare->link, i, NULL);
		if (bare->memory[i])
			free_pages_exact(bare->memory[i], ring_bytes());
		bare->memory[i] = NULL;
	}
}

static int bare_add_queue(struct virtio_device *vdev, unsigned int index,
			  vq_callback_t *callback, const char *name)
{
	struct sim_bare *bare = to_bare(vdev);

	bare->memory[index] = alloc_pages_exact(ring_bytes(), GFP_KERNEL | __GFP_ZERO);
	if (!bare->memory[index])
		return -ENOMEM;
	sim_bus_set_ring(&bare->link, index, bare->memory[index]);
	bare->queues[index] = vring_new_virtqueue(index, SIM_RING_SIZE, SIM_RING_ALIGN,
						  vdev, false, false, bare->memory[index],
						  bare_notify, callback, name);
	return bare->queues[index] ? 0 : -ENOMEM;
}

static int bare_find_vqs(struct virtio_device *vdev, unsigned int count,
			 struct virtqueue *queues[], struct virtqueue_info info[],
			 struct irq_affinity *affinity)
{
	unsigned int i;
	int ret;

	if (count != SIM_DIRECTIONS)
		return -EINVAL;
	for (i = 0; i < count; i++) {
		ret = bare_add_queue(vdev, i, info[i].callback, info[i].name);
		if (ret) {
			bare_del_vqs(vdev);
			return ret;
		}
		queues[i] = to_bare(vdev)->queues[i];
	}
	return 0;
}

SIM_DEFINE_OLD_FIND_VQS(bare_find_vqs)

static const char *bare_bus_name(struct virtio_device *vdev)
{
	return dev_name(vdev->dev.parent);
}

static const struct virtio_config_ops bare_config_ops = {
	.get_features = bare_get_features,
	.finalize_features = bare_finalize_features,
	.get = bare_get,
	.set = bare_set,
	.get_status = bare_get_status,
	.set_status = bare_set_status,
	.reset = bare_reset,
	.find_vqs = SIM_FIND_VQS(bare_find_vqs),
	.del_vqs = bare_del_vqs,
	.bus_name = bare_bus_name,
};

static void bare_release(struct device *dev)
{
	kfree(to_bare(container_of(dev, struct virtio_device, dev)));
}

static void bare_remove(void *data)
{
	struct sim_bare *bare = data;

	/* What is unregistered may be freed at once, and the link is part of it. */
	get_device(&bare->vdev.dev);
	unregister_virtio_device(&bare->vdev);
	sim_link_exit(&bare->link);
	put_device(&bare->vdev.dev);
}

static int sim_bare_probe(struct platform_device *pdev)
{
	const struct sim_bare_data *data = dev_get_platdata(&pdev->dev);
	struct sim_bare *bare;
	int ret;

	if (!sim_memory_is_plain(&pdev->dev))
		return -EOPNOTSUPP;
	ret = dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (ret)
		return ret;
	bare = kzalloc(sizeof(*bare), GFP_KERNEL);
	if (!bare)
		return -ENOMEM;
	bare->vdev.id.device = VIRTIO_ID_RPMSG;
	bare->vdev.config = &bare_config_ops;
	bare->vdev.dev.parent = &pdev->dev;
	bare->vdev.dev.release = bare_release;
	sim_link_init(&bare->link, &bare_link_ops, data->config,
		      SIM_ADDRESS_BARE + data->index, 0);
	ret = register_virtio_device(&bare->vdev);
	if (ret) {
		sim_link_exit(&bare->link);
		put_device(&bare->vdev.dev);
		return ret;
	}
	return devm_add_action_or_reset(&pdev->dev, bare_remove, bare);
}

struct platform_driver sim_bare_driver = {
	.probe = sim_bare_probe,
	.driver = {
		.name = "rproc-sim-rpmsg",
	},
};
