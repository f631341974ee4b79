#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_sysroot.py MAKE-SYSFS: the walker over a copied tree finds what libudev finds, on
every board and on a made /sys; nothing leads out of the tree; its own facts are read."""

import json
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


def same_findings(*where):
    """What a capture is found to have is what the system is found to have, though a check
    of the system reads fewer files than a capture does."""
    capture = run(*where, "capture")
    if capture.returncode == 4:
        return
    for asked in (("check", "-v"), ("check", "--format", "ktap", "-v"), ("check", "--json"),
                  ("show", "-O"), ("show", "--format", "mermaid")):
        live = run(*where, *asked)
        replay = run(*asked, "--from", "-", input=capture.stdout)
        demand(live.returncode == replay.returncode, asked, replay.stderr.decode())
        demand(without_source(live.stdout) == without_source(replay.stdout), asked,
               live.stdout.decode(), replay.stdout.decode())


def without_source(text):
    return text.replace(b'"kind": "live"', b'"kind": "snapshot"')


def in_bed():
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(os.environ["UMOCKDEV_DIR"] + "/sys", root + "/sys", symlinks=True)
        same_inventory(root)
        same_findings()


def has_own_facts(name):
    with open(f"{BOARDS}/{name}", "rb") as board:
        return re.search(rb"RPROC_TREE_(BARE|ESCAPED|PATH_ONLY|MISSING)=", board.read())


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


def a_replay_finds_what_the_walk_finds(make):
    for layout in ("broken", "fixed"):
        with tempfile.TemporaryDirectory() as root:
            made(make, root, 30, layout)
            # Two that nobody drives; the name of one begins a line of its own.
            virtio = next(path for path, _, files in os.walk(root + "/sys/devices")
                          if os.path.basename(path) == "virtio0")
            channel = virtio + "/virtio0.rpmsg-client-sample.-1.1024"
            os.unlink(channel + "/driver")
            write(channel + "/uevent", "MODALIAS=rpmsg:rpmsg-client-sample\n")
            write(channel + "/driver_override", "nobody\n")
            channel = virtio + "/virtio0.rpmsg-client-sample.-1.1025"
            os.unlink(channel + "/driver")
            write(channel + "/name", "a\nDRIVER=b\n")
            write(channel + "/modalias", "rpmsg:a\nDRIVER=b\n")
            write(channel + "/uevent", "MODALIAS=rpmsg:a\nDRIVER=b\n")
            same_findings("--sysroot", root)


def leaked_devices_are_counted(make):
    with tempfile.TemporaryDirectory() as root:
        made(make, root, 2, "fixed")
        os.symlink("../../../devices/gone/virtio7", root + "/sys/bus/virtio/devices/virtio7")
        done = run("capture", "--sysroot", root)
        demand(b"E: RPROC_TREE_LEAKED=virtio=1\n" in done.stdout, done.stdout)
        demand(done.returncode == 0 and not done.stderr, done.stderr)
        done = run("check", "--sysroot", root)
        demand(b"/sys/bus has links that lead nowhere, of 1 virtio device" in done.stdout,
               done.stdout)
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(root + "/sys/bus/rpmsg/devices")
        os.symlink("../../../devices/gone/c", root + "/sys/bus/rpmsg/devices/c")
        done = run("check", "--sysroot", root)
        demand(done.returncode == 0 and b"1 channel" in done.stdout, done.stdout)


def libkmod_is_loaded_for_a_device_without_driver_alone(make):
    """It takes longer than all else; LD_DEBUG tells what was loaded."""
    if b"+libkmod" not in run("--version").stdout:
        return
    with tempfile.TemporaryDirectory() as root:
        made(make, root, 4, "fixed")
        write(root + "/lib/modules/6.6.32/modules.dep.bin", "")
        write(root + "/proc/sys/kernel/osrelease", "6.6.32\n")
        told = dict(os.environ, LD_DEBUG="files")
        demand(b"libz" in run("show", "--sysroot", root, env=told).stderr, "it tells")
        demand(b"libkmod" not in run("show", "--sysroot", root, env=told).stderr, "loaded")
        device = next(path for path, _, files in os.walk(root + "/sys/devices")
                      if path.endswith(".rpmsg-client-sample.-1.1024"))
        os.unlink(device + "/driver")
        write(device + "/uevent", "MODALIAS=rpmsg:rpmsg-client-sample\n")
        demand(b"libkmod" in run("show", "--sysroot", root, env=told).stderr, "not loaded")

        # One that cannot be loaded is no system without: it is said.
        write(root + "/broken/libkmod.so.2", "no library\n")
        broken = dict(os.environ, LD_LIBRARY_PATH=root + "/broken")
        done = run("check", "--only", "channel-driver", "--sysroot", root, env=broken)
        demand(done.returncode == 3 and b"libkmod.so.2" in done.stderr, done.returncode, done.stderr)


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


def platform_device(root, name, compatible, driver=None):
    """A platform device with a device tree node; driver makes it bound."""
    path = f"{root}/sys/devices/platform/{name}"
    write(path + "/uevent", f"OF_NAME=remoteproc\nOF_COMPATIBLE_0={compatible}\n"
                            f"OF_COMPATIBLE_N=1\nMODALIAS=of:NremoteprocT(null)C{compatible}\n")
    os.makedirs(root + "/sys/bus/platform/devices", exist_ok=True)
    os.symlink("../../../bus/platform", path + "/subsystem")
    os.symlink(f"../../../devices/platform/{name}", f"{root}/sys/bus/platform/devices/{name}")
    if driver:
        os.makedirs(f"{root}/sys/bus/platform/drivers/{driver}", exist_ok=True)
        os.symlink(f"../../../bus/platform/drivers/{driver}", path + "/driver")
    return path


def missing(root, *arguments):
    done = run("check", "--json", "--only", "processor-missing", "--sysroot", root, *arguments)
    return done, [finding["message"] for finding in json.loads(done.stdout)["findings"]]


def a_processor_that_is_missing_is_explained(_):
    with tempfile.TemporaryDirectory() as root:
        write(root + "/proc/sys/kernel/osrelease", "6.6.32-board\n")
        done, messages = missing(root)
        demand(done.returncode == 4 and not messages, messages)

        platform_device(root, "1.uart", "ns16550a")
        platform_device(root, "2.adsp", "qcom,sm8250-adsp-pas", "qcom_q6v5_pas")
        done, messages = missing(root)
        demand(done.returncode == 4 and not messages, messages)

        path = platform_device(root, "3.cdsp", "qcom,sm8250-cdsp-pas")
        done, messages = missing(root)
        demand(done.returncode == 0, done.returncode)
        demand(messages == ["no remote processor: no driver is bound to it"], messages)

        write(path + "/waiting_for_supplier", "1\n")
        demand("no device" in missing(root)[1][0], missing(root)[1])
        write(path + "/supplier:platform:4.mailbox/status", "dormant\n")
        demand("supplier 4.mailbox has no driver" in missing(root)[1][0], missing(root)[1])
        write(root + "/sys/kernel/debug/devices_deferred",
              "1.uart\n3.cdsp\tplatform: supplier 4.mailbox not ready\n")
        demand(missing(root)[1] == ["no remote processor: its driver still waits: "
                                    "platform: supplier 4.mailbox not ready"], missing(root)[1])
        demand("supplier 4.mailbox has no driver" in missing(root, "--no-debugfs")[1][0],
               missing(root, "--no-debugfs")[1])
        done = run("capture", "--sysroot", root)
        demand(b"E: RPROC_TREE_MISSING=deferred\n" in done.stdout, done.stdout)


def a_kernel_without_remoteproc_is_told(_):
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(root + "/sys/bus")
        unset = b"no rpmsg device; CONFIG_REMOTEPROC is not set in its kernel\n"
        demand(unset not in run("check", "--sysroot", root).stderr, "nothing tells")
        write(root + "/proc/config.gz", "# CONFIG_REMOTEPROC is not set\nCONFIG_RPMSG=y\n")
        done = run("check", "--sysroot", root)
        demand(done.returncode == 4 and done.stderr.endswith(unset), done.stderr)
        write(root + "/proc/config.gz", "CONFIG_REMOTEPROC=y\nCONFIG_REMOTEPROC_CDEV=y\n")
        demand(unset not in run("check", "--sysroot", root).stderr, "it is set")
        path = platform_device(root, "3.cdsp", "qcom,sm8250-cdsp-pas")
        demand(os.path.exists(path) and missing(root)[0].returncode == 0, "a device")


def a_disabled_node_is_told_where_nothing_else_is(_):
    with tempfile.TemporaryDirectory() as root:
        node = root + "/sys/firmware/devicetree/base/soc@0/remoteproc@4080000"
        write(node + "/compatible", "qcom,msm8916-mss-pil\0qcom,q6v5-pil\0")
        write(node + "/status", "okay\0")
        demand(missing(root)[1] == [], missing(root)[1])
        write(node + "/status", "disabled\0")
        write(root + "/sys/firmware/devicetree/base/uart@1/status", "disabled\0")
        write(root + "/sys/firmware/devicetree/base/uart@1/compatible", "ns16550a\0")
        done, messages = missing(root)
        demand(messages == ["no remote processor: its device tree node is disabled"], messages)
        demand(json.loads(done.stdout)["devices"][0]["name"] == "remoteproc@4080000", done.stdout)
        platform_device(root, "3.cdsp", "qcom,sm8250-cdsp-pas")
        demand(len(missing(root)[1]) == 1, missing(root)[1])


def main():
    if sys.argv[1] == "bed":
        return in_bed()
    boards_are_the_same()
    for test in (made_tree_is_read, leaked_devices_are_counted,
                 libkmod_is_loaded_for_a_device_without_driver_alone,
                 nothing_leads_out_of_the_tree, what_is_absent_is_unknown,
                 a_processor_that_is_missing_is_explained,
                 a_kernel_without_remoteproc_is_told,
                 a_disabled_node_is_told_where_nothing_else_is,
                 a_replay_finds_what_the_walk_finds):
        test(sys.argv[1])
        print(test.__name__.replace("_", " "))
    return 0


sys.exit(main())
