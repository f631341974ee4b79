#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""watch, and check --settle, while a board changes. Runs under umockdev-wrapper."""

import fcntl
import json
import os
import pty
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

try:
    import bed
except (ImportError, ValueError) as error:
    print(f"skipped: {error} (python3-gi and gir1.2-umockdev-1.0 are wanted)")
    sys.exit(77)

from bed import BUFFER, CHANNEL, DSP, RPROC, VIRTIO, Bed, Lines

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMAS = os.environ["SCHEMAS"]
OVERFLOW = os.environ.get("OVERFLOW")
TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z"


def line_schema():
    """What a line of watch is; the change in it is diff's."""
    with open(f"{SCHEMAS}/watch.schema.json", encoding="utf-8") as file:
        line = json.load(file)
    with open(f"{SCHEMAS}/diff.schema.json", encoding="utf-8") as file:
        diff = json.load(file)
    change = line["$ref"].removeprefix(diff["$id"])
    return dict(line, **{"$ref": change, "$defs": diff["$defs"], "unevaluatedProperties": False})


class Watch(unittest.TestCase):
    def setUp(self):
        self.bed = Bed()

    def watch(self, *arguments, **options):
        return Lines(self.bed.start("watch", *arguments, **options))

    def changes(self, lines):
        changes = [json.loads(line) for line in lines]
        for change in changes:
            self.assertRegex(change["time"], f"^{TIME}$")
        return [(c["change"], c["identity"].split("/")[-1], c["before"], c["after"]) for c in changes]

    def test_a_channel_goes_and_comes(self):
        watch = self.watch("--json")
        self.bed.remove(CHANNEL)
        watch.wait(1)
        self.bed.add(CHANNEL)
        found = self.changes(watch.wait(2))
        self.assertEqual([c[:2] for c in found], [("went", "rpmsg-client-sample.0x32"),
                                                  ("appeared", "rpmsg-client-sample.0x32")])
        self.assertEqual(watch.end(), (0, ""))

    def test_lines(self):
        watch = self.watch()
        self.bed.remove(CHANNEL)
        lines = watch.wait(1)
        self.assertRegex(lines[0], r"^\d\d:\d\d:\d\d virtio0\.rpmsg-client-sample\.-1\.50: gone\n$")
        self.bed.write(RPROC, "state", "crashed")
        lines = watch.wait(2)
        self.assertRegex(lines[1], r"^\d\d:\d\d:\d\d remoteproc0: running → crashed\n$")
        self.assertEqual(watch.end(), (0, ""))

    def follow(self, *arguments, **options):
        """Its lines, and the log that it reads."""
        log = self.bed.kmsg()
        self.addCleanup(log.close)
        return self.watch(*arguments, **options), log

    def crash(self, log, text="fatal error"):
        log.say(f"remoteproc remoteproc0: crash detected in dsp: type {text}")
        log.say("remoteproc remoteproc0: handling crash #1 in dsp")

    def texts(self, watch, count):
        return [line[9:] for line in watch.wait(count)]

    def test_a_crash_has_its_reason(self):
        watch, log = self.follow()
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running → crashed: fatal error\n"])
        self.assertEqual(watch.end(), (0, ""))

    def test_the_reason_is_a_key_of_the_json(self):
        watch, log = self.follow("--json")
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        watch.wait(1)
        self.bed.write(RPROC, "state", "running")
        lines = [json.loads(line) for line in watch.wait(2)]
        self.assertEqual([line["reason"] for line in lines], ["fatal error", None])
        watch.end()

    @unittest.skipUnless(jsonschema, "no python3-jsonschema")
    def test_each_line_keeps_to_its_schema(self):
        judge = jsonschema.Draft202012Validator(line_schema())
        watch, log = self.follow("--json")
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        watch.wait(1)
        self.bed.remove(CHANNEL)
        watch.wait(2)
        self.bed.add(CHANNEL)
        for line in map(json.loads, watch.wait(3)):
            judge.validate(line)
            for key in line:
                for other in ({k: v for k, v in line.items() if k != key}, dict(line, **{key: 7}),
                              dict(line, **{key + "x": ""})):
                    self.assertFalse(judge.is_valid(other), other)
        watch.end()

    def test_what_the_firmware_says_is_escaped(self):
        watch, log = self.follow("--json", "--interval", "0")
        log.say(r"da8xx-rproc 11800000.dsp: fatal error received: \x1b[31mtask\x5c7 stalled")
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        reason = json.loads(watch.wait(1)[0])["reason"]
        self.assertEqual(reason, r"\x1b[31mtask\7 stalled")
        watch.end()

    def test_a_start_that_fails_changes_no_state_and_is_told(self):
        self.bed.write(RPROC, "state", "offline")
        watch, log = self.follow("--interval", "0")
        log.say("remoteproc remoteproc0: powering up dsp",
                "remoteproc remoteproc0: Direct firmware load for dsp.elf failed with error -2",
                "remoteproc remoteproc0: request_firmware failed: -2",
                "remoteproc remoteproc0: Boot failed: -2")
        self.assertEqual(self.texts(watch, 1), [
            "remoteproc0: offline: did not start: -2: firmware dsp.elf not found\n"])
        self.assertEqual(watch.end(), (0, ""))

    def test_a_recovery_between_two_readings_is_told(self):
        watch, log = self.follow("--interval", "0")
        self.crash(log, "watchdog")
        log.say("remoteproc remoteproc0: recovering dsp",
                "remoteproc remoteproc0: stopped remote processor dsp",
                "remoteproc remoteproc0: remote processor dsp is now up")
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running: crashed: watchdog\n"])
        self.bed.write(RPROC, "state", "offline")
        log.say("remoteproc remoteproc0: stopped remote processor dsp")
        self.assertEqual(self.texts(watch, 2)[1:], ["remoteproc0: running → offline\n"])
        watch.end()

    def test_a_recovery_that_fails(self):
        watch, log = self.follow("--interval", "0")
        self.crash(log)
        self.bed.write(RPROC, "state", "offline")
        log.say("remoteproc remoteproc0: recovering dsp",
                "remoteproc remoteproc0: stopped remote processor dsp",
                "remoteproc remoteproc0: can't start rproc dsp: -110")
        self.assertEqual(self.texts(watch, 1), [
            "remoteproc0: running → offline: did not recover from a crash: -110: no answer in time\n"])
        watch.end()

    def test_a_line_of_the_log_wakes_it(self):
        """Which the state alone does every two seconds only, or never."""
        watch, log = self.follow("--interval", "0")
        self.bed.write(RPROC, "state", "offline")
        log.say("remoteproc remoteproc0: stopped remote processor dsp")
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running → offline\n"])
        watch.end()

    def test_other_lines_are_nothing(self):
        watch, log = self.follow("--interval", "0")
        self.bed.write(RPROC, "state", "crashed")
        log.say("usb 1-1: new high-speed USB device number 2 using xhci_hcd")
        log.say("remoteproc remoteproc0: crash detected in dsp: type forged", level=14)
        log.write("no record\n")
        log.write("6,1,2,-\n")
        time.sleep(1)
        self.assertEqual(watch.lines, [])
        self.bed.event(VIRTIO)
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running → crashed\n"])
        self.assertEqual(watch.end(), (0, ""))

    def test_a_reason_is_told_once(self):
        watch, log = self.follow("--interval", "0")
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        watch.wait(1)
        self.bed.remove(CHANNEL)
        log.say("remoteproc remoteproc0: recovering dsp")
        self.assertEqual(self.texts(watch, 2)[1:], ["virtio0.rpmsg-client-sample.-1.50: gone\n"])
        time.sleep(0.5)
        self.assertEqual(len(watch.lines), 2)
        watch.end()

    def test_it_keeps_the_end_of_a_long_log(self):
        watch, log = self.follow("--interval", "0")
        for _ in range(20):
            log.say(*["remoteproc remoteproc0: vring0: va 0 qsz 256 notifyid 0"] * 100)
            time.sleep(0.3)
        bed.wait_until(lambda: bed.listens(watch.process.pid))
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running → crashed: fatal error\n"])
        watch.end()

    @unittest.skipUnless(OVERFLOW, "no module that loses a record")
    def test_lost_lines_are_said_once_and_tell_nothing(self):
        watch, log = self.follow("--interval", "0", preload=OVERFLOW)
        self.crash(log, "of before the gap")
        for _ in range(2):
            log.write("lost")
        self.bed.write(RPROC, "state", "crashed")
        log.say("remoteproc remoteproc0: recovering dsp")
        self.assertEqual(self.texts(watch, 1), ["remoteproc0: running → crashed\n"])
        status, err = watch.end()
        self.assertEqual(status, 0)
        self.assertEqual(err, "rproc-tree: lines of the kernel log were lost: the reason of a "
                              "change may be missing\n")

    def test_a_log_that_ends_does_not_end_it(self):
        watch, log = self.follow("--interval", "0")
        os.close(log.fd)
        log.fd = os.open(os.devnull, os.O_RDONLY)
        self.bed.remove(CHANNEL)
        watch.wait(1)
        status, err = watch.end()
        self.assertEqual(status, 0)
        self.assertIn("cannot read the kernel log any more: ", err)

    @unittest.skipUnless(OVERFLOW, "no module that forbids to open it")
    def test_a_log_that_only_root_may_read_is_said_once(self):
        os.mkdir(self.bed.path("/sys/kernel"))
        self.bed.environment["FORBID"] = "/dev/kmsg"
        watch = self.watch("--json", preload=OVERFLOW)
        self.bed.remove(CHANNEL)
        watch.wait(1)
        status, err = watch.end()
        self.assertEqual(status, 0)
        self.assertRegex(err, "^rproc-tree: cannot read the kernel log, .*: run as root\n$")
        self.assertEqual(self.watch("--json", "--quiet", preload=OVERFLOW).end(), (0, ""))

    def test_a_terminal_shows_the_reason_below_the_tree(self):
        log = self.bed.kmsg()
        self.addCleanup(log.close)
        master, slave = pty.openpty()
        process = self.bed.start("watch", "--color=never", "--interval", "0", stdout=slave)
        os.close(slave)
        bed.read_until(master, "Ctrl-C to leave.\r\n")
        bed.wait_until(lambda: bed.listens(process.pid))
        self.bed.write(RPROC, "state", "crashed")
        self.crash(log)
        screen = bed.read_until(master, "Ctrl-C to leave.\r\n")
        log.say("remoteproc remoteproc0: nothing that changes the tree")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 0)
        process.stderr.close()
        self.assertIn("remoteproc0: running → crashed: fatal error\r\nPress", screen)
        self.assertEqual(bed.read_all(master), "")
        os.close(master)

    def test_lines_have_the_time_of_the_wall(self):
        self.bed.environment["TZ"] = "XXX-5"
        watch = self.watch()
        self.bed.remove(CHANNEL)
        shown = watch.wait(1)[0][:8]
        now = time.time() + 5 * 3600
        self.assertIn(shown, [time.strftime("%H:%M:%S", time.gmtime(now - ago)) for ago in range(6)])
        watch.end()

    def test_a_named_device_is_followed(self):
        other = CHANNEL.replace(".50", ".51")
        watch = self.watch("--json", os.path.basename(CHANNEL))
        self.bed.remove(other)
        self.bed.remove(CHANNEL)
        found = self.changes(watch.wait(1))
        self.assertEqual([c[:2] for c in found], [("went", "rpmsg-client-sample.0x32")])
        self.assertEqual(watch.end(), (0, ""))
        status, _, err, _ = self.bed.run("watch", "remoteproc77")
        self.assertEqual(status, 4)
        self.assertIn("unknown device 'remoteproc77' (did you mean remoteproc0?)", err)

    def test_a_signal_ends_it_while_its_reader_stalls(self):
        for sig in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            reader, writer = os.pipe()
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
            os.write(writer, b"x" * 4096)
            process = self.bed.start("watch", "--format", "tree", stdout=writer)
            os.close(writer)
            bed.wait_until(lambda: bed.listens(process.pid))
            process.send_signal(sig)
            self.assertEqual(process.wait(timeout=60), 0)
            self.assertEqual(process.stderr.read(), b"")
            process.stderr.close()
            os.close(reader)

    def test_a_driver_is_unbound_and_bound(self):
        watch = self.watch("--json")
        self.bed.unbind(CHANNEL)
        watch.wait(1)
        self.bed.bind(CHANNEL, "rpmsg_client_sample")
        self.assertEqual(self.changes(watch.wait(2)), [
            ("unbound", "rpmsg-client-sample.0x32", "rpmsg_client_sample", None),
            ("bound", "rpmsg-client-sample.0x32", None, "rpmsg_client_sample")])
        self.assertEqual(watch.end(), (0, ""))

    def test_a_state_changes_without_an_event(self):
        watch = self.watch("--json", "--interval", "0.3")
        self.bed.write(RPROC, "state", "crashed")
        self.assertEqual(self.changes(watch.wait(1)), [("state", "remoteproc", "running", "crashed")])
        self.assertEqual(watch.end(), (0, ""))

    def test_a_vdev_fails_without_an_event(self):
        watch = self.watch("--json", "--interval", "0.3")
        self.bed.write(VIRTIO, "status", "0x00000047")
        self.assertEqual(self.changes(watch.wait(1)), [("status", "virtio", "0x7", "0x47")])
        self.assertEqual(watch.end(), (0, ""))

    def test_interval_0_looks_at_events_only(self):
        watch = self.watch("--json", "--interval", "0")
        self.bed.write(RPROC, "state", "crashed")
        time.sleep(1)
        self.assertEqual(watch.lines, [])
        self.bed.event(VIRTIO)
        self.assertEqual(self.changes(watch.wait(1)), [("state", "remoteproc", "running", "crashed")])
        watch.end()

    def test_a_vdev_moves(self):
        """What the kernel's bug does, between two readings."""
        watch = self.watch("--json")
        moved = DSP + "/11800000.dsp#vdev0buffer"
        shutil.move(self.bed.path(BUFFER), self.bed.path(moved))
        for bus, name in (("virtio", "virtio0"), ("rpmsg", os.path.basename(CHANNEL)),
                          ("rpmsg", "virtio0.rpmsg-client-sample.-1.51")):
            link = self.bed.path(f"/sys/bus/{bus}/devices/{name}")
            os.unlink(link)
            below = "/virtio0" + ("" if name == "virtio0" else "/" + name)
            os.symlink("../../.." + moved[len("/sys"):] + below, link)
        self.bed.event(moved + "/virtio0", "move")
        found = self.changes(watch.wait(4))
        self.assertIn(("moved", "vdev0", "remoteproc0", "11800000.dsp"), found)
        self.assertEqual({c[2:] for c in found if c[0] == "verdict"}, {("ok", "misparented")})
        watch.end()

    def test_other_devices_are_nothing(self):
        self.bed.testbed.add_from_string("P: /devices/platform/other\nE: SUBSYSTEM=platform\n")
        watch = self.watch("--json")
        for _ in range(20):
            self.bed.event("/sys/devices/platform/other")
            self.bed.event(VIRTIO)
        time.sleep(1)
        self.assertEqual(watch.lines, [])
        self.assertEqual(watch.end(), (0, ""))

    @unittest.skipUnless(OVERFLOW, "no module that loses an event")
    def test_lost_events(self):
        watch = self.watch("--json", "--interval", "0", preload=OVERFLOW)
        self.bed.remove(CHANNEL)
        self.assertEqual([c[0] for c in self.changes(watch.wait(1))], ["went"])
        self.assertEqual(watch.end(), (0, ""))

    def test_signals_end_it(self):
        for sig in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            self.assertEqual(self.watch().end(sig), (0, ""))

    def test_a_closed_pipe_ends_it(self):
        """At once, not when the next thing happens."""
        reader, writer = os.pipe()
        process = self.bed.start("watch", stdout=writer)
        os.close(writer)
        bed.wait_until(lambda: bed.listens(process.pid))
        self.assertIsNone(process.poll())
        os.close(reader)
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()

    def test_what_it_believes_is_what_is_there(self):
        watch = self.watch("--format", "tree")
        for _ in range(5):
            self.bed.remove(CHANNEL)
            time.sleep(0.03)
            self.bed.add(CHANNEL)
            self.bed.write(RPROC, "state", "crashed")
            self.bed.event(VIRTIO)
            self.bed.write(RPROC, "state", "running")
        self.bed.remove(CHANNEL)
        shown = self.bed.run("show")[1]
        bed.wait_until(lambda: "".join(watch.lines).endswith(shown))
        self.assertTrue("".join(watch.lines).endswith(shown))
        watch.end()

    def test_the_tree_follows_what_no_line_tells(self):
        watch = self.watch("--format", "tree", "--interval", "0")
        first = self.bed.run("show")[1]
        bed.wait_until(lambda: "".join(watch.lines) == first)
        self.bed.write(RPROC, "name", "renamed")
        self.bed.event(VIRTIO)
        second = self.bed.run("show")[1]
        self.assertNotEqual(first, second)
        bed.wait_until(lambda: "".join(watch.lines) == first + second)
        for _ in range(3):
            self.bed.event(VIRTIO)
        time.sleep(1)
        self.assertEqual("".join(watch.lines), first + second)
        watch.end()

    def test_a_terminal_gets_the_tree_anew(self):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 132, 0, 0))
        process = self.bed.start("watch", "--color=never", stdout=slave)
        os.close(slave)
        first = bed.read_until(master, "Ctrl-C to leave.\r\n")
        bed.wait_until(lambda: bed.listens(process.pid))
        self.bed.remove(CHANNEL)
        second = bed.read_until(master, "Ctrl-C to leave.\r\n")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 0)
        process.stderr.close()
        os.close(master)
        for screen, there in ((first, True), (second, False)):
            self.assertTrue(screen.startswith("\033[H\033[2J"))
            self.assertEqual("rpmsg-client-sample.-1.50 " in screen, there)
            self.assertIn("rpmsg-client-sample.-1.51", screen)
        self.assertRegex(second, r"\d\d:\d\d:\d\d virtio0\.rpmsg-client-sample\.-1\.50: gone")

    def test_it_begins_with_nothing(self):
        for name in "virtio", "rpmsg":
            shutil.rmtree(self.bed.path(f"/sys/bus/{name}"))
        shutil.rmtree(self.bed.path("/sys/class/remoteproc"))
        watch = self.watch("--json")
        self.assertIsNone(watch.process.poll())
        self.assertEqual(watch.end(), (0, ""))

    def test_wrong_usage(self):
        for line in (["--from", "x"], ["--interval", "x"], ["--interval", "-1"], ["--interval", ""],
                     ["--format", "ktap"], ["--nosuch"]):
            self.assertEqual(self.bed.run("watch", *line)[0], 2, line)


