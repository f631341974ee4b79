#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reader sees: no board breaks a line on a terminal, and the README shows what the
program prints."""

import fcntl
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import termios
import unicodedata
import unittest

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = pathlib.Path(os.environ["BOARDS"])
ROOT = BOARDS.parent.parent


def on_terminal(width, board, locale):
    return watched(width, [PROGRAM, "--color=never", "--from", board], {"LC_ALL": locale})


def watched(width, command, environment):
    """What a command prints on a terminal, and its exit status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen(command, stdout=slave, stderr=subprocess.DEVNULL, cwd=ROOT,
                          env=environment) as process:
        os.close(slave)
        output = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            output += piece
        os.close(master)
    return output.decode(errors="replace").replace("\r", ""), process.returncode


def columns(line):
    """A character of this kind takes two, which the program counts as one."""
    return len(line) - sum(unicodedata.category(c) == "So" for c in line)


class Terminal(unittest.TestCase):
    def test_no_board_breaks_a_line(self):
        boards = sorted(BOARDS.glob("*.snapshot"))
        self.assertGreater(len(boards), 60)
        for width in 80, 120, 200:
            for locale in "C.UTF-8", "C":
                for board in boards:
                    with self.subTest(f"{board.name}, {width} columns, {locale}"):
                        text, status = on_terminal(width, board, locale)
                        self.assertIn(status, (0, 4))
                        self.assertLessEqual(max(map(columns, text.split("\n"))), width)

    def test_a_problem_is_never_cut(self):
        text, _ = on_terminal(80, BOARDS / "omapl138-broken.snapshot", "C.UTF-8")
        self.assertEqual(text.count("✗ misparented"), 3)


class Readme(unittest.TestCase):
    def test_the_examples_are_what_the_program_prints(self):
        blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", (ROOT / "README.md").read_text(), re.M)
        tried = 0
        for block in blocks:
            lines = re.sub(r"^    ", "", block, flags=re.M).strip("\n")
            match = re.fullmatch(r"\$ rproc-tree ([^\n]*)\n(.*)", lines, re.S)
            if not match:
                continue
            tried += 1
            outcome = subprocess.run([PROGRAM, *match[1].split()], cwd=ROOT,
                                     capture_output=True, text=True)
            self.assertEqual(outcome.stdout.rstrip("\n"), match[2].rstrip("\n"))
        self.assertGreaterEqual(tried, 4)


PAGE = pathlib.Path(PROGRAM).parent / "man" / "rproc-tree.1"


@unittest.skipUnless(PAGE.exists() and shutil.which("man"), "no man page was built, or no man(1)")
class Man(unittest.TestCase):
    def page(self, width):
        return subprocess.run(["man", "-l", PAGE], capture_output=True, text=True,
                              env={**os.environ, "MANWIDTH": str(width)}).stdout

    def test_no_word_is_broken_at_the_end_of_a_line(self):
        for width in 60, 72, 80, 100:
            for line in self.page(width).split("\n"):
                self.assertNotRegex(line, r"\w[-\u2010]$")

    def test_each_paragraph_of_a_check_is_labelled(self):
        text = self.page(80).split("\nCHECKS\n")[1].split("\nFORMATS\n")[0]
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
        labels = [paragraph.split(":")[0] for paragraph in paragraphs if paragraph]
        self.assertEqual(len(labels) % 5, 0)
        for first, *others in zip(*[iter(labels)] * 5):
            self.assertRegex(first, r"^[a-z-]+ A pass means$")
            self.assertEqual(others, ["What it looks for", "Why it matters", "Fix", "Example"])


class Tour(unittest.TestCase):
    def test_it_fits_on_a_screen_and_shows_what_each_command_prints(self):
        text, status = watched(80, ["scripts/run"], {**os.environ, "LC_ALL": "C.UTF-8",
                                                     "NO_COLOR": "1"})
        self.assertEqual(status, 0)
        steps = re.split(r"\n(?=# )", text)
        self.assertEqual(len(steps), 5)
        for step in steps[1:]:
            comment, command, output = step.rstrip("\n").split("\n", 2)
            self.assertRegex(command, r"^\$ scripts/run ")
            self.assertNotRegex(output, r"(?m)^[#$]")
        self.assertTrue(24 <= text.count("\n") <= 40, text)


