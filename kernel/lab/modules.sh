# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# The kernel's own remoteproc and rpmsg, changed as a variant says, and the simulator, as
# modules of a stock kernel.

# lay_out SOURCE VARIANT INTO: the tree that is built.
lay_out() {
	local source=$1 into=$3 file

	mkdir -p "$into"/{remoteproc,rpmsg,sample,rproc-sim}
	cp "$lab"/modules/{Kbuild,config.h} "$into"
	cp "$source"/drivers/remoteproc/remoteproc_*.[ch] "$into/remoteproc"
	"variant_$2" "$into/remoteproc" || return
	cp "$lab"/modules/glue.[ch] "$into/remoteproc"
	cp "$source"/drivers/rpmsg/*.h "$into/rpmsg"
	for file in rpmsg_core rpmsg_ns virtio_rpmsg_bus rpmsg_char rpmsg_ctrl; do
		[[ ! -e $kernel_dir/source/drivers/rpmsg/$file.c ]] ||
			cp "$source/drivers/rpmsg/$file.c" "$into/rpmsg"
	done
	cp "$source"/samples/rpmsg/rpmsg_client_sample.c "$into/sample"
	copy_simulator "$into/rproc-sim"
	for file in remoteproc rpmsg sample; do
		cp "$lab/modules/$file.kbuild" "$into/$file/Kbuild"
	done
	{
		# shellcheck disable=SC2016 # make's variable
		echo 'ccflags-y += -include $(src)/../config.h'
		cat "$lab/../rproc-sim/Kbuild"
	} >"$into/rproc-sim/Kbuild"
}

# What the modules are made of, as a sum: they are built again when it changes.
modules_key() {
	find "$lab/modules" "$lab/../rproc-sim" -type f -print0 | sort -z | xargs -0 cat - \
		"$lab/variants.sh" "$lab/modules.sh" "$lab"/../fix/000[135]-*.patch | sha256sum
}

# build_modules KERNEL-DIRECTORY RELEASE VARIANT: brings KERNEL-DIRECTORY/modules-VARIANT up to
# date.
build_modules() {
	local kernel_dir=$1 release=$2 variant=$3 modules_dir=$1/modules-$3 key

	key=$(modules_key)
	[[ $(cat "$modules_dir/key" 2>/dev/null) != "$key" ]] || return 0
	rm -rf "$modules_dir"
	say "building the modules of $release, $variant"
	lay_out "$kernel_dir/source" "$variant" "$modules_dir" || return
	make -C "$kernel_dir/usr/src/linux-headers-$release" M="$modules_dir" CC=gcc \
		CONFIG_DEBUG_INFO_BTF_MODULES= -j"$jobs" modules >"$modules_dir/log" 2>&1 || {
		grep -E -m 5 'error|undefined|\*\*\*' "$modules_dir/log" >&2
		say "the modules do not build; see $modules_dir/log"
		return 1
	}
	echo "$key" >"$modules_dir/key"
}
