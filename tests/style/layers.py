#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""layers.py ROOT: whether the sources keep the house's rules that a machine can see.

    floors     a file includes headers of its own floor and of those below it
    circles    no header includes itself, over however many others
    libraries  each is used in one place only
    output     only commands and main() print, exit or ask the environment
    paths      absolute paths stand in include/path_names.h
    errnos     are never combined by |
    files      an SPDX line, no more lines than CONTRIBUTING.md allows, no goto

layers.py --prove breaks each rule in a made tree, and fails when that passes unnoticed.
"""

import pathlib
import re
import sys
import tempfile

# Floor by floor, what lies below. Source and model stand side by side: neither sees the
# other. main.c stands on all of them.
BELOW = {
    "record": {"record"},
    "source": {"record", "source"},
    "model": {"record", "model"},
    "check": {"record", "model", "check"},
    "render": {"record", "model", "check", "render"},
    "command": {"record", "source", "model", "check", "render", "command"},
    "main": {"record", "source", "model", "check", "render", "command"},
}

# A contract in include/ is of the floor that has the file of its name, but for these.
WHOLE_FLOOR = {
    "array.h": "record",
    "cleanup.h": "record",
    "marker.h": "record",
    "nullable.h": "record",
    "path_names.h": "record",
    "span.h": "record",
    "source.h": "source",
    "check.h": "check",
    "comparison.h": "render",
    "render.h": "render",
    "snapshot.h": "render",
}

# What of a library is used, and where that is allowed.
LIBRARIES = {
    r"<libudev\.h>|\budev_(new|device|enumerate|list|monitor)_?\w*\(": r"src/source/",
    r"<libkmod\.h>|\bkmod_(new|module|list|unref)_?\w*\(": r"src/source/",
    r"<zlib\.h>|\bgz(open|dopen|gets|read|close)\(": r"src/source/",
    r"<json-c/|\bjson_object_\w+\(": r"tests/",
}

PRINTS = re.compile(
    r"\b(v?printf|v?dprintf|puts|putchar|perror|psignal|errx?|warnx?|_?exit|_Exit|abort)\s*\("
    r"|\b(stdout|stderr)\b|\bSTD(OUT|ERR)_FILENO\b"
)
# A macro in capitals is a flag, and flags are what | is for.
ERRNOS = re.compile(r"\)\s*\|\s*(?![A-Z_\d]+\()\w+\(|\br\s*\|=")
PATHS = re.compile(r'"/(sys|dev|proc|lib|run|boot|etc|usr)(?=[/"])')
ENVIRONMENT = re.compile(r"\b(secure_)?getenv\s*\(|\benviron\b")

# What breaks a rule already, by rule and file, and how often (or for how many lines). It can
# only shrink: more is a fault, and so is less than what is listed here.
OFFENDERS = {
    "errnos": {},
    "paths": {},
    "lines": {
        "tests/unit/test_history.c": 485,
        "tests/unit/test_phrase.c": 627,
    },
}


def without_comments(text):
    """C with its strings, lines kept."""
    pattern = r'/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')'
    return re.sub(pattern, lambda m: m[1] or "\n" * m[0].count("\n"), text, flags=re.S)


def bare(text):
    """C without comments and the contents of strings, lines kept; includes stay."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''

    def blank(match):
        found = match.group(0)
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if found[0] == '"':
            return found if before.strip() == "#include" else '""'
        return "''" if found[0] == "'" else "\n" * found.count("\n")

    return re.sub(pattern, blank, text, flags=re.S)


def floor_of_header(root, name):
    if name in WHOLE_FLOOR:
        return WHOLE_FLOOR[name]
    for floor in BELOW:
        if (root / "src" / floor / name).with_suffix(".c").exists():
            return floor
    return None


def floor_of(root, path):
    if path.parts[0] == "include":
        return floor_of_header(root, path.name)
    return "main" if path.as_posix() == "src/main.c" else path.parts[1]


