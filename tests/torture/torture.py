#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""torture.py [--seconds N] [--seed N] [--part NAME] [--places]: lets every allocation, every call on a file
of /sys and every write fail, for each command and format, closes the standard streams, and
sends a signal while the reader of the output stalls.
What comes out is the answer of a run where nothing fails, or it is said that it is not,
with exit status 3 (or 1, where a check had failed already).

With --places of the calls that come the same way, by their callers, the first only, over all
commands, and those of more texts: the boards, and the cases of tests/said. With --seconds a
sample that takes about as long, from another place for each seed; without, everything. Prints
what went wrong, and the counts."""

import argparse
import ctypes
import fcntl
import glob
import itertools
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../said"))
import said

PROGRAM = os.environ["RPROC_TREE"]
TORTURE = os.environ["TORTURE"]
BOARDS = os.environ["BOARDS"]
FILES = "open openat read readdir fdopendir opendir readlink readlinkat access fstatat lstat"
ERRORS = "EMFILE ENFILE EIO ENOMEM EACCES EINTR"
ADDR_NO_RANDOMIZE = 0x0040000  # <sys/personality.h>
SIGNALS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
BROKEN, FIXED = (os.path.join(BOARDS, f"omapl138-{kind}.snapshot")
                 for kind in ("broken", "fixed"))


def board(name):
    return os.path.join(BOARDS, name)


def commands_on_texts():
    """Each format of each command, each reader, and what only some options reach."""
    for form in ("tree", "json", "dot", "mermaid", "markdown"):
        yield "show", "--format", form, "--from", BROKEN
    for form in ("text", "json", "ktap", "junit", "lava", "ptest", "nagios", "openmetrics"):
        yield "check", "--format", form, "--from", BROKEN
    yield "show", "--output-all", "--list", "--from", FIXED
    yield "show", "--raw", "--noheadings", "--ascii", "--from", FIXED
    yield "show", "remoteproc0", "--from", FIXED
    yield "show", "remoteprox", "--from", FIXED
    yield "check", "--verbose", "--strict", "--from", board("why-processors.snapshot")
    yield "check", "--expect", FIXED, "--from", BROKEN
    yield "check", "--require", "rpmsg-client-sample@dsp", "--from", FIXED
    yield "check", "--require-running", "all", "--from", board("why-processors.snapshot")
    yield "capture", "--from", board("hostile-names.snapshot")
    yield "capture", "--json", "--from", FIXED
    yield "report", "--from", board("sdm845-5.10-crash.snapshot")
    yield "report", "--redact", "--from", board("sdm845-5.10-crash.snapshot")
    yield "diff", BROKEN, FIXED
    yield "diff", "--json", BROKEN, FIXED
    for name in ("am62x-6.6.ls", "msm8916-6.12.exportdb", "reports/0.1.0.txt"):
        yield "check", "--from", board(name)
    pasted = os.path.join(BOARDS, "../pasted/texts")
    for name in ("cats.txt", "crash-loop.txt", "mail-quoted-printable.txt"):
        yield "check", "--from", os.path.join(pasted, name)
    yield "explain",
    yield "explain", "processor-start"
    yield "help", "check"
    yield "--version",


def commands_on_boards():
    for kind in ("*.snapshot", "*.ls", "*.exportdb", "reports/*", "../pasted/texts/*"):
        for path in sorted(glob.glob(board(kind))):
            yield "check", "--from", path


def commands_on_cases(place):
    """The calls of tests/said, whose texts are kept below that place."""
    for path in sorted(pathlib.Path(BOARDS, "../said").glob("*.cases")):
        for number, case in enumerate(said.read(path)[1]):
            kept = pathlib.Path(place, f"{path.stem}-{number}")
            kept.mkdir()
            case.keep_texts(kept)
            for call, _ in case.calls:
                yield tuple(str(kept / word) if word in ("text", "other") else word
                            for word in shlex.split(call))


def commands_on_systems():
    return (("show",), ("check",), ("check", "--json"), ("capture",), ("report",))


class Totals:
    def __init__(self):
        self.counts = dict.fromkeys(("failed", "same", "told", "wrong"), 0)
        self.commands = 0

    def add(self, numbers):
        for key, number in zip(self.counts, numbers):
            self.counts[key] += number

    def __str__(self):
        return ("{failed} calls failed: {same} times the same answer, {told} told, "
                "{wrong} wrong".format(**self.counts) + f" ({self.commands} commands)")


def run_tortured(arguments, kinds, step, first, root=None):
    """What the preload prints: what is wrong, and four counts."""
    preload = ":".join(filter(None, (TORTURE, os.environ.get("LD_PRELOAD"))))
    environment = dict(os.environ, LD_PRELOAD=preload, TORTURE_KINDS=kinds,
                       TORTURE_ERRORS=ERRORS, TORTURE_STEP=str(step),
                       TORTURE_FIRST=str(first))
    if root:
        environment["TORTURE_ROOT"] = root
    done = subprocess.run([PROGRAM, *arguments], env=environment, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    text = done.stdout.decode(errors="replace")
    found = re.search(r"^(\d+) calls failed: (\d+) times the same answer, (\d+) told, "
                      r"(\d+) wrong$", text, re.M)
    if not found:
        return (1, 0, 0, 1), f"no counts: {done.stderr.decode(errors='replace')[:300]}\n"
    return tuple(map(int, found.groups())), text[:found.start()]


def torture(name, jobs, seconds, seed):
    """Each job is a command line, kinds of calls, and a root or None. First it is seen how
    long one call of each takes; what time is left is shared out."""
    totals, start = Totals(), time.monotonic()
    for place, (arguments, kinds, root) in enumerate(jobs):
        # An output that is full is noticed when a buffer is: no need to look at each byte.
        step, first = 61 if kinds == "write" else 1, 1
        if seconds:
            begin = time.monotonic()
            counts, _ = run_tortured(arguments, kinds, 97, 1 + seed % 97, root)
            took = (time.monotonic() - begin) / max(counts[0], 1)
            share = max(seconds - (begin - start), 0) / (len(jobs) - place)
            step = max(1, round(97 * counts[0] * took / max(share, took)))
            first = 1 + seed % step
        counts, wrong = run_tortured(arguments, kinds, step, first, root)
        totals.add(counts)
        totals.commands += 1
        if counts[3]:
            print(f"rproc-tree {' '.join(arguments)}: {counts[3]} wrong\n{wrong}", flush=True)
    print(f"{name}: {totals}", flush=True)
    return totals.counts["wrong"]


def torture_streams(_):
    """For each command and format: each set of the standard streams closed, full and broken
    outputs, and a signal while the reader of its output stalls."""
    runs = wrong = 0
    for arguments in commands_on_texts():
        right = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL,
                               capture_output=True, check=False)
        for judge in (judge_closed, judge_outputs, judge_signals):
            for complaint in judge(arguments, right):
                runs += 1
                if complaint:
                    wrong += 1
                    print(f"rproc-tree {' '.join(arguments)}: {complaint}", flush=True)
    print(f"streams closed, full, broken and stalled: {runs} runs, {wrong} wrong", flush=True)
    return wrong


def judge_closed(arguments, right):
    """The answer as ever, without its closed parts; or status 3, and a word where one can be
    heard."""
    for closed in itertools.chain.from_iterable(
            itertools.combinations((0, 1, 2), size) for size in (1, 2, 3)):
        shut = " ".join(f"{fd}>&-" for fd in closed)
        done = subprocess.run(["sh", "-c", f'exec "$@" {shut}', "sh", PROGRAM, *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        same = (done.returncode, done.stdout) == (right.returncode, right.stdout)
        told = done.returncode == 3 and (done.stderr or 2 in closed)
        yield None if same or told else f"{closed} closed: {done.returncode} {done.stderr}"


def judge_outputs(arguments, right):
    for output in ("/dev/full", "pipe") if right.stdout else ():
        done = run_into(output, arguments)
        told = done.returncode == 3 and done.stderr
        yield None if told else f"into {output}: {done.returncode} {done.stderr}"


def judge_signals(arguments, right):
    """It dies of the signal while it cannot write, and at once."""
    for sig in SIGNALS if right.stdout else ():
        reader, fd = os.pipe()
        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 4096)
        os.write(fd, b"x" * 4096)
        with subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=fd,
                              stderr=subprocess.DEVNULL, preexec_fn=heed_signals) as process:
            os.close(fd)
            wait_for_write(process)
            process.send_signal(sig)
            try:
                status = process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                status = "hangs"
        os.close(reader)
        yield None if status == -sig else f"{sig.name} while its reader stalls: {status}"


def heed_signals():
    """What is ignored stays so, and nohup has it ignored."""
    for sig in SIGNALS:
        signal.signal(sig, signal.SIG_DFL)


def wait_for_write(process):
    """Until it sleeps, which is in write(2): it has nothing else to wait for."""
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
            if file.read().rpartition(")")[2].split()[0] == "S":
                with open(f"/proc/{process.pid}/wchan", encoding="ascii") as wait:
                    if "pipe" in wait.read():
                        return
        time.sleep(0.005)


def run_into(output, arguments):
    """A pipe without a reader; python leaves SIGPIPE ignored, as a service does."""
    if output == "pipe":
        reader, fd = os.pipe()
        os.close(reader)
    else:
        fd = os.open(output, os.O_WRONLY)
    try:
        return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=fd,
                              stderr=subprocess.PIPE, check=False, restore_signals=False)
    finally:
        os.close(fd)


def torture_writes(options):
    jobs = [(arguments, "write", None) for arguments in commands_on_texts()]
    return torture("writes", jobs, options.seconds / 8, options.seed)


def torture_allocations(options):
    with tempfile.TemporaryDirectory() as place:
        commands = list(commands_on_texts())
        if options.places:
            commands += [*commands_on_boards(), *commands_on_cases(place)]
        jobs = [(arguments, "malloc", None) for arguments in commands]
        return torture("allocations", jobs, options.seconds * 3 / 8, options.seed)


def torture_systems(options):
    """A made /sys that the walker of --sysroot reads, and a bed for each board, that umockdev
    puts in the place of /sys: there this program starts itself."""
    with tempfile.TemporaryDirectory() as root:
        subprocess.run([os.environ["MAKE_SYSFS"], f"{root}/sys", "2", "broken"], check=True,
                       stdout=subprocess.DEVNULL)
        jobs = [((*arguments, "--sysroot", root), f"malloc {FILES}", root)
                for arguments in commands_on_systems()]
        wrong = torture("a walk of a copied system", jobs, options.seconds / 6, options.seed)
    for path in (FIXED, BROKEN):
        arguments = ["--bed", "--seed", str(options.seed), "--seconds", str(options.seconds / 6)]
        wrong += subprocess.run(["umockdev-run", "-d", path, "--", sys.executable,
                                 os.path.abspath(__file__), *arguments],
                                check=False).returncode != 0
    return wrong


def torture_bed(options):
    jobs = [(arguments, f"malloc {FILES}", None) for arguments in commands_on_systems()]
    return torture("a walk by libudev", jobs, options.seconds, options.seed)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 9973)
    parser.add_argument("--part", choices=("streams", "writes", "allocations", "systems"))
    parser.add_argument("--places", action="store_true")
    parser.add_argument("--bed", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bed:
        return torture_bed(options) > 0
    if options.places:
        # Callers are known by their addresses.
        ctypes.CDLL(None).personality(ADDR_NO_RANDOMIZE)
        with tempfile.NamedTemporaryFile() as places:
            os.environ["TORTURE_PLACES"] = places.name
            return run_parts(options) > 0
    return run_parts(options) > 0


def run_parts(options):
    print(f"seed {options.seed}", flush=True)
    parts = {"streams": torture_streams, "writes": torture_writes,
             "allocations": torture_allocations, "systems": torture_systems}
    return sum(part(options) for name, part in parts.items()
               if options.part in (None, name))


sys.exit(main())
