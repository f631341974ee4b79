# SPDX-License-Identifier: GPL-2.0-or-later
"""The real program on a text that is pasted into it."""

import os
import subprocess

PROGRAM = os.environ["RPROC_TREE"]


def run(text, *arguments):
    return subprocess.run(
        [PROGRAM, *arguments, "--from", "-"],
        input=text.encode(),
        capture_output=True,
        timeout=60,
    )


def flat(devices):
    for device in devices:
        yield device
        yield from flat(device["children"])
