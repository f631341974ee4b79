#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""words.py ROOT: whether what people read is written in words that an engineer uses.

    strings    of the program: messages, evidence, fixes, help
    headers    their comments, which the next engineer reads
    texts      the man page, README, CONTRIBUTING, CHANGELOG, docs, contrib's README
    scripts    what they and the completions say

words.py --prove breaks each rule once, and fails when that passes unnoticed.
"""

import pathlib
import re
import sys

# What is not written, what is instead, and a text that breaks the rule.
IDIOMS = [
    (r"\bhang(s|ing)?\s+(from|at|off|below|beside|under)\b|\bhung\b", "is a child of",
     "virtio0 hangs from remoteproc0"),
    (r"\bhow\s+it\s+is\s+known\b", "evidence", "How it is known"),
    (r"\bwhat\s+to\s+do\b", "fix", "what to do: reboot"),
    (r"\btakes?\s+notes\b", "treat warnings as failures", "take notes for failures"),
    (r"\bso\s+long\s+at\s+most\b|\bthere\s+and\s+quiet\b", "wait up to SECONDS",
     "wait so long at most until devices are there"),
    (r"\bnowhere\s+to\s+be\s+found\b", "not found", "its firmware is nowhere to be found"),
    (r"\b(this|that|it)\s+is\s+no\s+[a-z]", "is not a", "this is no snapshot"),
    (r"\bmay\s+not\s+be\s+read\b", "cannot read", "the file may not be read"),
    (r"\bbehind\b", "after", "behind the colon"),
    (r"\bbegin\s+of\b", "start of", "at the begin of the line"),
    (r"\bno\s+such\s+(option|command)\b|\bno\s+command\s+is\s+called\b", "unknown option",
     "no such option"),
    (r"\bits\s+state\s+is\s+\S+,\s|\bwas\s+expected\s+running\b|\brunning\s+was\s+expected\b",
     "expected running, is offline", "its state is offline, running was expected"),
    (r"\b1\s+(vdevs|channels|failures|warnings|checks|devices|processors|times)\b",
     "a plural by count", "1 vdevs"),
    (r"\b(hint|remedy)\s*:", "fix", "hint: reboot"),
    (r"\bmend\b", "fix", "mend its clocks"),
]

STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"((?:\\.|[^"\\\n])*)"|\'(?:\\.|[^\'\\\n])*\'', re.S)
COMMENT = re.compile(r'/\*(.*?)\*/|//([^\n]*)', re.S)


def strings_of(text):
    """The strings of C, those that follow each other joined; includes are none."""
    text = re.sub(r"^\s*#include[^\n]*", "", text, flags=re.M)
    text = re.sub(r'"\s*\n?\s*"', "", text)
    return [match[1] for match in STRING.finditer(text) if match[1]]


def comments_of(text):
    return [re.sub(r"\n\s*\*", " ", match[1] or match[2] or "") for match in COMMENT.finditer(text)]


def texts_of(root):
    """Path and text of all that somebody reads."""
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("include/*.h")]):
        text = path.read_text(encoding="utf-8")
        yield from ((path, string) for string in strings_of(text))
        if path.suffix == ".h":
            yield from ((path, comment) for comment in comments_of(text))
    for pattern in ("*.md", "docs/*.md", "contrib/README.md", "man/*.scd", "completions/*",
                    "scripts/*"):
        for path in sorted(root.glob(pattern)):
            # The list of words is where they stand.
            if path.is_file() and path.name != "words.md":
                yield path, path.read_text(encoding="utf-8")


def judge(text):
    """What is wrong with a text."""
    for idiom, instead, _ in IDIOMS:
        for found in re.finditer(idiom, text, re.I):
            yield f"'{' '.join(found[0].split())}': say: {instead}"


def prove():
    missed = [sample for _, instead, sample in IDIOMS
              if not any(fault.endswith(instead) for fault in judge(sample))]
    missed += [sample for sample in ('f("virtio0 " "hangs\\\n")', '"a" /* hangs from */', "'\"'")
               if any(True for string in strings_of(sample) for _ in judge(string))]
    if not any(True for comment in comments_of("/* it\n * hangs\n * from x */")
               for _ in judge(comment)):
        missed.append("a comment over lines")
    for sample in missed:
        print(f"misjudged: {sample}")
    return len(missed)


def main():
    if sys.argv[1] == "--prove":
        return 1 if prove() else 0
    root = pathlib.Path(sys.argv[1])
    count, wrong = 0, []
    for path, text in texts_of(root):
        count += 1
        wrong += [f"{path.relative_to(root)}: {fault}" for fault in judge(text)]
    for line in wrong:
        print(line)
    print(f"{count} texts, {len(wrong)} faults")
    return 1 if wrong or count < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
