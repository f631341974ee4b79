# SPDX-License-Identifier: GPL-2.0-or-later
"""A board in a replayed /sys that changes while the program looks at it (umockdev)."""

import contextlib
import ctypes
import fcntl
import os
import re
import select
import shutil
import signal
import subprocess
import threading
import time

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # pylint: disable=wrong-import-position

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]

DSP = "/sys/devices/platform/11800000.dsp"
RPROC = DSP + "/remoteproc/remoteproc0"
BUFFER = RPROC + "/remoteproc0#vdev0buffer"
VIRTIO = BUFFER + "/virtio0"
CHANNEL = VIRTIO + "/virtio0.rpmsg-client-sample.-1.50"


def widen_queues():
    """The kernel keeps ten events for a reader that is not there yet, and umockdev ends the
    test at the eleventh. Where it may be, as root, that is more in a network of our own."""
    with contextlib.suppress(OSError):
        if ctypes.CDLL(None, use_errno=True).unshare(0x40000000) == 0:  # CLONE_NEWNET
            with open("/proc/sys/net/unix/max_dgram_qlen", "w", encoding="ascii") as file:
                file.write("10000")


widen_queues()


class Bed:
    def __init__(self, board="omapl138-fixed"):
        with open(os.path.join(BOARDS, board + ".snapshot"), encoding="utf-8") as file:
            text = file.read()
        self.testbed = UMockdev.Testbed.new()
        self.testbed.add_from_string(text)
        self.root = self.testbed.get_root_dir()
        self.blocks = {
            "/sys" + re.match("P: (.*)", block)[1]: block for block in text.split("\n\n")
        }
        self.environment = dict(os.environ, UMOCKDEV_DIR=self.root)

    def path(self, syspath):
        return self.root + syspath

    def event(self, syspath, action="change"):
        """umockdev ends the test when the socket's queue, of some ten, is full: the program
        reads it at least every tenth of a second."""
        self.testbed.uevent(syspath, action)
        time.sleep(0.02)

    def remove(self, syspath):
        """As device_del() does: the links go, then the event comes, then the directory goes.
        The other way round a walk between two of them has what no event takes back."""
        for bus in "virtio", "rpmsg":
            link = self.path(f"/sys/bus/{bus}/devices/{os.path.basename(syspath)}")
            if os.path.lexists(link):
                os.unlink(link)
        self.event(syspath, "remove")
        shutil.rmtree(self.path(syspath))

    def add(self, syspath):
        self.testbed.add_from_string(self.blocks[syspath].rstrip("\n") + "\n")
        self.event(syspath, "add")

    def unbind(self, syspath):
        os.unlink(self.path(syspath) + "/driver")
        uevent = self.path(syspath) + "/uevent"
        with open(uevent, encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith("DRIVER=")]
        with open(uevent, "w", encoding="utf-8") as file:
            file.writelines(lines)
        self.event(syspath, "unbind")

    def bind(self, syspath, driver):
        os.symlink("../../bus/rpmsg/drivers/" + driver, self.path(syspath) + "/driver")
        with open(self.path(syspath) + "/uevent", "a", encoding="utf-8") as file:
            file.write(f"DRIVER={driver}\n")
        self.event(syspath, "bind")

    def write(self, syspath, name, value):
        with open(os.path.join(self.path(syspath), name), "w", encoding="utf-8") as file:
            file.write(value + "\n")

    def kmsg(self):
        """The kernel log: a pipe in the place of /dev/kmsg, one record for each read."""
        path = self.path("/dev/kmsg")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.mkfifo(path)
        return Kmsg(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC))

    def start(self, *arguments, preload=None, **options):
        environment = dict(self.environment)
        if preload:
            environment["LD_PRELOAD"] = preload + ":" + environment["LD_PRELOAD"]
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        # nohup has it ignored, and what is ignored stays so.
        options.setdefault("preexec_fn", lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
        return subprocess.Popen([PROGRAM, *arguments], env=environment, **options)

    def run(self, *arguments, **options):
        """Exit status, both outputs, and how long it took."""
        begin = time.monotonic()
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return process.returncode, out.decode(), err.decode(), time.monotonic() - begin

    @contextlib.contextmanager
    def annoyed(self):
        """Meanwhile events never stop, so that it is never quiet."""
        more = True

        def annoy():
            while more:
                self.unbind(CHANNEL)
                self.bind(CHANNEL, "rpmsg_client_sample")

        timer = self.later(0, annoy)
        try:
            yield
        finally:
            more = False
            timer.join()

    def later(self, seconds, function, *arguments):
        timer = threading.Timer(seconds, function, arguments)
        timer.start()
        return timer


class Kmsg:
    """Writes records as the kernel does (Documentation/ABI/testing/dev-kmsg)."""

    def __init__(self, fd):
        self.fd = fd
        self.sequence = 0
        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 1 << 20)
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_DIRECT)

    def write(self, text):
        os.write(self.fd, text.encode())

    def say(self, *messages, level=6):
        for message in messages:
            self.sequence += 1
            self.write(f"{level},{self.sequence},{self.sequence}000,-;{message}\n"
                       " SUBSYSTEM=remoteproc\n DEVICE=+remoteproc:remoteproc0\n")

    def close(self):
        os.close(self.fd)


class Lines:
    """Standard output of a program that goes on, a line at a time."""

    def __init__(self, process):
        self.process = process
        self.lines = []
        self.thread = threading.Thread(target=self.collect, daemon=True)
        self.thread.start()
        wait_until(lambda: listens(process.pid))

    def collect(self):
        for line in self.process.stdout:
            self.lines.append(line.decode())

    def wait(self, count, seconds=60):
        wait_until(lambda: len(self.lines) >= count, seconds)
        return self.lines

    def end(self, sig=signal.SIGTERM):
        """Exit status, and what was said on standard error."""
        self.process.send_signal(sig)
        status = self.process.wait(timeout=60)
        self.thread.join(60)
        err = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.process.stdout.close()
        return status, err


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


def listens(pid):
    """It sleeps in poll(2), having read all there is."""
    try:
        with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
            call = file.read().split()[0]
        with open(f"/proc/{pid}/wchan", encoding="ascii") as file:
            return "poll" in file.read() or call in ("7", "271", "73", "168", "336")
    except (OSError, IndexError):
        time.sleep(1)
        return True


def read_until(fd, text, seconds=60):
    """What a terminal shows up to and with that text; what there is after some time."""
    shown, deadline = "", time.monotonic() + seconds
    while text not in shown and time.monotonic() < deadline:
        if select.select([fd], [], [], 0.2)[0]:
            shown += os.read(fd, 65536).decode()
    return shown


def read_all(fd):
    """What a terminal was shown, once nobody has it open any more."""
    shown = b""
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:
            return shown.decode()
        if not part:
            return shown.decode()
        shown += part
