#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""validate.py SCHEMA BOARDS: holds every golden JSON against the schema.

Users get a schema that lets keys be added; here none may be there that it does not name, so
that no key is added without it. And the schema has to be able to refuse: of a device of each
kind, of a result and of the other objects, each key in turn is dropped, given another type
and joined by an unknown one.
"""

import copy
import glob
import json
import os
import sys

SKIP = 77


def strict(schema):
    """The same schema where no key may be added."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: False if key == "unevaluatedProperties" else strict(value)
        for key, value in schema.items()
    }


def objects(document):
    """One object of each sort: places in the document, by what they are."""
    found = {(): "report"}
    for key in "rproc-tree", "source", "summary":
        found[(key,)] = key
    for i in range(min(1, len(document["findings"]))):
        found[("findings", i)] = "finding"

    def walk(devices, place):
        for i, device in enumerate(devices):
            found[place + (i,)] = device["kind"]
            walk(device["children"], place + (i, "children"))

    walk(document["devices"], ("devices",))
    return {sort: place for place, sort in reversed(found.items())}


def at(document, place):
    for step in place:
        document = document[step]
    return document


def spoiled(document, place):
    """What is wrong, and a document that has this wrong in the object at that place."""
    for key in at(document, place):
        if key == "path_only":  # may be there or not
            continue
        broken = copy.deepcopy(document)
        del at(broken, place)[key]
        yield f"without {key}", broken
        broken = copy.deepcopy(document)
        at(broken, place)[key] = {"no": "such type"}
        yield f"with another type of {key}", broken
        if isinstance(at(document, place)[key], str):
            broken = copy.deepcopy(document)
            at(broken, place)[key] += "\u202e"
            yield f"with a bidi control in {key}", broken


def check_refusals(valid, valid_strictly, documents):
    """Whether the schema refuses what it should; returns (refused, let through)."""
    refused, wrong, sorts = 0, [], {}
    for name, document in documents.items():
        for sort, place in objects(document).items():
            sorts.setdefault(sort, (name, place))
    for sort, (name, place) in sorts.items():
        for what, broken in spoiled(documents[name], place):
            if valid(broken):
                wrong.append(f"{sort} {what} ({name}) is valid")
            refused += 1
        more = copy.deepcopy(documents[name])
        at(more, place)["unknown"] = 1
        if valid_strictly(more) or not valid(more):
            wrong.append(f"{sort} with an unknown key: only the strict schema refuses it")
    return refused, wrong, sorts


def main():
    try:
        import jsonschema
    except ImportError as error:
        print(f"cannot validate: {error} (Debian: python3-jsonschema)")
        return 1 if os.environ.get("CI") == "true" else SKIP

    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    usual, all_named = validator(schema), validator(strict(schema))

    documents, wrong = {}, []
    for path in sorted(glob.glob(os.path.join(sys.argv[2], "*.json"))):
        if path.endswith(".verdicts.json"):
            continue
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        documents[os.path.basename(path)] = document
        error = jsonschema.exceptions.best_match(all_named.iter_errors(document))
        if error:
            wrong.append(f"{path}: {error.json_path}: {error.message[:400]}")
    refused, let_through, sorts = check_refusals(usual.is_valid, all_named.is_valid, documents)
    wrong += let_through

    for line in wrong:
        print(line)
    kinds = {"remoteproc", "vdev", "virtio", "edge", "channel", "chardev", "bus-device", "other"}
    if not documents or not kinds <= set(sorts):
        print(f"too little to judge by: {len(documents)} documents, no {kinds - set(sorts)}")
        return 1
    print(f"{len(documents)} documents valid, {refused} broken ones refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
