#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_quoting.py: whatever a module, driver, firmware, device or node is called, a shell
takes it in a fix as one word, and as that name; pasting a fix runs nothing else."""

import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ["RPROC_TREE"]
MARK = "zqzq"
HOSTILE = ("x;touch${IFS}%s;zqzq", "`touch %s`zqzq", "$(touch %s)zqzq", "zqzq'\"", "'zqzq'",
           "zqzq x", "zq\tzqzq", "\\zqzq\\", "zqzq\x1b[31m", "&touch %s&zqzq", "-zqzq",
           "--zqzq|touch %s", "#zqzq", "~zqzq*?", "zqzq\u202e\u00fc", "zqzq\n touch %s")


def escape(value):
    """As a snapshot has a path or a property: bytes that are not plain are written \\xNN."""
    return "".join(c if c.isprintable() and c not in "\u202e" else
                   "".join(f"\\x{byte:02x}" for byte in c.encode()) for c in value)


def attribute(name, value):
    return f"H: {name}={value.encode().hex().upper()}0A\n"


def processor(name, state, extra="", attributes=""):
    return (f"P: /devices/platform/{name}\nE: DEVPATH=/devices/platform/{name}\n"
            "E: SUBSYSTEM=platform\nE: RPROC_TREE_ESCAPED=path\nE: DRIVER=imx-rproc\n" + extra +
            f"\nP: /devices/platform/{name}/remoteproc/remoteproc0\n"
            f"E: DEVPATH=/devices/platform/{name}/remoteproc/remoteproc0\n"
            "E: DEVTYPE=remoteproc\nE: SUBSYSTEM=remoteproc\nE: RPROC_TREE_ESCAPED=path\n"
            f"A: state={state}\\n\n{attributes}\n")


def channel(name, extra="", attributes=""):
    above = "/devices/platform/a/remoteproc/remoteproc0/virtio0"
    return (processor("a", "running") +
            f"P: {above}\nE: SUBSYSTEM=virtio\nE: DRIVER=virtio_rpmsg_bus\nA: device=0x0007\\n\n\n"
            f"P: {above}/{name}\nE: DEVPATH={above}/{name}\nE: SUBSYSTEM=rpmsg\n"
            f"E: RPROC_TREE_ESCAPED=path\nA: name=c\\n\nA: announce=true\\n\n{extra}{attributes}\n")


def log(*lines):
    return "".join(f"E: RPROC_TREE_LOG_{place:04}={line}\n" for place, line in
                   enumerate(lines, 1))


def boards(value):
    """A board for each name that a fix repeats."""
    name, module = escape(value.replace("/", "!")), "E: RPROC_TREE_MODULE=" + escape(value)
    for state in ("not-loaded", "live", "builtin"):
        yield channel("c.-1.1", f"{module}\nE: RPROC_TREE_MODULE_STATE={state}\n")
    yield channel("c.-1.1", f"{module}\nE: RPROC_TREE_MODULE_STATE=not-loaded\n"
                            "E: RPROC_TREE_MODULE_BLACKLIST=install /bin/false\n")
    for drivers in ("a", value if " " not in value else "a"):
        yield channel("c.-1.1", f"E: RPROC_TREE_DRIVERS={escape(drivers)}\n",
                      attribute("driver_override", value))
    yield channel(f"{name}.-1.1", "E: RPROC_TREE_MODULE_STATE=none\n")
    yield channel(f"{name}.-1.1", "E: RPROC_TREE_DRIVERS=x\n", attribute("driver_override", "y"))
    yield processor(name, "crashed")
    yield processor(name, "offline", attributes=attribute("recovery", "disabled"))
    line = "[    1.000000] remoteproc remoteproc0: "
    flat = escape(value).replace("\\x0a", "")
    for cause in (f"Direct firmware load for {flat} failed with error -2",
                  "Image is too small", "bad phdr da 0x1 mem 0x2"):
        yield processor("a", "offline", log(
            line + "powering up m4", line + f"Booting fw image {flat}, size 1", line + cause,
            line + "can't start rproc m4: -22", line + "Boot failed: -22"),
            attribute("firmware", value))
    yield processor("a", "offline", log(
        f"[    1.000000] {flat} b: probe with driver {flat} failed with error -22",
        f"[    2.000000] imx-rproc {flat}: probe with driver imx-rproc failed with error -22"))
    for node in ("missing", "no-char"):
        yield processor("a", "running", attributes=f"E: DEVNAME={escape(value)}\nE: MAJOR=5\n"
                        f"E: MINOR=1\nE: RPROC_TREE_NODE={node}\n")


def words_of(fix):
    """The words of a fix in which the mark is, as a shell takes them: cut at blanks that are
    not quoted, and each expanded by one that may not run anything."""
    at, words = 0, []
    while at < len(fix):
        if fix[at] in " \n":
            at += 1
            continue
        start, quote = at, None
        while at < len(fix) and (quote or fix[at] not in " \n"):
            char = fix[at]
            if quote == "$'" and char == "\\":
                at += 1
            elif quote:
                quote = None if char == "'" else quote
            elif fix.startswith("$'", at):
                quote, at = "$'", at + 1
            elif char == "'":
                quote = "'"
            elif char == "\\":
                at += 1
            at += 1
        words.append(fix[start:at])
    return [word for word in words if MARK in word]


def expand(word, directory):
    """What a shell hands to a program; None: it takes it for more than a word."""
    word = word.rstrip(";,.:)").lstrip("(")
    done = subprocess.run(["bash", "-c", f"set -f; set -- {word}; printf '%s|%s' $# \"$1\""],
                          cwd=directory, capture_output=True, check=False)
    count, _, text = done.stdout.decode(errors="replace").partition("|")
    return text if count == "1" and not done.stderr else None


def check(value, text, planted, directory):
    done = subprocess.run([PROGRAM, "check", "--json", "--from", "-"], input=text.encode(),
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return None, [f"{done.stderr.decode()}\n{text}"]
    found, wrong = 0, []
    for finding in json.loads(done.stdout)["findings"]:
        for word in words_of(finding["fix"] or ""):
            found += 1
            got = expand(word, directory)
            wanted = (value, value.replace("/", "!"), value.replace("\n", ""), escape(value))
            if got is None or not any(name in got for name in wanted):
                wrong.append(f"{finding['check']}: {word!r} is {got!r}: {finding['fix']}")
    if os.path.exists(planted):
        os.unlink(planted)
        wrong.append("something was run")
    return found, wrong


def main():
    total, wrong = 0, []
    with tempfile.TemporaryDirectory() as directory:
        planted = os.path.join(directory, "planted")
        for pattern in HOSTILE:
            value = pattern.replace("%s", planted)
            for place, text in enumerate(boards(value)):
                found, bad = check(value, text, planted, directory)
                wrong += [f"board {place}, {value!r}: {each}" for each in bad]
                total += found or 0
    print("\n".join(wrong[:10]))
    print(f"{total} hostile words, {len(wrong)} wrong")
    return wrong or total < 100


sys.exit(1 if main() else 0)
