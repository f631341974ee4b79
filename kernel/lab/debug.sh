# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# A small kernel with KASAN, lockdep and kmemleak, in which the simulator is taken through
# rounds of start, stop, crash and removal: guest/rounds.

# run_debug RUN KERNEL SUITES VARIANT: 25 rounds, a thousand with --all, or --rounds.
run_debug() {
	local run=$1 kernel=$2 suites=$3 tree_dir small seconds
	local rounds=${rounds:-${all:+1000}}

	: "${rounds:=25}"
	seconds=$((3 * hang + 9 * rounds))
	install_for small || return 4
	tree_dir=$(source_tree "$kernel" "$suites") || return 4
	small=$cache/small/${tree_dir##*/}-debug
	"$lab/small-kernel" --quiet --jobs "$jobs" --out "$small" --config "$lab/debug.config" \
		"$tree_dir" || return
	[[ $(grep -cE '^CONFIG_(KASAN|PROVE_LOCKING|DEBUG_KMEMLEAK)=y' "$small/build/.config") == 3 ]] || {
		say 'this kernel takes no KASAN, lockdep or kmemleak'
		return 1
	}
	build_small_modules "$small" || return
	lay_out_small "$small" "$run/root"
	add_programs "$run/root"
	boot "$run" "$seconds" qemu-system-x86_64 -accel tcg -M pc -smp 2 -m 1024 \
		-kernel "$small/bzImage" -append "$(command_line "${rows:-rounds}")"
}