BOARD = "tests/boards/%s.snapshot"
TEXT = "tests/pasted/texts/%s.txt"
MISSED = """P: /devices/platform/3000000.remoteproc
E: SUBSYSTEM=platform
E: RPROC_TREE_LOG_0001=[    2.1] remoteproc remoteproc0: powering up adsp
E: RPROC_TREE_LOG_0002=[    2.2] remoteproc remoteproc0: Direct firmware load for qcom/adsp.mbn failed with error -2
E: RPROC_TREE_LOG_0003=[    2.3] remoteproc remoteproc0: request_firmware failed: -2

P: /devices/platform/3000000.remoteproc/remoteproc/remoteproc0
E: SUBSYSTEM=remoteproc
E: DEVTYPE=remoteproc
E: RPROC_TREE_FIRMWARE=found
A: name=adsp\\n
A: state=offline\\n
A: firmware=qcom/adsp.mbn\\n
"""
DEFERRED = "[ 5.1] platform 3000000.remoteproc: deferred probe pending: wait for supplier mailbox@1\n"

# What prints the example of a check: a file, or a text on standard input, and options.
EXAMPLES = {
    "kernel-oops": (TEXT % "oops-in-start", None),
    "processor-missing": ("-", DEFERRED),
    "processor-start": (TEXT % "firmware-missing", None),
    "crash-loop": (TEXT % "crash-loop", None),
    "processor-state": (BOARD % "why-processors", None),
    "auto-boot-missed": ("-", MISSED),
    "firmware-file": (BOARD % "why-processors", None),
    "probe-failed": (TEXT % "released", None),
    "mailbox": (TEXT % "mailbox-silent", None),
    "stale-channels": (BOARD % "why-processors", None),
    "vdev-collision": (BOARD % "imx8qm-6.1.0-collision", None),
    "vdev-parent": (BOARD % "omapl138-broken", None),
    "vdev-driver": (BOARD % "why-vdevs", None),
    "vdev-status": (BOARD % "why-vdevs", None),
    "announced": (BOARD % "lab-6.12-silent", None),
    "buffer-pool": (BOARD % "why-pool-broken", None),
    "rpmsg-ancestor": (BOARD % "omapl138-broken", None),
    "channel-driver": (BOARD % "why-drivers", None),
    "hostile-name": (BOARD % "hostile-forged-broken", None),
    "chardev-node": (BOARD % "why-nodes", None),
    "required-running": (TEXT % "cats", None, "--require-running=all"),
    "required": (BOARD % "imx8mp-6.12-no-announcement", None,
                 "--require=rpmsg-tty@imx8mp-cm7"),
    "expected": (BOARD % "imx8mp-6.12-no-announcement", None,
                 "--expect=" + BOARD % "imx8mp-6.12-tty"),
}


def run(*arguments, text=None):
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, input=text, capture_output=True,
                          text=True).stdout


class Explain(unittest.TestCase):
    def test_the_example_of_each_check_is_what_the_program_prints(self):
        listed = re.search(r"Checks:\n(.*?)\n\n", run("explain"), re.S)[1]
        self.assertEqual([line.split()[0] for line in listed.split("\n")], list(EXAMPLES))
        for check, (source, text, *options) in EXAMPLES.items():
            with self.subTest(check):
                example = run("explain", check).split("\nExample\n")[1]
                printed = run("check", "--only", check, *options, "--from", source, text=text)
                self.assertIn(" ".join(example.split()) + " [" + check + "]",
                              " ".join(printed.replace("(and 1 channel below) ", "").split()))


if __name__ == "__main__":
    unittest.main()
