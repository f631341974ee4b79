#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_fail.py: every call of a walk fails once, with every error; the answer is the one of
a walk without failures, or it is said what could not be read and the exit status is 3 (or
1). Run inside a bed: test_fail.py starts itself there, once for each board."""

import errno
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ["RPROC_TREE"]
COMMANDS = (("show",), ("check",), ("check", "--json"), ("capture",), ("report",))
CALLS = ("open", "openat", "read", "readdir", "fdopendir", "opendir", "readlink",
         "readlinkat", "access", "fstatat", "lstat")
ERRORS = (errno.EMFILE, errno.EIO, errno.ENOMEM, errno.EINTR)
BOARDS = ("omapl138-fixed.snapshot", "omapl138-broken.snapshot")


def run(command, call, number, error):
    with tempfile.NamedTemporaryFile("r") as counts:
        environment = dict(os.environ, FAIL_CALL=call, FAIL_NUMBER=str(number),
                           FAIL_ERROR=str(error), FAIL_COUNT=counts.name,
                           LD_PRELOAD=f"{os.environ['FAIL']}:{os.environ['LD_PRELOAD']}")
        done = subprocess.run([PROGRAM, *command], env=environment, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        found = re.findall(r"^calls (\d+)$", counts.read(), re.M)
    return done, int(found[-1]) if found else 0


def judge(done, right):
    """What is wrong, None: nothing."""
    same = (done.returncode, done.stdout) == (right.returncode, right.stdout)
    if done.returncode < 0 or done.returncode > 4 or done.returncode == 2:
        return f"exit status {done.returncode}"
    if same:
        return None
    if not done.stderr:
        return "another answer, and not a word"
    if done.returncode not in (1, 3):
        return f"another answer with exit status {done.returncode}"
    return None


def walk_command(command):
    failed = wrong = 0
    right, _ = run(command, "none", 0, 0)
    for call in CALLS:
        _, calls = run(command, call, 0, 0)
        for number in range(1, calls + 1):
            for error in ERRORS:
                done, _ = run(command, call, number, error)
                failed += 1
                reason = judge(done, right)
                if reason:
                    wrong += 1
                    print(f"{' '.join(command)}: {call} {number} of {calls}, "
                          f"{errno.errorcode[error]}: {reason}\n{done.stderr.decode()}")
    return failed, wrong


def inside():
    failed = wrong = 0
    for command in COMMANDS:
        some, bad = walk_command(command)
        print(f"{' '.join(command)}: {some} calls failed, {bad} wrong answers", flush=True)
        failed, wrong = failed + some, wrong + bad
    print(f"{failed} calls failed, {wrong} wrong answers")
    return wrong > 0 or failed == 0


def main():
    if sys.argv[1:] == ["inside"]:
        return inside()
    status = 0
    for board in BOARDS:
        path = os.path.join(os.environ["BOARDS"], board)
        print(board, flush=True)
        status |= subprocess.run(["umockdev-run", "-d", path, "--", sys.executable,
                                  os.path.abspath(__file__), "inside"], check=False).returncode
    return status


sys.exit(main())
