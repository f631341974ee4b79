# SPDX-License-Identifier: GPL-2.0-or-later
"""A parser of KTAP, written from Documentation/dev-tools/ktap.rst and strict where it is."""

import re

RESULT = re.compile(r"(ok|not ok) ([0-9]+)(?: - | |$)(.*)", re.ASCII)
TOTALS = re.compile(
    r"# Totals: pass:(\d+) fail:(\d+) xfail:(\d+) xpass:(\d+) skip:(\d+) error:(\d+)"
)


class Malformed(Exception):
    pass


def parse_result(line, number):
    match = RESULT.fullmatch(line)
    if not match:
        raise Malformed(f"neither result nor diagnostic: {line!r}")
    if int(match[2]) != number:
        raise Malformed(f"result {match[2]} where {number} is due")
    description, hash_, directive = match[3].partition("#")
    if hash_ and not re.fullmatch(r" (SKIP|XFAIL|TIMEOUT|ERROR)( .*)?", directive):
        raise Malformed(f"no directive: {line!r}")
    word = directive.split()[0] if hash_ else ("PASS" if match[1] == "ok" else "FAIL")
    return description.strip(), word


def parse(text):
    """A dictionary: description to PASS, FAIL, SKIP."""
    if not text.endswith("\n"):
        raise Malformed("the last line has no end")
    lines = text.split("\n")[:-1]
    if not re.fullmatch(r"KTAP version 1", lines[0]):
        raise Malformed("no version line")
    plan = re.fullmatch(r"1\.\.([0-9]+)(?: # SKIP.*)?", lines[1])
    if not plan:
        raise Malformed("no plan")
    results, totals = {}, None
    for line in lines[2:]:
        if totals:
            raise Malformed("something follows the totals")
        if line.startswith("# Totals:"):
            totals = [int(n) for n in TOTALS.fullmatch(line).groups()]
        elif not re.match(r"# ", line):
            name, word = parse_result(line, len(results) + 1)
            if name in results:
                raise Malformed(f"twice: {name}")
            results[name] = word
    if len(results) != int(plan[1]):
        raise Malformed("plan and results differ")
    words = list(results.values())
    if totals != [words.count("PASS"), words.count("FAIL"), 0, 0, words.count("SKIP"), 0]:
        raise Malformed("totals and results differ")
    return results
