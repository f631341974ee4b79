#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What drivers print and no line of the core follows, and what else of real pastes was read
wrong once: each a claim, and a text of our own of that shape."""

import unittest

from pasted import run
from test_threads import Claims, processors


class Errors(Claims):
    def test_a_cluster_that_failed_is_told_with_the_reason_of_its_core(self):
        self.check(
            "[6.1] platform 7800.r5f: ti-sci processor request failed: -19\n"
            "[6.2] k3_r5_rproc bus@f0:r5fss@7800: k3_r5_core_of_init failed, ret = -19\n"
            "[6.3] k3_r5_rproc bus@f0:r5fss@7800: k3_r5_cluster_of_init failed, ret = -19\n",
            1, "bus@f0:r5fss@7800: its driver k3_r5_rproc failed: -19: no such device; the log"
            " tells of no remote processor", "evidence: [6.1]", "... [6.3]", "1 failure in",
        )

    def test_a_core_is_the_reason_of_the_probe_of_its_cluster(self):
        self.check(
            "[6.1] platform 7800.r5f: device does not reserved memory regions, ret = -22\n"
            "[6.3] k3_r5_rproc: probe of bus@f0:r5fss@7800 failed with error -22\n",
            1, "its driver k3_r5_rproc failed to probe it: -22", "evidence: [6.1]", "1 failure in",
        )

    def test_each_way_to_print_an_errno_is_read(self):
        for said in (
            "failed to get regulator, ret = -22", "failed to map (-22)", "power on failed: -22",
            "unable to parse, ret=-22", "could not be set, error -22", "clock failed -22.",
            "error -EINVAL: failed to get reset",
        ):
            self.check(
                f"[6.1] zynqmp_r5_remoteproc ffe0.r5f: {said}\n",
                1, "its driver zynqmp_r5_remoteproc failed: -22: invalid argument",
            )

    def test_an_error_without_number_is_told_in_its_words(self):
        self.check(
            "[6.1] qcom-wcnss-pil a204000.remoteproc: failed to acquire supply\n",
            1, "its driver qcom-wcnss-pil failed: failed to acquire supply; the log",
        )

    def test_what_a_driver_does_without_is_no_failure(self):
        up = "[1.1] remoteproc remoteproc0: remote processor scp is now up\n"
        for said in ("invalid resource", "No txdb, ret 0", "deferred -517",
                     "failed to get mailbox: -517"):
            outcome = run(f"{up}[1.2] mtk-scp 1050.scp: {said}\n", "check")
            self.assertEqual(outcome.returncode, 0, outcome.stdout)
            self.assertNotIn(b"reported an error", outcome.stdout)

    def test_an_error_of_one_that_runs_warns(self):
        text = (
            "[1.1] remoteproc remoteproc0: 5000.m4 is available\n"
            "[1.2] remoteproc remoteproc0: remote processor 5000.m4 is now up\n"
            "[9.1] k3-m4-rproc 5000.m4: failed to save context: -5\n"
        )
        self.check(
            text, 0, "remoteproc0 (5000.m4): its driver k3-m4-rproc reported an error: -5: input"
            " or output error; the log does not tell what that broke",
        )
        self.assertEqual(run(text, "check", "--strict").returncode, 1)

    def test_an_error_of_a_channel_s_driver_is_not_well(self):
        self.check(
            "[1.1] remoteproc remoteproc1: remote processor a is now up\n"
            "[1.2] my_drv remoteproc1:smd-edge.ctl.-1.-1: could not allocate: error -12\n",
            0, "its driver my_drv reported an error", unsaid=["WARN"],
        )

    def test_a_release_and_the_probe_after_it_are_one(self):
        for device in ("1000.m4", "mlahb:m4@1000"):
            text = (
                f"[1.1] stm32-rproc {device}: error -EINVAL: failed to get mcu reset\n"
                "[1.2] remoteproc remoteproc0: releasing m4\n"
                f"[1.3] stm32-rproc: probe of {device} failed with error -22\n"
            )
            self.check(
                text, 1, "1 failure in", "remoteproc0 (m4) is gone: its driver failed: -22:",
                "evidence: [1.1]", "... [1.3]",
            )
            capture = run(text, "capture").stdout.decode()
            self.assertEqual(run(capture, "check").stdout, run(text, "check").stdout)

    def test_the_errno_of_a_probe_is_the_driver_core_s(self):
        """As a real kernel said it: the interrupt is one that the driver can do without."""
        text = (
            "[88.95] stm32-rproc m4: error -ENXIO: IRQ index 0 not found\n"
            "[88.96] stm32-rproc m4: error -ENOENT: failed to get mcu_reset\n"
            "[88.97] remoteproc remoteproc0: releasing m4\n"
            "[88.98] stm32-rproc: probe of m4 failed with error -2\n"
        )
        self.check(
            text, 1, "its driver failed: -2: not found", "failed to get mcu_reset ... [88.98]",
            unsaid=["-6", "IRQ"],
        )
        other = text.replace("error -2\n", "error -5\n")
        self.check(other, 1, "its driver failed: -5: input or output error", unsaid=["-6:"])

    def test_a_capture_of_a_log_is_no_look_at_the_system(self):
        text = (
            "[9.01] remoteproc remoteproc0: powering up m4\n"
            "[9.02] stm32-rproc 1000.m4: no resource table found for this firmware\n"
            "[9.03] remoteproc remoteproc0: remote processor m4 is now up\n"
        )
        self.check(text, 0, "No problem found in what could be read: 1 remote", unsaid=["well"])
        capture = run(text, "capture").stdout.decode()
        self.assertEqual(run(capture, "check").stdout, run(text, "check").stdout)

    def test_the_driver_that_the_log_names_is_shown(self):
        text = (
            "[1.1] imx-rproc imx8-cm4: No txdb, ret 0\n"
            "[1.2] remoteproc remoteproc0: imx-rproc is available\n"
        )
        self.assertIn("imx8-cm4      imx-rproc", run(text, "show", "-o", "DEVICE,DRIVER",
                                                       "--ascii").stdout.decode())

    def test_a_mailbox_without_driver_is_not_taken(self):
        self.check(
            "[3.1] omap-rproc 4080.dsp: mbox_request_channel failed: -517\n",
            1, "-517: its mailbox has no driver yet", unsaid=["taken"],
        )


    def test_a_cluster_is_no_processor_s_device(self):
        text = (
            "[1.1] remoteproc remoteproc0: request_firmware failed: -2\n"
            "[1.2] k3_r5_rproc bus@f0:r5fss@7800: k3_r5_cluster_of_init failed, ret = -16\n"
        )
        self.check(text, 1, "r5fss@7800: its driver k3_r5_rproc")
        self.assertNotIn("r5fss", processors(text)["remoteproc0"]["path"])

    def test_whoever_speaks_may_be_the_processor_s_device(self):
        self.check(
            "[1.0] k3-m4-rproc 5000.m4fss: configured M4 for remoteproc mode\n"
            "[1.1] remoteproc remoteproc0: request_firmware failed: -2\n"
            "[1.2] k3_r5_rproc bus@f0:r5fss@7800: k3_r5_cluster_of_init failed, ret = -16\n",
            1, "r5fss@7800: its driver k3_r5_rproc failed: -16", "2 failures in",
        )

    def test_a_driver_may_speak_before_the_core_names_its_device(self):
        text = (
            "[7.1] omap-rproc 58820000.ipu: assigned reserved memory node ipu1@9d\n"
            "[7.2] remoteproc remoteproc0: 58820000.ipu is available\n"
            "[7.3] pru-rproc 4a334000.pru: PRU rproc node probed successfully\n"
            "[7.4] remoteproc remoteproc1: 4a334000.pru is available\n"
        )
        shown = run(text, "show").stdout.decode()
        for driver in ("omap-rproc", "pru-rproc"):
            self.assertIn(driver, shown)

    def test_what_a_driver_complains_of_is_not_the_image(self):
        self.check(
            "[1.1] my-rproc c9_rproc@0: unable to acquire memory-region\n"
            "[1.2] remoteproc remoteproc0: Boot failed: -22\n",
            1, "did not start: -22: refused by its driver", unsaid=["image"],
        )


class Buses(Claims):
    LOST = "[{}] virtio_rpmsg_bus virtio0: msg received with no recipient\n"

    def test_one_message_without_recipient_is_early(self):
        self.check(self.LOST.format("1.1"), 0, "virtio0", unsaid=["WARN", "not understood"])

    def test_many_are_a_problem(self):
        self.check(
            self.LOST.format("1.1") + self.LOST.format("1.2"),
            0, "virtio0: its driver virtio_rpmsg_bus reported an error: msg received with no",
        )

    def test_a_message_that_is_no_message_is_told(self):
        self.check(
            "[1.1] virtio_rpmsg_bus virtio0: malformed ns msg (12)\n",
            0, "virtio0: its driver virtio_rpmsg_bus dropped a malformed announcement",
        )

    def test_channels_were_called_by_numbers_once(self):
        text = "# modprobe x\nimx_rpmsg_tty rpmsg0: new channel: 0x400 -> 0x1e!\n"
        self.assertIn("rpmsg0 ", run(text, "show").stdout.decode())
        self.check(text, 0, unsaid=["WARN"])


class Others(unittest.TestCase):
    def test_what_other_drivers_report_is_no_fault_of_ours(self):
        for said in (
            "mtk-scpsys 1000.power-controller: Failed to power on domain wb",
            "platform 3000000.remoteproc: Failed to create device link with supplier x",
            "ath11k c000000.wifi: qmi failed to send wlan fw mode: -110",
            "qcom_battmgr pmic_glink.power-supply.0: failed to request power supply: -110",
            "spi-nor spi0.0: unrecognized JEDEC id, error -2",
        ):
            text = f"[1.1] remoteproc remoteproc0: remote processor a is now up\n[1.2] {said}\n"
            for given, status in ((text, 0), (f"[1.2] {said}\n", 3)):
                outcome = run(given, "check")
                self.assertEqual(outcome.returncode, status, outcome)
                self.assertNotIn(b"WARN", outcome.stdout)


class Firmware(Claims):
    def test_a_place_where_the_file_was_sought_is_no_failure(self):
        text = (
            "[1.1] remoteproc remoteproc0: a.rproc is available\n"
            "[1.2] remoteproc remoteproc0: loading /lib/firmware/updates/a failed with error -2\n"
        )
        outcome = run(text, "check")
        self.assertEqual(outcome.returncode, 0, outcome.stdout)
        self.assertNotIn(b"FAIL", outcome.stdout)

    def test_a_start_ends_where_its_file_did_not_load(self):
        self.check(
            "[9.1] remoteproc remoteproc1: powering up p\n"
            "[9.2] remoteproc remoteproc1: Direct firmware load for p-fw failed with error -22\n",
            1, "did not start: -22: firmware p-fw could not be read", unsaid=["no end in the log"],
        )

    def test_a_load_before_the_start_is_another(self):
        self.check(
            "[1.1] remoteproc remoteproc1: Direct firmware load for p-fw failed with error -2\n"
            "[9.1] remoteproc remoteproc1: powering up p\n",
            1, "its start has not ended where the log does", unsaid=["not found"],
        )

    def test_what_its_owner_writes_is_no_evidence_where_the_log_has_it(self):
        self.check(
            "It fails with remoteproc0: Direct firmware load for s.img failed with error -2\n"
            "[1.1] remoteproc remoteproc0: Direct firmware load for s.img failed with error -2\n"
            "[1.2] remoteproc remoteproc0: request_firmware failed: -2\n",
            1, "evidence: [1.1] remoteproc",
        )

    def test_a_driver_names_the_file(self):
        self.check(
            "[1.1] qcom_q6v5_pas 37.remoteproc: error -22 initializing firmware v/adsp.mbn\n"
            "[1.2] remoteproc remoteproc1: can't start rproc adsp: -22\n",
            1, "-22: firmware v/adsp.mbn was not authenticated",
        )

    def test_a_channel_does_not_hide_the_reason(self):
        self.check(
            "[1.1] my,rpc 37.remoteproc:glink-edge.rpc.-1.-1: No session available\n"
            "[1.2] qcom_q6v5_pas a30.remoteproc: start timed out\n"
            "[1.3] remoteproc remoteproc3: can't start rproc cdsp: -110\n",
            1, "no ready signal in time", "evidence: [1.2]",
        )

    def test_a_file_s_name_ends_before_a_comma(self):
        text = "[1.1] remoteproc remoteproc0: Booting fw image v/q6.mdt,\n"
        self.assertEqual(processors(text)["remoteproc0"]["firmware"], "v/q6.mdt")


class Crashes(Claims):
    def test_a_reason_of_several_lines_is_one(self):
        self.check(
            "[9.1] qcom-q6v5-wcss-pil cd.q6v5_wcss: fatal error received: \n"
            "[9.1] QC Image Version: QC_IMAGE_VERSION_STRING=W.1\n"
            "[9.1] Image Variant : IMAGE_VARIANT_STRING=v2\n"
            "[9.1] \n"
            "[9.1] noc.c:12 NOCError: fatal.\n"
            "[9.1] Thread ID : 0x7\n"
            "[9.2] remoteproc remoteproc0: crash detected in cd.q6v5_wcss: type fatal error\n",
            1, "has crashed: noc.c:12 NOCError: fatal:",
            "evidence: [9.1] qcom-q6v5-wcss-pil cd.q6v5_wcss: fatal error received: noc.c:12",
            unsaid=["Thread"],
        )

    def test_a_reason_that_is_not_there_is_not_made_up(self):
        self.check(
            "[9.1] qcom-q6v5-wcss-pil cd.q6v5_wcss: fatal error received: \n"
            "[9.3] noc.c:12 another message\n"
            "[9.2] remoteproc remoteproc0: crash detected in cd.q6v5_wcss: type fatal error\n",
            1, "has crashed: fatal error:", unsaid=["noc.c"],
        )

    def test_a_stop_that_failed_explains_the_silence(self):
        self.check(
            "[2.1] qcom_q6v5_pas 20.remoteproc: failed to shutdown: -110\n"
            "[2.2] remoteproc remoteproc3: can't stop rproc: -110\n",
            1, "1 failure in", "could not be stopped",
        )

    def test_an_oops_in_a_driver_of_channels_is_ours(self):
        self.check(
            "[1.1] Unable to handle kernel NULL pointer dereference at 0000000000000360\n"
            "[1.2] pc : fastrpc_internal_invoke+0xa9/0x13 [fastrpc]\n",
            1, "kernel oopsed in fastrpc_internal_invoke",
        )

    def test_an_oops_that_names_nothing_of_ours_is_said_to(self):
        self.check(
            "[1.1] Unable to handle kernel paging request at virtual address 08\n"
            "[1.2] Modules linked in: rpmsg_ctrl rpmsg_char\n[1.3] pc : foo+0x2/0x8\n",
            3, "the kernel oopsed or panicked, but no line names a device or a function of remoteproc",
        )


class Listings(Claims):
    LINKS = (
        "lrwxrwxrwx 1 root root 0 Jul 28 19:24 device -> ../../../44d0.wkup_m3\n"
        "-rw-r--r-- 1 root root 4096 Jul 28 19:47 state\n"
        "lrwxrwxrwx 1 root root 0 Jul 28 19:24 subsystem -> ../../../../../class/remoteproc\n"
    )

    def test_the_directory_of_a_processor_tells_its_device(self):
        for before in ("# ls -l /sys/class/remoteproc/remoteproc2\n",
                       "root@bb:/sys/class/remoteproc/remoteproc2# ls -l\n"):
            text = before + self.LINKS
            self.assertIn("/44d0.wkup_m3/", processors(text)["remoteproc2"]["path"])
            self.assertNotIn(b"not understood", run(text, "check").stderr)

    def test_a_path_is_known_better(self):
        text = (
            "# ls -l /sys/class/remoteproc/\nlrwxrwxrwx 1 root root 0 Jul 28 remoteproc2 -> "
            "../../devices/platform/ocp/44d0.wkup_m3/remoteproc/remoteproc2\n"
            "# ls -l /sys/class/remoteproc/remoteproc2\n" + self.LINKS
        )
        self.assertEqual(len(processors(text)), 1)
        self.assertIn("/ocp/", processors(text)["remoteproc2"]["path"])

    def test_an_edge_names_its_processor(self):
        text = "[1.1] my,rpc remoteproc1:smd-edge.rpc.-1.-1: hello: error -1\n"
        self.assertIn("remoteproc1", processors(text))


if __name__ == "__main__":
    unittest.main()
