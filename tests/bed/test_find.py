#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What people paste when asked where devices are: a whole `find /sys`. Virtio devices and channels
of each board are children of the same there, and the same are misparented."""

import glob
import json
import os
import subprocess
import sys

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]
# A virtio device on PCI that has no channel is like any other.
LIKE_OTHERS = {"pc-virtio-pci"}
# In these names are line ends: find prints them as they are.
HAVE_LINE_ENDS = {"hostile-names", "hostile-forged-broken", "lab-5.10-broken-hostile", "lab-6.12-hostile"}


def verdicts(devices, parent=None):
    found = set()
    for device in devices:
        found.add((device["name"], parent, device.get("verdict"), device.get("remoteproc")))
        found |= verdicts(device["children"], device["name"])
    return found


def report(text):
    done = subprocess.run([PROGRAM, "check", "--json", "--from", "-"], input=text,
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return done.returncode, set()
    return done.returncode, verdicts(json.loads(done.stdout)["devices"])


def compare(board):
    with open(board, "rb") as file:
        _, wanted = report(file.read())
    listed = subprocess.run(["umockdev-run", "-d", board, "--", "find", "/sys"],
                            capture_output=True, check=True).stdout
    status, found = report(listed)
    judged = {row for row in wanted if row[2]}
    return status != 4 or not judged, judged - found


def main():
    boards = sorted(glob.glob(f"{BOARDS}/*.snapshot"))
    good = bad = 0
    for board in boards:
        name = os.path.basename(board)[:-len(".snapshot")]
        if name in HAVE_LINE_ENDS | LIKE_OTHERS:
            continue
        understood, missing = compare(board)
        if understood and not missing:
            good += 1
        else:
            bad += 1
            print(f"{name}: {'' if understood else 'exit 4, '}{sorted(missing, key=str)[:4]}")
    print(f"{good} passed, {bad} failed")
    sys.exit(bad > 0 or good == 0)


main()
