#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Lives of processors that real pastes told and that were read wrong: numbers given twice,
probes that boot, clusters, modems of vendor kernels. Texts of our own of that shape."""

import unittest

from test_threads import Claims, processors


PROBE = (
    "[3.10]  remoteproc0: {device} is available\n"
    "[3.11]  remoteproc0: Direct firmware load for {file} failed with error -2\n"
    "[3.12] my-rproc {device}: booting it by hand\n"
    "[3.13]  remoteproc0: powering up {device}\n"
    "[3.14]  remoteproc0: Direct firmware load for {file} failed with error -2\n"
    "[3.15]  remoteproc0: request_firmware failed: -2\n"
    "[3.16] my-rproc {device}: rproc_boot failed\n"
    "[3.17]  remoteproc0: releasing {device}\n"
    "[3.18] my-rproc: probe of {device} failed with error -2\n"
)
FIRST = PROBE.format(device="4a30000.pru0", file="p0-fw")


class Probes(Claims):
    def test_a_probe_that_boots_fails_for_want_of_its_firmware(self):
        self.check(
            FIRST, 1, "remoteproc0 (4a30000.pru0) is gone: its driver failed: -2: firmware p0-fw"
            " not found; the remote processor does not exist", "evidence: [3.11]",
            "... [3.18]", "fix: put p0-fw into /lib/firmware, then load or bind", "1 failure in",
        )

    def test_a_number_given_twice_is_of_two_processors(self):
        text = FIRST + (
            "[3.20]  remoteproc0: 4b30000.pru1 is available\n"
            "[3.21]  remoteproc0: powering up 4b30000.pru1\n"
            "[3.22]  remoteproc0: Booting fw image p1-fw, size 4\n"
            "[3.23]  remoteproc0: remote processor 4b30000.pru1 is now up\n"
        )
        self.check(
            text, 1, "4a30000.pru0: its driver my-rproc failed to probe it: -2: firmware p0-fw not"
            " found", "1 failure in", unsaid=["came back", "did not start"],
        )
        self.assertIn("4b30000.pru1", processors(text)["remoteproc0"]["path"])
        self.assertEqual(processors(text)["remoteproc0"]["state"], "running")

    def test_the_second_may_fail_too(self):
        text = FIRST + PROBE.format(device="4b30000.pru1", file="p1-fw")
        self.check(
            text, 1, "4a30000.pru0: its driver my-rproc failed to probe it: -2: firmware p0-fw",
            "remoteproc0 (4b30000.pru1) is gone: its driver failed: -2: firmware p1-fw",
            "2 failures in",
        )

    def test_one_that_comes_back_is_the_same(self):
        self.check(
            FIRST + "[9.1] remoteproc remoteproc0: 4a30000.pru0 is available\n",
            1, "remoteproc0 (4a30000.pru0) was released", "came back later", "1 failure in",
        )

    def test_a_core_takes_the_probe_of_its_cluster_with_it(self):
        self.check(
            "[3.1] remoteproc remoteproc0: ffe0.r5f_0 is available\n"
            "[3.2] platform ffe0.r5f_0: failed to get resource table va ffe2, size 100\n"
            "[3.3] my_r5_remoteproc ff9a.rf5ss: failed to init r5 core err -22\n"
            "[3.4] remoteproc remoteproc0: releasing ffe0.r5f_0\n"
            "[3.5] my_r5_remoteproc ff9a.rf5ss: probe with driver my_r5_remoteproc failed with"
            " error -22\n",
            1, "remoteproc0 (ffe0.r5f_0) is gone: its driver failed: -22: invalid argument",
            "evidence: [3.2]", "... [3.5]", "1 failure in",
        )

    def test_a_later_try_is_another(self):
        self.check(
            "remoteproc remoteproc0: failed to set hold boot\n"
            "remoteproc remoteproc0: releasing m4\n"
            "stm32-rproc: probe of mlahb:m4@1000 failed with error -3\n"
            "stm32-rproc: probe of mlahb:m4@1000 failed with error -2.\n",
            1, "its driver failed: -3: no such process", "failed with error -3\n",
            "mlahb:m4@1000: its driver stm32-rproc failed to probe it: -2: not found",
        )


    def test_buffers_that_do_not_fit_are_the_likely_reason(self):
        for said in ("virtio0: probe with driver virtio_rpmsg_bus failed with error -12",
                     ": probe of virtio0 failed with error -12"):
            between = "" if said[0] == ":" else " "
            self.check(
                f"[7.1] virtio_rpmsg_bus{between}{said}\n", 1,
                "virtio0: its driver virtio_rpmsg_bus failed to probe it: -12: not enough memory",
                "fix: give its buffers room", "echo virtio0 > /sys/bus/virtio/drivers/virtio_rpmsg",
            )


class Starts(Claims):
    def test_what_waits_for_its_mailbox_is_not_busy(self):
        self.check(
            "[6.1] remoteproc remoteproc1: powering up 4100.r5f\n"
            "[6.2] platform 4100.r5f: mbox_request_channel failed: -517\n"
            "[6.3] remoteproc remoteproc1: can't start rproc 4100.r5f: -16\n"
            "[6.4] remoteproc remoteproc1: Boot failed: -16\n",
            1, "-517: its mailbox has no driver yet", "fix: load the driver of its mailbox",
            unsaid=["taken"],
        )

    def test_what_its_driver_says_last_may_end_a_start(self):
        begun = (
            "[10.1] remoteproc remoteproc0: powering up a20.wcnss\n"
            "[10.2] remoteproc remoteproc0: Booting fw image w.mdt, size 7\n"
        )
        for said, reason in (
            ("segment outside memory range", "a segment of firmware w.mdt lies outside"),
            ("start timed out", "with firmware w.mdt: no ready signal in time"),
            ("failed to authenticate image and release reset", "w.mdt was not authenticated"),
        ):
            self.check(
                f"{begun}[10.3] qcom-wcnss-pil a20.wcnss: {said}\n", 1,
                "remoteproc0 (a20.wcnss) did not start", reason, "evidence: [10.3]",
                "1 failure in", unsaid=["no end in the log"],
            )

    def test_a_channel_s_driver_that_refuses_messages_is_heard(self):
        self.check(
            "[1.1] virtio_rpmsg_bus virtio0: creating channel rpmsg-my addr 0x400\n"
            "[1.2] rpmsg_my virtio0.rpmsg-my.-1.1024: Invalid message: size 34, type 67\n",
            0, "virtio0.rpmsg-my.-1.1024: its driver rpmsg_my reported an error, and the log does"
            " not tell what that broke: Invalid message: size 34",
        )

    def test_a_message_may_be_indented(self):
        self.check(
            "   remoteproc remoteproc1: powering up a\n"
            "        Unable to handle kernel NULL pointer dereference\n",
            1, "remoteproc1 (a): the kernel oopsed while it was being started",
        )

    def test_what_was_padded_by_a_terminal_is_one_line(self):
        pad = " " * 70
        text = (
            "[   23.455888] remoteproc remoteproc0: powering up cd.q6v5_wcss\n"
            f"[   23.456006] remoteproc remoteproc0: Booting fw image X/q6_fw.mdt, size{pad}668\n"
            f"[   23.809359] remoteproc remoteproc0: remote processor cd.q6v5_wcss is now{pad}up\n"
        )
        self.assertEqual(processors(text)["remoteproc0"]["state"], "running")
        self.check(text, 0, unsaid=["FAIL"])
        text += f"[   24.043836] remoteproc remoteproc0: stopped remote processor cd.q6v5_wcs{pad}s\n"
        self.assertEqual(processors(text)["remoteproc0"]["state"], "offline")
        self.assertEqual(processors(text)["remoteproc0"]["label"], "cd.q6v5_wcss")

    def test_json_around_a_message_is_no_part_of_it(self):
        said = ["powering up m4", "can't start rproc m4: -110", "Boot failed: -110"]
        for form in (
            '{{"MESSAGE":"remoteproc remoteproc0: {}","PRIORITY":"3","_TRANSPORT":"kernel"}}',
            '\t"MESSAGE" : "remoteproc remoteproc0: {}",',
            '         "msg": "remoteproc remoteproc0: {}"',
            '- {{"dt": "2026-07-01T12:00:00", "lvl": "target", "msg": "[ 1.1] remoteproc'
            ' remoteproc0: {}"}}',
        ):
            text = "".join(form.format(m) + "\n" for m in said)
            self.check(text, 1, "remoteproc0 (m4) did not start: -110", unsaid=["understood"])
            self.assertEqual(processors(text)["remoteproc0"]["label"], "m4")

    def test_a_quote_within_json_is_kept(self):
        self.check(
            '{"MESSAGE":"remoteproc remoteproc0: handling crash #2 in a"}\n'
            '{"MESSAGE":"my_q6v5 3.remoteproc: fatal error received: a \\"b\\" c"}\n',
            1, 'a "b" c',
        )

    def test_the_second_lines_of_dev_kmsg_are_understood(self):
        self.check(
            "6,1,1100,-;remoteproc remoteproc0: remote processor m4 is now up\n"
            " SUBSYSTEM=remoteproc\n DEVICE=+remoteproc:remoteproc0\n",
            0, unsaid=["not understood"],
        )

    def test_a_name_that_was_cut_at_the_edge_is_whole(self):
        text = (
            "[    2.100000] remoteproc remoteproc0: Booting fw image a.el\n"
            "f, size 88\n"
        )
        self.assertEqual(processors(text)["remoteproc0"]["firmware"], "a.elf")

    def test_two_messages_far_apart_are_two(self):
        pad = " " * 70
        text = (
            f"[  644.366723] remoteproc remoteproc0: powering up a-very-long-name{pad}"
            "[  644.366844] remoteproc remoteproc0: remote processor a-very-long-name is now up\n"
        )
        self.assertEqual(processors(text)["remoteproc0"]["state"], "running")

    def test_a_piece_of_before_the_crash_is_no_recovery(self):
        text = (
            "[25.1] remoteproc remoteproc0: crash detected in a: type watchdog\n"
            "[25.2] remoteproc remoteproc0: handling crash #1 in a\n"
            "[25.3] remoteproc remoteproc0: recovering a\n"
            "# dmesg | grep up\n"
            "[13.4] remoteproc remoteproc0: remote processor a is now up\n"
        )
        self.check(text, 1, "has crashed", unsaid=["runs again", "was recovered"])
        self.assertEqual(processors(text)["remoteproc0"]["state"], "crashed")


REASON = "[6.2] modem subsystem failure reason: my_task.c:7:it stalled.\n"


class Vendors(Claims):
    FATAL = "[6.1] Fatal error on the modem.\n" + REASON
    ASKED = (
        "[6.3] subsys-restart: subsystem_restart_dev(): Restart sequence requested for modem,"
        " restart_level = RELATED.\n"
    )
    BACK = (
        "[9.1] subsys-restart: subsystem_restart_wq_func(): [ee00]: Restart sequence for modem"
        " completed.\n"
    )

    def test_a_modem_without_remoteproc_crashes_too(self):
        self.check(
            self.FATAL + self.ASKED, 1, "modem has crashed, and the log has no end of its"
            " restart: my_task.c:7:it stalled", "evidence: [6.1]", "... [6.2]", "msm_subsys",
            "1 failure in",
        )

    def test_one_that_was_restarted_warns(self):
        self.check(
            self.FATAL + self.ASKED + self.BACK, 0, "warn  modem has crashed once, and was"
            " restarted: my_task.c:7",
        )

    def test_crashes_are_counted(self):
        once = self.FATAL + self.ASKED + self.BACK
        self.check(
            "".join(once.replace("[", f"[{n}") for n in range(1, 4)), 1,
            "modem has crashed 3 times, and runs again: my_task",
        )

    def test_a_panic_for_it_is_no_oops(self):
        self.check(
            self.FATAL + "[6.4] Kernel panic - not syncing: subsys-restart: Resetting the SoC -"
            " modem crashed.\n",
            1, "modem has crashed, and the kernel panicked because of it: my_task", "1 failure in",
            unsaid=["oops"],
        )

    def test_any_stamp_may_stand_before_it(self):
        for before in ("`[ 6.2]` ", "[ 6.2 / 01-27 22:01:44.436] ", "<3>[  6.2] ", ""):
            self.check(before + REASON[6:], 1, "modem has crashed", "my_task.c:7")

    def test_firmware_that_its_loader_does_not_find_is_no_start(self):
        for rest, number in (("", ""), ("(rc:-2)", "-2: ")):
            self.check(
                f"[9.1] pil_pronto fb2.qcom,pronto: wcnss: Failed to locate wcnss.mdt{rest}\n",
                1, "fb2.qcom,pronto: its remote processor did not start: "
                f"{number}firmware wcnss.mdt not found", "fix: put wcnss.mdt where",
            )

    def test_others_are_named(self):
        for line, name in (
            ("Fatal error on adsp!", "adsp"),
            ("Watchdog bite received from wcnss!", "wcnss"),
            ("Watchdog bite received from modem software!", "modem"),
        ):
            self.check(f"[6.1] {line}\n", 1, f"{name} has crashed")


if __name__ == "__main__":
    unittest.main()
