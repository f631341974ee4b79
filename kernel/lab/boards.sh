# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# Captures of real kernels are boards of the tests: tests/boards/lab-*.snapshot. A run
# compares what it captured with what is committed; --update-boards writes it there.

# In the form the tests keep it, without what differs between two releases of a kernel and
# means nothing: its name, numbers and addresses that are given out as they come.
normal() {
	"$program" capture --from "$1" |
		sed -E -e '/^E: RPROC_TREE_(KERNEL|LINES|LOG[_0-9A-Z]*)=/d' -e '/^E: MAJOR=/d' \
			-e '/^[AH]: rproc-tree\/carveout_memories=/d' -e 's/(Address )0x[0-9a-f]+/\1ADDRESS/g' \
			-e 's/[0-9]+\.[0-9]+\.[0-9]+[-+.0-9a-z]*-(amd64|armmp)/RELEASE/g'
}

# write_board NAME CELL ROW DIRECTORY: the capture, and beside it what the oracle said.
write_board() {
	local file=$project/tests/boards/lab-$1

	"$program" capture --from "$4/snapshot" >"$file.snapshot" || return
	"$lab/judge" --board "lab $2, $3: Linux $(sed -n 's/^E: RPROC_TREE_KERNEL=//p' \
		"$file.snapshot"); the verdicts are the kernel's" "$4" >"$file.verdicts.json" || return
	RPROC_TREE=$program "$project/scripts/update-boards" "lab-$1" >"$work/update" 2>&1 || {
		tail -n 3 "$work/update" >&2
		return 1
	}
}

# boards_of CELL OUT
boards_of() {
	local board cell row changed=0 file

	while read -r board cell row; do
		file=$project/tests/boards/lab-$board.snapshot
		[[ $cell == "$1" && -e $2/$row/snapshot ]] || continue
		if [[ -n $update ]]; then
			write_board "$board" "$cell" "$row" "$2/$row" || changed=1
		elif [[ ! -e $file ]]; then
			say "no board lab-$board yet: --update-boards makes it"
		elif ! diff -u <(normal "$file") <(normal "$2/$row/snapshot") >"$work/difference"; then
			echo "WRONG  the capture of $row differs from the board lab-$board:"
			sed -n '3,12s/^/       /p' "$work/difference"
			changed=1
		fi
	done < <(grep -vE '^(#|$)' "$lab/boards")
	return "$changed"
}
