#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""recipes.py ROOT: what the recipes in packaging/ say of the project is true: the options of meson exist and
take the value given, versions are those of meson.build, checksums those of the file.
recipes.py --prove: plants one lie of each kind and wants it found."""

import hashlib
import pathlib
import re
import shutil
import sys
import tempfile

RECIPES = ("alpine/APKBUILD", "buildroot/rproc-tree/rproc-tree.mk", "debian/rules", "yocto/rproc-tree_*.bb")
VALUES = {"feature": {"enabled", "disabled", "auto"}, "boolean": {"true", "false"}}
VERSIONS = {"alpine/APKBUILD": r"(?m)^pkgver=(.+)$",
            "buildroot/rproc-tree/rproc-tree.mk": r"(?m)^RPROC_TREE_VERSION = (.+)$",
            "debian/changelog": r"\A\S+ \(([^-]+)-"}
SUMS = {"buildroot/rproc-tree/rproc-tree.hash": r"(?m)^(sha256)\s+(\w+)\s+(\S+)$",
        "yocto/rproc-tree_*.bb": r"file://([^;\"]+);(md5)=(\w+)"}
LICENCE = "LICENSES/GPL-2.0-or-later.txt"


def read(root, pattern):
    path, = (root / "packaging").glob(pattern)
    return path.name, path.read_text(encoding="utf-8")


def faults(root):
    options = dict(re.findall(r"option\('(\w+)',\s*type: '(\w+)'",
                              (root / "meson_options.txt").read_text(encoding="utf-8")))
    version = re.search(r"version: '([^']+)'", (root / "meson.build").read_text(encoding="utf-8"))[1]
    for recipe in RECIPES:
        name, text = read(root, recipe)
        given = re.findall(r"-D(\w+)=([^\s,\")]*)", text)
        if not given:
            yield f"{name}: gives meson no option"
        for option, value in given:
            values = VALUES.get(options.get(option))
            if option not in options:
                yield f"{name}: meson has no option {option}"
            elif values and value not in values and not value.startswith("$"):
                yield f"{name}: {option} takes no {value}"
    said = {recipe: re.search(pattern, read(root, recipe)[1])[1] for recipe, pattern in VERSIONS.items()}
    said["yocto"] = read(root, "yocto/rproc-tree_*.bb")[0][len("rproc-tree_"):-len(".bb")]
    for recipe, other in said.items():
        if other != version:
            yield f"{recipe}: is of {other}, the project of {version}"
    for recipe, pattern in SUMS.items():
        for found in re.findall(pattern, read(root, recipe)[1]):
            algorithm, = {"md5", "sha256"} & set(found)
            path, = (word for word in found if "/" in word)
            if hashlib.new(algorithm, (root / path).read_bytes()).hexdigest() not in found:
                yield f"{recipe}: the {algorithm} of {path} is another"


def prove(root):
    lies = (("packaging/alpine/APKBUILD", "-Dlibkmod=", "-Dkmod="),
            ("packaging/debian/rules", "-Dumockdev=disabled", "-Dumockdev=off"),
            ("packaging/buildroot/rproc-tree/rproc-tree.mk", "VERSION = 0", "VERSION = 9"),
            ("packaging/buildroot/rproc-tree/rproc-tree.hash", "sha256  8", "sha256  9"),
            (LICENCE, "GNU", "gnu"))
    for path, old, new in lies:
        with tempfile.TemporaryDirectory() as directory:
            copy = pathlib.Path(directory)
            shutil.copytree(root / "packaging", copy / "packaging")
            for name in "meson.build", "meson_options.txt":
                shutil.copy(root / name, copy)
            (copy / "LICENSES").mkdir()
            shutil.copy(root / LICENCE, copy / LICENCE)
            text = (copy / path).read_text(encoding="utf-8")
            assert old in text, path
            (copy / path).write_text(text.replace(old, new, 1), encoding="utf-8")
            if not list(faults(copy)):
                yield f"{path}: {new} for {old} was not found"


here = pathlib.Path(__file__).resolve().parents[2]
found = list(prove(here) if sys.argv[1] == "--prove" else faults(pathlib.Path(sys.argv[1])))
print(*found, f"{len(found)} faults", sep="\n")
sys.exit(1 if found else 0)
