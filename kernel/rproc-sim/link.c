// SPDX-License-Identifier: GPL-2.0-only
/*
 * The far side of a pair of vrings.
 *
 * Two work items a link: "receive" takes what the host sent and puts the echo into the
 * outbox, "transmit" sends what is due. They must not be one: the host's callback, which
 * runs inside "transmit", may wait for a buffer that only "receive" gives back. Nothing
 * is ever done inside a kick, which comes under the host's locks. When a link starts and
 * stops is decided by bus.c.
 *
 * Legacy virtio: the rings are in the host's own byte order.
 */

#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "rproc_sim.h"

#define NAME_SERVICE 53
#define MAX_WAITING  256

struct message {
	struct list_head node;
	size_t size;
	u8 bytes[];
};

/* What stands in a buffer: the wire format of rpmsg over virtio. */
struct wire_header {
	u32 src;
	u32 dst;
	u32 reserved;
	u16 len;
	u16 flags;
};

struct wire_announcement {
	struct wire_header header;
	char name[RPMSG_NAME_SIZE];
	u32 address;
	u32 flags;
};

/* Takes the next buffer the host made available. */
static void *ring_take(struct sim_ring *ring, unsigned int *ret_head, size_t *ret_size)
{
	struct vring *vring = &ring->vring;
	struct vring_desc *desc;
	unsigned long pfn;
	unsigned int head;
	u64 address;

	if ((__force u16)READ_ONCE(vring->avail->idx) == ring->seen)
		return NULL;
	virt_rmb(); /* the entry is read after the index that announces it */
	head = (__force u16)vring->avail->ring[ring->seen % vring->num];
	if (WARN_ON_ONCE(head >= vring->num))
		return NULL;
	desc = &vring->desc[head];
	address = (__force u64)desc->addr;
	pfn = address >> PAGE_SHIFT;
	if (WARN_ON_ONCE(!pfn_valid(pfn) || PageHighMem(pfn_to_page(pfn))))
		return NULL;
	ring->seen++;
	*ret_head = head;
	*ret_size = (__force u32)desc->len;
	return phys_to_virt(address);
}

static void ring_give(struct sim_ring *ring, unsigned int head, size_t size)
{
	struct vring *vring = &ring->vring;
	struct vring_used_elem *element = &vring->used->ring[ring->done % vring->num];

	element->id = (__force __virtio32)head;
	element->len = (__force __virtio32)size;
	virt_wmb(); /* the element is there before the index that announces it */
	ring->done++;
	WRITE_ONCE(vring->used->idx, (__force __virtio16)ring->done);
}

static void queue_echo(struct sim_link *link, const void *data, size_t size)
{
	const struct wire_header *header = data;
	struct wire_header *reply;
	struct message *message;

	if (size < sizeof(*header) || header->len > size - sizeof(*header) ||
	    header->dst == NAME_SERVICE || link->waiting >= MAX_WAITING)
		return;
	size = sizeof(*header) + header->len;
	message = kmalloc(sizeof(*message) + size, GFP_ATOMIC);
	if (!message)
		return;
	memcpy(message->bytes, data, size);
	message->size = size;
	reply = (struct wire_header *)message->bytes;
	swap(reply->src, reply->dst);
	list_add_tail(&message->node, &link->outbox);
	link->waiting++;
}

static void receive(struct work_struct *work)
{
	struct sim_link *link = container_of(work, struct sim_link, receive);
	struct sim_ring *ring = &link->rings[SIM_FROM_HOST];
	unsigned int head, taken = 0;
	size_t size;
	void *data;

	spin_lock(&link->lock);
	if (link->running && link->ops->alive(link)) {
		while ((data = ring_take(ring, &head, &size))) {
			if (READ_ONCE(link->config->echo))
				queue_echo(link, data, size);
			ring_give(ring, head, 0);
			taken++;
		}
		WRITE_ONCE(link->received, link->received + taken);
	}
	spin_unlock(&link->lock);
	if (taken == 0)
		return;
	link->ops->interrupt(link, SIM_FROM_HOST);
	sim_link_kick(link, SIM_TO_HOST);
}

