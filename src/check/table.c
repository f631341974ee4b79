// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The checks. Ids are for ever; explain, the man page and the formats take all they say
 * from here.
 */

#include "ancestor.h"

const struct check checks[] = {
	{
		.id = "vdev-parent",
		.title = "rpmsg virtio device hangs below its remote processor",
		.looks =
			"Each virtio device of a remote processor, or with the id of rpmsg, needs an ancestor whose device type is remoteproc.",
		.matters =
			"In Linux 5.1 to 5.7 the vdev was made a child of the platform device, beside the remote processor (086d08725d34). Everything below it is then out of reach of rproc_get_by_child(), even before a channel is there.",
		.fix = "Apply c774ad010873 (in v5.8, 5.4.47, 5.6.19 and 5.7.3); kernel/fix of rproc-tree has it for older kernels.",
		.applies = ancestor_applies_to_virtio,
		.judge = ancestor_judge,
	},
	{
		.id = "rpmsg-ancestor",
		.title = "rpmsg channel has a remote processor as ancestor",
		.looks =
			"Each channel needs an ancestor whose device type is remoteproc, unless its transport has no remote processor by design (Qualcomm RPM, virtio on PCI or mmio, platform rpmsg drivers) or hangs beside it by design (MediaTek SCP): these are noted.",
		.matters =
			"rproc_get_by_child() walks the parents of a channel. Where it finds no remote processor, drivers refuse to probe, lose their device tree node or crash (TI rpmsg_proto, Ethos-U, rpmsg-eth).",
		.fix = "If the verdict is misparented: apply c774ad010873, see kernel/fix of rproc-tree. If it is orphan: find out who registered the device's parent.",
		.applies = ancestor_applies_to_channel,
		.judge = ancestor_judge,
	},
	{ .id = NULL },
};
