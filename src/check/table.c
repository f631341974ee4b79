// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The checks. Ids are for ever; explain, the man page and the formats take all they say
 * from here. They run, and problems are listed, from the processor down to the node.
 */

#include "judges.h"
#include "wish.h"

const struct check
	checks
		[] = {
			{
				.id = "processor-state",
				.worst = STATUS_FAIL,
				.title = "remote processor has not crashed",
				.looks =
					"Reads state. Crashed and invalid fail; offline and attached are no faults: nobody may have started it, or the boot loader has.",
				.matters =
					"A crashed processor answers on no channel. With recovery enabled the kernel restarts it by itself; with recovery disabled it stays as it is, so that its memory can be looked at.",
				.fix = "Read dmesg for the cause, take the coredump (/sys/class/devcoredump), then echo recover > /sys/class/remoteproc/remoteprocN/recovery, or stop and start it.",
				.example =
					"remoteproc0: has crashed (4000000.dsp, firmware dsp.elf)",
				.applies = processor_applies,
				.judge = processor_judge_state,
			},
			{
				.id = "firmware-file",
				.worst = STATUS_WARN,
				.title =
					"firmware of an offline remote processor can be found",
				.looks =
					"For a processor that is offline: whether the file that firmware names is in one of the kernel's directories (firmware_class.path, /lib/firmware/updates, /lib/firmware, each with the release), compressed or not.",
				.matters =
					"Without the file the processor cannot be started, and auto boot has failed already. It is a note: many boards have processors that nobody means to start.",
				.fix = "Install the file, or write another name to /sys/class/remoteproc/remoteprocN/firmware.",
				.example =
					"remoteproc1: cannot be started: firmware am57xx-pru1_0-fw is nowhere to be found",
				.applies = processor_applies_firmware,
				.judge = processor_judge_firmware,
			},
			{
				.id = "stale-channels",
				.worst = STATUS_FAIL,
				.title =
					"channels are there while the processor runs, and only then",
				.looks =
					"Channels or virtio devices that belong to a processor which is offline; a running processor whose firmware has a vdev for rpmsg, and none is there.",
				.matters =
					"Nobody answers on what is left over. A vdev that did not come back after a restart takes all its channels with it (\"failed to probe subdevices\", fixed in v6.9).",
				.fix = "Close the users of the left-over devices and start the processor again; update the kernel if the vdev stays away.",
				.example =
					"remoteproc0: is offline, but 1 vdevs and 2 channels of it remain",
				.applies = processor_applies,
				.judge = processor_judge_stale,
			},
			{
				.id = "vdev-collision",
				.worst = STATUS_FAIL,
				.title =
					"every running remote processor could register its vdev",
				.looks =
					"Several processors run, exactly one has a vdev, and that is called rproc-virtio.N without .auto.",
				.matters =
					"v6.1.0 and v6.1.1 name the vdev after its index only: the second processor collides (\"cannot create duplicate filename\") and loses all its rpmsg.",
				.fix = "Update to 6.1.2 or later (65fcf3872f83).",
				.example =
					"remoteproc1: runs without a vdev: only remoteproc0 could take the name rproc-virtio.0",
				.applies = vdev_applies_collision,
				.judge = vdev_judge_collision,
			},
			{
				.id = "vdev-parent",
				.worst = STATUS_FAIL,
				.title =
					"rpmsg virtio device hangs below its remote processor",
				.looks =
					"Each virtio device of a remote processor, or with the id of rpmsg, needs an ancestor whose device type is remoteproc. Transports that have none by design are noted.",
				.matters =
					"In Linux 5.1 to 5.7 the vdev was made a child of the platform device, beside the remote processor (086d08725d34). Everything below it is out of reach of rproc_get_by_child(), even before a channel is there.",
				.fix = "Apply c774ad010873 (in v5.8, 5.4.47, 5.6.19 and 5.7.3); kernel/fix of rproc-tree has it for older kernels.",
				.example =
					"virtio0: hangs from 11800000.dsp, beside remoteproc0: rproc_get_by_child() returns NULL",
				.applies = ancestor_applies_to_virtio,
				.judge = ancestor_judge,
			},
			{
				.id = "vdev-driver",
				.worst = STATUS_FAIL,
				.title = "rpmsg virtio device has its driver",
				.looks =
					"A virtio device with the id of rpmsg (7) and no driver, and what kmod would load for it.",
				.matters =
					"virtio_rpmsg_bus makes the channels. Without it the remote may announce what it likes.",
				.fix = "modprobe virtio_rpmsg_bus, or build it (CONFIG_RPMSG_VIRTIO).",
				.example =
					"virtio0: no driver: module virtio_rpmsg_bus serves it and is not loaded",
				.applies = driver_applies_to_virtio,
				.judge = driver_judge_virtio,
			},
			{
				.id = "vdev-status",
				.worst = STATUS_FAIL,
				.title = "virtio device is up",
				.looks =
					"The status of a virtio device: FAILED or NEEDS_RESET is set, or a driver is bound and DRIVER_OK is missing.",
				.matters =
					"Nothing passes a vdev that is not up, and some firmware waits for DRIVER_OK before it announces anything.",
				.fix = "dmesg tells why the driver gave up; stop and start the remote processor.",
				.example =
					"virtio0: the driver has given the device up (FAILED)",
				.applies = vdev_applies_status,
				.judge = vdev_judge_status,
			},
			{
				.id = "announced",
				.worst = STATUS_WARN,
				.title = "the remote has announced channels",
				.looks =
					"The processor runs, its vdev is up, the firmware has the name service feature (bit 0 of features), and the only channels are those that the kernel makes itself.",
				.matters =
					"This is where most time is lost: \"rpmsg host is online\", and then nothing. The announcement never came, because of a wrong vring address in the resource table, a missing mailbox interrupt, or firmware that waits.",
				.fix = "Compare the vring addresses with the memory the firmware was linked for, look at its trace (/sys/kernel/debug/remoteproc/remoteprocN/trace0) and at the mailbox. It is a note, because a firmware may announce late; check --strict makes it a failure.",
				.example =
					"virtio0: up, but the remote has announced no channel",
				.applies = vdev_applies_announced,
				.judge = vdev_judge_announced,
			},
			{
				.id = "buffer-pool",
				.worst = STATUS_WARN,
				.title =
					"vdev's buffers come from the memory that is meant for them",
				.looks =
					"A carveout or memory-region called vdevNbuffer, else the first memory-region of the platform device, else the global pool; and whether this kernel has the fallback to the first one.",
				.matters =
					"A remote processor that reaches only some memory cannot read buffers from elsewhere: \"No vring buffer\", or silence. Before v5.8 a board with one pool and no vdev0buffer fell to the global pool.",
				.fix = "Apply db9178a4f8c4 (the companion in kernel/fix of rproc-tree), or call the region vdevNbuffer in the device tree.",
				.example =
					"virtio0: buffers come from the global pool, not from memory-region dsp-pool@c3000000",
				.applies = pool_applies,
				.judge = pool_judge,
			},
			{
				.id = "rpmsg-ancestor",
				.worst = STATUS_FAIL,
				.title =
					"rpmsg channel has a remote processor as ancestor",
				.looks =
					"Each channel needs an ancestor whose device type is remoteproc, unless its transport has no remote processor by design (Qualcomm RPM, virtio on PCI or mmio, platform rpmsg drivers) or hangs beside it by design (MediaTek SCP): these are noted.",
				.matters =
					"rproc_get_by_child() walks the parents of a channel. Where it finds no remote processor, drivers refuse to probe, lose their device tree node or crash (TI rpmsg_proto, Ethos-U, rpmsg-eth).",
				.fix = "If the verdict is misparented: apply c774ad010873, see kernel/fix of rproc-tree. If it is orphan: find out who registered the device's parent.",
				.example =
					"virtio0.rpmsg-client-sample.-1.50: hangs from 11800000.dsp, beside remoteproc0: rproc_get_by_child() returns NULL",
				.applies = ancestor_applies_to_channel,
				.judge = ancestor_judge,
			},
			{
				.id = "channel-driver",
				.worst = STATUS_FAIL,
				.title = "channel has a driver",
				.looks =
					"A channel without a driver, service devices aside, and why: no installed module serves it (or one of nearly the same name does), a module does and is not loaded, is kept from loading, or did not bind; driver_override names a driver that is not there.",
				.matters =
					"A channel without a driver has no /dev node and nobody who answers. What could work and does not is a failure; a channel that no installed module serves is a note: many are for user space, or for nobody.",
				.fix = "modprobe the module that is named, or bind by hand: echo rpmsg_chrdev > /sys/bus/rpmsg/devices/CHANNEL/driver_override; echo CHANNEL > /sys/bus/rpmsg/drivers/rpmsg_chrdev/bind.",
				.example =
					"virtio0.rpmsg-tty-channel.-1.30: no driver: no installed module serves rpmsg:rpmsg-tty-channel, but rpmsg-tty (module rpmsg_tty) is nearly the same name",
				.applies = driver_applies_to_channel,
				.judge = driver_judge_channel,
			},
			{
				.id = "hostile-name",
				.worst = STATUS_WARN,
				.title = "channel's name is printable text",
				.looks =
					"Bytes in a channel's name that no honest firmware sends: control characters, invalid UTF-8, bidirectional and zero-width controls.",
				.matters =
					"The name comes raw from the remote. Printed raw it drives terminals and forges log lines; programs that trust it are at risk. Often it is no attack, but a wrong vring address.",
				.fix = "Find out what runs on the remote processor. rproc-tree itself shows such bytes as \\xNN everywhere.",
				.example =
					"virtio0.\\x1b[2J.-1.50: its name has bytes that no honest firmware sends",
				.applies = name_applies_to_channel,
				.judge = name_judge_hostile,
			},
			{
				.id = "chardev-node",
				.worst = STATUS_FAIL,
				.title = "character device has its node in /dev",
				.looks =
					"Whether the node of a character device is in /dev, is a character device, and has the device's number. The node is not opened.",
				.matters =
					"A script that writes to /dev/rpmsg0 before it is there makes a plain file, and from then on all data goes to that file.",
				.fix = "Remove the file and let devtmpfs or udev make the node: udevadm trigger.",
				.example = "rpmsg0: /dev/rpmsg0 is no character device",
				.applies = name_applies_to_node,
				.judge = name_judge_node,
			},
			{
				.id = "expected",
				.worst = STATUS_FAIL,
				.title = "what a good boot had is there",
				.looks =
					"With --expect FILE, a report or snapshot of a good boot: the same remote processors (by platform device) in the same state, the same vdevs, the same channels with the same driver bound. Numbers do not count. What is there in addition is a note; service channels of the kernel are not looked at.",
				.matters =
					"The other checks know no board: a channel that nobody announced is no contradiction to them. What this board has to have, a boot that worked tells.",
				.fix = "Look at the processor and vdev the missing device belongs to. After a wanted change take the file again: rproc-tree capture.",
				.example =
					"virtio0.rpmsg-tty.-1.30: was expected and is missing: imx8mp-cm7/remoteproc/vdev0/virtio/rpmsg-tty.0x1e",
				.judge_all = expect_judge,
			},
			{
				.id = "required",
				.worst = STATUS_FAIL,
				.title =
					"a channel asked for on the command line is there",
				.looks =
					"With --require NAME[@PLATFORM], as often as needed: a channel of that name, on that platform device where one is said, with a driver bound to it.",
				.matters =
					"A service is of no use before its channel is there and served; a script can wait for that or stop for want of it.",
				.fix = "rproc-tree shows what is there; channel-driver tells why no driver is bound.",
				.example =
					"rpmsg-tty@imx8mp-cm7: is required, and no channel rpmsg-tty@imx8mp-cm7 is there",
				.judge_all = require_judge,
			},
			{ .id = NULL },
		};
