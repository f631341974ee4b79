#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A property over generated logs: none that has a failed start, an oops or a crash loop is
called well, by any command or format, whatever stands around it. RPROC_TREE_SEED repeats
a run, RPROC_TREE_LOGS says how many logs."""

import os
import random
import re
import unittest

from pasted import run

SEED = int(os.environ.get("RPROC_TREE_SEED", "12"))
LOGS = int(os.environ.get("RPROC_TREE_LOGS", "60"))
SHOWS = ["tree", "markdown", "mermaid", "dot"]
CHECKS = ["text", "ktap", "junit", "lava", "ptest", "nagios", "openmetrics"]


class Processor:
    def __init__(self, number, random):
        self.device = f"remoteproc{number}"
        self.name = random.choice(["adsp", "m4", f"{number}000000.r5f", "imx-rproc"])
        self.platform = f"{number + 1}000000.remoteproc"
        self.driver = random.choice(["qcom_q6v5_pas", "imx-rproc", "stm32-rproc", "k3_r5_rproc"])

    def says(self, message):
        return f"remoteproc {self.device}: {message}"

    def driver_says(self, message):
        return f"{self.driver} {self.platform}: {message}"


def healthy(p, random):
    yield p.says(f"{p.name} is available")
    yield p.says(f"powering up {p.name}")
    yield p.says("Booting fw image a.elf, size 1000")
    yield from random.sample(
        [p.says("No resource table in elf"), p.driver_says("No txdb, ret -22"),
         p.driver_says("Allocated carveout doesn't fit device address request")],
        random.randrange(3))
    yield p.says(f"remote processor {p.name} is now up")


def begin(p):
    return [p.says(f"powering up {p.name}"), p.says("Booting fw image b.elf, size 1000")]


ENDS = [
    lambda p: p.says("Boot failed: -22"),
    lambda p: p.says(f"can't start rproc {p.name}: -110"),
    lambda p: p.says("Failed to load program segments: -22"),
    lambda p: p.says("Failed to process resources: -17"),
    lambda p: p.says("request_firmware failed: -2"),
    lambda p: p.says(f"can't attach to rproc {p.name}: -22"),
    lambda p: p.says(f"can't prepare rproc {p.name}: -12"),
    lambda p: p.says(f"failed to probe subdevices for {p.name}: -22"),
    lambda p: p.says("rproc_boot() failed -22"),
]


def failed_start(p, random):
    reason = random.choice(
        [None, p.says("bad phdr da 0x0 mem 0x10"), p.driver_says("start timed out"),
         p.says("Direct firmware load for b.elf failed with error -2"),
         p.driver_says("error -22 initializing firmware b.elf")])
    return begin(p)[random.randrange(3):] + [reason] * bool(reason) + [random.choice(ENDS)(p)]


def unended_start(p, random):
    return begin(p)[: random.randrange(1, 3)]


def driver_alone(p, random):
    return [p.driver_says(random.choice(
        ["start timed out", "fatal error received: boo", "watchdog without message"]))]


def crash_loop(p, random):
    lines = []
    for count in range(1, random.randrange(2, 5)):
        lines += [
            p.says(f"crash detected in {p.name}: type watchdog"),
            p.says(f"handling crash #{count} in {p.name}"), p.says(f"recovering {p.name}"),
            p.says(f"stopped remote processor {p.name}"),
            p.says(f"remote processor {p.name} is now up")]
    return lines[: random.randrange(1, len(lines) + 1)]


def oops(p, random):
    head = random.choice(
        ["Unable to handle kernel NULL pointer dereference at virtual address 0",
         "Internal error: Oops: 96000004 [#1] PREEMPT SMP",
         "BUG: kernel NULL pointer dereference, address: 0000000000000000",
         "kernel BUG at drivers/remoteproc/remoteproc_core.c:1!",
         "Kernel panic - not syncing: Fatal exception"])
    where = random.choice(["rproc_boot", "rpmsg_send", "wlan_rx", "memcpy"])
    return begin(p)[: random.randrange(3)] + [head, f"pc : {where}+0x10/0x20"]


def refused(p, random):
    return [f"root@b:~# echo start > /sys/class/remoteproc/{p.device}/state",
            "-sh: echo: write error: Invalid argument"]


TROUBLES = [failed_start, unended_start, driver_alone, crash_loop, oops, refused]
NOISE = ["random: crng init done", "usb 1-1: new high-speed USB device number 2", "IPv6: up",
         "wlan0: Failed to do it: -5", "systemd[1]: Started that."]


def generate(random):
    """A log of up to three processors, the last of which is in trouble at its end."""
    processors = [Processor(n, random) for n in range(random.randrange(1, 4))]
    lines = []
    for p in processors:
        lines += healthy(p, random) if random.randrange(4) else []
    lines += random.choice(TROUBLES)(processors[-1], random)
    for _ in range(random.randrange(6)):
        lines.insert(random.randrange(len(lines) + 1), random.choice(NOISE))
    return lines


def dress(lines, random):
    stamps = random.choice(["[%5d.%06d] ", "", "Mar 11 10:00:%02d b kernel: [%d.1] ", "> [%4d.%d] "])
    out = []
    for n, line in enumerate(lines):
        glued = line.startswith(("root@", "-sh:"))
        out.append(("" if glued or not stamps else stamps % (n + 1, n)) + line)
    return random.choice(["\n", "\r\n"]).join(out) + random.choice(["\n", ""])


class Property(unittest.TestCase):
    def test_trouble_is_never_called_well(self):
        for n in range(LOGS):
            maker = random.Random(SEED * 1000 + n)
            text = dress(generate(maker), maker)
            commands = [["show", "--format", maker.choice(SHOWS)], ["report"],
                        ["check", "--format", maker.choice(CHECKS)], ["check"]]
            with self.subTest(f"log {n}"):
                for command in commands:
                    outcome = run(text, *command)
                    told = outcome.stdout.decode() + outcome.stderr.decode()
                    self.assertIsNone(re.search("[Aa]ll is well", told), text)
                    self.assertNotIn("0 failures", told, text)
                    self.assertIn(outcome.returncode, (0, 1, 2, 3, 4), text)
                capture = run(text, "capture").stdout.decode()
                if capture:
                    self.assertEqual(
                        run(capture, "check").stdout, run(text, "check").stdout, text)

    def test_a_failed_start_or_loop_fails(self):
        for n in range(LOGS):
            maker = random.Random(SEED * 2000 + n)
            p = Processor(0, maker)
            trouble = maker.choice([failed_start, unended_start, refused, driver_alone])
            lines = list(healthy(p, maker)) + list(trouble(p, maker))
            text = dress(lines, maker)
            with self.subTest(f"log {n}"):
                self.assertEqual(run(text, "check").returncode, 1, text)


if __name__ == "__main__":
    unittest.main()
