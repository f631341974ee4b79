#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reader sees: no board breaks a line on a terminal, and the README shows what the
program prints."""

import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import termios
import unicodedata
import unittest

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = pathlib.Path(os.environ["BOARDS"])
ROOT = BOARDS.parent.parent


def on_terminal(width, board, locale):
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen([PROGRAM, "--color=never", "--from", board], stdout=slave,
                          stderr=subprocess.DEVNULL, env={"LC_ALL": locale}) as process:
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


if __name__ == "__main__":
    unittest.main()