static size_t write_announcement(struct sim_link *link, void *data, size_t size)
{
	struct wire_announcement *announcement = data;

	if (size < sizeof(*announcement))
		return 0;
	memset(announcement, 0, sizeof(*announcement));
	announcement->address = sim_address(link->owner, link->vdev, link->announced);
	announcement->header.src = announcement->address;
	announcement->header.dst = NAME_SERVICE;
	announcement->header.len = sizeof(*announcement) - sizeof(announcement->header);
	sim_name_copy(&link->config->names, link->announced, announcement->name);
	WRITE_ONCE(link->announced, link->announced + 1);
	return sizeof(*announcement);
}

static size_t write_echo(struct sim_link *link, void *data, size_t size)
{
	struct message *message = list_first_entry(&link->outbox, struct message, node);

	size = min(size, message->size);
	memcpy(data, message->bytes, size);
	list_del(&message->node);
	kfree(message);
	link->waiting--;
	return size;
}

/* Sends what is due, as far as the host has buffers: it kicks when it has more. */
static void transmit(struct work_struct *work)
{
	struct sim_link *link = container_of(work, struct sim_link, transmit);
	struct sim_ring *ring = &link->rings[SIM_TO_HOST];
	unsigned int head, given = 0;
	size_t size;
	void *data;

	spin_lock(&link->lock);
	if (link->running && link->ops->alive(link)) {
		while (link->announced < link->channels || !list_empty(&link->outbox)) {
			data = ring_take(ring, &head, &size);
			if (!data)
				break;
			if (link->announced < link->channels)
				size = write_announcement(link, data, size);
			else
				size = write_echo(link, data, size);
			ring_give(ring, head, size);
			given++;
		}
		WRITE_ONCE(link->sent, link->sent + given);
	}
	spin_unlock(&link->lock);
	if (given > 0)
		link->ops->interrupt(link, SIM_TO_HOST);
}

void sim_link_kick(struct sim_link *link, enum sim_direction direction)
{
	spin_lock(&link->lock);
	if (link->running)
		schedule_work(direction == SIM_TO_HOST ? &link->transmit
						       : &link->receive);
	spin_unlock(&link->lock);
}

void sim_link_start(struct sim_link *link)
{
	unsigned int i;

	spin_lock(&link->lock);
	for (i = 0; i < SIM_DIRECTIONS; i++) {
		link->rings[i].seen = 0;
		link->rings[i].done = 0;
	}
	WRITE_ONCE(link->announced, 0);
	link->running = true;
	spin_unlock(&link->lock);
	sim_link_kick(link, SIM_FROM_HOST);
	sim_link_kick(link, SIM_TO_HOST);
}

/* Returns when nothing is read or written any more, and no work is queued. */
void sim_link_stop(struct sim_link *link)
{
	struct message *message, *next;

	spin_lock(&link->lock);
	link->running = false;
	spin_unlock(&link->lock);
	cancel_work_sync(&link->receive);
	cancel_work_sync(&link->transmit);
	list_for_each_entry_safe(message, next, &link->outbox, node)
		kfree(message);
	INIT_LIST_HEAD(&link->outbox);
	link->waiting = 0;
}

static unsigned int announced_by(const struct sim_config *config, unsigned int vdev)
{
	if (!(config->features & SIM_FEATURE_NS) ||
	    vdev >= config->vdevs - config->silent)
		return 0;
	return config->channels;
}

void sim_link_init(struct sim_link *link, const struct sim_link_ops *ops,
		   const struct sim_config *config, unsigned int owner, unsigned int vdev)
{
	link->ops = ops;
	link->config = config;
	link->owner = owner;
	link->vdev = vdev;
	link->channels = announced_by(config, vdev);
	INIT_WORK(&link->receive, receive);
	INIT_WORK(&link->transmit, transmit);
	spin_lock_init(&link->lock);
	INIT_LIST_HEAD(&link->outbox);
	sim_bus_add(link);
}

void sim_link_exit(struct sim_link *link)
{
	sim_bus_remove(link);
	sim_link_stop(link);
}
