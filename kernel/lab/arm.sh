# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# Kernels of armhf. way "arm": an untouched stock one, its remoteproc built in, its rpmsg
# modules of its own; only the simulator is built for it. way "armsmall": a whole small one.
# The program needs the libraries of armhf: they are unpacked into a root of their own.

arm_triplet=arm-linux-gnueabihf
arm_machine=(qemu-system-arm -M 'virt,highmem=off' -cpu cortex-a15 -m 512)

# arm_tools KERNEL SUITES KERNEL-DIRECTORY: the tools of kbuild run here, so they are those of
# the same version for this machine.
arm_tools() {
	local kernel=$1 suites=$2 kernel_dir=$3 tools=$work/kbuild name release

	[[ ! -e $kernel_dir/tools ]] || return 0
	[[ -z $offline ]] && private_update amd64 "$suites" || return
	read -r name release < <(newest amd64 "$suites" "linux-kbuild-$(literal "$kernel")") || return
	fetch amd64 "$suites" "$tools" "$name=$release" || return
	rm -rf "$kernel_dir"/usr/lib/linux-kbuild-*
	dpkg-deb -x "$tools"/*.deb "$kernel_dir" || return
	touch "$kernel_dir/tools"
}

# build_arm_modules KERNEL-DIRECTORY RELEASE VARIANT: brings KERNEL-DIRECTORY/modules-VARIANT up
# to date.
build_arm_modules() {
	local kernel_dir=$1 release=$2 modules_dir=$1/modules-$3

	mkdir -p "$modules_dir/sample"
	copy_simulator "$modules_dir/rproc-sim" || return
	cp -u "$kernel_dir"/source/samples/rpmsg/rpmsg_client_sample.c "$modules_dir/sample"
	echo 'obj-m := rpmsg_client_sample.o' >"$modules_dir/sample/Kbuild"
	echo 'obj-m := rproc-sim/ sample/' >"$modules_dir/Kbuild"
	say "building the simulator for $release"
	make -C "$kernel_dir/usr/src/linux-headers-$release" M="$modules_dir" \
		CROSS_COMPILE=$arm_triplet- CC=$arm_triplet-gcc CONFIG_DEBUG_INFO_BTF_MODULES= \
		-j"$jobs" modules >"$modules_dir/log" 2>&1 || {
		grep -E -m 5 'error|undefined|\*\*\*' "$modules_dir/log" >&2
		say "the simulator does not build; see $modules_dir/log"
		return 1
	}
}

# arm_root SUITE SYSROOT: what the program is built with and runs with.
arm_root() {
	local suite=$1 sysroot=$2 state deb

	[[ ! -e $sysroot/complete || ! -e $sysroot/usr/include/zlib.h ]] || return 0
	[[ -z $offline ]] && private_update armhf "$suite" || return
	state=$cache/apt/$suite-armhf
	: >"$state/status"
	say 'fetching the libraries of armhf'
	private armhf "$suite" apt-get install -q -y --download-only --no-install-recommends \
		-o Dir::State::status="$state/status" -o Debug::NoLocking=1 \
		libudev-dev libjson-c-dev libkmod-dev zlib1g-dev busybox-static \
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

# build_arm_program SYSROOT BUILD: builds BUILD/rproc-tree.
build_arm_program() {
	local sysroot=$1 build=$2 libraries=$1/usr/lib/$arm_triplet
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
}

# add_arm_library ROOT SYSROOT FILE: what the file needs, and what that needs.
add_arm_library() {
	local root=$1 sysroot=$2 name directory

	for name in $($arm_triplet-readelf -d "$3" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		[[ ! -e $root/lib/$name ]] || continue
		for directory in lib usr/lib; do
			[[ -e $sysroot/$directory/$arm_triplet/$name ]] || continue
			cp -L "$sysroot/$directory/$arm_triplet/$name" "$root/lib/$name"
			add_arm_library "$root" "$sysroot" "$root/lib/$name"
			break
		done
	done
}

# machine_tree DTB: the device tree of the machine below, and guest/pools.dts.
machine_tree() {
	"${arm_machine[@]}" -machine dumpdtb="$work/virt.dtb" >"$work/log" 2>&1 || return
	{
		dtc -q -I dtb -O dts "$work/virt.dtb" && cat "$lab/guest/pools.dts"
	} | dtc -q -I dts -O dtb -o "$1"
}

# add_arm_program RUN SUITE: the program, built for armhf with the libraries of that suite.
add_arm_program() {
	local root=$1/root sysroot=$cache/armhf/$2 build

	build=$(program_dir armhf)
	build_arm_program "$sysroot" "$build" || return
	cp "$build/rproc-tree" "$root/bin/rproc-tree"
	cp -L "$sysroot/lib/ld-linux-armhf.so.3" "$root/lib"
	add_arm_library "$root" "$sysroot" "$build/rproc-tree"
	# It loads this one when it needs it.
	cp -L "$sysroot/usr/lib/$arm_triplet/libkmod.so.2" "$root/lib"
	add_arm_library "$root" "$sysroot" "$root/lib/libkmod.so.2"
}

# boot_arm RUN IMAGE VARIANT: with a device tree of the lab's where the variant is about one.
boot_arm() {
	local tree=()

	if [[ $3 == *pool* ]]; then
		machine_tree "$work/dtb" || return
		tree=(-dtb "$work/dtb")
	fi
	boot "$1" "$hang" "${arm_machine[@]}" "${tree[@]}" -kernel "$2" \
		-append "$(command_line "$rows" | sed 's/ttyS0/ttyAMA0/')"
}

run_arm() {
	local run=$1 kernel=$2 suites=$3 variant=$4
	local found release kernel_dir stock suite=${3##*,}

	if [[ -n ${RPROC_TREE:-} ]]; then
		say 'RPROC_TREE is a program of this machine: this cell builds its own'
	fi
	found=$(kernel "$kernel" "$suites" armhf armmp) || return 4
	read -r release kernel_dir <<<"$found"
	arm_tools "$kernel" "$suites" "$kernel_dir" || return 4
	build_arm_modules "$kernel_dir" "$release" "$variant" || return
	arm_root "$suite" "$cache/armhf/$suite" || return 4
	lay_out_guest "$run/root" "$cache/armhf/$suite/bin/busybox"
	mapfile -t stock < <(find "$kernel_dir/lib/modules/$release" \
		-path '*/virtio/virtio*.ko*' -o -path '*/rpmsg/*.ko*' -o -path '*/remoteproc/*.ko*' -o -name 'configfs.ko*')
	add_modules "$run/root" "$release" "${stock[@]}" "$kernel_dir/modules-$variant"/*/*.ko
	index_modules "$run/root" "$release" "$kernel_dir/lib/modules/$release"
	add_arm_program "$run" "$suite" || return
	boot_arm "$run" "$kernel_dir/boot/vmlinuz-$release" "$variant"
}

run_armsmall() {
	local run=$1 kernel=$2 suites=$3 variant=$4 tree_dir small suite=bookworm

	install_for small arm || return 4
	arm_root "$suite" "$cache/armhf/$suite" || return 4
	tree_dir=$(source_tree "$kernel" "$suites") || return 4
	small=$cache/small/${tree_dir##*/}-arm
	small_variant "$small" arm "$tree_dir" "$variant" || return
	lay_out_small "$small" "$run/root" "$cache/armhf/$suite/bin/busybox"
	add_arm_program "$run" "$suite" || return
	boot_arm "$run" "$small/zImage" "$variant"
}
