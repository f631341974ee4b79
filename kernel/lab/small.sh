# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # who sources it sets what is shared
# A whole small kernel, as small-kernel leaves it, and the guest that it boots.

# replace_files FROM TO: copies what differs, and leaves alone what does not.
replace_files() {
	local file

	for file in "$1"/*; do
		[[ ! -f $file ]] || cmp -s "$file" "$2/${file##*/}" || cp "$file" "$2"
	done
}

# small_variant SMALL ARCH TREE VARIANT: builds that variant, the simulator with it, in SMALL. One
# tree serves all variants of a version, so that a second one builds only what the variant
# changes.
small_variant() {
	local small=$1 arch=$2 tree_dir=$3 variant=$4 remoteproc=$3/drivers/remoteproc

	[[ -d $tree_dir.shipped ]] || cp -a "$remoteproc" "$tree_dir.shipped" || return
	rm -rf "$work/remoteproc"
	cp -a "$tree_dir.shipped" "$work/remoteproc"
	"variant_$variant" "$work/remoteproc" || return
	replace_files "$work/remoteproc" "$remoteproc"
	"$lab/small-kernel" --quiet --arch "$arch" --jobs "$jobs" --out "$small" "$tree_dir" ||
		return
	build_small_modules "$small" "$arch"
}

# build_small_modules SMALL [ARCH]: the simulator for the kernel in SMALL, with its own build
# directory.
build_small_modules() {
	local small=$1 arch=${2:-x86} cross=

	[[ $arch == x86 ]] || cross=$arm_triplet-
	copy_simulator "$small/rproc-sim" || return
	env -u MAKEFLAGS make -C "$small/build" M="$small/rproc-sim" ARCH="$arch" \
		CROSS_COMPILE="$cross" modules >"$small/rproc-sim.log" 2>&1 || {
		grep -E -m 5 'error|undefined|\*\*\*' "$small/rproc-sim.log" >&2
		say "the simulator does not build; see $small/rproc-sim.log"
		return 1
	}
}

# Where a vendor's core wants a device tree node, small-kernel has put OF in.
small_sim_options() {
	! grep -q '^CONFIG_OF=y' "$1/build/.config" || echo of_node=1
}

# lay_out_small SMALL ROOT [BUSYBOX]: the guest but for the program.
lay_out_small() {
	local small=$1 root=$2 release

	release=$(<"$small/kernelrelease")
	lay_out_guest "$root" "${3:-$(command -v busybox)}"
	add_modules "$root" "$release" "$small/rproc-sim/rproc_sim.ko" \
		"$small/build/samples/rpmsg/rpmsg_client_sample.ko"
	index_modules "$root" "$release" "$small/build"
}

# boot_small SMALL RUN ROWS SECONDS: boots the guest that lies in RUN/root.
boot_small() {
	local options

	options=$(small_sim_options "$1")
	boot "$2" "$4" qemu-system-x86_64 -accel tcg -no-user-config \
		-M microvm,pic=on,pit=on,rtc=on,isa-serial=on -m 256 -kernel "$1/bzImage" \
		-append "$(command_line "$3")${options:+ sim_options=$options}"
}
