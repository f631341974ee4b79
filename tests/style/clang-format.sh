#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whether all C is as clang-format has it. What other releases make of .clang-format
# differs: it is held to that of Debian 12, 14. CI has it, and a stage of its own.
cd "$1" || exit 1
if ! clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	echo 'clang-format 14 is not installed'
	exit 77
fi
find src include tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
