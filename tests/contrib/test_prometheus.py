#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A real Prometheus scrapes real node_exporters on the loopback, which serve what the program says of recorded
boards: of each board those alerts fire that should, and the dashboard's queries have an answer."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRIB = os.path.join(HERE, "..", "..", "contrib")
PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]
PATIENCE = 60  # seconds; without load it takes five
NEEDED = "prometheus", "prometheus-node-exporter"

FAILS, WARNS = "RemoteProcessorCheckFails", "RemoteProcessorCheckWarns"
# The board that an instance has, and the alerts that are to fire, with what tells them apart.
INSTANCES = {
    "broken": ("omapl138-broken", {(FAILS, "vdev-parent"), (FAILS, "rpmsg-ancestor")}),
    "crashed": ("lab-6.12-crashed", {(FAILS, "processor-state"), (FAILS, "stale-channels"),
                                     ("RemoteProcessorCrashed", "/devices/platform/rproc-sim.0/remoteproc")}),
    "healthy": ("omapl138-fixed", set()),
    "hostile": ("hostile-names", {(WARNS, "hostile-name")}),
    "lost": ("omapl138-fixed", {("RemoteProcessorChannelsGone", "/devices/platform/11800000.dsp/remoteproc")}),
    "stale": ("omapl138-fixed", {("RemoteProcessorMetricsStale", None)}),
    "unread": ("no-such-board", {("RemoteProcessorsUnread", None)}),
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Prometheus(unittest.TestCase):
    def setUp(self):
        missing = [name for name in NEEDED if not shutil.which(name)]
        if missing:
            self.skipTest(f"{' and '.join(missing)} not installed")
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name

    def start(self, name, *arguments):
        with open(os.path.join(self.directory, name + ".log"), "wb") as log:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       cwd=self.directory)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

    def metrics_of(self, board):
        """As write-metrics has them, of a board instead of the system."""
        done = subprocess.run([PROGRAM, "check", "--format", "openmetrics", "--from",
                               os.path.join(BOARDS, board + ".snapshot")],
                              capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return done.stdout

    def write(self, instance, text):
        path = os.path.join(self.directory, instance, "rproc-tree.prom")
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(path + ".new", path)
        return path

    def export(self):
        """An exporter for each instance; returns where they listen."""
        targets = []
        for instance, (board, _) in INSTANCES.items():
            os.mkdir(os.path.join(self.directory, instance))
            path = self.write(instance, self.metrics_of(board))
            if instance == "stale":
                os.utime(path, (time.time() - 3600,) * 2)
            address = f"127.0.0.1:{free_port()}"
            self.start(instance + "-exporter", "prometheus-node-exporter", "--collector.disable-defaults",
                       "--collector.textfile", "--collector.textfile.directory=" + os.path.dirname(path),
                       "--web.listen-address=" + address)
            targets.append({"targets": [address], "labels": {"instance": instance}})
        return targets

    def scrape(self, targets):
        """Each second, and with the rules in a hurry: nobody waits for minutes here."""
        with open(os.path.join(CONTRIB, "prometheus", "rproc-tree.rules.yml"), encoding="utf-8") as file:
            rules = re.sub(r"(?m)^(\s+for:) \d+m$", r"\1 1s", file.read())
        with open(os.path.join(self.directory, "rules.yml"), "w", encoding="utf-8") as file:
            file.write(rules)
        with open(os.path.join(self.directory, "prometheus.yml"), "w", encoding="utf-8") as file:
            json.dump({"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                       "rule_files": ["rules.yml"],
                       "scrape_configs": [{"job_name": "node", "static_configs": targets}]}, file)
        address = f"127.0.0.1:{free_port()}"
        self.url = f"http://{address}/api/v1/"
        self.start("prometheus", "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                   "--web.listen-address=" + address, "--log.level=warn")

    def ask(self, path, **parameters):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.url + path + "?" + urllib.parse.urlencode(parameters), timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            self.fail(f"{parameters}: {error.read().decode()}")
        except OSError:
            return {}  # it does not listen yet

    def wait_for(self, ask, wanted):
        until = time.monotonic() + PATIENCE
        while (found := ask()) != wanted and time.monotonic() < until:
            time.sleep(0.5)
        self.assertEqual(found, wanted)

    def up(self):
        return {row["metric"]["instance"] for row in
                self.ask("query", query="rproc_tree_up").get("result", ())}

    def firing(self):
        return {(labels["instance"], labels["alertname"], labels.get("check", labels.get("processor")))
                for alert in self.ask("alerts").get("alerts", ()) if alert["state"] == "firing"
                for labels in [alert["labels"]]}

    def test_alerts_fire_where_they_should_and_the_dashboard_has_answers(self):
        self.scrape(self.export())
        self.wait_for(self.up, set(INSTANCES))
        fewer, count = re.subn(r"(?m)^(rproc_tree_channels\{processor=\"/.*\}) 2$", r"\1 1",
                               self.metrics_of("omapl138-fixed"))
        self.assertEqual(count, 1)
        self.write("lost", fewer)
        self.wait_for(self.firing, {(instance, *alert) for instance, (_, alerts) in INSTANCES.items()
                                    for alert in alerts})
        errors = self.ask("query", query="node_textfile_scrape_error != 0")["result"]
        self.assertEqual(errors, [], "the collector refuses what the program wrote")

        with open(os.path.join(CONTRIB, "prometheus", "rproc-tree.dashboard.json"), encoding="utf-8") as file:
            panels = json.load(file)["panels"]
        for panel in panels:
            for target in panel["targets"]:
                query = target["expr"].replace("$instance", ".+")
                self.assertNotIn("$", query)
                self.assertTrue(self.ask("query", query=query)["result"], f"{panel['title']}: {query}")


if __name__ == "__main__":
    unittest.main(verbosity=1)
