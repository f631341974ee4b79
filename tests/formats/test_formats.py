#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Each format of check, held against what reads it: on every board, on boards whose firmware
tries to be taken for results, and on two boots of one board."""

import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import boards
import ktap

HERE = os.path.dirname(os.path.abspath(__file__))

# lava_dispatcher: any match in the stream is a signal, wherever it stands.
LAVA_SIGNAL = re.compile(r"<LAVA_SIGNAL_(\S+) ([^>]+)>")
ID = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)


def statuses(report):
    return collections.Counter(result["status"] for result in report["findings"])


class EachBoard(unittest.TestCase):
    format = None

    def each(self):
        for name, board in boards.every():
            with self.subTest(board=name):
                outcome = boards.run(board, "check", "--format", self.format)
                self.assertIn(outcome.status, (0, 1, 4))
                yield outcome, boards.report(board)

    def assert_words(self, words, report):
        """Counts as in JSON, where what informs or warns has passed."""
        count = statuses(report)
        self.assertEqual(words["fail"], count["fail"])
        self.assertEqual(words["skip"], count["skip"])
        self.assertEqual(words["pass"], count["pass"] + count["info"] + count["warn"])

    def assert_failures(self, failed, report):
        """Ids begin with the check's: each failure is under its own check."""
        want = collections.Counter(r["check"] for r in report["findings"] if r["status"] == "fail")
        self.assertEqual(collections.Counter(id.split("_")[0] for id in failed), want)


class Ktap(EachBoard):
    format = "ktap"

    def test_parser(self):
        for outcome, report in self.each():
            results = ktap.parse(outcome.out)
            for name in results:
                self.assertRegex(name, ID)
                self.assertEqual(ID.fullmatch(name)[0], name)
            self.assert_words(collections.Counter(w.lower() for w in results.values()), report)
            self.assert_failures([n for n, w in results.items() if w == "FAIL"], report)


class Lava(EachBoard):
    format = "lava"

    def signals(self, text):
        cases = {}
        for name, parameters in LAVA_SIGNAL.findall(text):
            self.assertEqual(name, "TESTCASE")
            fields = dict(field.split("=", 1) for field in parameters.split())
            self.assertEqual(list(fields), ["TEST_CASE_ID", "RESULT"])
            self.assertNotIn(fields["TEST_CASE_ID"], cases, "twice: an error of the whole job")
            cases[fields["TEST_CASE_ID"]] = fields["RESULT"]
        return cases

    def test_signals(self):
        for outcome, report in self.each():
            cases = self.signals(outcome.out)
            for name, result in cases.items():
                self.assertTrue(ID.fullmatch(name), name)
                self.assertIn(result, ("pass", "fail", "skip"))
            self.assertEqual(len(cases), len(report["findings"]))
            self.assertEqual(outcome.out.count("<"), len(cases), "a '<' that is no signal's")
            self.assert_words(collections.Counter(cases.values()), report)
            self.assert_failures([n for n, r in cases.items() if r == "fail"], report)

    def test_one_write_is_one_line(self):
        """In a packet-mode pipe each read gives what one write gave."""
        reader, writer = os.pipe2(os.O_DIRECT)
        board = os.path.join(boards.BOARDS, "omapl138-broken.snapshot")
        with subprocess.Popen(
            [boards.PROGRAM, "check", "--format", "lava", "--from", board], stdout=writer
        ) as process:
            os.close(writer)
            packets = []
            while packet := os.read(reader, 65536):
                packets.append(packet.decode())
            os.close(reader)
            process.wait()
        self.assertGreater(len(packets), 5)
        for packet in packets:
            self.assertEqual(packet.count("\n"), 1)
            self.assertTrue(packet.endswith("\n"))


class Ptest(EachBoard):
    format = "ptest"

    def test_lines(self):
        for outcome, report in self.each():
            found = {}
            for line in outcome.out.splitlines():
                if line.startswith("  "):
                    continue
                match = re.fullmatch(r"(PASS|FAIL|SKIP): (\S+)", line)
                self.assertTrue(match, line)
                self.assertNotIn(match[2], found)
                found[match[2]] = match[1].lower()
            self.assert_words(collections.Counter(found.values()), report)
            self.assert_failures([n for n, w in found.items() if w == "fail"], report)


