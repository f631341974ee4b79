#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes in /dev that a text lists, and dumps of a crash: texts of our own."""

import unittest

from test_threads import Claims


CLASS = (
    "$ ls -l /sys/class/rpmsg\n"
    "lrwxrwxrwx 1 root root 0 Jan  1 00:00 rpmsg0 -> ../../devices/platform/a.m4/remoteproc/"
    "remoteproc0/remoteproc0#vdev0buffer/virtio0/virtio0.my-raw.-1.30/rpmsg/rpmsg0\n"
)
UDEVADM = (
    "$ udevadm info /sys/class/rpmsg/rpmsg0\n"
    "P: /devices/platform/a.m4/remoteproc/remoteproc0/remoteproc0#vdev0buffer/virtio0/"
    "virtio0.my-raw.-1.30/rpmsg/rpmsg0\nN: rpmsg0\nE: DEVNAME=/dev/rpmsg0\n"
    "E: MAJOR=240\nE: MINOR=0\nE: SUBSYSTEM=rpmsg\n\n"
)


class Nodes(Claims):
    def test_a_plain_file_in_its_place_is_found(self):
        for line in (
            "-rw-r--r-- 1 root root 6 Jan  1 00:01 /dev/rpmsg0\n",
            "-rw-r--r--. 1 root root 6 Jan  1 00:01 /dev/rpmsg0\n",
        ):
            self.check(
                CLASS + "$ ls -l /dev/rpmsg*\n" + line, 1,
                "rpmsg0: /dev/rpmsg0 is not a character device", unsaid=["its node in /dev"],
            )

    def test_a_node_that_is_not_there_is_missed(self):
        for said in (
            "ls: cannot access '/dev/rpmsg0': No such file or directory\n",
            "ls: /dev/rpmsg0: No such file or directory\n",
            "cat: /dev/rpmsg0: No such file or directory\n",
        ):
            self.check(CLASS + said, 1, "rpmsg0: /dev/rpmsg0 does not exist")

    def test_the_number_tells_whose_node_it_is(self):
        node = "crw------- 1 root root 240, {} Jan  1 00:00 /dev/rpmsg0\n"
        self.check(UDEVADM + node.format(0), 0, unsaid=["FAIL", "node in /dev was not"])
        self.check(UDEVADM + node.format(1), 1, "is the node of another device")

    def test_a_node_without_known_number_is_not_judged(self):
        self.check(
            CLASS + "crw------- 1 root root 240, 0 Jan  1 00:00 /dev/rpmsg0\n", 0,
            unsaid=["FAIL", "another device"],
        )

    def test_what_came_last_counts(self):
        self.check(
            CLASS + "cat: /dev/rpmsg0: No such file or directory\n"
            "-rw-r--r-- 1 root root 6 Jan  1 00:01 /dev/rpmsg0\n",
            1, "is not a character device", unsaid=["does not exist"],
        )

    def test_a_node_alone_makes_no_device(self):
        up = "[1.1] remoteproc remoteproc0: remote processor a is now up\n"
        self.check(
            up + "crw------- 1 root root 240, 0 Jan  1 00:00 /dev/rpmsg0\n",
            0, "No problem found", unsaid=["rpmsg0"],
        )

    def test_a_file_with_the_name_of_a_node_is_told(self):
        text = "-rw-r--r-- 1 root root 6 Jan  1 00:01 /dev/rpmsg1\n" * 2
        self.check(
            text, 0, "/dev/rpmsg1 is a plain file", "rm /dev/rpmsg1", "1 warning",
            unsaid=["rpmsg1 rpmsg1"],
        )


CRASH = (
    "[1.1] remoteproc remoteproc0: crash detected in a: type watchdog\n"
    "[1.2] remoteproc remoteproc0: handling crash #1 in a\n"
    "[1.3] remoteproc remoteproc0: remote processor a is now up\n"
)


class Dumps(Claims):
    ASKED = "# cat /sys/class/remoteproc/remoteproc0/coredump\n{}\n"

    def test_no_dump_was_taken_where_it_is_disabled(self):
        self.check(
            CRASH + self.ASKED.format("disabled"), 0, "fix: coredump is disabled, so the recovery"
            " took no dump; take a dump of the next crash: echo enabled >",
        )

    def test_one_was_taken_where_it_is_enabled(self):
        for mode in ("enabled", "inline", "default"):
            self.check(
                CRASH + self.ASKED.format(mode), 0, "fix: read the dump within 5 minutes",
                unsaid=["echo enabled"],
            )

    def test_without_a_crash_it_is_of_no_interest(self):
        self.check(
            "[1.3] remoteproc remoteproc0: remote processor a is now up\n"
            + self.ASKED.format("disabled"), 0, unsaid=["coredump is disabled"],
        )


if __name__ == "__main__":
    unittest.main()
