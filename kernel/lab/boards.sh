# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# Captures of real kernels are boards of the tests: tests/boards/lab-*.snapshot. A run
# compares what it captured with what is committed; --update-boards writes it there.

# What differs between two releases of one kernel and means nothing: its name, and numbers
# the kernel gives out as they come.
normal() {
	sed -E -e '/^E: RPROC_TREE_(KERNEL|LINES)=/d' -e '/^E: MAJOR=/d' \
		-e 's/[0-9]+\.[0-9]+\.[0-9]+[-+.0-9a-z]*-(amd64|armmp)/RELEASE/g' "$1"
}

# boards_of CELL OUT
boards_of() {
	local board cell row changed=0 file

	while read -r board cell row; do
		file=$project/tests/boards/lab-$board.snapshot
		[[ $cell == "$1" && -e $2/$row/snapshot ]] || continue
		if [[ -n $update ]]; then
			cp "$2/$row/snapshot" "$file"
		elif [[ ! -e $file ]]; then
			say "no board lab-$board yet: --update-boards makes it"
		elif ! diff -u --label "lab-$board.snapshot" --label 'captured now' \
			<(normal "$file") <(normal "$2/$row/snapshot") >"$work/difference"; then
			echo "WRONG  the capture of $row differs from the board lab-$board:"
			sed -n '3,12s/^/       /p' "$work/difference"
			changed=1
		fi
	done < <(grep -vE '^(#|$)' "$lab/boards")
	return "$changed"
}