class Junit(EachBoard):
    format = "junit"

    def test_schema(self):
        if not shutil.which("xmllint"):
            self.skipTest("xmllint is not installed")
        with tempfile.TemporaryDirectory() as directory:
            files = []
            for outcome, _ in self.each():
                files.append(os.path.join(directory, f"{len(files)}.xml"))
                with open(files[-1], "w", encoding="utf-8") as file:
                    file.write(outcome.out)
            done = subprocess.run(
                ["xmllint", "--noout", "--schema", os.path.join(HERE, "junit.xsd"), *files],
                capture_output=True, text=True, check=False,
            )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_parser(self):
        for outcome, report in self.each():
            root = xml.etree.ElementTree.fromstring(outcome.out.encode())
            self.assertEqual(root.tag, "testsuites")
            for element in (root, root.find("testsuite")):
                self.assertEqual(int(element.get("tests")), len(report["findings"]))
                self.assertEqual(int(element.get("failures")), statuses(report)["fail"])
            self.assertEqual(int(root.find("testsuite").get("skipped")), statuses(report)["skip"])
            self.assertIsNone(root.get("skipped"), "Jenkins' schema has none")
            cases = root.findall("testsuite/testcase")
            self.assertEqual(len(cases), len(report["findings"]))
            keys = [(case.get("classname"), case.get("name")) for case in cases]
            self.assertEqual(len(set(keys)), len(keys))
            for case, result in zip(cases, report["findings"]):
                self.assertEqual(case.get("classname"), "rproc-tree." + result["check"])
                tags = [child.tag for child in case]
                wanted = {"fail": ["failure"], "skip": ["skipped"], "info": ["system-out"], "warn": ["system-out"], "pass": []}
                self.assertEqual(tags, wanted[result["status"]])
                if tags in (["failure"], ["skipped"]):
                    self.assertEqual(case[0].get("message"), result["message"])


    def assert_error(self, text, name, message):
        root = xml.etree.ElementTree.fromstring(text.encode())
        cases = [case for case in root.iter("testcase") if case.find("error") is not None]
        self.assertEqual([case.get("name") for case in cases], [name])
        self.assertEqual(cases[0].find("error").get("message"), message)
        for element in (root, root.find("testsuite")):
            self.assertEqual(element.get("errors"), "1")
            self.assertEqual(int(element.get("tests")), len(list(root.iter("testcase"))))

    def test_what_could_not_be_read_is_an_error(self):
        self.assert_error(boards.run("/nonexistent", "check", "--format", "junit").out,
                          "read", "cannot read the devices: standard error says why")
        board = os.path.join(boards.BOARDS, "omapl138-fixed.snapshot")
        with tempfile.NamedTemporaryFile("w", suffix=".snapshot") as file:
            with open(board, encoding="utf-8") as good:
                lines = good.read().split("\n")
            lines[1:1] = ["E: RPROC_TREE_UNREAD=1",
                          "E: RPROC_TREE_UNREAD_00=EIO /sys/devices/x/<state>"]
            file.write("\n".join(line for line in lines if "RPROC_TREE_LINES" not in line))
            file.flush()
            outcome = boards.run(file.name, "check", "--format", "junit")
        self.assertEqual(outcome.status, 3)
        self.assert_error(outcome.out, "/sys/devices/x/<state>",
                          "cannot read it: Input/output error")


class Nagios(EachBoard):
    format = "nagios"

    def test_line_and_status(self):
        for outcome, report in self.each():
            self.assertEqual(outcome.out.count("\n"), 1)
            self.assertLess(len(outcome.out.encode()), 1024, "NRPE carries no more")
            match = re.fullmatch(
                r"RPROC (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \| ((?:[a-z]+=[0-9]+ ?)+)\n", outcome.out
            )
            self.assertTrue(match, outcome.out)
            values = dict(pair.split("=") for pair in match[2].split())
            for status in ("pass", "fail", "warn", "info", "skip"):
                self.assertEqual(int(values[status]), statuses(report)[status])
            self.assertEqual({k: int(values[k]) for k in ("remoteprocs", "vdevs", "channels")},
                             {k: report["summary"][k] for k in ("remoteprocs", "vdevs", "channels")})

    def each(self):
        """Of itself the format exits as Nagios wants it."""
        for name, board in boards.every():
            with self.subTest(board=name):
                outcome = boards.run(board, "check", "--format", "nagios")
                usual = boards.run(board, "check")
                wanted = {0: ("OK", 0), 1: ("CRITICAL", 2), 4: ("UNKNOWN", 3)}[usual.status]
                if usual.status == 0 and boards.report(board)["summary"]["warn"] > 0:
                    wanted = ("WARNING", 1)
                self.assertEqual((outcome.out.split()[1], outcome.status), wanted)
                yield outcome, boards.report(board)

    def test_long_messages_are_cut(self):
        for begin in "", "x":
            name = begin.encode() + "ä".encode() * 200
            text = boards.read("omapl138-broken.snapshot").replace(b"11800000.dsp", name)
            outcome = boards.run(text, "check", "--format", "nagios")
            self.assertEqual(outcome.out.count("\n"), 1)
            self.assertIn("...", outcome.out)
            self.assertLess(len(outcome.out.encode()), 600)

    def test_a_bar_begins_no_performance_data(self):
        out = boards.run(boards.forged("a|fail=0", "omapl138-broken.snapshot"), "check", "--format",
                         "nagios", "--only", "rpmsg-ancestor").out
        self.assertIn("a\\x7cfail=0", out)
        self.assertEqual(out.count("|"), 1)


