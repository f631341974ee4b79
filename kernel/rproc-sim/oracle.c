// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: what the kernel itself answers, and what is true. A file in debugfs with a
 * line for every device on the rpmsg bus, and for every virtio device that is rpmsg's:
 *
 *	BUS ANSWER OWNER PATH
 *
 * ANSWER is what rproc_get_by_child() returned, a device's name or NULL. OWNER is whose it
 * really is: a remote processor's name, "none" for a device that has no remote processor,
 * "unknown" for one that is not ours. It is found without looking at the hierarchy: by
 * the address a channel was announced with, and by the ring its virtio device uses; where
 * both are known and differ, it reads "contradiction".
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/remoteproc.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/virtio.h>
#include <linux/virtio_ids.h>

#include "rproc_sim.h"

static struct dentry *directory;
static LIST_HEAD(links);
static DEFINE_MUTEX(links_lock);

void sim_oracle_add(struct sim_link *link)
{
	mutex_lock(&links_lock);
	list_add_tail(&link->node, &links);
	mutex_unlock(&links_lock);
}

void sim_oracle_remove(struct sim_link *link)
{
	mutex_lock(&links_lock);
	list_del(&link->node);
	mutex_unlock(&links_lock);
}

/* The two buses are not exported. A driver that serves no device knows its bus. */
static struct rpmsg_driver rpmsg_probe = {
	.drv.name = "rproc-sim-oracle",
};

static const struct virtio_device_id no_ids[] = { { 0 } };

static int refuse(struct virtio_device *vdev)
{
	return -ENODEV;
}

static struct virtio_driver virtio_probe = {
	.driver.name = "rproc-sim-oracle",
	.driver.owner = THIS_MODULE,
	.id_table = no_ids,
	.probe = refuse,
};

/* The path holds what firmware sent: no byte of it may end the line or a word of it. */
static void print_path(struct seq_file *file, struct device *dev)
{
	char *path = kobject_get_path(&dev->kobj, GFP_KERNEL);
	const char *p;

	if (!path)
		return;
	for (p = path; *p; p++) {
		if (*p > ' ' && *p < 0x7f && *p != '\\')
			seq_putc(file, *p);
		else
			seq_printf(file, "\\x%02x", (unsigned char)*p);
	}
	kfree(path);
}

static const char *link_owner(struct sim_link *link)
{
	struct device *owner = link->ops->owner(link);

	return owner ? dev_name(owner) : "none";
}

static const char *owner_by_address(u32 address)
{
	struct sim_link *link;

	list_for_each_entry(link, &links, node)
		if (address >= sim_address(link->owner, link->vdev, 0) &&
		    address < sim_address(link->owner, link->vdev, link->channels))
			return link_owner(link);
	return NULL;
}

static bool uses_ring(struct virtio_device *vdev, struct sim_link *link)
{
	struct virtqueue *queue;

	list_for_each_entry(queue, &vdev->vqs, list)
		if (virtqueue_get_vring(queue)->desc == link->rings[SIM_TO_HOST].vring.desc)
			return true;
	return false;
}

static const char *owner_by_ring(struct device *dev)
{
	struct sim_link *link;
	const char *owner = NULL;

	if (!dev || dev->bus != virtio_probe.driver.bus)
		return NULL;
	device_lock(dev);
	list_for_each_entry(link, &links, node)
		if (uses_ring(container_of(dev, struct virtio_device, dev), link))
			owner = link_owner(link);
	device_unlock(dev);
	return owner;
}

static void print_line(struct seq_file *file, const char *bus, struct device *dev,
		       const char *by_address, const char *by_ring)
{
	struct rproc *rproc = rproc_get_by_child(dev);
	const char *owner = by_address ?: by_ring ?: "unknown";

	if (by_address && by_ring && strcmp(by_address, by_ring))
		owner = "contradiction";
	seq_printf(file, "%s %s %s ", bus, rproc ? dev_name(&rproc->dev) : "NULL", owner);
	print_path(file, dev);
	seq_putc(file, '\n');
}

static int print_channel(struct device *dev, void *file)
{
	struct rpmsg_device *channel = container_of(dev, struct rpmsg_device, dev);

	print_line(file, "rpmsg", dev, owner_by_address(channel->dst), owner_by_ring(dev->parent));
	return 0;
}

static int print_virtio(struct device *dev, void *file)
{
	struct virtio_device *vdev = container_of(dev, struct virtio_device, dev);

	if (vdev->id.device == VIRTIO_ID_RPMSG)
		print_line(file, "virtio", dev, NULL, owner_by_ring(dev));
	return 0;
}

static int oracle_show(struct seq_file *file, void *unused)
{
	mutex_lock(&links_lock);
	bus_for_each_dev(rpmsg_probe.drv.bus, NULL, file, print_channel);
	bus_for_each_dev(virtio_probe.driver.bus, NULL, file, print_virtio);
	mutex_unlock(&links_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(oracle);

/* One line a link: whose, vdev, channels announced, messages received and sent. */
static int links_show(struct seq_file *file, void *unused)
{
	struct sim_link *link;

	mutex_lock(&links_lock);
	list_for_each_entry(link, &links, node)
		seq_printf(file, "%s %u announced %u received %lu sent %lu\n", link_owner(link),
			   link->vdev, link->announced, link->received, link->sent);
	mutex_unlock(&links_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(links);

int sim_oracle_init(void)
{
	int ret = register_rpmsg_driver(&rpmsg_probe);

	if (ret)
		return ret;
	ret = register_virtio_driver(&virtio_probe);
	if (ret) {
		unregister_rpmsg_driver(&rpmsg_probe);
		return ret;
	}
	directory = debugfs_create_dir("rproc-sim", NULL);
	debugfs_create_file("oracle", 0400, directory, NULL, &oracle_fops);
	debugfs_create_file("links", 0400, directory, NULL, &links_fops);
	return 0;
}

void sim_oracle_exit(void)
{
	debugfs_remove_recursive(directory);
	unregister_virtio_driver(&virtio_probe);
	unregister_rpmsg_driver(&rpmsg_probe);
}