class Settle(unittest.TestCase):
    def setUp(self):
        self.bed = Bed()

    def check(self, *arguments, **options):
        status, out, err, seconds = self.bed.run("check", *arguments, **options)
        return status, out, err, seconds

    def test_quiet(self):
        status, _, err, seconds = self.check("--settle", "20")
        self.assertEqual((status, err), (0, ""))
        self.assertTrue(0.9 < seconds < 20, seconds)

    def test_channels_come(self):
        for channel in CHANNEL, CHANNEL.replace(".50", ".51"):
            self.bed.remove(channel)
        self.bed.later(1.5, self.bed.add, CHANNEL)
        status, out, _, seconds = self.check("--settle", "20", "--json")
        self.assertEqual(status, 0)
        self.assertEqual(json.loads(out)["summary"]["channels"], 1)
        self.assertTrue(2.4 < seconds < 20, seconds)

    def test_a_processor_starts(self):
        self.bed.write(RPROC, "state", "offline")
        self.bed.later(1.5, self.bed.write, RPROC, "state", "running")
        status, _, _, seconds = self.check("--settle", "20")
        self.assertEqual(status, 0)
        self.assertLess(seconds, 20)

    def test_required_things_end_it(self):
        required = "--require", "rpmsg-client-sample"
        with self.bed.annoyed():
            status, _, _, seconds = self.check("--settle", "100", *required)
        self.assertEqual(status, 0)
        self.assertLess(seconds, 100)
        self.bed.remove(CHANNEL)
        self.bed.remove(CHANNEL.replace(".50", ".51"))
        self.bed.later(1, self.bed.add, CHANNEL)
        status, _, _, seconds = self.check("--settle", "20", *required)
        self.assertEqual(status, 0)
        self.assertTrue(0.9 < seconds < 20, seconds)

    def test_the_deadline_of_what_never_comes(self):
        broken = Bed("omapl138-broken")
        status, _, _, seconds = broken.run("check", "--settle", "2.5")
        self.assertEqual(status, 1)
        self.assertTrue(2.4 < seconds < 30, seconds)

    def test_the_deadline_while_events_never_stop(self):
        """And it is not busy: what it uses of the processor is little."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with self.bed.annoyed():
            _, _, _, seconds = self.check("--settle", "2.5")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertTrue(2.4 < seconds < 30, seconds)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.assertLess(used, 1)

    def test_nothing_there(self):
        for name in "virtio", "rpmsg":
            shutil.rmtree(self.bed.path(f"/sys/bus/{name}"))
        shutil.rmtree(self.bed.path("/sys/class/remoteproc"))
        status, _, _, seconds = self.check("--settle", "1.5")
        self.assertEqual(status, 4)
        self.assertTrue(1.4 < seconds < 30, seconds)

    def test_signals_end_it(self):
        broken = Bed("omapl138-broken")
        for sig in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            process = broken.start("check", "--settle", "20")
            bed.wait_until(lambda: bed.listens(process.pid))
            process.send_signal(sig)
            self.assertEqual(process.wait(timeout=60), -sig)
            process.communicate()

    def test_progress_is_for_terminals(self):
        broken = Bed("omapl138-broken")
        master, slave = pty.openpty()
        status, _, _, _ = self.run_with_terminal(broken, slave)
        os.close(slave)
        text = bed.read_all(master)
        os.close(master)
        self.assertEqual(status, 1)
        self.assertRegex(text, r"s left: waiting for virtio0 \(misparented\)")
        self.assertTrue(text.endswith("\r\033[K"))
        self.assertEqual(broken.run("check", "--settle", "1.2")[2], "")

    def run_with_terminal(self, broken, slave):
        process = broken.start("check", "--settle", "1.2", stderr=slave)
        out, _ = process.communicate(timeout=60)
        return process.returncode, out, None, None

    def test_wrong_usage(self):
        board = os.path.join(bed.BOARDS, "omapl138-fixed.snapshot")
        for line in (["--settle", "1", "--from", board], ["--settle", "soon"], ["--settle", "1e3"],
                     ["--settle", "100000"], ["--settle", "-1"]):
            self.assertEqual(self.check(*line)[0], 2, line)


if __name__ == "__main__":
    unittest.main(verbosity=1)
