#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The real program reads what people paste: each text gives the facts that are in it, and
what mail programs, forums, serial consoles and log daemons do to a log changes none."""

import html
import json
import pathlib
import re
import textwrap
import unittest

from pasted import flat, run

TEXTS = pathlib.Path(__file__).parent / "texts"


class Board:
    """What show --json says of a text."""

    def __init__(self, text):
        outcome = run(text, "show", "--json")
        if outcome.returncode != 0:
            raise AssertionError(outcome.stderr.decode())
        self.json = json.loads(outcome.stdout) if outcome.stdout else None
        self.kind = self.json["source"]["kind"] if self.json else "log"
        self.devices = {d["name"]: d for d in flat(self.json["devices"])} if self.json else {}

    def facts(self):
        """All that is known, but for where the text stood."""
        keys = ("kind", "state", "label", "firmware", "driver", "channel", "src", "dst")
        return {
            d["path"]: {k: d[k] for k in keys + ("verdict", "remoteproc") if k in d}
            for d in self.devices.values()
        }


def read(name):
    return (TEXTS / name).read_text()


class Texts(unittest.TestCase):
    def board(self, name, kind):
        board = Board(read(name))
        self.assertEqual(board.kind, kind)
        return board.devices

    def test_a_start_that_failed(self):
        m4 = self.board("start-failed.txt", "log")["remoteproc0"]
        self.assertEqual((m4["label"], m4["firmware"]), ("m4", "a.elf"))
        self.assertEqual(m4["state"], "offline")

    def test_a_start_that_failed_after_a_stop(self):
        m4 = self.board("start-failed-after-stop.txt", "log")["remoteproc0"]
        self.assertEqual((m4["state"], m4["firmware"]), ("offline", "b.elf"))

    def test_a_start_without_end(self):
        dsp = self.board("start-never-ended.txt", "log")["remoteproc2"]
        self.assertIsNone(dsp["state"])
        self.assertEqual(dsp["label"], "dsp")

    def test_a_missing_firmware(self):
        m33 = self.board("firmware-missing.txt", "log")["remoteproc1"]
        self.assertEqual((m33["state"], m33["label"]), ("offline", "m33"))

    def test_a_crash_loop(self):
        devices = self.board("crash-loop.txt", "log")
        self.assertEqual(devices["remoteproc0"]["state"], "running")
        self.assertIn("30000000.remoteproc", devices)

    def test_a_detached_one(self):
        self.assertEqual(
            self.board("detached.txt", "log")["remoteproc0"]["state"], "detached"
        )

    def test_a_released_one_is_not_in_the_tree(self):
        self.assertEqual(self.board("released.txt", "log"), {})

    def test_channels_of_a_vdev_of_6_2(self):
        devices = self.board("log-6.2-channels.txt", "log")
        virtio, channel = devices["virtio0"], devices["virtio0.rpmsg-tty.-1.1024"]
        self.assertEqual((virtio["verdict"], virtio["remoteproc"]), ("ok", "remoteproc0"))
        self.assertEqual(channel["driver"], "rpmsg_tty")
        self.assertEqual((channel["src"], channel["dst"]), (0x401, 0x400))
        self.assertEqual(devices["ttyRPMSG0"]["devnode"], "ttyRPMSG0")
        self.assertEqual(
            [c["name"] for c in devices["rproc-virtio.2.auto"]["children"]], ["virtio0"]
        )
        capture = run(read("log-6.2-channels.txt"), "capture").stdout.decode()
        self.assertIn("RPROC_TREE_BUFFERS=pool@80000000", capture)

    def test_overlapping_starts_leave_the_owners_unknown(self):
        devices = self.board("log-overlapping-starts.txt", "log")
        for name in ("virtio0", "virtio1", "virtio1.echo.-1.16"):
            self.assertEqual(devices[name]["verdict"], "unknown")
            self.assertIsNone(devices[name]["remoteproc"])

    def test_the_parent_of_4_14(self):
        virtio = self.board("log-4.14-parent.txt", "log")["virtio0"]
        self.assertEqual((virtio["verdict"], virtio["remoteproc"]), ("ok", "remoteproc0"))

    def test_a_log_and_prompts(self):
        devices = self.board("log-and-prompt.txt", "mixed")
        self.assertEqual(devices["remoteproc0"]["state"], "running")
        self.assertEqual(devices["virtio0.rpmsg-raw.-1.1024"]["channel"], "rpmsg-raw")
        self.assertEqual(devices["virtio0.rpmsg-raw.-1.1024"]["verdict"], "unknown")

    def test_cat_of_all(self):
        devices = self.board("cats.txt", "listing")
        states = {d["label"]: d["state"] for d in devices.values() if d.get("label")}
        self.assertEqual(states, {"adsp": "running", "cdsp": "offline"})

    def test_grep_of_all(self):
        devices = self.board("grep-states.txt", "listing")
        self.assertEqual(devices["remoteproc0"]["firmware"], "x/y.mbn")
        self.assertEqual(devices["remoteproc0"]["state"], "offline")
        self.assertEqual(devices["remoteproc1"]["state"], "running")

    def test_ll(self):
        devices = self.board("ll-listing.txt", "listing")
        self.assertEqual(devices["m4"]["children"][0]["name"], "remoteproc0")
        self.assertEqual(devices["r5"]["children"][0]["name"], "remoteproc1")
        self.assertIsNone(devices["remoteproc0"]["state"])

    def test_a_quoted_printable_mail(self):
        adsp = self.board("mail-quoted-printable.txt", "log")["remoteproc0"]
        self.assertEqual(adsp["firmware"], "vendor/adsp.mbn")

    def test_two_messages_on_a_line(self):
        devices = self.board("one-line.txt", "log")
        self.assertEqual(devices["remoteproc0"]["state"], "running")
        self.assertEqual(devices["remoteproc1"]["state"], "running")

    def test_a_silent_mailbox(self):
        devices = self.board("mailbox-silent.txt", "log")
        self.assertEqual(devices["remoteproc0"]["state"], "running")
        self.assertIn("imx8-cm4", devices)

    def test_an_oops_in_a_start(self):
        imx = self.board("oops-in-start.txt", "log")["remoteproc1"]
        self.assertIsNone(imx["state"])


STATE = "/sys/class/remoteproc/remoteproc{}/state"
LINKS = """lrwxrwxrwx 1 root root 0 Jan  1 00:00 remoteproc0 -> ../../devices/platform/soc/5000.m4/remoteproc/remoteproc0
"""
LOG = """[    1.000000] remoteproc remoteproc0: powering up m4
[    1.100000] rproc-virtio rproc-virtio.2.auto: registered virtio0 (type 7)
[    1.200000] remoteproc remoteproc0: remote processor m4 is now up
[    1.300000] virtio_rpmsg_bus virtio0: creating channel rpmsg-tty addr 0x400
"""


class Mixtures(unittest.TestCase):
    def states(self, text):
        devices = Board(text).devices
        return {n: d["state"] for n, d in devices.items() if d["kind"] == "remoteproc"}

    def test_a_glob_sorts_as_text(self):
        values = ["running", "offline", "crashed"] + ["offline"] * 8
        text = "$ cat /sys/class/remoteproc/remoteproc*/state\n" + "\n".join(values) + "\n"
        states = self.states(text)
        self.assertEqual(states["remoteproc0"], "running")
        self.assertEqual(states["remoteproc10"], "crashed")
        self.assertEqual(len(states), 11)

    def test_each_way_to_print_an_attribute(self):
        zero, one = STATE.format(0), STATE.format(1)
        wanted = {"remoteproc0": "offline", "remoteproc1": "attached"}
        for text in (
            f"==> {zero} <==\noffline\n\n==> {one} <==\nattached\n",
            f"{zero}:offline\n{one}:attached\n",
            f"# cat {zero}\noffline\n# cat {one}\nattached\n",
            f"root@b:~# cat {zero} {one}\noffline\nattached\nroot@b:~# \n",
            "$ sudo cat /sys/class/remoteproc/remoteproc{0,1}/state\noffline\nattached\n",
            "$ head -n1 " + zero + " " + one + f"\n==> {zero} <==\noffline\n\n==> {one} <==\nattached\n",
            f"# cat {zero}\r\noffline\r\n# cat {one}\r\nattached\r\n",
            "root@b:/sys/class/remoteproc/remoteproc0# cat state\noffline\n"
            "root@b:/sys/class/remoteproc/remoteproc1# cat state\nattached\n",
            "remoteproc0: path=/x state=offline name=a\nremoteproc1: path=/x state=attached\n",
        ):
            with self.subTest(text):
                self.assertEqual(self.states(text), wanted)

    def test_an_answer_that_is_none_is_none(self):
        text = LOG + f"# cat {STATE.format(0)}\ncat: {STATE.format(0)}: Permission denied\n"
        self.assertEqual(self.states(text), {"remoteproc0": "running"})

    def test_an_attribute_is_newer_than_the_log(self):
        text = LOG + f"# cat {STATE.format(0)}\noffline\n"
        self.assertEqual(self.states(text), {"remoteproc0": "offline"})

    def test_a_listing_knows_the_paths_of_what_the_log_tells(self):
        devices = Board(LOG + LINKS).devices
        self.assertEqual(
            devices["virtio0.rpmsg-tty.-1.1024"]["path"],
            "/devices/platform/soc/5000.m4/remoteproc/remoteproc0/"
            "rproc-virtio.2.auto/virtio0/virtio0.rpmsg-tty.-1.1024",
        )
        self.assertFalse([d for d in devices.values() if "unknown" in d["path"]])

    def test_bare_names_are_devices(self):
        for text in (
            "# ls /sys/bus/rpmsg/devices\nvirtio0.a.-1.1  virtio0.b.-1.2\n",
            "/sys/bus/rpmsg/devices:\nvirtio0.a.-1.1\nvirtio0.b.-1.2\n",
            "/sys/bus/rpmsg/devices/virtio0.a.-1.1\n/sys/bus/rpmsg/devices/virtio0.b.-1.2\n",
            "\033[01;36mvirtio0.a.-1.1\033[0m\n\033[01;36mvirtio0.b.-1.2\033[0m\n",
        ):
            with self.subTest(text):
                self.assertEqual(
                    {d["channel"] for d in Board(text).devices.values() if d["kind"] == "channel"},
                    {"a", "b"},
                )

    def test_udevadm_info_of_one_device(self):
        path = "/devices/platform/5000.m4/remoteproc/remoteproc0"
        for text in (
            f"# udevadm info -a -p /sys/class/remoteproc/remoteproc0\n\n  looking at device '{path}':\n"
            '    KERNEL=="remoteproc0"\n    SUBSYSTEM=="remoteproc"\n    DRIVER==""\n'
            '    ATTR{name}=="m4"\n    ATTR{state}=="running"\n\n'
            "  looking at parent device '/devices/platform/5000.m4':\n"
            '    KERNELS=="5000.m4"\n    SUBSYSTEMS=="platform"\n    DRIVERS=="somedrv"\n',
            f"$ udevadm info /sys/class/remoteproc/remoteproc0\nP: {path}\nE: DEVPATH={path}\n"
            f"E: SUBSYSTEM=remoteproc\nE: DEVTYPE=remoteproc\n$ cat {STATE.format(0)}\nrunning\n",
        ):
            with self.subTest(text):
                devices = Board(text).devices
                self.assertEqual(devices["remoteproc0"]["path"], path)
                self.assertEqual(devices["remoteproc0"]["state"], "running")

    def test_a_resource_table_of_debugfs(self):
        text = (
            "# cat /sys/kernel/debug/remoteproc/remoteproc0/resource_table\n"
            "Entry 0 is of type vdev\n  ID 7\n  Notify ID 0\n\n"
            "Entry 1 is of type trace\n# uname -r\n"
        )
        capture = run(text, "capture").stdout.decode()
        self.assertIn("rproc-tree/resource_table=Entry 0 is of type vdev", capture)

    def test_what_is_not_understood_is_refused_and_quoted(self):
        for text in (
            "My remoteproc does not start, please help.\n",
            "# cat /sys/class/remoteproc/remoteproc0/status\ncat: no such file\n",
            "We use rpmsg.\nhttps://example.org/rpmsg\n",
        ):
            with self.subTest(text):
                outcome = run(text, "check")
                self.assertEqual(outcome.returncode, 3)
                self.assertIn(b"not understood", outcome.stderr)
                self.assertIn(b"a kernel log", outcome.stderr)
                self.assertEqual(outcome.stderr.count(b"\n"), 1)

    def test_a_capture_says_what_its_text_said(self):
        for name in sorted(p.name for p in TEXTS.glob("*.txt")):
            board = Board(read(name))
            with self.subTest(name):
                capture = run(read(name), "capture").stdout.decode()
                self.assertEqual(Board(capture).facts(), board.facts())
                self.assertEqual(run(capture, "capture").stdout.decode(), capture)


def stamped(make):
    """Each line with another time in front."""

    def mangle(lines):
        return "".join(make(l[l.index("] ") + 2 :], l[1 : l.index("]")]) + "\n" for l in lines)

    return mangle


def wrapped(lines, width=72):
    out = []
    for line in lines:
        out += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(out) + "\n"


def printable(lines):
    out = "Content-Transfer-Encoding: quoted-printable\n\n"
    for line in lines:
        line = line.replace("=", "=3D")
        while len(line) > 70:
            out += line[:70] + "=\n"
            line = line[70:]
        out += line + "\n"
    return out


MANGLINGS = {
    "as it is": lambda l: "\n".join(l) + "\n",
    "no last end": lambda l: "\n".join(l),
    "crlf": lambda l: "\r\n".join(l) + "\r\n",
    "crcrlf": lambda l: "\r\r\n".join(l) + "\r\r\n",
    "no stamp": stamped(lambda m, t: m),
    "level": stamped(lambda m, t: f"<6>[{t}] {m}"),
    "caller": stamped(lambda m, t: f"[{t}][   T71] {m}"),
    "cpu": stamped(lambda m, t: f"[{t}] 001: {m}"),
    "dmesg -T": stamped(lambda m, t: f"[Wed Mar 11 10:00:00 2026] {m}"),
    "dmesg -x": stamped(lambda m, t: f"kern  :info  : [{t}] {m}"),
    "iso": stamped(lambda m, t: f"2026-03-11T10:00:00,123456+01:00 {m}"),
    "syslog": stamped(lambda m, t: f"Mar 11 10:00:00 board kernel: {m}"),
    "syslog with time": stamped(lambda m, t: f"Mar 11 10:00:00 board kernel: [{t}] {m}"),
    "journal": stamped(lambda m, t: f"2026-03-11T10:00:00+0100 board kernel: {m}"),
    "luci": stamped(lambda m, t: f"[Jun 29, 2026, 10:00:00 GMT] kern.err: [{t}] {m}"),
    "logread": stamped(lambda m, t: f"Wed Mar 11 10:00:00 2026 kern.info kernel: [{t}] {m}"),
    "logcat": stamped(lambda m, t: f"03-11 10:00:00.123     0     0 I kernel  : {m}"),
    "test suite": stamped(lambda m, t: f"[INFO] 2026-07-23 17:08:00 - [{t}] {m}"),
    "CI": stamped(lambda m, t: f"CI-HINT: Mar 23 13:40:30 board kernel: {m}"),
    "kmsg": stamped(lambda m, t: f"6,864,147607212,-;{m}"),
    "indented": lambda l: "".join(f"        {x}\n" for x in l),
    "quoted": lambda l: "".join(f"> {x}\n" for x in l),
    "quoted twice": lambda l: "".join(f"> > {x}\n" for x in l),
    "bullets": lambda l: "".join(f"- {x}\n" for x in l),
    "fence": lambda l: "```\n" + "\n".join(l) + "\n```\n",
    "code": lambda l: "".join(f"`{x}`\n" for x in l),
    "bold": lambda l: "".join(f"**{x}**\n" for x in l),
    "colour": lambda l: "".join(
        f"\033[32m{x[: x.index(']') + 1]}\033[0m\033[33m{x[x.index(']') + 1 :]}\033[0m\n" for x in l
    ),
    "html": lambda l: "&lt;log&gt;\n" + html.escape("\n".join(l)) + "\n",
    "one line": lambda l: " ".join(l) + "\n",
    "prompt": lambda l: "".join(f"root@board:~# {x}\n" for x in l),
    "blank lines": lambda l: "\n\n".join(l) + "\n",
    "wrapped": wrapped,
    "wrapped and quoted": lambda l: "".join(f"> {x}\n" for x in wrapped(l).splitlines()),
    "quoted-printable": printable,
    "glued to words": lambda l: "".join(f"-sh: echo: write error: No such f{x}\n" for x in l),
    "with prose": lambda l: "Hello,\nthis is what I see:\n\n" + "\n".join(l) + "\n\nRegards\n",
}

LOGS = [n for n in sorted(p.name for p in TEXTS.glob("*.txt")) if not
        any(w in n for w in ("cats", "grep", "ll-", "one-line", "prompt", "quoted"))]


def messages(text):
    """The lines of the log that a capture keeps, without the time."""
    capture = run(text, "capture").stdout.decode()
    lines = re.findall(r"^E: RPROC_TREE_LOG_\d+=(.*)$", capture, re.M)
    return [re.sub(r"^\[ *[\d.]+\] (001: )?", "", line).strip() for line in lines]


class Manglings(unittest.TestCase):
    def test_what_was_done_to_a_log_changes_no_fact(self):
        self.assertGreaterEqual(len(MANGLINGS), 30)
        self.assertGreaterEqual(len(LOGS), 10)
        for name in LOGS:
            lines = read(name).splitlines()
            wanted = Board("\n".join(lines) + "\n")
            for what, mangle in MANGLINGS.items():
                with self.subTest(f"{name}, {what}"):
                    board = Board(mangle(lines))
                    self.assertEqual(board.facts(), wanted.facts(), mangle(lines))
                    if wanted.devices:
                        self.assertEqual(
                            messages(mangle(lines)), messages("\n".join(lines) + "\n")
                        )


# What check exits with, and what stands in its text: who, what is wrong, why.
FINDINGS = {
    "cats": (0, ["remoteproc1 (cdsp) is offline"]),
    "crash-loop": (1, ["FAIL  remoteproc0 (adsp) has crashed 7 times", "task 7 stalled"]),
    "detached": (0, ["warn  remoteproc0 (m4) is detached"]),
    "firmware-missing": (1, ["FAIL  remoteproc1 (m33) did not start: -2: firmware board/m33.elf"]),
    "grep-states": (0, ["remoteproc0 is offline"]),
    "ll-listing": (0, []),
    "log-4.14-parent": (0, []),
    "log-6.2-channels": (0, []),
    "log-and-prompt": (0, []),
    "log-overlapping-starts": (0, ["the source does not say what their parent is"]),
    "mail-quoted-printable": (1, ["vendor/adsp.mbn", "-110: no ready signal in time"]),
    "mailbox-silent": (1, ["FAIL  remoteproc0 (cm4): its mailbox does not answer (tried twice): -62"]),
    "one-line": (0, []),
    "oops-in-start": (1, ["FAIL  remoteproc1 (imx-rproc): the kernel oopsed in rproc_elf_load_"]),
    "released": (1, ["FAIL  remoteproc0 (m4) is gone: its driver failed: -22"]),
    "start-failed-after-stop": (1, ["did not start: -22: a segment of firmware b.elf", "0x10000000"]),
    "start-failed": (1, ["FAIL  remoteproc0 (m4) did not start with firmware a.elf: -22: image"]),
    "start-never-ended": (1, ["FAIL  remoteproc2 (dsp): its start has no end in the log: it began at 3.1 s"]),
}

FORMATS = ["text", "ktap", "junit", "lava", "ptest", "nagios", "openmetrics", "json"]


class Findings(unittest.TestCase):
    def test_every_text_has_the_right_finding(self):
        self.assertEqual(len(FINDINGS), 18)
        for name, (status, parts) in FINDINGS.items():
            with self.subTest(name):
                outcome = run(read(name + ".txt"), "check")
                text = outcome.stdout.decode()
                self.assertEqual(outcome.returncode, status, text)
                for part in parts:
                    self.assertIn(part, text)

    def test_what_is_not_well_is_never_called_well(self):
        for name, (status, _) in FINDINGS.items():
            for command in [["show"]] + [["check", "--format", f] for f in FORMATS]:
                with self.subTest(f"{name}, {command}"):
                    outcome = run(read(name + ".txt"), *command)
                    self.assertNotIn(b"All is well", outcome.stdout)
                    if command[0] == "check" and "nagios" not in command:
                        self.assertEqual(outcome.returncode, status)
                    if "nagios" in command:
                        self.assertEqual(outcome.returncode == 2, status == 1)

    def test_a_capture_of_a_text_gives_the_same_findings(self):
        keys = ("id", "status", "message", "evidence", "fix", "cause")
        for name in FINDINGS:
            with self.subTest(name):
                text = read(name + ".txt")
                capture = run(text, "capture").stdout.decode()
                findings = [
                    [{k: f[k] for k in keys} for f in json.loads(
                        run(t, "check", "--json").stdout)["findings"]]
                    for t in (text, capture)
                ]
                self.assertEqual(*findings)


if __name__ == "__main__":
    unittest.main()
