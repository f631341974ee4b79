#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""layers.py ROOT: whether the sources keep the house's rules that a machine can see.

    floors     a file includes headers of its own floor and of those below it
    libraries  each is used in one place only
    output     only commands and main() print, exit or ask the environment
    files      an SPDX line, no more lines than one can overlook, no goto

layers.py --prove breaks each rule in a made tree, and fails when that passes unnoticed.
"""

import pathlib
import re
import sys
import tempfile

LINES_MAX = 350

# Floor by floor, what lies below; main.c stands on all of them.
BELOW = {
    "model": {"model"},
    "source": {"model", "source"},
    "check": {"model", "check"},
    "render": {"model", "check", "render"},
    "command": {"model", "source", "check", "render", "command"},
    "main": {"model", "source", "check", "render", "command"},
}

# A contract in include/ is of the floor that has the file of its name, but for these.
WHOLE_FLOOR = {
    "cleanup.h": "model",
    "marker.h": "model",
    "source.h": "source",
    "check.h": "check",
    "comparison.h": "render",
    "render.h": "render",
}

# What of a library is used, and where that is allowed.
LIBRARIES = {
    r"<libudev\.h>|\budev_(new|device|enumerate|list|monitor)_?\w*\(": r"src/source/",
    r"<libkmod\.h>|\bkmod_(new|module|list|unref)_?\w*\(": r"src/source/",
    r"<libsmartcols\.h>|\bscols_\w+\(": r"src/render/tree\.c$",
    r"<json-c/": r"src/render/json_value\.h$",
    r"\bjson_object_\w+\(": r"src/render/",
}

PRINTS = re.compile(
    r"\b(v?printf|v?dprintf|puts|putchar|perror|psignal|errx?|warnx?|_?exit|_Exit|abort)\s*\("
    r"|\b(stdout|stderr)\b|\bSTD(OUT|ERR)_FILENO\b"
)
ENVIRONMENT = re.compile(r"\b(secure_)?getenv\s*\(|\benviron\b")


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


def is_script(path):
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def judge_file(path, text):
    if not re.search(r"SPDX-License-Identifier: \S", "\n".join(text.split("\n")[:4])):
        yield f"{path}: has no SPDX line at its top"
    if path.suffix in (".c", ".h") and text.count("\n") > LINES_MAX:
        yield f"{path}: has {text.count(chr(10))} lines, more than {LINES_MAX}"


def judge(root):
    """All that is wrong below a root, and how many files were looked at."""
    wrong, count = [], 0
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
            wrong += judge_file(path, text)
            if is_c and top in ("src", "include"):
                wrong += judge_source(root, path, bare(text))
    return wrong, count


# File and what is wrong with it, if anything.
SAMPLES = {
    "include/check.h": ('#include "tree.h"\n', None),
    "include/render.h": ('#include "check.h"\n', None),
    "include/source.h": ('#include "tree.h"\n', None),
    "include/command.h": ('#include "render.h"\n', None),
    "src/command/command.c": ('#include "command.h"\n', None),
    "src/model/tree.c": ("\n", None),
    "src/command/check.c": ("\n", None),
    "src/model/good.c": ('#include "tree.h"\n/* printf( getenv( */ char *a = "exit(";\n', None),
    "src/render/good.c": ('#include "render.h"\nint f(FILE *o) { fprintf(o, "x"); }\n', None),
    "src/model/up.c": ('#include "check.h"\n', "above"),
    "src/source/aside.c": ('#include "check.h"\n', "above"),
    "src/check/aside.c": ('#include "source.h"\n', "above"),
    "src/render/up.c": ('#include "command.h"\n', "above"),
    "src/render/aside.c": ('#include "source.h"\n', "above"),
    "include/tree.h": ('#include "check.h"\n', "above"),
    "include/stray.h": ("\n", "no floor"),
    "src/check/private.c": ('#include "select.h"\n', "nobody's"),
    "src/check/path.c": ('#include "../source/udev.h"\n', "nobody's"),
    "src/attic/new.c": ("\n", "no floor"),
    "src/model/udev.c": ("#include <libudev.h>\n", "library"),
    "src/command/udev.c": ("void f(void) { udev_new(); }\n", "library"),
    "src/check/kmod.c": ("#include <libkmod.h>\n", "library"),
    "src/render/table.c": ("#include <libsmartcols.h>\n", "library"),
    "src/render/json.c": ("#include <json-c/json.h>\n", "library"),
    "src/check/text.c": ("void f(void) { json_object_put(0); }\n", "library"),
    "src/model/print.c": ('void f(void) { printf("x"); }\n', "print or exit"),
    "src/source/print.c": ('void f(void) { fputs("x", stderr); }\n', "print or exit"),
    "src/render/print.c": ("void f(void) { fflush(stdout); }\n", "print or exit"),
    "src/check/exit.c": ("void f(void) { exit(1); }\n", "print or exit"),
    "src/command/ask.c": ('void f(void) { getenv("X"); }\n', "environment"),
    "src/model/jump.c": ("void f(void) { goto end; end:; }\n", "goto"),
    "src/model/type.c": ("typedef struct a b;\n", "typedef"),
    "src/model/long.c": ("\n" * LINES_MAX, "lines"),
    "tests/unit/long.c": ("\n" * LINES_MAX, "lines"),
    "tests/nobody.c": (None, "SPDX"),
    "scripts/nobody": (None, "SPDX"),
}


def write_sample(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    licence = "// SPDX-License-Identifier: GPL-2.0-or-later\n"
    file.write_text("#!/bin/sh\n" if text is None else licence + text, encoding="utf-8")


def prove():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for place, (text, _) in SAMPLES.items():
            write_sample(root / place, text)
        wrong, _ = judge(root)
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
    wrong, count = judge(pathlib.Path(sys.argv[1]))
    for line in wrong:
        print(line)
    print(f"{count} files, {len(wrong)} faults")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
