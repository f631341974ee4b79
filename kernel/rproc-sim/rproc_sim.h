/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Simulated remote processors.
 *
 * A link is the far side of one pair of vrings: it announces channels through the
 * name service and echoes messages. It does not know what carries it: a vdev of a
 * remote processor (processor.c) or a virtio device that has none (bare.c).
 */

#ifndef RPROC_SIM_H
#define RPROC_SIM_H

#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/rpmsg.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/virtio_ring.h>
#include <linux/workqueue.h>

#define SIM_MAX_PROCESSORS 16
#define SIM_MAX_VDEVS      8
#define SIM_MAX_CHANNELS   1024
#define SIM_MAX_NAMES      64
#define SIM_RING_SIZE      64
#define SIM_RING_ALIGN     4096

/* VIRTIO_RPMSG_F_NS: the remote side announces its channels. */
#define SIM_FEATURES BIT(0)

/* The two rings of an rpmsg virtio device, in the order virtio_rpmsg_bus asks for. */
enum sim_direction {
	SIM_TO_HOST,
	SIM_FROM_HOST,
	SIM_DIRECTIONS,
};

/*
 * The address a channel is announced with tells whose it is, so that the truth can be
 * read off any channel: owner, then vdev, then channel.
 */
#define SIM_ADDRESS_BARE    0x4000
#define SIM_ADDRESS_CHANNEL 0x400

static inline u32 sim_address(unsigned int owner, unsigned int vdev, unsigned int channel)
{
	return (owner + 1) << 16 | vdev << 12 | (SIM_ADDRESS_CHANNEL + channel);
}

struct sim_ring {
	struct vring vring;
	u16 seen; /* avail entries taken so far */
	u16 done; /* used entries given back so far */
};

struct sim_link;

struct sim_link_ops {
	/* whether the far side still does anything */
	bool (*alive)(struct sim_link *link);
	void (*interrupt)(struct sim_link *link, enum sim_direction direction);
	/* NULL where no remote processor owns the link */
	struct device *(*owner)(struct sim_link *link);
};

struct sim_link {
	struct list_head node;
	const struct sim_link_ops *ops;
	unsigned int owner;
	unsigned int vdev;
	unsigned int channels;
	struct sim_ring rings[SIM_DIRECTIONS];

	struct work_struct receive;
	struct work_struct transmit;
	spinlock_t lock; /* guards the fields below */
	bool running;
	struct list_head outbox;
	unsigned int waiting;
	unsigned int announced;
	unsigned long received;
	unsigned long sent;
};

/* link.c */
void sim_link_init(struct sim_link *link, const struct sim_link_ops *ops,
		   unsigned int owner, unsigned int vdev, unsigned int channels);
void sim_link_exit(struct sim_link *link);
void sim_link_set_ring(struct sim_link *link, enum sim_direction direction, void *memory);
void sim_link_start(struct sim_link *link);
void sim_link_stop(struct sim_link *link);
void sim_link_kick(struct sim_link *link, enum sim_direction direction);

/* names.c */
int sim_names_parse(const char *text);
void sim_name_copy(char name[RPMSG_NAME_SIZE], unsigned int number);

/* processor.c */
extern struct platform_driver sim_processor_driver;

struct sim_processor_data {
	unsigned int first;
	unsigned int count;
};

/* bare.c */
extern struct platform_driver sim_bare_driver;

/* bus.c */
int sim_bus_init(void);
void sim_bus_exit(void);
void sim_bus_add(struct sim_link *link);
void sim_bus_remove(struct sim_link *link);
/* Calls for each link until one call returns other than 0, and returns that. */
int sim_bus_each(int (*call)(struct sim_link *link, void *data), void *data);
int sim_bus_each_device(void *data, int (*call)(struct device *dev, void *data));
/* Whether this is a device of the virtio bus. */
bool sim_bus_has(struct device *dev);
/* Whether this device of the virtio bus, which is locked, uses the rings of the link. */
bool sim_bus_uses(struct device *dev, struct sim_link *link);

/* oracle.c */
int sim_oracle_init(void);
void sim_oracle_exit(void);

/* main.c */
extern unsigned int sim_vdevs;
extern unsigned int sim_silent;
extern unsigned int sim_channels;
extern bool sim_echo;
extern bool sim_auto_boot;
extern bool sim_of_node;
extern char *sim_firmware;

#endif
