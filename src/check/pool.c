// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * buffer-pool: what memory a vdev's buffers come from. The kernel asks three things, one
 * after the other (rproc_add_virtio_dev(), remoteproc_virtio.c):
 *
 *   a carveout called vdevNbuffer, compared to the letter: which regions become carveouts
 *   depends on the driver, see the table
 *   memory-region index 0 of the platform device, since db9178a4f8c4 (v5.8), if it serves
 *   as a DMA pool
 *   the global pool
 *
 * A kernel whose #vdevNbuffer is beside its processor has not got that commit either:
 * both were made in one series and went to the same stable releases. Before v5.1 there
 * was no vdev, and the buffers came from the platform device (d999b622fcfb3).
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "history.h"
#include "names.h"
#include "region.h"
#include "resource.h"

/* What a driver makes of a region called vdevNbuffer. */
enum taking {
	TAKES_ANY,   /* the driver is not known */
	TAKES_FIRST, /* registers no region: index 0 it is, whatever the names are */
	TAKES_NAMED, /* registers it, vdev0buffer by its index, others as carveout */
	SKIPS_FIRST, /* leaves vdev0buffer to index 0, registers vdev1buffer and so on */
	TAKES_NODES, /* registers each as carveout; from v6.19 with the unit address */
};

/* prepare() or parse_fw() of v5.10 to v7.3, drivers/remoteproc/. */
static const struct {
	const char *prefix;
	enum taking taking;
	bool same_addresses; /* what the firmware calls an address is the bus's */
} drivers[] = {
	{ "stm32-rproc", TAKES_NAMED, false },   /* stm32_rproc_prepare() */
	{ "st-rproc", TAKES_NAMED, false },      /* st_rproc_parse_fw() */
	{ "zynqmp_r5", TAKES_NAMED, true },      /* add_mem_regions_carveout() */
	{ "imx-rproc", SKIPS_FIRST, true },      /* imx_rproc_prepare() */
	{ "imx-dsp-rproc", SKIPS_FIRST, true },  /* imx_dsp_rproc_add_carveout() */
	{ "rcar-rproc", TAKES_NODES, true },     /* rcar_rproc_prepare() */
	{ "davinci-rproc", TAKES_FIRST, true },  /* da8xx_rproc_probe() */
	{ "keystone-rproc", TAKES_FIRST, true }, /* keystone_rproc_probe() */
	{ "omap-rproc", TAKES_FIRST, false },    /* omap_rproc_probe() */
	{ "k3", TAKES_FIRST, true },             /* k3_reserved_mem_init() */
	{ "mtk-scp", TAKES_FIRST, false },       /* scp_map_memory_region() */
	{ "ingenic-vpu", TAKES_FIRST, false },   /* ingenic_rproc_probe() */
};

/* All that decides about one vdev. */
struct question {
	const struct device *device;
	const struct device *vdev; /* NULL: before v5.1 */
	struct regions regions;
	char wanted[40]; /* vdevNbuffer */
	size_t index;
	enum taking taking;
	bool same_addresses;
	bool has_fallback;
	const char *carveouts; /* NULL: not known */
};

static bool applies(const struct device *device)
{
	return device_is_rpmsg_virtio(device) &&
	       (device_ancestor(device, KIND_VDEV) ||
		device_ancestor(device, KIND_REMOTEPROC));
}

static const char *driver_of(const struct device *device)
{
	const struct device *bus = verdict_owner_parent(device);

	while (bus && !bus->driver)
		bus = bus->parent;
	return bus ? bus->driver : NULL;
}

static void ask_driver(struct question *question)
{
	const char *driver = driver_of(question->device);

	for (size_t i = 0; driver && i < ARRAY_SIZE(drivers); i++) {
		if (strncmp(driver, drivers[i].prefix, strlen(drivers[i].prefix)) != 0)
			continue;
		question->taking = drivers[i].taking;
		question->same_addresses = drivers[i].same_addresses;
		/* Of v5.1 to v5.7 only st, stm32 and Xilinx's register any. */
		if (!question->has_fallback && question->taking != TAKES_NAMED)
			question->taking = TAKES_FIRST;
		return;
	}
}

static void ask(const struct device *device, const char *regions, struct question *ret)
{
	const struct record *owner = device->owner ? device->owner->record : NULL;

	*ret = (struct question){
		.device = device,
		.vdev = device_ancestor(device, KIND_VDEV),
		.carveouts = owner ? record_text(owner, FACT_CARVEOUTS) : NULL,
	};
	ret->index = ret->vdev ? vdev_index(ret->vdev) : 0;
	ret->has_fallback = ret->vdev && (device->verdict != VERDICT_MISPARENTED ||
					  name_is_rproc_virtio(ret->vdev->name));
	snprintf(ret->wanted, sizeof(ret->wanted), "vdev%zubuffer", ret->index);
	regions_parse(regions, &ret->regions);
	ask_driver(ret);
}

/* Whether the kernel's release has that minor number or a later one of v6, or is later.
 */
