#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a command takes four times the work for four times the devices, and no more: what
grows with the square of what somebody pastes lets that somebody keep others waiting. Work is
counted in instructions, by valgrind: a clock would count the neighbours' work, too."""

import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["RPROC_TREE"]
MAKE = pathlib.Path(__file__).with_name("make-snapshot")
SMALL, LARGE = 250, 1000
EXPONENT = 1.1

# A shape of make-snapshot, and what is asked of it. FILE stands for the snapshot, OTHER for
# one where all that can differ does, HALF for one of half the size.
ASKED = (
    ("processors", "show -v --from FILE"),
    ("processors", "check --json --from FILE"),
    ("processors", "check --expect OTHER --from FILE"),
    ("processors", "check --format openmetrics --from FILE"),
    ("processors", "show --format mermaid --from FILE"),
    ("processors", "show --format dot --from FILE"),
    ("processors", "capture --from FILE"),
    ("processors", "diff FILE OTHER"),
    ("processors", "diff HALF FILE"),
    ("broken", "report --redact --from FILE"),
    ("broken", "diff FILE OTHER"),
    ("cluster", "check --format openmetrics --from FILE"),
    ("cluster", "diff FILE OTHER"),
    ("channels", "show -O --from FILE"),
    ("channels", "diff HALF FILE"),
    ("same", "diff FILE OTHER"),
    ("unserved", "check --from FILE"),
    ("vdevs", "capture --from FILE"),
    ("log", "check -v --from FILE"),
    ("told", "check -v --from FILE"),
    ("told", "show --from FILE"),
    ("told", "report --from FILE"),
)


def instructions(directory, arguments):
    """How many the program takes."""
    counted = pathlib.Path(directory, "callgrind")
    run = subprocess.run(
        ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={counted}", PROGRAM,
         *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        text=True, errors="replace")
    if run.returncode not in (0, 1):
        raise AssertionError(f"{arguments}: exit status {run.returncode}: {run.stderr}")
    return int(re.search(r"^(?:summary|totals): (\d+)", counted.read_text(), re.M)[1])


class Growth(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def make(self, shape, size, *options):
        path = pathlib.Path(self.directory.name, "-".join((shape, str(size), *options)))
        if not path.exists():
            with path.open("w", encoding="utf-8") as file:
                subprocess.run([MAKE, shape, str(size), *options], stdout=file, check=True)
        return str(path)

    def count(self, shape, asked, size):
        files = {"FILE": self.make(shape, size),
                 "OTHER": self.make(shape, size, "--other"),
                 "HALF": self.make(shape, size // 2)}
        return instructions(self.directory.name,
                            [files.get(word, word) for word in asked.split()])

    def test_work_grows_with_the_input_and_not_with_its_square(self):
        for shape, asked in ASKED:
            with self.subTest(f"{asked} of {shape}"):
                small, large = (self.count(shape, asked, size) for size in (SMALL, LARGE))
                exponent = math.log(large / small) / math.log(LARGE / SMALL)
                print(f"{exponent:5.2f}  {large / 1e6:7.1f} M  {asked} of {shape}",
                      flush=True)
                self.assertLessEqual(exponent, EXPONENT)


if __name__ == "__main__":
    if not shutil.which("valgrind"):
        print("skipped: no valgrind")
        sys.exit(77)
    unittest.main()