def judge_includes(root, path, code):
    floor = floor_of(root, path)
    if floor not in BELOW:
        yield f"{path}: is on no floor that layers.py knows"
        return
    for name in re.findall(r'#include\s+"([^"]+)"', code):
        if name == "version.h":
            continue
        own = root / path.parent / name
        if path.parts[0] == "src" and own.exists() and "/" not in name:
            continue
        of = floor_of_header(root, name) if (root / "include" / name).exists() else None
        if not of:
            yield f"{path}: includes {name}, which is another floor's or nobody's"
        elif of not in BELOW[floor]:
            yield f"{path}: {floor} includes {name} of {of}, which is above"


def header_of(root, path, name):
    """What a file means by a name: its neighbour, or the contract."""
    own = root / path.parent / name
    return (own if own.exists() else root / "include" / name).relative_to(root)


def reached(includes, start):
    seen, ahead = set(), list(includes[start])
    while ahead:
        path = ahead.pop()
        if path not in seen:
            seen.add(path)
            ahead += includes.get(path, [])
    return seen


def judge_circles(root, codes):
    """Whether one can come from a file back to it. codes: C by path."""
    includes = {
        path: [header_of(root, path, name) for name in re.findall(r'#include\s+"([^"]+)"', code)]
        for path, code in codes.items()
    }
    for path in includes:
        if path in reached(includes, path):
            others = ", ".join(map(str, includes[path]))
            yield f"{path}: includes itself, in a circle, by one of {others}"


def judge_source(root, path, code):
    place = path.as_posix()
    yield from judge_includes(root, path, code)
    for used, allowed in LIBRARIES.items():
        if re.search(used, code) and not re.match(allowed, place):
            yield f"{place}: uses a library of another place: {re.search(used, code).group(0)}"
    if path.parts[0] == "src" and floor_of(root, path) not in ("command", "main"):
        for found in PRINTS.finditer(code):
            yield f"{place}: only commands and main print or exit: {found.group(0)}"
    if place != "src/main.c" and ENVIRONMENT.search(code):
        yield f"{place}: only main.c asks the environment"
    if re.search(r"\bgoto\b|\btypedef\s+struct\b", code):
        yield f"{place}: has a goto or a typedef of a struct"


WHY = {
    "errnos": "errnos combined by |",
    "paths": "absolute paths that are not in include/path_names.h",
    "lines": "lines",
}


def judge_count(rule, place, count, allowed, offenders):
    """A count that has a limit, or an older and higher one of its own."""
    listed = offenders[rule].get(place, allowed)
    if count > listed:
        yield f"{place}: {WHY[rule]}: {count}, more than {listed}"
    # A long file may lose a line without a word, until it is no longer too long.
    elif place in offenders[rule] and count < (listed if allowed == 0 else allowed + 1):
        yield f"{place}: {WHY[rule]}: {count}, so lower it in OFFENDERS, where it is {listed}"


def judge_counts(path, text, lines_max, offenders):
    place, floor = path.as_posix(), path.parts[1]
    if path.parts[0] in ("src", "include"):
        yield from judge_count("errnos", place, len(ERRNOS.findall(bare(text))), 0, offenders)
    if path.parts[0] in ("src", "include") and path.name != "path_names.h":
        count = len(PATHS.findall(without_comments(text)))
        yield from judge_count("paths", place, count, 0, offenders)
    yield from judge_count("lines", place, text.count("\n"), lines_max, offenders)


def judge_gone(root, offenders):
    for rule in offenders:
        for place in offenders[rule]:
            if not (root / place).exists():
                yield f"{place}: is gone: lower it in OFFENDERS, {rule}"


