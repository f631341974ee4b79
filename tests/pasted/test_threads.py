#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The shapes of what people pasted into public threads: each a claim, a text of our own of
that shape, what check exits with, and what it says and does not say."""

import json
import unittest

from pasted import flat, run


def processors(text):
    """States by name, as show --json has them."""

    outcome = run(text, "show", "--json")
    return {
        d["name"]: d
        for d in flat(json.loads(outcome.stdout)["devices"])
        if d["kind"] == "remoteproc"
    }


class Claims(unittest.TestCase):
    def check(self, text, status, *said, unsaid=()):
        outcome = run(text, "check")
        told = outcome.stdout.decode() + outcome.stderr.decode()
        self.assertEqual(outcome.returncode, status, told)
        for part in said:
            self.assertIn(part, told)
        for part in (*unsaid, "All is well"):
            self.assertNotIn(part, told)


class Starts(Claims):
    def test_a_file_that_is_there_and_does_not_load_is_not_missing(self):
        text = (
            "[9.1] remoteproc remoteproc1: loading /lib/firmware/pru0-fw failed with error -22\n"
            "[9.2] remoteproc remoteproc1: Direct firmware load for pru0-fw failed with error -22\n"
            "[9.3] remoteproc remoteproc1: request_firmware failed: -22\n"
            "[9.4] remoteproc remoteproc1: Boot failed: -22\n"
        )
        self.check(
            text, 1, "-22: firmware pru0-fw could not be read", "ls -lL /lib/firmware/pru0-fw",
            unsaid=["image refused", "not found"],
        )
        self.assertEqual(processors(text)["remoteproc1"]["firmware"], "pru0-fw")

    def test_a_vdev_gives_the_reason_of_its_processor(self):
        for vdev in ("remoteproc2#vdev0buffer", "4000.pru#vdev0buffer", "rproc-virtio.3.auto"):
            self.check(
                "[6.1] remoteproc remoteproc2: powering up 4000.pru\n"
                f"[6.2]  {vdev}: .kick method not defined for 4000.pru\n"
                "[6.3] remoteproc remoteproc2: failed to probe subdevices for 4000.pru: -22\n"
                "[6.4] remoteproc remoteproc2: Boot failed: -22\n",
                1, "its driver has no kick method, which a vdev needs, so its channels", ".kick method not defined",
            )

    def test_a_log_may_begin_within_a_start(self):
        self.check(
            "[12.1]  remoteproc2: bad phdr da 0x800000 mem 0x1000\n"
            "[12.2]  remoteproc2: Failed to load program segments: -22\n"
            "[12.3]  remoteproc2: rproc_boot() failed -22\n",
            1, "lies outside the processor's memory", "bad phdr", "rproc_boot() failed -22",
        )

    def test_a_complaint_of_its_driver_is_evidence(self):
        for said in ("Unable to map memory region: ram", "Can not get fw_ready state"):
            self.check(
                "[1.1] remoteproc remoteproc0: powering up x\n"
                f"[1.2] my-rproc soc:x: {said}\n"
                "[1.3] remoteproc remoteproc0: can't prepare rproc x: -12\n",
                1, f"evidence: [1.2] my-rproc soc:x: {said} ... [1.3]",
            )

    def test_a_known_line_is_a_better_cause_than_a_complaint(self):
        self.check(
            "[1.1] remoteproc remoteproc0: powering up x\n"
            "[1.2] my-rproc 5000.x: port failed halt\n"
            "[1.3] my-rproc 5000.x: start timed out\n"
            "[1.4] remoteproc remoteproc0: can't start rproc x: -110\n",
            1, "no ready signal in time", "start timed out ...",
        )

    def test_a_driver_alone_tells_of_a_failed_start(self):
        self.check(
            "[26.1] qcom_q6v5_pas a300000.remoteproc: start timed out\n",
            1, "a300000.remoteproc: its remote processor did not start: no ready signal",
        )


    def test_a_segment_is_a_file_of_its_own(self):
        self.check(
            "[1.1] remoteproc remoteproc0: powering up adsp\n"
            "[1.2] qcom_q6v5_pas 173.remoteproc: Direct firmware load for adsp.b04 failed with"
            " error -2\n[1.3] remoteproc remoteproc0: can't start rproc adsp: -2\n",
            1, "-2: firmware adsp.b04 not found",
        )

    def test_a_trusted_application_is_no_platform_device(self):
        text = (
            "[1.1] remoteproc remoteproc0: powering up m4\n"
            "[1.2] tee_remoteproc optee-ta-80a4: TA_RPROC_FW_CMD_LOAD_FW invoke failed TEE err:"
            " ffff000f, ret:0\n[1.3] remoteproc remoteproc0: can't start rproc m4: -22\n"
        )
        self.check(text, 1, "was not authenticated")
        self.assertNotIn("optee", processors(text)["remoteproc0"]["path"])


class Crashes(Claims):
    def test_a_driver_alone_tells_of_a_crash(self):
        self.check(
            "[52.2] qcom_q6v5_pas 6800000.remoteproc: watchdog received: a.c:1:DIED \n",
            1, "6800000.remoteproc: its remote processor has crashed: a.c:1:DIED: nobody",
        )

    def test_the_driver_has_the_last_word_of_a_log(self):
        text = (
            "[1.1] remoteproc remoteproc0: remote processor adsp is now up\n"
            "[9.9] qcom_q6v5_pas 6800000.remoteproc: fatal error received: boo\n"
        )
        self.check(text, 1, "remoteproc0 (adsp) has crashed: boo")
        self.assertEqual(processors(text)["remoteproc0"]["state"], "crashed")

    def test_each_crash_has_its_own_cause(self):
        detected = "[{}.1] remoteproc remoteproc0: crash detected in m4: type {}\n"
        handled = "[{}.2] remoteproc remoteproc0: handling crash #{} in m4\n"
        recovered = (
            "[{}.3] remoteproc remoteproc0: recovering m4\n"
            "[{}.4] remoteproc remoteproc0: stopped remote processor m4\n"
            "[{}.5] remoteproc remoteproc0: remote processor m4 is now up\n"
        )
        first = detected.format(1, "fatal error") + handled.format(1, 1) + recovered.format(1, 1, 1)
        for second in (
            detected.format(2, "mmufault") + handled.format(2, 2),
            handled.format(2, 2) + detected.format(2, "mmufault"),
        ):
            self.check(first + second, 1, "has crashed 2 times: mmufault", unsaid=["fatal error"])
        self.check(
            first + handled.format(2, 2), 1, "has crashed 2 times: each", unsaid=["fatal error"]
        )
        again = (
            "[3.1] remoteproc remoteproc0: releasing m4\n"
            "[3.2] remoteproc remoteproc0: dsp is available\n"
            "[3.3] remoteproc remoteproc0: powering up dsp\n"
            "[3.4] remoteproc remoteproc0: remote processor dsp is now up\n"
        )
        self.check(
            first + again + "[4.1] remoteproc remoteproc0: handling crash #1 in dsp\n",
            1, "remoteproc0 (dsp) has crashed: nobody", unsaid=["fatal error"],
        )

    def test_one_that_did_not_come_back_was_not_recovered(self):
        self.check(
            "[1.1] remoteproc remoteproc2: crash detected in wpss: type watchdog\n"
            "[1.2] remoteproc remoteproc2: handling crash #1 in wpss\n"
            "[1.3] remoteproc remoteproc2: recovering wpss\n"
            "[1.4] remoteproc remoteproc2: stopped remote processor wpss\n"
            "[9.1] remoteproc remoteproc2: can't start rproc wpss: -110\n",
            1, "did not recover from a crash (watchdog): -110",
            unsaid=["was recovered"],
        )

    def test_a_recovery_without_end_is_part_of_the_crash(self):
        self.check(
            "[1.1] remoteproc remoteproc2: crash detected in wpss: type watchdog\n"
            "[1.2] remoteproc remoteproc2: handling crash #1 in wpss\n"
            "[1.3] remoteproc remoteproc2: recovering wpss\n",
            1, "has crashed, and the log has no end of its recovery: watchdog",
            unsaid=["its start", "never ended"],
        )

    def test_what_was_stopped_or_crashed_had_started(self):
        begun = (
            "[1.1] remoteproc remoteproc3: powering up dsp\n"
            "[1.2] remoteproc remoteproc3: Booting fw image a.elf, size 120\n"
        )
        stopped = "[9.4] remoteproc remoteproc3: stopped remote processor dsp\n"
        detached = "[9.4] remoteproc remoteproc3: detached remote processor dsp\n"
        crashed = (
            "[9.3] remoteproc remoteproc3: crash detected in dsp: type watchdog\n"
            "[9.4] remoteproc remoteproc3: handling crash #1 in dsp\n"
        )
        never = ["no end in the log", "state reads"]
        self.check(begun + stopped, 0, "is offline", stopped.strip(), unsaid=never)
        self.check(begun + detached, 0, "is detached", detached.strip(), unsaid=never)
        self.check(begun + crashed, 1, "has crashed: watchdog", unsaid=never)

    def test_a_stop_that_failed_is_told(self):
        self.check(
            "[1.1] remoteproc remoteproc3: remote processor a is now up\n"
            "[2.1] qcom_q6v5_pas 20000.remoteproc: failed to shutdown: -22\n"
            "[2.2] remoteproc remoteproc3: can't stop rproc: -22\n",
            1, "could not be stopped: -22: invalid argument",
        )

    def test_an_oops_has_many_first_lines(self):
        for first in (
            "Unhandled fault: imprecise external abort (0x1406) at 0x0",
            "SError Interrupt on CPU1, code 0x00000000be000411 -- SError",
            "Kernel panic - not syncing: Asynchronous SError Interrupt",
        ):
            self.check(
                f"[1.1] remoteproc remoteproc0: powering up m4\n[1.2] {first}\n"
                "[1.3] pc : imx_rproc_start+0x20/0x60\n",
                1, "the kernel oopsed in imx_rproc_start while it was being started", first,
            )

    def test_an_oops_elsewhere_is_no_fault_of_ours_and_not_well(self):
        self.check(
            "[1.1] remoteproc remoteproc0: remote processor m4 is now up\n"
            "[2.1] Unable to handle kernel paging request at virtual address 00000008\n"
            "[2.2] pc : wlan_rx+0x20/0x60\n",
            0, "nothing ties that to remoteproc or rpmsg",
        )


    def test_a_task_that_hangs_in_our_code_is_told(self):
        text = "[242.1] INFO: task sh:512 blocked for more than 120 seconds.\n"
        self.check(
            text + "[242.2]  __switch_to+0xf0/0x170\n[242.3]  rproc_shutdown+0x30/0x1a0\n",
            1, "hangs in rproc_shutdown",
        )
        up = "[1.1] remoteproc remoteproc0: remote processor m4 is now up\n"
        outcome = run(up + text + "[242.3]  nfs_wait+0x30/0x1a0\n", "check")
        self.assertEqual(outcome.returncode, 0)
        self.assertNotIn(b"hangs", outcome.stdout)

    def test_a_controller_repeats_what_its_user_says(self):
        self.check(
            "[9.1] remoteproc remoteproc2: remote processor 4d80.dsp is now up\n"
            "[9.2] k3-dsp-rproc 4d80.dsp: failed to send mailbox message, status = -105\n"
            "[9.3] omap-mailbox 31f8.mailbox: Try increasing MBOX_TX_QUEUE_LEN\n",
            1, "1 failure in", "-105: the queue is full: nobody listens", unsaid=["31f8.mailbox:"],
        )


class Probes(Claims):
    def test_a_node_named_after_a_core_is_a_processor(self):
        self.check(
            "[12.1] platform imx8mp-cm7: deferred probe pending: (reason unknown)\n",
            0, "imx8mp-cm7", "its driver still waits",
        )

    def test_one_failure_is_told_once(self):
        self.check(
            "[9.1] k3-m4-rproc 5000.m4fss: failed to request tx mailbox channel, ret -16\n"
            "[9.2] k3-m4-rproc: probe of 5000.m4fss failed with error -16\n",
            1, "1 failure in", "failed to probe it: -16",
        )
        self.check(
            "[6.1] virtio_rpmsg_bus virtio0: creating channel a addr 0x400\n"
            "[6.2] a_sample virtio0.a.-1.1024: rpmsg_dev_probe: failed: -22\n"
            "[6.3] a_sample: probe of virtio0.a.-1.1024 failed with error -22\n",
            1, "1 failure in", "rpmsg_dev_probe: failed: -22 ... [6.3]", "/sys/bus/rpmsg/drivers",
        )

    def test_what_a_driver_refuses_need_not_be_the_image(self):
        self.check(
            "[3.1] remoteproc remoteproc0: powering up r5f\n"
            "[3.2] zynqmp-r5-remoteproc ffe0.r5f: failed to turn on TCM 0x7, -22\n"
            "[3.3] remoteproc remoteproc0: can't prepare rproc r5f: -22\n"
            "[3.4] remoteproc remoteproc0: Boot failed: -22\n",
            1, "-22: refused by its driver", unsaid=["image refused"],
        )
        self.check(
            "[3.1] remoteproc remoteproc0: powering up r5f\n"
            "[3.2] zynqmp-r5-remoteproc ffe0.r5f: failed to turn on TCM 0x7, -22\n"
            "[3.4] remoteproc remoteproc0: Boot failed: -22\n",
            1, "-22: refused by its driver", unsaid=["image refused"],
        )

    def test_what_is_gone_is_shown_and_captured(self):
        text = "[3.1] imx-rproc: probe of imx8mm-cm4 failed with error -22\n"
        for command in ("show", "check", "report"):
            self.assertIn(b"imx8mm-cm4", run(text, command).stdout)
        capture = run(text, "capture").stdout.decode()
        self.assertEqual(run(capture, "check").stdout, run(text, "check").stdout)
        self.assertEqual(run(capture, "capture").stdout.decode(), capture)

    def test_a_probe_is_no_image(self):
        self.check(
            "[3.1] zynqmp_r5_remoteproc ff9a.rf5ss: probe with driver zynqmp_r5_remoteproc"
            " failed with error -22\n",
            1, "-22: invalid argument", "/sys/bus/platform/drivers/zynqmp_r5_remoteproc/bind",
            unsaid=["image refused"],
        )

    def test_a_driver_may_complain_without_a_number_before_a_release(self):
        self.check(
            "[3.1] remoteproc remoteproc0: ffe0.r5f is available\n"
            "[3.2] platform ffe0.r5f: failed to get reg property\n"
            "[3.3] remoteproc remoteproc0: releasing ffe0.r5f\n",
            1, "remoteproc0 (ffe0.r5f) is gone: its driver failed; the remote processor does",
        )

    def test_what_a_driver_said_last_is_evidence_of_its_probe(self):
        self.check(
            "[2.1] zynqmp_r5_remoteproc ff9a.rpu: no tcm nodes found\n"
            "[2.2] zynqmp_r5_remoteproc: probe of ff9a.rpu failed with error -22\n",
            1, "evidence: [2.1] zynqmp_r5_remoteproc ff9a.rpu: no tcm nodes found ... [2.2]",
        )

    def test_the_only_device_of_our_drivers_is_the_only_processor_s(self):
        one = (
            "[1.1] mtk-scp 10500000.scp: assigned reserved memory node scp_mem_region\n"
            "[1.2] remoteproc remoteproc0: scp is available\n"
        )
        other = "[1.3] mtk-scp 10600000.scp: assigned reserved memory node other\n"
        self.assertIn("/10500000.scp/", processors(one)["remoteproc0"]["path"])
        self.assertNotIn("0000.scp/", processors(one + other)["remoteproc0"]["path"])

    def test_a_later_name_tells_whose_silence_it_was(self):
        self.check(
            "[7.1] qcom-q6v5-mss 4080.remoteproc: timeout waiting for shutdown ack\n"
            "[7.2] remoteproc remoteproc3: remote processor 4080.remoteproc is now up\n",
            1, "remoteproc3 (4080.remoteproc)", "does not answer",
        )


if __name__ == "__main__":
    unittest.main()
