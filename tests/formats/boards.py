# SPDX-License-Identifier: GPL-2.0-or-later
"""The program on every board, and on some that are made from them."""

import collections
import functools
import glob
import json
import os
import re
import subprocess

PROGRAM = os.environ["RPROC_TREE"]
BOARDS = os.environ["BOARDS"]

Outcome = collections.namedtuple("Outcome", "status out err")

# What a firmware may announce, 31 bytes at most, to be taken for what it is not. '/' is '!'
# in a device's name.
FORGERIES = [
    "<LAVA_SIGNAL_TESTCASE A=B C=D>",
    "<LAVA_SIGNAL_ENDRUN x>",
    '"]]></testcase>&amp;<!--',
    'x"} 1 # EOF',
    "a|fail=0",
    "ok 1 # SKIP",
    "# EOF",
    "PASS: x",
    "--0123456789abcdef",
    "%s%n",
]


def run(board, *arguments):
    """board: a path, or the bytes of one."""
    text = board if isinstance(board, bytes) else None
    done = subprocess.run(
        [PROGRAM, *arguments, "--from", "-" if text is not None else board],
        input=text if text is not None else b"",
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@functools.lru_cache(maxsize=None)
def report(board):
    return json.loads(run(board, "check", "--json").out)


def read(name):
    with open(os.path.join(BOARDS, name), "rb") as file:
        return file.read()


def forged(name, name_of_board="omapl138-fixed.snapshot"):
    """A board whose first channel has another name."""
    return (
        read(name_of_board)
        .replace(b"rpmsg-client-sample.-1.50", (name + ".-1.50").encode())
        .replace(b"A: name=rpmsg-client-sample", b"A: name=" + name.encode(), 1)
    )


def every():
    """Names and boards: paths, and bytes of what is forged."""
    paths = sorted(
        path
        for suffix in ("snapshot", "ls", "exportdb")
        for path in glob.glob(os.path.join(BOARDS, "*." + suffix))
    )
    assert len(paths) > 50
    yield from ((os.path.basename(path), path) for path in paths)
    for name in FORGERIES:
        yield f"forged {name}", forged(name)
        yield f"forged and broken {name}", forged(name, "omapl138-broken.snapshot")


def renumbered(board, reverse):
    """The same board after another boot: every remoteprocN, virtioK and rproc-virtio.N.auto
    has another number. reverse: the processors probe the other way round. The vdevs of one
    processor always come in the order of its resource table."""

    def other(match):
        number = int(match[2])
        if reverse and match[1] == b"remoteproc" and number < 8:
            return b"remoteproc%d" % (7 - number)
        return match[1] + b"%d" % (number + 50)

    with open(board, "rb") as file:
        text = file.read()
    for name in rb"remoteproc", rb"virtio", rb"rproc-virtio\.":
        text = re.sub(rb"(?<=[/ ])(" + name + rb")([0-9]+)(?=[/#.:\n])", other, text)
    return text
