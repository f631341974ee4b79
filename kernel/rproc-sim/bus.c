// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which virtio device plays on which link, and when.
 *
 * Nobody tells a remote processor that its virtio device is reset: the status in the
 * resource table changes, and the buffers are gone. So the links follow the virtio bus: a
 * link runs from the moment a driver is bound to its device until just before that driver
 * is taken off, and stopping waits for what is being sent. No ring is played while it is
 * made or torn down, and each new driver finds a remote side that starts anew.
 *
 * The device of a link is the one that uses its ring, whatever the hierarchy says. So a
 * link forgets its rings before their memory can become those of another one.
 */

#include <linux/device.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include <linux/virtio.h>

#include "rproc_sim.h"

static LIST_HEAD(links);
static DEFINE_MUTEX(links_lock);

/* The bus is not exported. A driver that serves no device knows it. */
static const struct virtio_device_id no_ids[] = { { 0 } };

static int refuse(struct virtio_device *vdev)
{
	return -ENODEV;
}

static struct virtio_driver probe = {
	.driver.name = "rproc-sim-bus",
	.driver.owner = THIS_MODULE,
	.id_table = no_ids,
	.probe = refuse,
};

static bool uses_ring(struct virtio_device *vdev, struct sim_link *link)
{
	struct virtqueue *queue;

	list_for_each_entry(queue, &vdev->vqs, list)
		if (virtqueue_get_vring(queue)->desc ==
		    link->rings[SIM_TO_HOST].vring.desc)
			return true;
	return false;
}

static struct sim_link *find_link(struct virtio_device *vdev)
{
	struct sim_link *link, *found = NULL;

	mutex_lock(&links_lock);
	list_for_each_entry(link, &links, node)
		if (!found && uses_ring(vdev, link))
			found = link;
	mutex_unlock(&links_lock);
	return found;
}

/*
 * Both come under the lock of the device, so its rings stay where they are, and a link
 * does not go before the device that uses its rings.
 */
static int follow(struct notifier_block *block, unsigned long action, void *data)
{
	struct virtio_device *vdev = container_of(data, struct virtio_device, dev);
	struct sim_link *link;

	if (action != BUS_NOTIFY_BOUND_DRIVER && action != BUS_NOTIFY_UNBIND_DRIVER)
		return NOTIFY_DONE;
	link = find_link(vdev);
	if (link && action == BUS_NOTIFY_BOUND_DRIVER)
		sim_link_start(link);
	else if (link)
		sim_link_stop(link);
	return NOTIFY_OK;
}

static struct notifier_block follower = {
	.notifier_call = follow,
};

void sim_bus_add(struct sim_link *link)
{
	mutex_lock(&links_lock);
	list_add_tail(&link->node, &links);
	mutex_unlock(&links_lock);
}

void sim_bus_remove(struct sim_link *link)
{
	mutex_lock(&links_lock);
	list_del(&link->node);
	mutex_unlock(&links_lock);
}

void sim_bus_set_ring(struct sim_link *link, enum sim_direction direction, void *memory)
{
	mutex_lock(&links_lock);
	vring_init(&link->rings[direction].vring, SIM_RING_SIZE, memory, SIM_RING_ALIGN);
	mutex_unlock(&links_lock);
}

int sim_bus_each(int (*call)(struct sim_link *link, void *data), void *data)
{
	struct sim_link *link;
	int ret = 0;

	mutex_lock(&links_lock);
	list_for_each_entry(link, &links, node) {
		ret = call(link, data);
		if (ret)
			break;
	}
	mutex_unlock(&links_lock);
	return ret;
}

bool sim_bus_has(struct device *dev)
{
	return dev && dev->bus == probe.driver.bus;
}

bool sim_bus_uses(struct device *dev, struct sim_link *link)
{
	return uses_ring(container_of(dev, struct virtio_device, dev), link);
}

int sim_bus_each_device(void *data, int (*call)(struct device *dev, void *data))
{
	return bus_for_each_dev(probe.driver.bus, NULL, data, call);
}

int sim_bus_init(void)
{
	int ret = register_virtio_driver(&probe);

	if (ret)
		return ret;
	ret = bus_register_notifier(probe.driver.bus, &follower);
	if (ret)
		unregister_virtio_driver(&probe);
	return ret;
}

void sim_bus_exit(void)
{
	bus_unregister_notifier(probe.driver.bus, &follower);
	unregister_virtio_driver(&probe);
}
