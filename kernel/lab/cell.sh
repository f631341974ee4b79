# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# The cells of the matrix: what each needs, how each is run, and the sum of them all.

# install_for PURPOSE...: what is missing, unless only the cache is to be used.
install_for() {
	local lacking

	[[ -z $offline ]] || {
		lacking=$(missing "$@")
		[[ -z $lacking ]] || complain "not installed, and --offline: ${lacking//$'\n'/ }"
		return
	}
	meet "$@"
}

cell_row() {
	awk -v name="$1" '!/^#/ && $1 == name' "$lab/cells"
}

cells_of() {
	awk -v sets=" $1 " '!/^#/ && NF && index(sets, " " $7 " ")' "$lab/cells" | awk '{ print $1 }'
}

list_cells() {
	printf '%-18s %-8s %-7s %-8s %-8s %s\n' CELL WAY KERNEL VARIANT EXPECTED SET
	awk '!/^#/ && NF { printf "%-18s %-8s %-7s %-8s %-8s %s\n", $1, $2, $3, $5, $6, $7 }' "$lab/cells"
}

# Where this checkout is built: program_dir ARCHITECTURE
program_dir() {
	echo "$cache/program/$1-$(cksum <<<"$project" | cut -d ' ' -f 1)"
}

# The program of this tree, or the one asked for. Sets program and real_program.
build_program() {
	local build

	build=$(program_dir amd64)

	if [[ -n ${RPROC_TREE:-} ]] && [[ $(head -c 4 "$RPROC_TREE") == $'\x7fELF' ]]; then
		program=$(realpath "$RPROC_TREE") real_program=
		return
	fi
	install_for build || return
	if [[ ! -e $build/build.ninja ]]; then
		say 'building rproc-tree'
		rm -rf "$build"
		meson setup --buildtype=release -Dtests=false -Dman=disabled "$build" "$project" >"$work/meson" 2>&1 || {
			tail -n 3 "$work/meson" >&2
			return 1
		}
	fi
	ninja -C "$build" rproc-tree >"$work/ninja" 2>&1 || {
		grep -m 5 -E 'error|FAILED' "$work/ninja" >&2
		return 1
	}
	program=$build/rproc-tree real_program=
	if [[ -n ${RPROC_TREE:-} ]]; then
		real_program=$program
		program=$(realpath "$RPROC_TREE")
		mkdir -p "$work/bin"
		ln -sf "$real_program" "$work/bin/rproc-tree.real"
		PATH=$work/bin:$PATH
	fi
}

add_programs() {
	add_program "$1" "$program" rproc-tree
	add_kmod "$1"
	chmod +x "$1/bin/rproc-tree"
	# busybox's own knows nothing of --ignore-install.
	rm -f "$1/bin/modprobe"
	add_program "$1" "$(command -v kmod)" modprobe
	[[ -z $real_program ]] || add_program "$1" "$real_program" rproc-tree.real
}

# run_WAY RUN KERNEL SUITES VARIANT: makes the guest of a cell and boots it.

# modules: a stock kernel and its own remoteproc as modules.
run_modules() {
	local run=$1 kernel=$2 suites=$3 variant=$4 found release kernel_dir stock cpus=1

	# On one CPU hardly anything is read while it is freed.
	case " $rows $variant " in
	*' debugfs '* | *' raced '* | '  shipped ') cpus=2 ;;
	esac
	found=$(kernel "$kernel" "$suites" amd64 amd64) || return 4
	read -r release kernel_dir <<<"$found"
	build_modules "$kernel_dir" "$release" "$variant" || return
	mapfile -t stock < <(find "$kernel_dir/lib/modules/$release" \
		-name 'virtio.ko*' -o -name 'virtio_ring.ko*' -o -name 'configfs.ko*')
	lay_out_guest "$run/root" "$(command -v busybox)"
	add_modules "$run/root" "$release" "${stock[@]}" "$kernel_dir/modules-$variant"/*/*.ko
	index_modules "$run/root" "$release" "$kernel_dir/lib/modules/$release"
	add_programs "$run/root"
	boot "$run" "$hang" qemu-system-x86_64 -accel tcg -M pc -cpu max -smp "$cpus" -m 512 \
		-kernel "$kernel_dir/boot/vmlinuz-$release" -append "$(command_line "$rows")"
}

# small: a whole small kernel, built from the source package.
run_small() {
	local run=$1 kernel=$2 suites=$3 variant=$4 tree_dir small

	tree_dir=$(source_tree "$kernel" "$suites") || return 4
	small=$cache/small/${tree_dir##*/}
	small_variant "$small" x86 "$tree_dir" "$variant" || return
	lay_out_small "$small" "$run/root"
	add_programs "$run/root"
	boot_small "$small" "$run" "$rows" "$hang"
}

