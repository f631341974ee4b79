// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where each sentence of explain comes from. Files without a folder are in the kernel's
 * drivers/remoteproc/, src/ is ours; read in v5.10.262, v6.1.192, v6.12.117 and v7.3.4. A
 * sentence that is added needs a row: a test counts them.
 */

#include <string.h>

#include "check.h"

static const struct check_sources rows[] = {
	{
		.check = "kernel-oops",
		.looks = { "lib/bug.c and the task detector of kernel/: the lines that say so",
			   "kernel/panic.c: __warn()", "src/check/kernel_oops.c" },
		.matters = { "kernel/exit.c: make_task_dead()" },
		.fix = { "Documentation/admin-guide/reporting-issues.rst" },
	},
	{
		.check = "processor-missing",
		.looks = { "drivers/base/dd.c: driver_deferred_probe_add(); drivers/of/base.c: of_device_is_available()",
			   "src/check/processor_missing.c" },
		.matters = { "drivers/base/dd.c: really_probe() says nothing of -19, -6 and -517" },
		.fix = { "drivers/base/dd.c: deferred_devs_show()" },
	},
	{
		.check = "processor-start",
		.looks = { "remoteproc_core.c: rproc_boot(), rproc_attach()",
			   "kernel/printk/printk.c: a ring buffer" },
		.matters = { "remoteproc_core.c: rproc_fw_boot() cleans up what it made",
			     "remoteproc_sysfs.c: state_show() has no error" },
		.fix = { "remoteproc_core.c: rproc_fw_boot(), rproc_start()",
			 "remoteproc_sysfs.c: state_store()" },
	},
	{
		.check = "crash-loop",
		.looks = { "remoteproc_core.c: rproc_crash_handler_work() prints the count",
			   "src/check/crash_loop.c" },
		.matters = { "remoteproc_core.c: rproc_boot_recovery()",
			     "remoteproc_core.c: rproc_stop_subdevices()" },
		.fix = { "remoteproc_core.c: rproc_report_crash()",
			 "remoteproc_core.c: rproc_boot_recovery(); include/linux/devcoredump.h: DEVCD_TIMEOUT",
			 "include/linux/remoteproc.h: RPROC_COREDUMP_DISABLED = 0; src/check/crash_loop.c: advise()",
			 "src/check/remedy.c: who calls rproc_coredump_add_segment()" },
	},
	{
		.check = "processor-state",
		.looks = { "remoteproc_sysfs.c: state_show(); remoteproc_core.c: rproc_stop()",
			   "remoteproc_core.c: rproc_boot_recovery(), rproc_attach_recovery()",
			   "remoteproc_sysfs.c: rproc_state_string[]; remoteproc_core.c of v5.10: rproc_del()",
			   "src/check/processor_state.c",
			   "remoteproc_core.c: rproc_attach(); omap_remoteproc.c: omap_rproc_runtime_suspend()" },
		.matters = { "remoteproc_core.c: rproc_crash_handler_work()",
			     "remoteproc_core.c: rproc_trigger_recovery()",
			     "remoteproc_core.c: rproc_boot(), rproc_shutdown()" },
		.fix = { "remoteproc_core.c: rproc_report_crash()",
			 "remoteproc_sysfs.c: recovery_store(), coredump_store()",
			 "remoteproc_core.c: rproc_boot() where power is counted already" },
	},
	{
		.check = "auto-boot-missed",
		.looks = { "src/check/auto_boot_missed.c; src/check/remedy.c: who sets rproc->auto_boot" },
		.matters = { "drivers/base/firmware_loader/main.c: fw_path[]",
			     "remoteproc_core.c: rproc_auto_boot_callback()" },
		.fix = { "remoteproc_sysfs.c: state_store()" },
	},
	{
		.check = "firmware-file",
		.looks = { "drivers/base/firmware_loader/main.c: fw_path[], fw_get_filesystem_firmware()",
			   "drivers/base/firmware_loader/builtin/main.c" },
		.matters = { "remoteproc_core.c: rproc_boot()",
			     "src/check/firmware_file.c" },
		.fix = { "remoteproc_sysfs.c: firmware_store()" },
	},
	{
		.check = "probe-failed",
		.looks = { "drivers/base/dd.c: really_probe(); remoteproc_core.c: rproc_type_release()",
			   "src/check/probe_failed.c", "src/check/probe_failed.c" },
		.matters = { "drivers/base/dd.c: really_probe()" },
		.fix = { "drivers/base/core.c: dev_err_probe()" },
	},
	{
		.check = "mailbox",
		.looks = { "imx_rproc.c: imx_rproc_kick(); stm32_rproc.c: stm32_rproc_kick()",
			   "src/check/mailbox.c" },
		.matters = { "remoteproc_virtio.c: rproc_virtio_notify()",
			     "drivers/mailbox/mailbox.c: mbox_send_message(); rproc_virtio_notify() drops the error" },
		.fix = { "Documentation/devicetree/bindings/mailbox/mailbox.txt",
			 "imx-mailbox.c of v5.10: imx_mu_init_generic(); arm_mhu.c: mhu_startup()" },
	},
	{
		.check = "stale-channels",
		.looks = { "remoteproc_core.c: rproc_stop_subdevices(), rproc_handle_vdev(); drivers/base/bus.c: bus_remove_device()" },
		.matters = { "remoteproc_core.c: rproc_stop()",
			     "remoteproc_virtio.c: rproc_remove_virtio_dev()",
			     "remoteproc_core.c: rproc_del() of v6.12 against v7.3" },
		.fix = { "remoteproc_core.c: rproc_shutdown()",
			 "remoteproc_core.c: rproc_stop(), rproc_alloc_vring(); remoteproc_virtio.c: rproc_virtio_probe()",
			 "remoteproc_elf_loader.c: rproc_elf_load_rsc_table()",
			 "remoteproc_core.c: rproc_del() of v6.12" },
	},
	{
		.check = "vdev-collision",
		.looks = { "65fcf3872f83; remoteproc_core.c of v6.1: rproc_handle_vdev()" },
		.matters = { "1d7b61c06dc3; remoteproc_core.c of v6.1: rproc_handle_resources()" },
		.fix = { "65fcf3872f83" },
	},
	{
		.check = "vdev-parent",
		.looks = { "remoteproc_core.c: rproc_get_by_child()",
			   "src/model/transport.c" },
		.matters = { "086d08725d34", "remoteproc_core.c: rproc_get_by_child()" },
		.fix = { "c774ad010873" },
	},
	{
		.check = "vdev-driver",
		.looks = { "include/uapi/linux/virtio_ids.h: VIRTIO_ID_RPMSG" },
		.matters = { "drivers/rpmsg/virtio_rpmsg_bus.c: rpmsg_probe()",
			     "drivers/rpmsg/rpmsg_ns.c: rpmsg_ns_cb()" },
		.fix = { "drivers/rpmsg/Kconfig: RPMSG_VIRTIO" },
	},
	{
		.check = "vdev-status",
		.looks = { "include/uapi/linux/virtio_config.h" },
		.matters = { "drivers/virtio/virtio.c: virtio_dev_probe(); drivers/rpmsg/virtio_rpmsg_bus.c: virtio_device_ready()" },
		.fix = { "drivers/virtio/virtio.c: virtio_dev_probe()" },
	},
	{
		.check = "announced",
		.looks = { "drivers/rpmsg/virtio_rpmsg_bus.c: VIRTIO_RPMSG_F_NS, rpmsg_probe()" },
		.matters = { "drivers/rpmsg/virtio_rpmsg_bus.c: rpmsg_probe()",
			     "drivers/rpmsg/rpmsg_ns.c: rpmsg_ns_cb() is all that makes a channel" },
		.fix = { "remoteproc_debugfs.c: rproc_rsc_table_show(), rproc_trace_read()",
			 "src/check/announced.c" },
	},
	{
		.check = "buffer-pool",
		.looks = { "remoteproc_virtio.c: rproc_add_virtio_dev(), db9178a4f8c4; src/check/pool.c has each driver",
			   "remoteproc_core.c: rproc_alloc_vring()" },
		.matters = { "drivers/rpmsg/virtio_rpmsg_bus.c: rpmsg_probe(), d999b622fcfb3",
			     "drivers/of/of_reserved_mem.c: of_reserved_mem_device_init_by_idx()" },
		.fix = { "remoteproc_virtio.c: rproc_add_virtio_dev()", "db9178a4f8c4" },
	},
	{
		.check = "rpmsg-ancestor",
		.looks = { "remoteproc_core.c: rproc_get_by_child(); src/model/transport.c" },
		.matters = { "remoteproc_core.c: rproc_get_by_child()",
			     "qcom_sysmon.c: sysmon_probe()" },
		.fix = { "c774ad010873", "src/check/ancestor.c" },
	},
	{
		.check = "channel-driver",
		.looks = { "drivers/rpmsg/rpmsg_core.c: rpmsg_dev_match(); qcom_common.c: pdm_notify_prepare(); drivers/misc/fastrpc.c, drivers/soc/qcom/wcnss_ctrl.c, drivers/soc/qcom/smd-rpm.c" },
		.matters = { "drivers/rpmsg/rpmsg_core.c: rpmsg_dev_probe()",
			     "src/check/driver.c",
			     "net/qrtr/smd.c; qcom_sysmon.c: sysmon_notify()" },
		.fix = { "drivers/rpmsg/rpmsg_char.c: rpmsg_chrdev_probe()",
			 "drivers/rpmsg/rpmsg_char.c of v5.17: rpmsg_chrdev_probe()" },
	},
	{
		.check = "hostile-name",
		.looks = { "src/check/hostile_name.c" },
		.matters = { "drivers/rpmsg/rpmsg_ns.c: rpmsg_ns_cb()",
			     "src/record/escape.c",
			     "drivers/rpmsg/rpmsg_ns.c: rpmsg_ns_cb() checks the length only" },
		.fix = { "src/check/hostile_name.c", "src/record/escape.c" },
	},
	{
		.check = "chardev-node",
		.looks = { "drivers/base/devtmpfs.c: handle_create()",
			   "src/source/gather.c", "src/source/pasted_node.c" },
		.matters = { "drivers/base/devtmpfs.c: handle_create() does not replace what is there" },
		.fix = { "drivers/base/core.c: device_add() calls devtmpfs_create_node()" },
	},
	{
		.check = "required-running",
		.looks = { "src/check/required_running.c",
			   "src/check/required_running.c" },
		.matters = { "src/check/required_running.c" },
		.fix = { "remoteproc_sysfs.c: state_store()" },
	},
	{
		.check = "required",
		.looks = { "src/check/require.c" },
		.matters = { "src/check/require.c" },
		.fix = { "src/check/driver.c" },
	},
	{
		.check = "expected",
		.looks = { "src/check/expect.c", "src/model/identity.c",
			   "src/check/expect.c" },
		.matters = { "src/check/expect.c", "src/check/expect.c" },
		.fix = { "src/check/cause.c", "src/render/snapshot.c" },
	},
};

const struct check_sources *check_sources(const struct check *check)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i].check, check->id) == 0)
			return &rows[i];
	return NULL;
}
