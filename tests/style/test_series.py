#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_series.py SOURCE_ROOT: whether kernel/series is what kernel/rproc-sim and
kernel/selftest are today. Against a kernel tree kernel/series/make --check says it as well.
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = sys.argv.pop(1)
SERIES = os.path.join(ROOT, "kernel", "series")
IN_TREE = os.path.join(ROOT, "kernel", "rproc-sim", "in-tree")
AGAIN = "kernel/series/make makes it again"
PARTS = ("driver", "documentation", "selftest")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def patches():
    names = sorted(name for name in os.listdir(SERIES) if name.endswith(".patch"))
    return [read(os.path.join(SERIES, name)) for name in names]


def new_files(patch):
    """The files that a patch makes: path -> (mode, text)."""
    files = {}
    for part in re.split(r"(?m)^diff --git ", patch)[1:]:
        mode = re.search(r"(?m)^new file mode (\d+)$", part)
        if mode:
            path = re.match(r"a/(\S+)", part).group(1)
            lines = part.split("@@\n", 1)[1].splitlines()
            text = "".join(line[1:] + "\n" for line in lines if line.startswith("+"))
            files[path] = (mode.group(1), text)
    return files


def files_below(directory):
    files = {}
    for where, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(where, name)
            mode = "100755" if os.access(path, os.X_OK) else "100644"
            files[os.path.relpath(path, directory)] = (mode, read(path))
    return files


class Series(unittest.TestCase):
    def test_each_new_file_is_that_of_the_sources(self):
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([IN_TREE, "--files", directory], check=True)
            expected = files_below(directory)
        found = {}
        for patch in patches():
            found.update(new_files(patch))
        self.assertEqual(sorted(found), sorted(expected), AGAIN)
        for path, file in expected.items():
            self.assertEqual(found[path], file, f"{path}: {AGAIN}")

    def test_each_message_is_that_of_its_text(self):
        for patch, part in zip(patches(), ("cover", *PARTS)):
            title, _, body = read(os.path.join(SERIES, "text", part)).partition("\n")
            subject = re.search(r"(?m)^Subject: \[PATCH \d/\d\] (.*(?:\n .*)*)", patch).group(1)
            self.assertEqual(subject.replace("\n ", " "), title, AGAIN)
            self.assertIn("\n\n" + body.strip("\n") + "\n\n", patch, AGAIN)

    def test_each_patch_is_signed_and_says_its_licence_where_git_am_drops_it(self):
        for patch in patches()[1:]:
            # REUSE-IgnoreStart
            self.assertRegex(patch, r"(?m)^Signed-off-by: .+ <.+>\n---\nSPDX-License-Identifier: ")
            # REUSE-IgnoreEnd

    def test_the_driver_knows_no_other_kernel_than_its_own(self):
        driver = "".join(text for _, text in new_files(patches()[1]).values())
        self.assertNotRegex(driver, r"LINUX_VERSION_CODE|KERNEL_VERSION|compat/|RPROC_SIM_FRONT|module_param")


if __name__ == "__main__":
    unittest.main()