class Openmetrics(EachBoard):
    format = "openmetrics"

    def test_reference_parser(self):
        try:
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
        except ImportError:
            self.skipTest("python3-prometheus-client is not installed")
        for outcome, report in self.each():
            self.assertTrue(outcome.out.endswith("# EOF\n"))
            self.assertEqual(outcome.out.count("# EOF\n"), 1)
            samples = collections.defaultdict(list)
            for family in text_string_to_metric_families(outcome.out):
                self.assertTrue(family.documentation)
                for sample in family.samples:
                    samples[sample.name].append(sample)
            self.compare(samples, report)

    def devices(self, report):
        def walk(devices):
            for device in devices:
                yield device
                yield from walk(device["children"])

        return list(walk(report["devices"]))

    def compare(self, samples, report):
        devices = self.devices(report)
        identities = {d["name"]: d["identity"] for d in devices if d["kind"] == "remoteproc"}
        self.assertEqual([s.value for s in samples["rproc_tree_up"]], [1])
        results = collections.Counter()
        for sample in samples["rproc_tree_findings"]:
            results[sample.labels["status"]] += sample.value
        self.assertEqual(+results, +statuses(report))
        state = {s.labels["processor"]: s.labels["state"]
                 for s in samples["rproc_tree_processor_state"] if s.value}
        self.assertEqual(state, {d["identity"]: d["state"] or "unknown"
                                 for d in devices if d["kind"] == "remoteproc"})
        verdicts = collections.Counter((identities.get(d.get("remoteproc"), ""), d["verdict"])
                                       for d in devices if "verdict" in d)
        self.assertEqual({(s.labels["processor"], s.labels["verdict"]): s.value
                          for s in samples["rproc_tree_devices"] if s.value}, dict(verdicts))
        unbound = collections.Counter(
            identities.get(d["remoteproc"], "") for d in devices
            if d["kind"] == "channel" and not d["driver"] and not d["service"]
            and not d.get("path_only"))
        self.assertEqual({s.labels["processor"]: s.value
                          for s in samples["rproc_tree_unbound_channels"] if s.value}, dict(unbound))

    def test_labels_are_quoted(self):
        try:
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
        except ImportError:
            self.skipTest("python3-prometheus-client is not installed")
        name = 'a"} 7\\b'
        text = boards.read("omapl138-fixed.snapshot").replace(b"11800000.dsp", name.encode())
        out = boards.run(text, "check", "--format", "openmetrics").out
        processors = {
            sample.labels["processor"]
            for family in text_string_to_metric_families(out)
            for sample in family.samples
            if "processor" in sample.labels
        }
        self.assertEqual(processors, {"", f"/devices/platform/{name}/remoteproc"})

    def test_text_format(self):
        """What node_exporter reads is not quite OpenMetrics: fewer types."""
        try:
            from prometheus_client.parser import text_string_to_metric_families
        except ImportError:
            self.skipTest("python3-prometheus-client is not installed")
        for outcome, _ in self.each():
            types = {family.type for family in text_string_to_metric_families(outcome.out)}
            self.assertEqual(types, {"gauge"})

    def test_promtool(self):
        if not shutil.which("promtool"):
            self.skipTest("promtool (Debian: prometheus) is not installed")
        for outcome, _ in self.each():
            done = subprocess.run(["promtool", "check", "metrics"], input=outcome.out,
                                  text=True, capture_output=True, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


class Ids(unittest.TestCase):
    """Two boots of a board with other numbers give the same ids, each with its result."""

    def results(self, board):
        return ktap.parse(boards.run(board, "check", "--format", "ktap").out)

    def test_two_boots(self):
        seen = 0
        for name, board in boards.every():
            if isinstance(board, bytes) or not name.endswith(".snapshot"):
                continue
            with self.subTest(board=name):
                # What is told apart by its order only has to keep that.
                tied = any("~" in identity for identity in self.identities(board))
                other = boards.renumbered(board, reverse=not tied)
                seen += boards.read(name) != other
                self.assertEqual(self.results(board), self.results(other))
        self.assertGreater(seen, 30)

    def identities(self, board):
        return re.findall(r'"identity": "([^"]*)"', boards.run(board, "check", "--json").out)

    def test_before_and_after_the_fix(self):
        ids = [set(self.results(os.path.join(boards.BOARDS, f"omapl138-{which}.snapshot")))
               for which in ("broken", "fixed")]
        self.assertEqual(*ids)

    def test_no_name_takes_another_id(self):
        """Names that are mapped to the same characters keep ids of their own."""
        names = ["a@b", "a b", "a!b", "a-b", "a--b", "a.b", "a_b", "a__b", "a..b", "a.-b", "a-.b",
                 "a:b", "ab-", "ab.", "ab--", "ab@", "A-b", "a~b", "a\\b"]
        ids = {}
        for name in names:
            lines = boards.run(boards.forged(name), "check", "--format", "lava", "--only",
                               "rpmsg-ancestor").out
            for match in LAVA_SIGNAL.finditer(lines):
                if "rpmsg--client--sample" not in match[0]:
                    self.assertNotIn(match[2], ids, f"{name!r} and {ids.get(match[2])!r}")
                    ids[match[2]] = name
        self.assertEqual(len(ids), len(names))


    def test_one_name_on_two_buses(self):
        text = re.sub(rb"E: RPROC_TREE_LINES=.*\n", b"", boards.read("omapl138-fixed.snapshot"))
        both = text + b"\n" + text.replace(b"/devices/platform/", b"/devices/soc/")
        ids = self.results(both)
        self.assertEqual(len(ids), 2 * len(self.results(text)))
        self.assertEqual(sum(id.endswith("---2") for id in ids), len(ids) // 2)


class ExitStyles(unittest.TestCase):
    CODES = {
        None: (0, 1, 2, 3, 4),
        "kselftest": (0, 1, 1, 1, 4),
        "automake": (0, 1, 99, 99, 77),
        "nagios": (0, 2, 3, 3, 3),
    }

    def test_table(self):
        lines = [
            ["--from", os.path.join(boards.BOARDS, "omapl138-fixed.snapshot")],
            ["--from", os.path.join(boards.BOARDS, "omapl138-broken.snapshot")],
            ["--no-such-option"],
            ["--from", "/nonexistent"],
            ["--from", os.path.join(boards.BOARDS, "nothing-to-check.exportdb")],
        ]
        for style, codes in self.CODES.items():
            for line, code in zip(lines, codes):
                with self.subTest(style=style, line=line):
                    chosen = ["--exit-style", style] if style else []
                    done = subprocess.run([boards.PROGRAM, "check", *chosen, *line],
                                          capture_output=True, check=False)
                    self.assertEqual(done.returncode, code)

    def test_unknown_style(self):
        done = subprocess.run([boards.PROGRAM, "check", "--exit-style", "x"],
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)

    def test_nagios_gets_a_line_on_wrong_usage(self):
        for line in (["--format", "nagios", "--bogus"], ["--bogus", "--format=nagios"],
                     ["--exit-style", "nagios", "--settle", "x"],
                     ["--format", "nagios", "--settle", "1", "--from", "-"]):
            with self.subTest(line=line):
                done = subprocess.run([boards.PROGRAM, "check", *line], capture_output=True,
                                      text=True, check=False, stdin=subprocess.DEVNULL)
                self.assertEqual(done.returncode, 3)
                self.assertRegex(done.stdout, r"\ARPROC UNKNOWN - wrong usage[^|\n]*\n\Z")

    def test_what_consumers_get_when_nothing_could_be_read(self):
        for name, text in (
            ("nagios", "RPROC UNKNOWN - cannot read the devices\n"),
            ("lava", "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=rproc-tree RESULT=unknown>\n"),
            ("ptest", "FAIL: rproc-tree\n"),
        ):
            self.assertEqual(boards.run("/nonexistent", "check", "--format", name).out, text)
        self.assertTrue(boards.run("/nonexistent", "check", "--format", "ktap").out.endswith(
            "1..1\n# cannot read the devices\nnot ok 1 rproc-tree\n"))
        out = boards.run("/nonexistent", "check", "--format", "openmetrics").out
        self.assertIn("rproc_tree_up 0\n", out)
        self.assertTrue(out.endswith("# EOF\n"))


if __name__ == "__main__":
    if not os.access(boards.PROGRAM, os.X_OK):
        sys.exit(f"{boards.PROGRAM} is not built")
    unittest.main(verbosity=1)