static bool is_since_6(const struct tree *tree, unsigned long minor)
{
	const char *release = record_property(&tree->inventory->system, FACT_KERNEL);
	char *end;
	unsigned long major = release ? strtoul(release, &end, 10) : 0;

	return major > 6 ||
	       (major == 6 && *end == '.' && strtoul(end + 1, NULL, 10) >= minor);
}

/* The region that is found by its name, NULL: none is. What debugfs lists decides; where
 * that is not known, the driver. */
static const struct region *find_named(const struct tree *tree,
				       const struct question *question)
{
	const struct region *named = regions_find(&question->regions, question->wanted);

	if (!named || question->carveouts)
		return named && carveout_find(question->carveouts, question->wanted)
			       ? named
			       : NULL;
	switch (question->taking) {
	case TAKES_FIRST:
		return NULL;
	case SKIPS_FIRST:
		return question->index > 0 ? named : NULL;
	case TAKES_NODES:
		return is_since_6(tree, 19) && named->node.size > named->name.size
			       ? NULL
			       : named;
	default:
		return named;
	}
}

static const char *shown(struct finding *finding, const struct region *region)
{
	_cleanup_free_ char *node = strndup(region->node.start, region->node.size);

	if (node)
		return finding_shown(finding, node);
	finding->error = -ENOMEM;
	return "";
}

/* Why index 0 is not taken; NULL: it is. */
static const char *refusal(const struct question *question)
{
	const struct region *first = &question->regions.list[0];

	if (!question->has_fallback)
		return "a kernel that misparents the vdev lacks the fallback to the first region";
	if (first->disabled)
		return "its status is not okay, and it is skipped without a word";
	if (first->known && !first->pool)
		return "it is not compatible with shared-dma-pool, and that error is ignored";
	return NULL;
}

static void fix_global(const struct question *question, struct finding *finding)
{
	const struct region *first = &question->regions.list[0];

	if (!question->has_fallback && question->taking == TAKES_FIRST)
		finding_fix(
			finding,
			"apply kernel commit db9178a4f8c4 (in v5.8 and the stable releases with the fix)");
	else if (!question->has_fallback)
		finding_fix(
			finding,
			"apply kernel commit db9178a4f8c4 (in v5.8 and the stable releases with the fix), or call the region %s",
			question->wanted);
	else if (first->disabled)
		finding_fix(finding, "set status = \"okay\" in the node of %s",
			    shown(finding, first));
	else
		finding_fix(
			finding,
			"put a region with compatible = \"shared-dma-pool\" first in memory-region%s",
			question->taking == TAKES_FIRST || question->taking == SKIPS_FIRST
				? ": its driver takes none by name"
				: "");
}

/* The region that was to be taken, as far as it can be told. */
static const struct region *meant_by(const struct question *question)
{
	const struct regions *regions = &question->regions;
	const struct region *named = regions_find(regions, question->wanted);

	for (size_t i = 0; !named && i < regions->count; i++)
		if (regions->list[i].pool)
			named = &regions->list[i];
	return named ? named : &regions->list[0];
}

static void judge_global(const struct question *question, const char *why,
			 struct finding *finding)
{
	const struct region *first = &question->regions.list[0];

	finding_set(finding, STATUS_WARN, "global pool");
	finding_message(
		finding,
		"buffers come from the global pool, not from memory-region %s: a remote processor that reaches only that cannot read them",
		shown(finding, meant_by(question)));
	if (!question->has_fallback)
		finding_evidence(finding, "no carveout is called %s, and %s",
				 question->wanted, why);
	else
		finding_evidence(
			finding,
			"no carveout is called %s, and memory-region 0 is %s: %s",
			question->wanted, shown(finding, first), why);
	fix_global(question, finding);
}

/* Index 0 where another region was called so on purpose. */
static void judge_wrong_region(const struct question *question,
			       const struct region *named, struct finding *finding)
{
	const struct region *first = &question->regions.list[0];

	finding_set(finding, STATUS_WARN, "other pool");
	finding_message(
		finding,
		"buffers come from memory-region %s, which is the first, not from %s",
		shown(finding, first), shown(finding, named));
	finding_evidence(
		finding, "%s: memory-region 0 is taken",
		question->taking == TAKES_NODES
			? "rcar_rproc of v6.19 and later registers it with its unit address, which no vdev is called"
			: "its driver takes no region by that name");
	finding_fix(finding, "put %s first in memory-region", shown(finding, named));
}

static void judge_regions(const struct tree *tree, const struct question *question,
			  struct finding *finding)
{
	const struct region *named = find_named(tree, question);
	const struct region *meant = regions_find(&question->regions, question->wanted);
	const char *why = refusal(question);

	if (named)
		finding_message(finding, "buffers come from memory-region %s",
				shown(finding, named));
	else if (why)
		judge_global(question, why, finding);
	else if (meant && meant != &question->regions.list[0])
		judge_wrong_region(question, meant, finding);
	else if (!question->regions.list[0].known)
		finding_skip(
			finding,
			"its buffers come from the first memory-region if that is a shared-dma-pool, and its node was not found");
	else
		finding_message(finding, "buffers come from the first memory-region, %s",
				shown(finding, &question->regions.list[0]));
}

