#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_sysroot.py MAKE-SYSFS: the walker over a copied tree finds what libudev finds, on
every board and on a made /sys; nothing leads out of the tree; its own facts are read."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, timeout=120, **options)


def demand(condition, *what):
    if not condition:
        sys.exit(" ".join(str(part) for part in what))


def without_facts(snapshot):
    """A bed has no kernel, so no facts are asked there; a copy is asked what it has."""
    return re.sub(rb"(?m)^E: RPROC_TREE_.*\n", b"", snapshot)


def same_inventory(root):
    """In the bed: libudev's inventory of /sys, the walker's of the bed's own directory."""
    live, copy = run("capture"), run("--sysroot", root, "capture")
    demand(live.returncode == copy.returncode, copy.stderr.decode())
    demand(not live.stderr and not copy.stderr or live.returncode == 4, copy.stderr.decode())
    demand(without_facts(live.stdout) == without_facts(copy.stdout), copy.stdout.decode())


def in_bed():
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(os.environ["UMOCKDEV_DIR"] + "/sys", root + "/sys", symlinks=True)
        same_inventory(root)


def has_own_facts(name):
    with open(f"{BOARDS}/{name}", "rb") as board:
        return re.search(rb"RPROC_TREE_(BARE|ESCAPED|PATH_ONLY)=", board.read())


def boards_are_the_same():
    names = sorted(name for name in os.listdir(BOARDS) if name.endswith(".snapshot"))
    # Our own facts are no kernel's; a few boards cannot be told without them.
    names = [name for name in names if not has_own_facts(name)]
    for name in names:
        with open(f"{BOARDS}/{name}", "rb") as board:
            text = without_facts(board.read())
        with tempfile.NamedTemporaryFile(suffix=".snapshot") as plain:
            plain.write(text)
            plain.flush()
            done = subprocess.run(["umockdev-run", "-d", plain.name, "--", sys.executable,
                                   os.path.abspath(__file__), "bed"], check=False)
        demand(done.returncode == 0, name)
    print(len(names), "boards are the same")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def made(make, root, channels, layout):
    subprocess.run([sys.executable, make, root + "/sys", str(channels), layout], check=True,
                   stdout=subprocess.DEVNULL)


def made_tree_is_read(make):
    for layout, status in (("broken", 1), ("fixed", 0)):
        with tempfile.TemporaryDirectory() as root:
            made(make, root, 250, layout)
            write(root + "/proc/sys/kernel/osrelease", "6.6.32-board\n")
            done = run("check", "--json", "--sysroot", root)
            demand(done.returncode == status, done.returncode, done.stderr.decode())
            demand(b'"channels": 250' in done.stdout, done.stdout[-500:])
            demand(b'"6.6.32-board"' in done.stdout, "the release is not the tree's")
            demand(os.uname().release.encode() not in done.stdout, "the host's release")


def leaked_devices_are_counted(make):
    with tempfile.TemporaryDirectory() as root:
        made(make, root, 2, "fixed")
        os.symlink("../../../devices/gone/virtio7", root + "/sys/bus/virtio/devices/virtio7")
        done = run("capture", "--sysroot", root)
        demand(b"E: RPROC_TREE_LEAKED=virtio=1\n" in done.stdout, done.stdout)
        demand(done.returncode == 0 and not done.stderr, done.stderr)


def nothing_leads_out_of_the_tree(make):
    with tempfile.TemporaryDirectory() as outside, tempfile.TemporaryDirectory() as root:
        made(make, outside, 5, "fixed")
        made(make, root, 2, "fixed")
        link = "/sys/class/remoteproc/remoteproc9"
        for target in (outside + "/sys/devices/platform/10000000.dsp/remoteproc/remoteproc0",
                       "../" * 40 + outside[1:] + "/sys/devices", "remoteproc9"):
            os.symlink(target, root + link)
            done = run("check", "--json", "--sysroot", root)
            demand(b'"channels": 2' in done.stdout, target, done.stdout[-500:])
            os.unlink(root + link)
        device = root + "/sys/devices/platform/10000000.dsp/remoteproc/remoteproc0"
        os.unlink(device + "/firmware")
        os.symlink("/etc/hostname", device + "/firmware")
        done = run("check", "--json", "--sysroot", root)
        demand(b'"firmware": null' in done.stdout, done.stdout[:900])
        demand(done.returncode == 3 and b"symbolic links" in done.stderr, done.stderr)


def what_is_absent_is_unknown(make):
    """No dev/, no lib/firmware: no node is missing, no file is."""
    with tempfile.TemporaryDirectory() as root:
        made(make, root, 10, "fixed")
        state = root + "/sys/devices/platform/10000000.dsp/remoteproc/remoteproc0/state"
        write(state, "offline\n")
        done = run("capture", "--sysroot", root)
        demand(b"RPROC_TREE_NODE" not in done.stdout, done.stdout)
        demand(b"RPROC_TREE_FIRMWARE" not in done.stdout, done.stdout)
        os.makedirs(root + "/dev")
        os.makedirs(root + "/lib/firmware")
        done = run("capture", "--sysroot", root)
        demand(b"RPROC_TREE_NODE=missing" in done.stdout, done.stdout)
        demand(b"RPROC_TREE_FIRMWARE=missing" in done.stdout, done.stdout)


def main():
    if sys.argv[1] == "bed":
        return in_bed()
    boards_are_the_same()
    for test in (made_tree_is_read, leaked_devices_are_counted,
                 nothing_leads_out_of_the_tree, what_is_absent_is_unknown):
        test(sys.argv[1])
        print(test.__name__.replace("_", " "))
    return 0


sys.exit(main())