def is_script(path):
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def lines_max_of(root):
    """The limit is written once, for people."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return int(re.search(r"files\s+have\s+(\d+)\s+lines\s+or\s+fewer", text)[1])


def judge(root, offenders):
    """All that is wrong below a root, and how many files were looked at."""
    wrong, count, codes, lines_max = list(judge_gone(root, offenders)), 0, {}, lines_max_of(root)
    for top in "src", "include", "tests", "scripts":
        for file in sorted((root / top).rglob("*")):
            path = file.relative_to(root)
            if not file.is_file() or "boards" in path.parts or "__pycache__" in path.parts:
                continue
            is_c = file.suffix in (".c", ".h")
            if not is_c and file.name != "meson.build" and not is_script(file):
                continue
            text = file.read_text(encoding="utf-8")
            count += 1
            if not re.search(r"SPDX-License-Identifier: \S", "\n".join(text.split("\n")[:4])):
                wrong.append(f"{path}: has no SPDX line at its top")
            if is_c:
                wrong += judge_counts(path, text, lines_max, offenders)
            if is_c and top in ("src", "include"):
                codes[path] = bare(text)
                wrong += judge_source(root, path, codes[path])
    return wrong + list(judge_circles(root, codes)), count


# File and what is wrong with it, if anything.
SAMPLE_MAX = 20
SAMPLES = {
    "include/check.h": ('#include "inventory.h"\n', None),
    "include/render.h": ('#include "check.h"\n', None),
    "include/source.h": ('#include "inventory.h"\n', None),
    "include/command.h": ('#include "render.h"\n#include "source.h"\n', None),
    "include/inventory.h": ("\n", None),
    "include/path_names.h": ('#define PATH_SYS "/sys"\n', None),
    "src/command/command.c": ('#include "command.h"\n', None),
    "src/record/inventory.c": ('#include "inventory.h"\n', None),
    "src/source/paths.c": ("\n", None),
    "src/model/tree.c": ("\n", None),
    "src/command/check.c": ("\n", None),
    "src/model/good.c": (
        '#include "inventory.h"\n/* printf( getenv( */ char *a = "exit(";\n', None),
    "src/source/good.c": ('#include "source.h"\n#include <zlib.h>\n#include <libudev.h>\n', None),
    "src/render/good.c": ('#include "render.h"\nint f(FILE *o) { fprintf(o, "x"); }\n', None),
    "src/record/up.c": ('#include "tree.h"\n', "above"),
    "src/model/up.c": ('#include "check.h"\n', "above"),
    "src/source/shape.c": ('#include "tree.h"\n', "above"),
    "src/model/source.c": ('#include "source.h"\n', "above"),
    "src/source/aside.c": ('#include "check.h"\n', "above"),
    "src/check/aside.c": ('#include "source.h"\n', "above"),
    "src/render/up.c": ('#include "command.h"\n', "above"),
    "src/render/aside.c": ('#include "source.h"\n', "above"),
    "include/tree.h": ('#include "check.h"\n', "above"),
    "include/stray.h": ("\n", "no floor"),
    "src/check/private.c": ('#include "select.h"\n', "nobody's"),
    "src/check/path.c": ('#include "../source/udev.h"\n', "nobody's"),
    "src/attic/new.c": ("\n", "no floor"),
    "src/check/ring.h": ('#include "ring_b.h"\n', "in a circle"),
    "src/check/ring_b.h": ('#include "ring_c.h"\n', "in a circle"),
    "src/check/ring_c.h": ('#include "ring.h"\n', "in a circle"),
    "src/check/outside.h": ('#include "ring.h"\n', None),
    "src/model/udev.c": ("#include <libudev.h>\n", "library"),
    "src/command/udev.c": ("void f(void) { udev_new(); }\n", "library"),
    "src/check/kmod.c": ("#include <libkmod.h>\n", "library"),
    "src/record/zlib.c": ("#include <zlib.h>\n", "library"),
    "src/render/zlib.c": ("void f(void) { gzclose(0); }\n", "library"),
    "src/render/json.c": ("#include <json-c/json.h>\n", "library"),
    "src/check/text.c": ("void f(void) { json_object_put(0); }\n", "library"),
    "src/model/print.c": ('void f(void) { printf("x"); }\n', "print or exit"),
    "src/source/print.c": ('void f(void) { fputs("x", stderr); }\n', "print or exit"),
    "src/render/print.c": ("void f(void) { fflush(stdout); }\n", "print or exit"),
    "src/check/exit.c": ("void f(void) { exit(1); }\n", "print or exit"),
    "src/command/ask.c": ('void f(void) { getenv("X"); }\n', "environment"),
    "src/model/jump.c": ("void f(void) { goto end; end:; }\n", "goto"),
    "src/model/type.c": ("typedef struct a b;\n", "typedef"),
    "src/record/sys.c": ('char *a = "/sys";\n', "absolute paths"),
    "src/record/usr.c": ('/* "/dev/x" */ char *a = "/usr/lib" "/system" "sys/dev";\n', "absolute paths"),
    "src/source/dev.c": ('char *a = "/dev/";\n', "absolute paths"),
    "src/source/boot.h": ('#define A "/boot/config"\n', "absolute paths"),
    "src/render/dev.c": ('char *a = "/dev/x";\n', "absolute paths"),
    "src/check/or.c": ('int f(void) { return g("a)") |\n\th(2); }\n', "combined"),
    "src/check/or_on.c": ("int f(void) { int r = g(1); r |= g(2); return r; }\n", "combined"),
    "src/check/flags.c": ("int f(void) { return BIT(1) | BIT(2) || g(3); }\n", None),
    "src/check/or_old.c": ("int f(void) { return g(1) | g(2); }\n", None),
    "src/check/or_more.c": ("int f(void) { return g(1) | g(2) | g(3); }\n", "more than 1"),
    "src/check/or_less.c": ("\n", "lower it"),
    "src/check/or_gone.c": (..., "lower it"),
    "src/source/dev_less.c": ("\n", "lower it"),
    "src/model/long.c": ("\n" * SAMPLE_MAX, "lines"),
    "src/model/long_old.c": ("\n" * SAMPLE_MAX, None),
    "src/model/long_less.c": ("\n" * (SAMPLE_MAX - 1), "lower it"),
    "tests/unit/long.c": ("\n" * SAMPLE_MAX, "lines"),
    "tests/nobody.c": (None, "SPDX"),
    "scripts/nobody": (None, "SPDX"),
}
SAMPLE_OFFENDERS = {
    "errnos": {f"src/check/or_{name}.c": 1 for name in ("old", "more", "less", "gone")},
    "paths": {"src/source/dev_less.c": 1},
    "lines": {f"src/model/long_{name}.c": SAMPLE_MAX + 2 for name in ("old", "less")},
}


def write_sample(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    licence = "// SPDX-License-Identifier: GPL-2.0-or-later\n"
    file.write_text("#!/bin/sh\n" if text is None else licence + text, encoding="utf-8")


def prove():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        write_sample(root / "CONTRIBUTING.md", f"files have\n{SAMPLE_MAX} lines or fewer\n")
        for place, (text, _) in SAMPLES.items():
            if text is not ...:
                write_sample(root / place, text)
        wrong, _ = judge(root, SAMPLE_OFFENDERS)
    for place, (_, what) in SAMPLES.items():
        mine = [line for line in wrong if line.startswith(place + ":")]
        if (what is None and mine) or (what and not any(what in line for line in mine)):
            print(f"{place}: expected {what or 'nothing'}, found {mine}")
            failed += 1
    print(f"{len(SAMPLES)} samples, {failed} misjudged")
    return failed


def main():
    if sys.argv[1] == "--prove":
        return 1 if prove() else 0
    wrong, count = judge(pathlib.Path(sys.argv[1]), OFFENDERS)
    for line in wrong:
        print(line)
    print(f"{count} files, {len(wrong)} faults")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
