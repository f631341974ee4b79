#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_mutate.py MUTATE: whether scripts/mutate finds the places it is to break, and no other.

Nothing is built here: it is the mutants of a made file that are compared.
"""

import importlib.machinery
import importlib.util
import sys

SAMPLE = """\
#include <stdio.h>
#define CALLS(x) if (x < 1) call(x)
/* if (a == b) call(); */
static const char *const words[] = { "a, b", "c",
\t"d", NULL };
static const struct row rows[] = {
\t{ "first", 1 },
\t{ "se && cond",
\t  f(2, 3) },
\t{ 0 },
};
static const struct one one = { .name = "x" };
int f(int a, const char *b)
{
\tint left = a << 2;

\tif (a == 1 &&
\t    !b)
\t\tcall(a, "(");
\tleft = sum(a,
\t\t   sum(b));
\tfree(b);
\twhile (g(a->next) < left || a >= 2)
\t\t(void)call_long(a,
\t\t\t\tb);
\tchar name[16] = { 0 }, *more = malloc(a + 7);

\tswitch (a) {
\tcase 3:
\t\tone->left[a + 1] += say(b, "x "
\t\t\t\t\t    "y");
\t\tbreak;
\t}
\tif (!more)
\t\treturn -ENOMEM;
\treturn true;
}
"""

# Line, operator, what stands there afterwards.
EXPECTED = [
    (4, "drop row", 'words[] = {  "c",'),
    (4, "drop row", 'words[] = { "a, b", '),
    (5, "drop row", "\t NULL };"),
    (7, "drop row", "\t"),
    (7, "plus 1", '\t{ "first", (1 + 1) },'),
    (8, "drop row", "\t"),
    (9, "plus 1", "\t  f((2 + 1), 3) },"),
    (9, "plus 1", "\t  f(2, (3 + 1)) },"),
    (15, "plus 1", "\tint left = a << (2 + 1);"),
    (17, "plus 1", "\tif (a == (1 + 1) &&"),
    (17, "== to !=", "\tif (a != 1 &&"),
    (17, "&& to ||", "\tif (a == 1 ||"),
    (17, "negate", "\tif (!(a == 1 &&"),
    (18, "drop !", "\t    b)"),
    (19, "drop call", "\t\t;"),
    (19, "empty text", '\t\tcall(a, "");'),
    (20, "drop statement", "\t;"),
    (23, "< to <=", "(g(a->next) <= left ||"),
    (23, "negate", "\twhile (!(g(a->next) < left || a >= 2))"),
    (23, "|| to &&", " && a >= 2)"),
    (23, ">= to >", " || a > 2)"),
    (23, "plus 1", "|| a >= (2 + 1))"),
    (24, "drop call", "\t\t"),
    (29, "plus 1", "\tcase (3 + 1):"),
    (30, "plus 1", "left[a + (1 + 1)]"),
    (30, "empty text", 'say(b, ""'),
    (30, "drop statement", "\t\t;"),
    (32, "drop statement", "\t\t;"),
    (34, "negate", "\tif (!(!more))"),
    (34, "drop !", "\tif (more)"),
    (35, "errno to 0", "\t\treturn 0;"),
    (36, "true to false", "\treturn false;"),
]

ACCEPTED = """\
# a comment
src/a.c: == to !=: if (a == b): c
    for a reason
    of two lines
"""


def load(path):
    loader = importlib.machinery.SourceFileLoader("mutate", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutate", loader))
    loader.exec_module(module)
    return module


def judge_mutants(mutate):
    """Expected and not found, found and not expected, lines that moved."""
    missing = list(EXPECTED)
    for mutant in mutate.mutants_of("src/a.c", SAMPLE):
        text = SAMPLE[: mutant.start] + mutant.new + SAMPLE[mutant.end :]
        line = text.split("\n")[mutant.line - 1]
        hits = [m for m in missing if m[:2] == (mutant.line, mutant.operator.split(" no. ")[0])
                and (line == m[2] if m[2][0] == "\t" else m[2] in line)]
        if hits:
            missing.remove(hits[0])
        else:
            yield f"not expected: {mutant.line}: {mutant.operator}: {line}"
        if text.count("\n") != SAMPLE.count("\n"):
            yield f"lines move: {mutant.line}: {mutant.operator}"
    yield from (f"not found: {m}" for m in missing)


def refuses(mutate, text):
    try:
        mutate.read_accepted(text)
    except mutate.Impossible:
        return True
    return False


def judge_accepted(mutate):
    key = ("src/a.c", "== to !=", "if (a == b): c")
    if mutate.read_accepted(ACCEPTED) != {key: "for a reason of two lines"}:
        yield f"tests/mutants is misread: {mutate.read_accepted(ACCEPTED)}"
    mutants = mutate.mutants_of("src/a.c", SAMPLE)
    there, gone = mutate.key_of(mutants[0]), ("src/a.c", "drop row", '"gone",')
    if mutate.stale({there: "why", gone: "why"}, mutants) != [": ".join(gone)]:
        yield "an entry that no line fits is not found"
    for text in "src/a.c: x: y\n", "src/a.c: x\n\treason\n":
        if not refuses(mutate, text):
            yield f"accepted without reason or key: {text!r}"


def main():
    sys.dont_write_bytecode = True
    mutate = load(sys.argv[1])
    wrong = [*judge_mutants(mutate), *judge_accepted(mutate)]
    print("\n".join(wrong) or f"{len(EXPECTED)} mutants, as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
