# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# ../series on the newest kernel there is: whether git am takes it, checkpatch likes it, the
# kernel builds, and its selftests pass there, fail where the line of v5.1 is put back, and
# skip where there is nothing.

# As much of the tree as the series touches is in git; all of it takes minutes.
series_paths=(MAINTAINERS Documentation/admin-guide drivers/remoteproc tools/testing/selftests)

as_nobody() {
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -c user.name=lab \
		-c user.email=lab@example.org -C "$tree" "$@"
}

# series_tree SHIPPED: a copy of the tree in git, as it was shipped. Sets tree.
series_tree() {
	tree=$cache/series/${1##*/}
	if ! as_nobody rev-parse -q --verify shipped >/dev/null 2>&1; then
		say "copying ${1##*/}"
		rm -rf "$tree"
		mkdir -p "$cache/series"
		cp -a "$1" "$tree" || return
		# The cells change theirs.
		[[ ! -d $1.shipped ]] || replace_files "$1.shipped" "$tree/drivers/remoteproc"
		as_nobody init -q || return
		as_nobody add -f "${series_paths[@]}" || return
		as_nobody commit -q -m shipped || return
		as_nobody tag shipped || return
	fi
	as_nobody am --abort 2>/dev/null
	as_nobody reset -q --hard shipped && as_nobody clean -qfdx "${series_paths[@]}"
}

apply_series() {
	"$lab/../series/make" --check "$tree" >"$work/difference" || {
		say "kernel/series is not what its sources make on this kernel:"
		head -n 5 "$work/difference" >&2
		return 1
	}
	as_nobody am -q "$lab"/../series/000[1-9]-*.patch "$lab"/../fix/000[345]-*.patch || return
	# In the tree: it wants to see what is maintained.
	(cd "$tree" && perl scripts/checkpatch.pl --strict --terse --no-summary --ignore UNKNOWN_COMMIT_ID \
		"$lab"/../series/000[1-9]-*.patch "$lab"/../fix/000[345]-*.patch) \
		>"$work/checkpatch" 2>"$work/log"
	! grep -E 'WARNING|ERROR|CHECK' "$work/checkpatch"
}

# build_series OUT: the kernel and its modules, with what the selftest's config wants.
build_series() {
	echo CONFIG_OF=y >"$work/config"
	"$lab/small-kernel" --quiet --jobs "$jobs" --out "$1" --config "$work/config" \
		--config "$tree/tools/testing/selftests/remoteproc/config" "$tree"
}

# A driver for a machine of another kind: that it compiles is all that can be seen.
compile_rcar() {
	make -s -C "$1/build" ARCH=x86 CROSS_COMPILE= KCFLAGS=-Werror \
		drivers/remoteproc/rcar_rproc.o >"$work/log" 2>&1 || {
		tail -n 5 "$work/log" >&2
		return 1
	}
}

# boot_series OUT NAME SIM [QEMU ARGUMENT...]: boots the guest, with the simulator or not.
boot_series() {
	local out=$1 run=$cache/runs/series-$2 module=()
	local release

	release=$(<"$1/kernelrelease")
	[[ -z $3 ]] || module=("$out/build/drivers/remoteproc/rproc-sim/rproc_sim.ko")
	shift 3
	rm -rf "$run"
	mkdir -p "$run"
	lay_out_guest "$run/root" "$(command -v busybox)"
	cp "$lab/guest/series" "$run/root/lab/rows"
	add_modules "$run/root" "$release" "${module[@]}"
	index_modules "$run/root" "$release" "$out/build"
	cp -a "$work/kselftest" "$run/root/kselftest"
	boot "$run" "$hang" qemu-system-x86_64 -accel tcg -no-user-config -m 256 \
		-M microvm,pic=on,pit=on,rtc=on,isa-serial=on -kernel "$out/bzImage" "$@"
}

# ktap_is NAME RESULT: whether each of the two tests ended so: "ok", "not ok" or "SKIP".
ktap_is() {
	local run=$cache/runs/series-$1 test line

	for test in hierarchy.sh rproc_sim.sh; do
		line=$(grep -E "^(not )?ok [0-9]+ selftests: remoteproc: $test" "$run/out/ktap")
		case "$2|$line" in
		'SKIP|ok '*'# SKIP' | 'not ok|not ok '*) ;;
		'ok|ok '*' SKIP'*) line= ;;
		'ok|ok '*) ;;
		*) line= ;;
		esac
		[[ -n $line ]] || {
			echo "WRONG  $1: $test is to end with \"$2\":"
			grep -E "$test|^# (not )?ok" "$run/out/ktap"
			return 1
		}
	done
	if complaints "$run"; then
		echo "WRONG  the kernel complains; all of it is in $run/out/dmesg"
		return 1
	fi
	echo "$1: both tests end with \"$2\", as they must; all of it is in $run/out/ktap"
}

