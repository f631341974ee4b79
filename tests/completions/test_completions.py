#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_completions.py SHELL FILE: what the completions offer in a real shell is what the
program's tables have, as --help and explain tell them."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.environ["RPROC_TREE"]
HERE = os.path.dirname(os.path.abspath(__file__))

BASH = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_rproc_tree
((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "source $argv[1]; complete -C $argv[2] | string replace -r '\\t.*' ''"


def offered(shell, file, line):
    """line: words, the last of them is what is completed."""
    if shell == "bash":
        line = [part for word in line for part in re.split("(?==$)", word)] # as readline does
        command = ["bash", "-c", BASH, "bash", file, *line]
    elif shell == "fish":
        command = ["fish", "--no-config", "-c", FISH, file, " ".join(line)]
    else:
        command = ["zsh", os.path.join(HERE, "complete.zsh"), file, " ".join(line)]
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, OFFERED=os.path.join(home, "offered"), TERM="dumb",
                           PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60,
                              env=environment, stdin=subprocess.DEVNULL)
    if done.stderr:
        print(f"# {shell}: {done.stderr}")
    # In a list bash and fish offer the whole word, zsh what follows the comma.
    return sorted({re.split("[,=]", word.rstrip("="))[-1] for word in done.stdout.split("\n") if word})


def section(name, *of):
    text = subprocess.run([PROGRAM, *(of or ["--help"])], capture_output=True, text=True, check=True).stdout
    return [row.strip() for row in re.search(rf"^{name}[^\n]*:\n((?: .*\n)+)", text, re.M)[1].splitlines()]


def names(rows):
    return [row.split()[0] for row in rows]


def expectations():
    options = section("Options")
    long = [re.search(r"--[a-z-]+", row)[0] for row in options]
    of_check = [re.search(r"--[a-z-]+", row)[0] for row in section("Options", "check", "--help")]
    board = os.path.join(os.environ["BOARDS"], "mixed-6.12.snapshot")
    formats = {use: [row.split()[0] for row in section("Formats")
                     if re.match(rf"\S+ +((show|check), )?{use}[ ,]", row)] for use in ("show", "check")}
    checks, verdicts = names(section("Checks", "explain")), names(section("Verdicts", "explain"))
    columns, styles = names(section("Columns")), names(section("Exit styles"))
    assert len(long) > 10 and len(formats["check"]) > 5 and len(checks) > 10 and len(columns) > 10
    yield ["rproc-tree", ""], names(section("Commands"))
    yield ["rproc-tree", "ch"], ["check"]
    yield ["rproc-tree", "--"], long
    yield ["rproc-tree", "check", "--"], of_check
    yield ["rproc-tree", "explain", "--"], ["--help"]
    assert "--settle" in of_check and "--output" not in of_check and len(of_check) < len(long)
    yield ["rproc-tree", "check", "--s"], [option for option in of_check if option.startswith("--s")]
    yield ["rproc-tree", "--from", board, "check", "remotep"], ["remoteproc0", "remoteproc1"]
    yield ["rproc-tree", "--from", board, "check", "/dev/t"], ["/dev/ttyRPMSG0"]
    yield ["rproc-tree", "--from", board, "virtio2"], ["virtio2", "virtio2.rpmsg-client-sample.-1.50"]
    yield ["rproc-tree", "--from", board, "check", "--require", ""], ["rpmsg-client-sample", "rpmsg-tty"]
    yield (["rproc-tree", "--from", board, "check", "--require-running", ""],
           ["all", "imx-rproc", "remoteproc0", "remoteproc1", "sim0"])
    yield ["rproc-tree", "--from", board, "check", "--except", "remoteproc0,s"], ["sim0"]
    yield ["rproc-tree", "--format", ""], formats["show"]
    yield ["rproc-tree", "check", "--format", ""], formats["check"]
    yield ["rproc-tree", "check", "--exit-style", ""], styles
    yield ["rproc-tree", "check", "--only", ""], checks
    yield ["rproc-tree", "check", "--skip", "announced,v"], [c for c in checks if c.startswith("v")]
    yield ["rproc-tree", "explain", ""], checks + verdicts
    yield ["rproc-tree", "help", ""], names(section("Commands")) + checks + verdicts
    yield ["rproc-tree", "-o", ""], columns
    yield ["rproc-tree", "--output", "DEVICE,S"], [c for c in columns if c.startswith("S")]
    yield ["rproc-tree", "--color="], ["always", "auto", "never"]
    yield ["rproc-tree", "--color", ""], names(section("Commands"))
    yield ["rproc-tree", "check", ""], []
    yield ["rproc-tree", "check", "--settle", ""], []


def main():
    shell, file = sys.argv[1:]
    if not shutil.which(shell):
        print(f"skipped: {shell} is not installed")
        return 77
    failed = 0
    for line, wanted in expectations():
        found = offered(shell, file, line)
        if found != sorted(wanted):
            print(f"{' '.join(line)!r}: offers {found}, not {sorted(wanted)}")
            failed += 1
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
