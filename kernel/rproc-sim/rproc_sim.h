/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Simulated remote processors.
 *
 * A configuration says how a processor is made and what is to go wrong with it;
 * configfs.c fills one in. A platform device carries the processors made by it
 * (processor.c, table.c, memory.c, attach.c). A link is the far side of one pair of
 * vrings (link.c): it announces channels through the name service and echoes messages.
 * When a link runs is decided by bus.c. Outside of the kernel's own tree there is also
 * what front.h declares.
 */

#ifndef RPROC_SIM_H
#define RPROC_SIM_H

#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/remoteproc.h>
#include <linux/rpmsg.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/virtio_ring.h>
#include <linux/workqueue.h>

#define SIM_MAX_PROCESSORS 16
#define SIM_MAX_VDEVS      8
#define SIM_MAX_CHANNELS   1024
#define SIM_MAX_NAMES      64
#define SIM_MAX_MEMORY     (1024 * 1024)
#define SIM_RING_SIZE      64
#define SIM_RING_ALIGN     4096

/* Where a processor sees its own memory. */
#define SIM_MEMORY_ADDRESS 0x10000000
#define SIM_MEMORY_NAME    "sim-memory"

/* VIRTIO_RPMSG_F_NS: the remote side announces its channels. */
#define SIM_FEATURE_NS BIT(0)

/* The two rings of an rpmsg virtio device, in the order virtio_rpmsg_bus asks for. */
enum sim_direction {
	SIM_TO_HOST,
	SIM_FROM_HOST,
	SIM_DIRECTIONS,
};

/* What fails on purpose, with the errno that stands in the configuration. */
enum sim_fault {
	SIM_FAULT_PROBE,    /* the platform device's probe */
	SIM_FAULT_LOAD,     /* the image is refused */
	SIM_FAULT_TABLE,    /* its resource table is refused */
	SIM_FAULT_START,    /* any start */
	SIM_FAULT_RECOVERY, /* only the start that follows a crash */
	SIM_FAULT_STOP,
	SIM_FAULT_ATTACH,
	SIM_FAULT_DETACH,
	SIM_FAULT_KICK, /* the mailbox takes no message */
	SIM_FAULTS,
};

struct sim_names {
	unsigned int count;
	char list[SIM_MAX_NAMES][RPMSG_NAME_SIZE];
};

struct sim_config {
	unsigned int processors; /* on one platform device */
	unsigned int vdevs;
	unsigned int vrings; /* of each vdev; a driver wants two */
	unsigned int silent; /* how many of these, the last ones, announce nothing */
	unsigned int channels;
	unsigned int memory;      /* bytes of memory with a trace, 0 for none */
	struct device_node *node; /* whose memory regions it has, NULL for none */
	u32 features;
	bool auto_boot;
	bool attached; /* it runs already when it is found */
	const char *firmware;
	struct sim_names names;
	const char *names_text; /* these as they were written */

	/* These may change at any time. */
	bool echo;
	bool mute;       /* it neither reads nor writes */
	bool unready;    /* it starts, but never says so */
	bool lost_rings; /* from its next start on nobody can reach its rings */
	int faults[SIM_FAULTS];
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
	const struct sim_config *config;
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

struct sim_vdev {
	struct sim_link link;
	struct rproc *rproc;
};

struct sim_processor {
	const struct sim_config *config;
	unsigned int owner;
	bool recovering;
	bool removing;
	struct resource_table *loaded; /* of one that runs already */
	struct sim_vdev vdevs[SIM_MAX_VDEVS];
};

/* link.c */
void sim_link_init(struct sim_link *link, const struct sim_link_ops *ops,
		   const struct sim_config *config, unsigned int owner,
		   unsigned int vdev);
void sim_link_exit(struct sim_link *link);
void sim_link_start(struct sim_link *link);
void sim_link_stop(struct sim_link *link);
void sim_link_kick(struct sim_link *link, enum sim_direction direction);

/* names.c */
int sim_names_parse(const char *text, struct sim_names *ret_names);
void sim_name_copy(const struct sim_names *names, unsigned int number,
		   char name[RPMSG_NAME_SIZE]);

/* bus.c */
int sim_bus_init(void);
void sim_bus_exit(void);
void sim_bus_add(struct sim_link *link);
void sim_bus_remove(struct sim_link *link);
/* Where a ring of a link that does not run is, NULL for nowhere any more. */
void sim_bus_set_ring(struct sim_link *link, enum sim_direction direction, void *memory);
/* Calls for each link until one call returns other than 0, and returns that. */
int sim_bus_each(int (*call)(struct sim_link *link, void *data), void *data);
int sim_bus_each_device(void *data, int (*call)(struct device *dev, void *data));
/* Whether this is a device of the virtio bus. */
bool sim_bus_has(struct device *dev);
/* Whether this device of the virtio bus, which is locked, uses the rings of the link. */
bool sim_bus_uses(struct device *dev, struct sim_link *link);

/* table.c */
struct resource_table *sim_table_new(const struct sim_config *config, size_t *ret_size);
struct fw_rsc_vdev *sim_table_vdev(const struct sim_config *config,
				   struct resource_table *table, unsigned int vdev);

/* memory.c */
int sim_memory_add(struct rproc *rproc, const struct sim_config *config);

/* attach.c */
int sim_attach_setup(struct rproc *rproc);

/* processor.c */
extern struct platform_driver sim_processor_driver;
int sim_processor_find_rings(struct rproc *rproc);
void sim_processor_forget_rings(struct rproc *rproc);
/* Whether what stands in a ring is the address of memory that can be read there. */
bool sim_memory_is_plain(struct device *dev);
/* What that fault is to return now, 0 for none. */
int sim_fault(const struct sim_config *config, enum sim_fault fault);

struct sim_device_data {
	const struct sim_config *config;
	/* their names: this alone, or followed by numbers from first on where numbered */
	const char *name;
	unsigned int first;
	unsigned int count;
	bool numbered;
};

/* main.c */
extern const struct sim_config sim_config_default;
struct platform_device *sim_device_add(const struct sim_device_data *data);
void sim_device_remove(struct platform_device *pdev);
/* Has each processor of the device crash. */
int sim_device_crash(struct platform_device *pdev, enum rproc_crash_type type);
/* Has each processor of the device say that its vdevs want a reset. */
int sim_device_want_reset(struct platform_device *pdev);

/* configfs.c */
#if IS_REACHABLE(CONFIG_CONFIGFS_FS)
int sim_configfs_init(void);
void sim_configfs_exit(void);
#else
static inline int sim_configfs_init(void)
{
	return 0;
}

static inline void sim_configfs_exit(void)
{
}
#endif

/* front.c, with bare.c and oracle.c: what scripts use, outside of the kernel's own tree
 */
#ifdef RPROC_SIM_FRONT
int sim_front_init(void);
void sim_front_exit(void);
#else
static inline int sim_front_init(void)
{
	return 0;
}

static inline void sim_front_exit(void)
{
}
#endif

#endif