# boot_regions OUT NAME: a processor with the memory regions of a device tree node.
boot_regions() {
	"$1/build/scripts/dtc/dtc" -q -O dtb -o "$work/dtb" "$lab/guest/regions.dts" || return
	boot_series "$1" "$2" y -dtb "$work/dtb" -append \
		"$(command_line '') memmap=32K\$0x7000000 regions=/rproc-sim"
}

# The carveouts that are rings: "NAME ADDRESS", where the kernel tells the address.
rings_of() {
	awk '$1 == "Name:" { name = $2 } $1 == "Device" { print name, $3 }' \
		"$cache/runs/series-$1/out/carveouts" | grep vring
}

# rings_are NAME PATTERN...: whether the carveouts that are rings match those, in their order.
rings_are() {
	local found pattern

	mapfile -t found < <(rings_of "$1")
	for pattern in "${@:2}"; do
		# shellcheck disable=SC2053 # a pattern it is
		[[ ${found[0]:-} == $pattern ]] || {
			echo "WRONG  $1: no carveout $pattern, but:"
			rings_of "$1"
			return 1
		}
		found=("${found[@]:1}")
	done
	((${#found[@]} == 0)) || {
		echo "WRONG  $1: more carveouts: ${found[*]}"
		return 1
	}
	echo "$1: the rings are $(rings_of "$1" | paste -sd ,)"
}

# The kernel as it should be, with processors and without.
judge_good() {
	local options wrong=0

	options=$(command_line '')
	boot_series "$1" good y -append "$options" && ktap_is good ok || wrong=1
	boot_series "$1" nothing '' -append "$options" && ktap_is nothing SKIP || wrong=1
	boot_regions "$1" regions &&
		rings_are regions 'vdev0vring0 0x7000000' 'vdev0vring1 0x7004000' || wrong=1
	return "$wrong"
}

# With the line of v5.1 the tests fail. With the unit address in the names of carveouts, as
# rcar_rproc has it without ../fix/0004, the core finds no ring and makes others.
judge_bad() {
	local wrong=0

	variant_broken "$tree/drivers/remoteproc" || return
	edit "$tree/drivers/remoteproc/rproc-sim/memory.c" 's/"%pOFn", node/"%s", region->name/' || return
	build_series "$1" || return
	boot_series "$1" broken y -append "$(command_line '')" && ktap_is broken 'not ok' || wrong=1
	boot_regions "$1" address && rings_are address 'vdev0vring0@7000000 0x7000000' \
		'vdev0vring1@7004000 0x7004000' 'vdev0vring0 *' 'vdev0vring1 *' || wrong=1
	return "$wrong"
}

judge_series() {
	local shipped kernel suites tree out lock wrong=0

	# Two runs would spoil each other's tree.
	exec {lock}>"$cache/lock"
	flock "$lock"
	install_for boot small series || die 4 'skipped: what it needs cannot be installed'
	read -r _ _ kernel suites _ < <(cell_row 7-small)
	shipped=$(source_tree "$kernel" "$suites") || die 4 'skipped: no source of a kernel'
	series_tree "$shipped" || die 1 'the tree cannot be copied'
	apply_series || die 1 'the series does not apply as it must'
	echo "the series applies to ${tree##*/}, and checkpatch --strict says nothing"
	out=$cache/small/series-${tree##*/}
	build_series "$out" || die 1 'the kernel with the series does not build'
	compile_rcar "$out" || die 1 'rcar_rproc.c does not compile'
	make -s -C "$tree/tools/testing/selftests" O="$work/kselftest.build" TARGETS=remoteproc \
		INSTALL_PATH="$work/kselftest" install >"$work/log" 2>&1 || {
		tail -n 5 "$work/log" >&2
		die 1 'the selftest cannot be installed'
	}
	judge_good "$out" || wrong=1
	judge_bad "$out" || wrong=1
	((wrong == 0)) || exit 1
}