/* The kernel's own word: "assigned reserved memory node NAME" of the vdev. */
static const char *assigned(const struct tree *tree, const struct device *vdev)
{
	const char *said = vdev ? record_property(vdev->record, FACT_BUFFERS) : NULL;
	const struct history *history = tree->history;

	for (size_t i = 0; vdev && !said && history && i < history->vdev_count; i++)
		if (!history->vdevs[i].gone &&
		    strcmp(history->vdevs[i].device, vdev->name) == 0)
			said = history->vdevs[i].memory;
	return said;
}

/* Where a vring is as the bus has it; false: not known. */
static bool vring_address(const struct question *question, size_t vring, uint64_t *ret)
{
	const struct record *owner = question->device->owner->record;
	struct resource_table table;
	const char *carveout;
	char name[40];

	snprintf(name, sizeof(name), "vdev%zuvring%zu", question->index, vring);
	carveout = carveout_find(question->carveouts, name);
	if (carveout)
		return carveout_address(carveout, ret);
	if (!question->same_addresses ||
	    !resource_parse(record_text(owner, FACT_RESOURCE_TABLE), &table) ||
	    question->index >= table.vdev_count ||
	    vring >= table.vdevs[question->index].vring_count)
		return false;
	*ret = table.vdevs[question->index].vrings[vring].address;
	return *ret != 0 && (uint32_t)*ret != UINT32_MAX;
}

static bool judge_vrings(const struct question *question, struct finding *finding)
{
	uint64_t address;

	for (size_t i = 0; question->device->owner && i < RESOURCE_VRINGS_MAX; i++) {
		if (!vring_address(question, i, &address) ||
		    regions_have(&question->regions, address))
			continue;
		finding_set(finding, STATUS_WARN, "vring outside");
		finding_message(
			finding,
			"its vring %zu lies outside every memory-region: a remote processor that reaches only those cannot see it",
			i);
		finding_evidence(
			finding,
			"vring %zu is at 0x%llx; no region of the platform device has that address",
			i, (unsigned long long)address);
		finding_fix(
			finding,
			"call a region vdev%zuvring%zu, or give the resource table an address inside one",
			question->index, i);
		return true;
	}
	return false;
}

static void judge_known(const struct tree *tree, const struct question *question,
			struct finding *finding)
{
	const char *said = assigned(tree, question->vdev);

	if (said)
		finding_message(
			finding,
			"buffers come from memory-region %s, as the kernel log says",
			finding_shown(finding, said));
	else if (!question->vdev)
		finding_message(
			finding,
			"buffers come from the platform device's own pool, or the global one: this is from before v5.1");
	else if (carveout_find(question->carveouts, question->wanted) &&
		 !regions_find(&question->regions, question->wanted))
		finding_message(finding, "buffers come from the carveout %s",
				question->wanted);
	else if (question->regions.count == 0)
		finding_message(
			finding,
			"buffers come from the global pool: the platform device has no memory-region");
	else
		judge_regions(tree, question, finding);
	if (finding->status == STATUS_PASS)
		judge_vrings(question, finding);
}

static void judge(const struct tree *tree, const struct device *device,
		  struct finding *finding)
{
	const char *regions = verdict_owner_regions(device);
	struct question question;

	ask(device, regions ? regions : "", &question);
	if (regions || !question.vdev || assigned(tree, question.vdev) ||
	    carveout_find(question.carveouts, question.wanted))
		judge_known(tree, &question, finding);
	else
		finding_skip(
			finding,
			"its memory regions are not known: no device tree, or not recorded");
}

const struct check check_buffer_pool = {
	.id = "buffer-pool",
	.title = "vdev's buffers come from the memory that is meant for them",
	.worst = STATUS_WARN,
	/* db9178a4f8c4; rproc_add_virtio_dev(), remoteproc_virtio.c */
	.looks =
		"Which memory-region the kernel takes: one called vdevNbuffer, where the driver registers such (st, stm32, Xilinx, R-Car before v6.19; i.MX but for vdev0buffer); else, from v5.8 on, the first, if it is a shared-dma-pool; else the global pool. And whether the vrings lie in a region at all.",
	.matters =
		"A remote processor that reaches only some memory cannot read buffers from elsewhere: \"No vring buffer\", or silence. TI, MediaTek, Ingenic and i.MX take the first region whatever it is called; a first region that is not a DMA pool is passed over without a word.",
	.fix = "Put the region that is meant for the buffers first in memory-region, with compatible = \"shared-dma-pool\". On v5.1 to v5.7 apply db9178a4f8c4 (the companion in kernel/fix of rproc-tree).",
	.example =
		"virtio0: buffers come from the global pool, not from memory-region dsp-memory-region@c3000000: a remote processor that reaches only that cannot read them",
	.applies = applies,
	.judge = judge,
};
