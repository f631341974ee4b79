# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# An untouched stock kernel of armhf: its remoteproc is built in, its rpmsg are modules of
# its own. Only the simulator is built for it, and the program, which needs the libraries of
# armhf: they are unpacked into a root of their own.

arm_triplet=arm-linux-gnueabihf

# The tools of kbuild run here, so they are those of the same version for this machine.
arm_kernel() {
	local tools=$work/kbuild name release

	kernel "$kernel" "$suites" armhf armmp || return
	[[ ! -e $kernel_dir/tools ]] || return 0
	[[ -z $offline ]] && private_update "$suites" || return
	read -r name release < <(newest "$suites" "linux-kbuild-$(literal "$kernel")") || return
	fetch "$suites" "$tools" "$name=$release" || return
	rm -rf "$kernel_dir"/usr/lib/linux-kbuild-*
	dpkg-deb -x "$tools"/*.deb "$kernel_dir" || return
	touch "$kernel_dir/tools"
}

# build_arm_modules: sets modules_dir.
build_arm_modules() {
	modules_dir=$kernel_dir/modules-$variant
	mkdir -p "$modules_dir/sample"
	copy_simulator "$modules_dir/rproc-sim" || return
	cp -u "$kernel_dir"/source/samples/rpmsg/rpmsg_client_sample.c "$modules_dir/sample"
	echo 'obj-m := rpmsg_client_sample.o' >"$modules_dir/sample/Kbuild"
	echo 'obj-m := rproc-sim/ sample/' >"$modules_dir/Kbuild"
	say "building the simulator for $flavoured"
	make -C "$kernel_dir/usr/src/linux-headers-$flavoured" M="$modules_dir" \
		CROSS_COMPILE=$arm_triplet- CC=$arm_triplet-gcc CONFIG_DEBUG_INFO_BTF_MODULES= \
		-j"$jobs" modules >"$modules_dir/log" 2>&1 || {
		grep -E -m 5 'error|undefined|\*\*\*' "$modules_dir/log" >&2
		say "the simulator does not build; see $modules_dir/log"
		return 1
	}
}

# arm_root SUITE: what the program is built with and runs with. Sets sysroot.
arm_root() {
	local state suites=$1 deb
	# shellcheck disable=SC2034 # private reads it
	local architecture=armhf

	sysroot=$cache/armhf/$suites
	[[ ! -e $sysroot/complete || ! -e $sysroot/usr/include/zlib.h ]] || return 0
	[[ -z $offline ]] && private_update "$suites" || return
	state=$cache/apt/$suites-armhf
	: >"$state/status"
	say 'fetching the libraries of armhf'
	private "$suites" apt-get install -q -y --download-only --no-install-recommends \
		-o Dir::State::status="$state/status" -o Debug::NoLocking=1 \
		libudev-dev libsmartcols-dev libjson-c-dev libkmod-dev zlib1g-dev busybox-static \
		>"$state/log" 2>&1 || {
		say "cannot be had: $(grep -m 1 '^E:' "$state/log")"
		return 1
	}
	rm -rf "$sysroot"
	mkdir -p "$sysroot"
	for deb in "$state"/archives/*.deb; do
		dpkg-deb -x "$deb" "$sysroot" || return
	done
	rm -f "$state"/archives/*.deb
	touch "$sysroot/complete"
}

# Sets arm_program.
build_arm_program() {
	local build libraries

	build=$(program_dir armhf)
	libraries=$sysroot/usr/lib/$arm_triplet
	if [[ ! -e $build/build.ninja ]]; then
		rm -rf "$build"
		cat >"$sysroot/cross.ini" <<END
[binaries]
c = '$arm_triplet-gcc'
strip = '$arm_triplet-strip'
pkgconfig = 'pkg-config'
[built-in options]
c_link_args = ['-Wl,-rpath-link,$libraries', '-Wl,-rpath-link,$sysroot/lib/$arm_triplet']
[properties]
sys_root = '$sysroot'
pkg_config_libdir = '$libraries/pkgconfig:$sysroot/usr/share/pkgconfig'
[host_machine]
system = 'linux'
cpu_family = 'arm'
cpu = 'armv7hf'
endian = 'little'
END
		say 'building rproc-tree for armhf'
		meson setup --buildtype=release -Dtests=false -Dman=disabled \
			--cross-file "$sysroot/cross.ini" "$build" "$project" >"$work/meson" 2>&1 || {
			tail -n 3 "$work/meson" >&2
			return 1
		}
	fi
	ninja -C "$build" rproc-tree >"$work/ninja" 2>&1 || {
		grep -m 5 -E 'error|FAILED' "$work/ninja" >&2
		return 1
	}
	arm_program=$build/rproc-tree
}

# add_arm_library ROOT FILE: what the file needs, and what that needs.
add_arm_library() {
	local name directory

	for name in $($arm_triplet-readelf -d "$2" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		[[ ! -e $1/lib/$name ]] || continue
		for directory in lib usr/lib; do
			[[ -e $sysroot/$directory/$arm_triplet/$name ]] || continue
			cp -L "$sysroot/$directory/$arm_triplet/$name" "$1/lib/$name"
			add_arm_library "$1" "$1/lib/$name"
			break
		done
	done
}

run_arm() {
	local run=$1 stock

	if [[ -n ${RPROC_TREE:-} ]]; then
		say 'RPROC_TREE is a program of this machine: this cell builds its own'
	fi
	arm_kernel || return 4
	build_arm_modules || return
	arm_root "${suites##*,}" || return 4
	build_arm_program || return
	lay_out_guest "$run/root" "$sysroot/bin/busybox"
	mapfile -t stock < <(find "$kernel_dir/lib/modules/$flavoured" \
		-path '*/virtio/virtio*.ko*' -o -path '*/rpmsg/*.ko*' -o -name 'configfs.ko*')
	add_modules "$run/root" "$flavoured" "${stock[@]}" "$modules_dir"/*/*.ko
	index_modules "$run/root" "$flavoured" "$kernel_dir/lib/modules/$flavoured"
	cp "$arm_program" "$run/root/bin/rproc-tree"
	cp -L "$sysroot/lib/ld-linux-armhf.so.3" "$run/root/lib"
	add_arm_library "$run/root" "$arm_program"
	boot "$run" qemu-system-arm -M virt,highmem=off -cpu cortex-a15 -m 512 \
		-kernel "$kernel_dir/boot/vmlinuz-$flavoured" \
		-append "$(command_line | sed 's/ttyS0/ttyAMA0/')"
}