# must_oops RUN: the kernel has, in the function that ../fix/0005 mends, and the program read
# it off the console as well.
must_oops() {
	local run=$1

	if ! complaints "$run" | grep -q 'Oops' ||
		! grep -qaE 'RIP: .*rproc_free_vring' "$run/out/dmesg"; then
		echo 'WRONG  this kernel is to oops in rproc_free_vring'
		return 1
	fi
	"$program" check --only kernel-oops --from "$run/console" >"$run/said"
	grep -m 1 'oopsed in rproc_free_vring' "$run/said" || {
		echo 'WRONG  of the console the program says no kernel-oops:'
		head -n 5 "$run/said"
		return 1
	}
}

# run_cell NAME: 0 as it must be, 1 not, 4 it cannot be run. Leaves what it found in $cache/runs/NAME.
run_cell() {
	local name way kernel suites variant expect run told status=0 start=$SECONDS

	read -r name way kernel suites variant expect _ < <(cell_row "$1")
	run=$cache/runs/$name
	mkdir -p "$run"
	rm -rf "${run:?}"/*
	printf '%s: Linux %s, %s\n' "$name" "$kernel" "$variant"
	install_for "$way" || return 4
	"run_$way" "$run" "$kernel" "$suites" "$variant" || status=$?
	((status == 0)) || return "$status"
	"$lab/judge" --expect "$expect" --program "$program" --rows "$rows" "$run/out" || status=1
	for told in "$run"/out/*/events; do
		[[ ! -d $told ]] || "$lab/told" --program "$program" "${told%/events}" || status=1
	done
	cat "$run"/out/*/told 2>/dev/null
	if [[ $variant == onering ]]; then
		must_oops "$run" || status=1
	elif complaints "$run" | head -n 5 | grep .; then
		echo "WRONG  the kernel complains; all of it is in $run/out/dmesg"
		status=1
	fi
	if ((status == 0)); then
		boards_of "$name" "$run/out" || status=1
	fi
	printf '  %s in %d s\n' "$( ((status)) && echo WRONG || echo good)" $((SECONDS - start))
	return "$status"
}

# print_fixes CELL...: what became of the fixes that were run in those cells, and whether each
# check has one or says why not.
print_fixes() {
	local cell outs=() partly=--partly

	for cell; do
		# A small kernel has its bus built in, and no modules to be without.
		[[ $(cell_row "$cell") != *' modules '*' shipped '* || -n $rows ]] || partly=
		! compgen -G "$cache/runs/$cell/out/*/fixes" >/dev/null ||
			outs+=("$cell=$cache/runs/$cell/out")
	done
	((${#outs[@]} == 0)) || "$lab/fixes" ${partly:+"$partly"} --program "$program" "${outs[@]}"
}

run_cells() {
	local cell passed=0 failed=0 skipped=0 status lock

	# Two runs would spoil each other's modules.
	exec {lock}>"$cache/lock"
	flock -n "$lock" || {
		say 'waiting for another run with this cache'
		flock "$lock"
	}
	[[ $(uname -m) == x86_64 ]] ||
		die 4 'skipped: the tools in the packages of kernels run on x86-64 only'
	install_for boot lab || die 4 'skipped: what every cell needs cannot be installed'
	build_program || die 1 'the program does not build'
	for cell; do
		status=0
		run_cell "$cell" || status=$?
		case $status in
		0) passed=$((passed + 1)) ;;
		4)
			echo "  SKIPPED $cell: what it needs cannot be had"
			skipped=$((skipped + 1))
			;;
		*) failed=$((failed + 1)) ;;
		esac
	done
	print_fixes "$@" || failed=$((failed + 1))
	echo "kernel-lab: $passed passed, $failed failed, $skipped skipped"
	((failed == 0)) || exit 1
	((skipped == 0)) || exit 4
}
