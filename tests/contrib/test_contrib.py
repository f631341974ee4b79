#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What contrib/ has, run for real on recorded boards (umockdev-run)."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRIB = os.path.join(HERE, "..", "..", "contrib")

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]
SIGNAL = re.compile(r"<LAVA_SIGNAL_(\S+) ([^>]+)>")


class Contrib(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.bin = os.path.join(self.directory.name, "bin")
        os.mkdir(self.bin)
        os.symlink(PROGRAM, os.path.join(self.bin, "rproc-tree"))
        self.stub("lava-test-case", 'echo "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=$1 RESULT=$3>"')
        self.empty = os.path.join(self.directory.name, "empty")
        with open(self.empty, "w", encoding="ascii") as file:
            file.write("P: /devices/platform/none\nE: SUBSYSTEM=platform\n")

    def tearDown(self):
        self.directory.cleanup()

    def stub(self, name, line):
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\n" + line + "\n")
        os.chmod(path, 0o755)

    def run_on(self, board, *command, **environment):
        path = board if os.path.isabs(board) else os.path.join(BOARDS, board + ".snapshot")
        return subprocess.run(
            ["umockdev-run", "-d", path, "--", *command],
            capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
            env=dict(os.environ, PATH=self.bin + ":" + os.environ["PATH"], **environment))

    def forged(self):
        """A broken board with a channel that is called like a signal."""
        name = b"<LAVA_SIGNAL_TESTCASE A=B C=D>"
        with open(os.path.join(BOARDS, "omapl138-broken.snapshot"), "rb") as file:
            text = file.read().replace(b"rpmsg-client-sample.-1.50", name + b".-1.50")
        text = text.replace(b"A: name=rpmsg-client-sample", b"A: name=" + name, 1)
        path = os.path.join(self.directory.name, "forged")
        with open(path, "wb") as file:
            file.write(text)
        return path

    def test_bootrr(self):
        script = os.path.join(CONTRIB, "bootrr", "assert_rproc_tree")
        for board, arguments, result in (
            ("omapl138-fixed", [], "pass"),
            ("omapl138-fixed", ["rpmsg-client-sample"], "pass"),
            ("omapl138-fixed", ["rpmsg-client-sample@11800000.dsp", "no-such-channel"], "fail"),
            ("omapl138-broken", [], "fail"),
            (self.empty, [], "skip"),
            (self.forged(), [], "fail"),
        ):
            for bare in False, True:
                if bare:
                    os.unlink(os.path.join(self.bin, "lava-test-case"))
                done = self.run_on(board, script, "dsp-channels", *arguments, TIMEOUT="0.2")
                self.stub("lava-test-case", 'echo "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=$1 RESULT=$3>"')
                self.assertEqual(done.returncode, 0)
                self.assertEqual(SIGNAL.findall(done.stdout + done.stderr),
                                 [("TESTCASE", f"TEST_CASE_ID=dsp-channels RESULT={result}")])

    def test_bootrr_without_the_program(self):
        os.unlink(os.path.join(self.bin, "rproc-tree"))
        script = os.path.join(CONTRIB, "bootrr", "assert_rproc_tree")
        done = subprocess.run(["/bin/sh", script, "dsp-channels"], capture_output=True, text=True,
                              check=False, env={"PATH": self.bin})
        self.assertEqual((done.returncode, SIGNAL.findall(done.stdout)),
                         (0, [("TESTCASE", "TEST_CASE_ID=dsp-channels RESULT=skip")]))

    def test_ptest(self):
        script = os.path.join(CONTRIB, "yocto", "run-ptest")
        for board, pattern in (("omapl138-fixed", "PASS"), ("omapl138-broken", "FAIL"),
                               (self.empty, "SKIP")):
            done = self.run_on(board, script, SETTLE="0.2")
            self.assertEqual(done.returncode, 0)
            self.assertRegex(done.stdout, f"(?m)^{pattern}: ")
        self.assertEqual(self.run_on("omapl138-fixed", script, EXPECT="/nonexistent").returncode, 1)

    def test_lava(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("python3-yaml is not installed")
        with open(os.path.join(CONTRIB, "lava", "rproc-tree.yaml"), encoding="utf-8") as file:
            definition = yaml.safe_load(file)
        self.assertEqual(definition["metadata"]["format"], "Lava-Test Test Definition 1.0")
        for key in "name", "format", "description", "maintainer", "os", "devices":
            self.assertTrue(definition["metadata"].get(key), "validate.py of test-definitions wants it")
        script = "set -e\nSETTLE=0.2 EXPECT=\n" + "\n".join(definition["run"]["steps"])
        for board, results in (("omapl138-fixed", {"pass", "skip"}), (self.empty, {"skip"}),
                               (self.forged(), {"pass", "skip", "fail"})):
            done = self.run_on(board, "sh", "-c", script)
            found = SIGNAL.findall(done.stdout + done.stderr)
            self.assertEqual({name for name, _ in found}, {"TESTCASE"})
            self.assertEqual({parameters.split("RESULT=")[1] for _, parameters in found}, results)
            ids = [parameters.split()[0] for _, parameters in found]
            self.assertEqual(len(set(ids)), len(ids))

    def test_sos(self):
        """On a stand-in for sos, which is not always there: what it collects and what it masks."""
        calls = []

        class Plugin:
            def add_cmd_output(self, commands, **_):
                calls.extend([commands] if isinstance(commands, str) else commands)

            def add_copy_spec(self, paths):
                self.paths = paths

            def do_cmd_output_sub(self, command, pattern, mask):
                self.masked = (command, re.sub(pattern, mask, "eth0 02:00:00:0a:0b:0c at 4000000.dsp"))

        stand_in = types.ModuleType("sos.report.plugins")
        stand_in.Plugin = Plugin
        for name in "DebianPlugin", "IndependentPlugin":
            setattr(stand_in, name, type(name, (), {}))
        with unittest.mock.patch.dict(sys.modules, {
                "sos": types.ModuleType("sos"), "sos.report": types.ModuleType("sos.report"),
                "sos.report.plugins": stand_in}):
            plugin = runpy.run_path(os.path.join(CONTRIB, "sos", "rproc_tree.py"))["RprocTree"]()
        plugin.setup()
        plugin.postproc()
        self.assertIn("rproc-tree report", calls)
        self.assertNotIn("crash", [os.path.basename(path) for path in plugin.paths], "it is write-only")
        self.assertEqual(plugin.masked, ("rproc-tree report", "eth0 xx:xx:xx:xx:xx:xx at 4000000.dsp"))

    def test_metrics(self):
        script = os.path.join(CONTRIB, "systemd", "write-metrics")
        target = os.path.join(self.directory.name, "textfile")
        os.mkdir(target)
        for board in "omapl138-broken", "omapl138-fixed", self.empty:
            done = self.run_on(board, script, target)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(os.listdir(target), ["rproc-tree.prom"])
            with open(os.path.join(target, "rproc-tree.prom"), encoding="utf-8") as file:
                self.assertTrue(file.read().endswith("# EOF\n"))
        self.stub("rproc-tree.new", "exit 127")
        os.replace(os.path.join(self.bin, "rproc-tree.new"), os.path.join(self.bin, "rproc-tree"))
        self.assertEqual(self.run_on("omapl138-fixed", script, target).returncode, 127)
        self.assertEqual(os.listdir(target), ["rproc-tree.prom"], "the old file is kept, no other")

    def test_units(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("systemd-analyze is not installed")
        units = os.environ["UNITS"]
        names = [name for name in sorted(os.listdir(units)) if name.startswith("rproc-tree-")]
        self.assertEqual(len(names), 3)
        for name in names:
            with open(os.path.join(units, name), encoding="utf-8") as file:
                text = file.read()
            self.assertNotIn("@", re.sub("(?m)^SystemCallFilter=.*", "", text))
            # What they start is not installed here.
            text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text)
            with open(os.path.join(self.directory.name, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no",
             *(os.path.join(self.directory.name, name) for name in names)],
            capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for name in names:
            if name.endswith(".service"):
                done = subprocess.run(
                    ["systemd-analyze", "security", "--offline=true", "--threshold=20",
                     "--no-pager", os.path.join(self.directory.name, name)],
                    capture_output=True, text=True, check=False)
                if "unrecognized option" in done.stderr:
                    continue
                self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)

    def test_a_machine_without_remoteproc_is_not_waited_for(self):
        with open(os.path.join(os.environ["UNITS"], "rproc-tree-check.service"), encoding="utf-8") as file:
            conditions = re.findall(r"(?m)^ConditionPathExists=\|(.*)$", file.read())
        self.assertEqual(conditions, ["/sys/class/remoteproc", "/sys/bus/rpmsg"])

    def test_the_module_installs_where_distributions_say(self):
        """On a stand-in for a kernel, which prints what it was asked for."""
        if not shutil.which("make"):
            self.skipTest("make is not installed")
        kernel, root = (os.path.join(self.directory.name, name) for name in ("kernel", "root"))
        os.mkdir(kernel)
        with open(os.path.join(kernel, "Makefile"), "w", encoding="ascii") as file:
            file.write("modules modules_install:\n\t@echo $@ to $(INSTALL_MOD_PATH)\n")
        for arguments, said in ((["install", "DESTDIR=" + root], f"modules to {root}\nmodules_install to {root}\n"),
                                (["modules_install", "INSTALL_MOD_PATH=/x"], "modules to /x\nmodules_install to /x\n")):
            done = subprocess.run(
                ["make", "-s", "--no-print-directory", "-C", os.path.join(CONTRIB, "..", "kernel", "rproc-sim"),
                 "KERNEL_SRC=" + kernel, *arguments], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (0, said), done.stderr)
        self.assertTrue(os.path.exists(os.path.join(root, "lib/firmware/rproc-sim.fw")))

    def test_prometheus(self):
        directory = os.path.join(CONTRIB, "prometheus")
        with open(os.path.join(directory, "rproc-tree.dashboard.json"), encoding="utf-8") as file:
            panels = json.load(file)["panels"]
        texts = [target["expr"] for panel in panels for target in panel["targets"]]
        with open(os.path.join(directory, "rproc-tree.rules.yml"), encoding="utf-8") as file:
            texts.append(file.read())
        done = subprocess.run([PROGRAM, "check", "--format", "openmetrics", "--from",
                               os.path.join(BOARDS, "omapl138-broken.snapshot")],
                              capture_output=True, text=True, check=False)
        there = set(re.findall(r"(?m)^# TYPE (\S+)", done.stdout))
        asked = set(re.findall(r"rproc_tree_\w+", "\n".join(texts)))
        self.assertEqual(asked - there, set(), "metrics that nobody writes")
        if not shutil.which("promtool"):
            self.skipTest("promtool (Debian: prometheus) is not installed")
        for command in (["check", "rules", "rproc-tree.rules.yml"], ["test", "rules", "rules.test.yml"]):
            done = subprocess.run(["promtool", *command], cwd=directory, capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
