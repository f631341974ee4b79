#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a shell shows besides the contents of files: that a start was refused, loops over
processors, the markup of a forum."""

import json
import unittest

from pasted import flat, run

STATE = "/sys/class/remoteproc/remoteproc0/state"


def processors(text):
    """(label, firmware, state) of each processor, by name."""

    outcome = run(text, "show", "--json")
    if outcome.returncode != 0:
        return outcome.stderr.decode()
    return {
        d["name"]: (d.get("label"), d.get("firmware"), d.get("state"))
        for d in flat(json.loads(outcome.stdout)["devices"])
        if d["kind"] == "remoteproc"
    }


class Refusals(unittest.TestCase):
    def test_each_shell_s_words_are_a_failed_start(self):
        for text in (
            f"# echo start > {STATE}\n-sh: echo: write error: Invalid argument\n",
            f"# echo start > {STATE}\nash: write error: Invalid argument\n",
            f"[root@b ~]# echo -n start > {STATE}\n-bash: echo: write error: Invalid argument\n",
            f"b:~$ echo start | sudo tee {STATE}\nstart\ntee: {STATE}: Invalid argument\n",
            f"b:~$ sudo sh -c 'echo \"start\" > {STATE}'\nsh: 1: echo: echo: I/O error\n",
            "root@b:/sys/class/remoteproc/remoteproc0# echo start > state\n"
            "-sh: echo: write error: Invalid argument\n",
            "# cd /sys/class/remoteproc/remoteproc0\n# echo start > state\n"
            "-sh: echo: write error: Invalid argument\n",
            "# cd /sys/class/remoteproc\n# echo start >remoteproc0/state\n"
            "zsh: write error: invalid argument\n",
            f"`# echo start > {STATE}`\n\n`-bash: echo: write error: Invalid argument`\n",
        ):
            with self.subTest(text):
                outcome = run(text, "check")
                self.assertEqual(outcome.returncode, 1, outcome.stderr)
                self.assertIn(b"remoteproc0 did not start", outcome.stdout)
                self.assertIn(b"write error: ", outcome.stdout)
                capture = run(text, "capture").stdout.decode()
                self.assertEqual(run(capture, "check").stdout, outcome.stdout)

    def test_the_errno_is_read_from_its_text(self):
        for words, said in (
            ("Invalid argument", b"-22: image refused"),
            ("Connection timed out", b"-110: no answer in time"),
            ("No such file or directory", b"-2: firmware file not found"),
            ("No such f", b"-2: firmware file not found"),
        ):
            text = f"# echo start > {STATE}\n-sh: echo: write error: {words}\n"
            self.assertIn(said, run(text, "check").stdout)

    def test_the_log_knows_better_than_the_shell(self):
        log = (
            "[1.1] remoteproc remoteproc0: powering up m4\n"
            "[1.2] remoteproc remoteproc0: bad phdr da 0x0 mem 0x10\n"
            "[1.3] remoteproc remoteproc0: Boot failed: -22\n"
        )
        command, refusal = f"# echo start > {STATE}\n", "sh: write error: Invalid argument\n"
        for text in (command + log + refusal, command + refusal + "# dmesg\n" + log):
            outcome = run(text, "check").stdout
            self.assertIn(b"bad phdr da 0x0 mem 0x10 ... [1.3]", outcome)
            self.assertIn(b"1 failure", outcome)

    def test_what_is_no_start_is_none(self):
        up = "[1.1] remoteproc remoteproc0: remote processor m4 is now up\n"
        for text in (
            f"# echo start > {STATE}\nbash: {STATE}: Permission denied\n",
            f"# echo start > {STATE}\nsh: write error: Device or resource busy\n",
            f"# echo stop > {STATE}\nsh: write error: Invalid argument\n",
            f"# echo start > {STATE}\n# echo 1 > /proc/x\nsh: write error: Invalid argument\n",
        ):
            with self.subTest(text):
                self.assertEqual(run(up + text, "check").returncode, 0)


class Markup(unittest.TestCase):
    def test_tags_of_a_page_are_no_part_of_a_name(self):
        text = (
            "<pre><code>[2.1] remoteproc remoteproc0: m4 is available<br>\n"
            "[2.2] remoteproc remoteproc0: Boot failed: -22<br/>[2.3] x<br></code></pre>\n"
        )
        self.assertEqual(processors(text)["remoteproc0"], ("m4", None, "offline"))

    def test_levels_and_addresses_are_no_tags(self):
        text = "A <b@x.org> wrote: </sigh>\n<6>[2.1] remoteproc remoteproc0: m4 is available\n"
        self.assertEqual(processors(text)["remoteproc0"][0], "m4")


class Answers(unittest.TestCase):
    def test_a_forum_may_double_the_ends_of_lines(self):
        text = (
            "# cat /sys/class/remoteproc/remoteproc*/state\n\noffline\n\nrunning\n\n"
            "# cat /sys/class/remoteproc/remoteproc*/name\n\nmodem\n\ncdsp\n\nThat is all.\n"
        )
        self.assertEqual(
            processors(text),
            {
                "remoteproc0": ("modem", None, "offline"),
                "remoteproc1": ("cdsp", None, "running"),
            },
        )

    def test_commands_in_a_row_are_answered_in_a_row(self):
        text = (
            "# cat /sys/class/remoteproc/remoteproc0/name && sudo cat "
            "/sys/class/remoteproc/remoteproc0/state; cat /sys/class/remoteproc/remoteproc0/firmware\n"
            "r5f\nrunning\na.elf\n"
        )
        self.assertEqual(processors(text), {"remoteproc0": ("r5f", "a.elf", "running")})


class Loops(unittest.TestCase):
    wanted = {
        "remoteproc0": ("adsp", None, "running"),
        "remoteproc1": ("cdsp", None, "crashed"),
    }

    def test_each_way_to_go_over_processors(self):
        paths = "/sys/class/remoteproc/remoteproc"
        for text in (
            f'# for i in {paths}*; do echo "$i: $(cat $i/name) $(cat $i/state)"; done\n'
            f"{paths}0: adsp running\n{paths}1: cdsp crashed\n# \n",
            f"$ for i in 0 1; do cat {paths}$i/name {paths}$i/state; done\n"
            "adsp\nrunning\ncdsp\ncrashed\n",
            f'~ # for d in {paths}?; do echo "== $d"; cat $d/name; cat $d/state; done\n'
            f"== {paths}0\nadsp\nrunning\n== {paths}1\ncdsp\ncrashed\n",
            f"$ for r in 1 0; do cat {paths}$r/state {paths}$r/name; done\n"
            "crashed\ncdsp\nrunning\nadsp\n",
            f"$ paste <(cat {paths}*/name) <(cat {paths}*/state)\nadsp\trunning\ncdsp\tcrashed\n",
        ):
            with self.subTest(text):
                self.assertEqual(processors(text), self.wanted)

    def test_lists_and_tables_of_people(self):
        for text in (
            "remoteproc0: adsp running\nremoteproc1: cdsp crashed\n",
            "| remoteproc0 (adsp) | running |\n| remoteproc1 (cdsp) | crashed |\n",
            "remoteproc0  adsp  running\nremoteproc1  cdsp  crashed\n",
            "remoteproc0 -> adsp, state: running\nremoteproc1 -> cdsp, state: crashed\n",
        ):
            with self.subTest(text):
                self.assertEqual(processors(text), self.wanted)

    def test_a_loop_over_a_glob_sorts_as_text(self):
        states = ["running", "offline", "crashed"] + ["offline"] * 8
        text = (
            "$ for p in /sys/class/remoteproc/*; do cat $p/state; done\n"
            + "\n".join(states) + "\n$ uname\n"
        )
        self.assertEqual(processors(text)["remoteproc10"][2], "crashed")
        self.assertEqual(processors(text)["remoteproc2"][2], "offline")

    def test_prose_has_no_names(self):
        text = "remoteproc0 is running\nremoteproc0 is not running today\n"
        self.assertEqual(processors(text), {"remoteproc0": (None, None, "running")})
        self.assertIn("not understood", processors("the remoteproc0 was never running\n"))


class Odd(unittest.TestCase):
    def test_what_was_not_understood_is_told_besides_what_was(self):
        text = (
            "[1.1] remoteproc remoteproc0: remote processor m4 is now up\n"
            "rproc=something new\nand rpmsg=1, too\n"
            "# cat /sys/class/remoteproc/x\ncat: /sys/class/remoteproc/x: No such file or directory\n"
        )
        for command in ("show", "check", "report"):
            told = run(text, command).stderr.decode()
            self.assertIn(":2: not understood: 'rproc=something new' (2 such lines)", told)
            self.assertEqual(run(text, command, "--quiet").stderr, b"")
        self.assertNotIn("something", run(text, "report", "--redact").stderr.decode())

    def test_how_many_lines_were_not_understood_is_told_by_a_capture_too(self):
        up = "[1.1] remoteproc remoteproc0: remote processor m4 is now up\n"
        offline = "# cat /sys/class/remoteproc/remoteproc0/state\noffline\n"
        for text, count in (
            (up + "rproc=something new\n", "1 line of the text was not understood."),
            (offline + "rproc=1\nand rpmsg=1\n", "2 lines of the text were not understood."),
        ):
            for command in ("show", "check"):
                told = run(text, command).stdout.decode()
                capture = run(text, "capture").stdout.decode()
                self.assertIn("; " + count, told)
                self.assertNotIn("All is well", told)
                self.assertEqual(run(capture, command).stdout.decode(), told)
                masked = run(text, "capture", "--redact").stdout.decode()
                self.assertIn(count, run(masked, command).stdout.decode().replace("\n", " "))
        self.assertNotIn("understood", run(up, "check").stdout.decode())

    def test_a_listing_that_ends_within_a_line_may_lack_a_device(self):
        whole = "/sys/devices/platform/5000.m4/remoteproc/remoteproc0\n"
        cut = whole + "/sys/devices/platform/5000.m4/remoteproc/remoteproc1"
        self.assertEqual(run(whole, "show").stderr, b"")
        self.assertIn(b":2: the input ends within a line", run(cut, "show").stderr)
        self.assertIn(b"ends within a line", run(cut[:-9], "show").stderr)
        log = "[1.1] remoteproc remoteproc0: remote processor m4 is now up"
        self.assertEqual(run(log, "show").stderr, b"")

    def test_a_bare_ls_lists_where_the_user_is(self):
        for text in (
            "root@b:/sys/class/remoteproc# ls\nremoteproc0  remoteproc1\n",
            "# cd /sys/class/remoteproc/\n# ls\nremoteproc0\nremoteproc1\n",
        ):
            self.assertEqual(list(processors(text)), ["remoteproc0", "remoteproc1"])

    def test_devices_deferred_says_what_a_driver_waits_for(self):
        cat = "root@b:~# cat /sys/kernel/debug/devices_deferred\n"
        message = "3000000.remoteproc has no remote processor: its driver still waits for another device: "
        reason = "qcom_q6v5_pas: failed to acquire interconnect path"
        for text, waits in (
            (f"{cat}3000000.remoteproc\t{reason}\n", message + reason),
            (f"{cat}sound\t\n1c0f000.mmc\twait\n3000000.remoteproc    {reason}\n", message + reason),
            (f"{cat}3000000.remoteproc\t\n", message + "its driver did not say for what"),
            (f"{cat}imx8mp-cm7\n$ uname -a\n", "imx8mp-cm7 has no remote processor"),
        ):
            outcome = run(text, "check")
            told = outcome.stdout.decode()
            self.assertEqual((outcome.returncode, outcome.stderr), (0, b""), told)
            self.assertIn(waits, told)
            self.assertIn("evidence: devices_deferred: ", told)
            capture = run(text, "capture").stdout.decode()
            self.assertEqual(run(capture, "check").stdout.decode(), told)
        for text in (
            f"{cat}sound\taudio: wait for supplier 3000000.remoteproc\n",
            f"{cat}\n3000000.remoteproc\t{reason}\n",
            f"{cat}root@b:~# lsmod\n3000000.remoteproc\t{reason}\n",
        ):
            self.assertNotIn("still waits", run(text, "check").stdout.decode(), text)

    def test_files_of_debugfs_have_many_lines(self):
        debugfs = "/sys/kernel/debug/remoteproc/remoteproc0"
        text = (
            f"# cat {debugfs}/trace0\n[00:00:00.000]: boot\n[00:00:00.010]: failed -1\n"
            f"# cat {debugfs}/resource_table\nEntry 0 is of type vdev\n  ID 7\n\nRegards\n"
        )
        capture = run(text, "capture").stdout.decode()
        self.assertIn("trace0=[00:00:00.000]: boot\\n[00:00:00.010]: failed -1", capture)
        self.assertIn("resource_table=Entry 0 is of type vdev\\n  ID 7", capture)


if __name__ == "__main__":
    unittest.main()
