// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: what the kernel itself answers, and what is true. A file in debugfs with a
 * line for every device on the rpmsg bus, and for every virtio device that is rpmsg's:
 *
 *	BUS ANSWER OWNER PATH
 *
 * ANSWER is what rproc_get_by_child() returned, a device's name or NULL. OWNER is whose
 * it really is: a remote processor's name, "none" for a device that has no remote
 * processor, "unknown" for one that is not ours. It is found without looking at the
 * hierarchy: by the address a channel was announced with, and by the ring its virtio
 * device uses; where both are known and differ, it reads "contradiction".
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/remoteproc.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/virtio.h>
#include <linux/virtio_ids.h>

#include "front.h"

static struct dentry *directory;
/* The bus is not exported. A driver that serves no device knows it. */
static struct rpmsg_driver rpmsg_probe = {
	.drv.name = "rproc-sim-oracle",
};

/* Whose a device is, by what we know of it. */
struct answer {
	u32 address;
	struct device *virtio;
	char owner[32];
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

static int owns_address(struct sim_link *link, void *data)
{
	struct answer *answer = data;

	if (answer->address < sim_address(link->owner, link->vdev, 0) ||
	    answer->address >= sim_address(link->owner, link->vdev, link->channels))
		return 0;
	strscpy(answer->owner, link_owner(link), sizeof(answer->owner));
	return 1;
}

static int owns_ring(struct sim_link *link, void *data)
{
	struct answer *answer = data;

	if (!sim_bus_uses(answer->virtio, link))
		return 0;
	strscpy(answer->owner, link_owner(link), sizeof(answer->owner));
	return 1;
}

static void ask_by_address(struct answer *answer, u32 address)
{
	answer->address = address;
	sim_bus_each(owns_address, answer);
}

static void ask_by_ring(struct answer *answer, struct device *dev)
{
	if (!sim_bus_has(dev))
		return;
	answer->virtio = dev;
	device_lock(dev);
	sim_bus_each(owns_ring, answer);
	device_unlock(dev);
}

static const char *agreed(const struct answer *by_address, const struct answer *by_ring)
{
	if (!*by_address->owner)
		return *by_ring->owner ? by_ring->owner : "unknown";
	if (*by_ring->owner && strcmp(by_address->owner, by_ring->owner))
		return "contradiction";
	return by_address->owner;
}

static void print_line(struct seq_file *file, const char *bus, struct device *dev,
		       const char *owner)
{
	struct rproc *rproc = rproc_get_by_child(dev);

	seq_printf(file, "%s %s %s ", bus, rproc ? dev_name(&rproc->dev) : "NULL", owner);
	print_path(file, dev);
	seq_putc(file, '\n');
}

static int print_channel(struct device *dev, void *file)
{
	struct rpmsg_device *channel = container_of(dev, struct rpmsg_device, dev);
	struct answer by_address = { .owner = "" }, by_ring = { .owner = "" };

	ask_by_address(&by_address, channel->dst);
	ask_by_ring(&by_ring, dev->parent);
	print_line(file, "rpmsg", dev, agreed(&by_address, &by_ring));
	return 0;
}

static int print_virtio(struct device *dev, void *file)
{
	struct answer nothing = { .owner = "" }, by_ring = { .owner = "" };

	if (container_of(dev, struct virtio_device, dev)->id.device != VIRTIO_ID_RPMSG)
		return 0;
	ask_by_ring(&by_ring, dev);
	print_line(file, "virtio", dev, agreed(&nothing, &by_ring));
	return 0;
}

static int oracle_show(struct seq_file *file, void *unused)
{
	bus_for_each_dev(rpmsg_probe.drv.bus, NULL, file, print_channel);
	sim_bus_each_device(file, print_virtio);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(oracle);

/* One line a link: whose, vdev, channels announced, messages received and sent. */
static int print_link(struct sim_link *link, void *file)
{
	seq_printf(file, "%s %u announced %u received %lu sent %lu\n", link_owner(link),
		   link->vdev, READ_ONCE(link->announced), READ_ONCE(link->received),
		   READ_ONCE(link->sent));
	return 0;
}

static int links_show(struct seq_file *file, void *unused)
{
	return sim_bus_each(print_link, file);
}
DEFINE_SHOW_ATTRIBUTE(links);

int sim_oracle_init(void)
{
	int ret = register_rpmsg_driver(&rpmsg_probe);

	if (ret)
		return ret;
	directory = debugfs_create_dir("rproc-sim", NULL);
	debugfs_create_file("oracle", 0400, directory, NULL, &oracle_fops);
	debugfs_create_file("links", 0400, directory, NULL, &links_fops);
	return 0;
}

void sim_oracle_exit(void)
{
	debugfs_remove_recursive(directory);
	unregister_rpmsg_driver(&rpmsg_probe);
}
