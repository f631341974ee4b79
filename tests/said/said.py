#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""said.py [--write | --texts DIRECTORY] FILE...: what the program says of a text, word by word.

A file has cases:

    == the claim that it proves
    a text, kept as the file "text"; after a line "++" a second one, as "other"
    %% check --from text
    what that prints: standard output, then standard error, each line of that after "! "
    => exit status, unless it is 0

A text may have any number of such calls. --write puts what is printed now in their place:
read it, sentence by sentence, before you keep it. --texts writes the texts of all cases
into a directory, for those that read them otherwise (scripts/fuzz)."""

import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ.get("RPROC_TREE", "rproc-tree")


class Case:
    def __init__(self, claim):
        self.claim, self.texts, self.calls = claim, [[]], []

    def take(self, line):
        if line.startswith("%% "):
            self.calls.append((line[3:], []))
        elif self.calls:
            self.calls[-1][1].append(line)
        elif line == "++":
            self.texts.append([])
        else:
            self.texts[-1].append(line)

    def run(self):
        """The calls with what each prints now."""
        with tempfile.TemporaryDirectory() as place:
            self.keep_texts(place)
            return [(call, self.printed(call, place)) for call, _ in self.calls]

    def keep_texts(self, place, prefix=""):
        for name, text in zip((prefix + "text", prefix + "other"), self.texts):
            # What is not UTF-8 is written as \\xNN.
            data = "".join(line + "\n" for line in text).encode()
            pathlib.Path(place, name).write_bytes(
                data.decode("unicode_escape").encode("latin-1") if b"\\x" in data else data)

    @staticmethod
    def printed(call, place):
        done = subprocess.run([PROGRAM, *shlex.split(call)], cwd=place, capture_output=True,
                              text=True, timeout=120, check=False)
        return [*done.stdout.splitlines(), *("! " + line for line in done.stderr.splitlines()),
                *([f"=> {done.returncode}"] if done.returncode else [])]

    def lines(self, calls):
        yield "== " + self.claim
        for place, text in enumerate(self.texts):
            yield from ["++"] * (place > 0) + text
        for call, printed in calls:
            yield from ["%% " + call, *printed]


def read(path):
    """The head of the file, and its cases."""
    head, cases = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            cases.append(Case(line[3:]))
        elif cases:
            cases[-1].take(line)
        else:
            head.append(line)
    return head, cases


class Said(unittest.TestCase):
    maxDiff = None


def claim_of(case):
    def claim(self):
        self.assertTrue(case.calls, "nothing is called")
        for (call, expected), (_, printed) in zip(case.calls, case.run()):
            self.assertEqual("\n".join(printed), "\n".join(expected), call)
    return claim


def main():
    write, paths = "--write" in sys.argv, [pathlib.Path(p) for p in sys.argv[1:] if p[0] != "-"]
    place = paths.pop(0) if "--texts" in sys.argv else None
    for path in paths:
        head, cases = read(path)
        if place:
            for number, case in enumerate(cases):
                case.keep_texts(place, f"{path.stem}-{number}-")
            continue
        if write:
            lines = [line for case in cases for line in case.lines(case.run())]
            path.write_text("\n".join(head + lines) + "\n", encoding="utf-8")
            continue
        for case in cases:
            name = "test_" + "_".join(case.claim.split())
            if hasattr(Said, name):
                sys.exit(f"{path.name}: two cases claim: {case.claim}")
            setattr(Said, name, claim_of(case))
    if not write and not place:
        unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
