# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# The guest: an initramfs of busybox, modules and the program, a boot, and what comes back.

# The modules are loaded in this order, as far as they exist. virtio and virtio_ring need
# each other, and which way round has changed.
load_order='configfs virtio_ring virtio virtio_ring remoteproc rpmsg_core rpmsg_ns virtio_rpmsg_bus rpmsg_char rpmsg_ctrl'

# copy_simulator INTO: its source; only files that differ, so that nothing is compiled for
# nothing.
copy_simulator() {
	local file

	while read -r file; do
		mkdir -p "$1/${file%/*}" || return
		cmp -s "$lab/../rproc-sim/$file" "$1/$file" || cp "$lab/../rproc-sim/$file" "$1/$file" || return
	done < <(cd "$lab/../rproc-sim" && find . -name Kbuild -o -name '*.[ch]')
}

# add_program ROOT FILE AS: a program and the libraries it needs.
add_program() {
	cp -L "$2" "$1/bin/$3"
	add_libraries "$1" "$2"
}

# add_kmod ROOT: the library that rproc-tree loads when it needs it.
add_kmod() {
	local library

	library=$(gcc -print-file-name=libkmod.so.2)
	[[ -e $library ]] || return 0
	mkdir -p "$1/lib"
	cp -L "$library" "$1/lib"
	add_libraries "$1" "$library"
}

# add_libraries ROOT FILE: what it needs.
add_libraries() {
	local library

	ldd "$2" 2>/dev/null | grep -oE '/[^ )]+' | while read -r library; do
		mkdir -p "$1${library%/*}"
		cp -L "$library" "$1$library"
	done
}

# add_modules ROOT RELEASE FILE...
add_modules() {
	local root=$1 release=$2 module name
	local extra=$1/lib/modules/$release/extra

	shift 2
	mkdir -p "$extra"
	for module; do
		case $module in
		*.ko) cp "$module" "$extra" ;;
		*.ko.xz) xz -dc "$module" >"$extra/$(basename "$module" .xz)" ;;
		esac
	done
	for name in $load_order; do
		[[ ! -e $extra/$name.ko ]] || echo "$name"
	done >"$root/lab/load"
}

# index_modules ROOT RELEASE FROM
index_modules() {
	local file

	for file in modules.builtin modules.builtin.modinfo modules.order; do
		[[ ! -e $3/$file ]] || cp "$3/$file" "$1/lib/modules/$2"
	done
	depmod -b "$1" "$2" 2>/dev/null
}

# lay_out_guest ROOT BUSYBOX: all but the modules and the program.
lay_out_guest() {
	rm -rf "$1"
	mkdir -p "$1"/{bin,dev,proc,sys,tmp,run,lab,lib/firmware}
	add_program "$1" "$2" busybox
	cp "$lab/guest/init" "$1/init"
	chmod +x "$1/init"
	cp "$lab"/guest/{rows,faults,fixes,vdevs,events,race,rounds,onering,pools} "$1/lab"
	echo rproc-sim >"$1/lib/firmware/rproc-sim.fw"
}

pack() {
	(cd "$1" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 | gzip -1)
}

# command_line ROWS: what the guest's kernel is told. What a busy host does to the clock of an
# emulated machine is not to be judged. What is freed twice, or written after it, is.
command_line() {
	echo "console=ttyS0 reboot=t panic=-1 quiet loglevel=4 no_timer_check nowatchdog slub_debug=FZP" \
		"${1:+rows=${1// /,}} ${variant:+variant=$variant} ${rounds:+rounds=$rounds}"
}

# emulate RUN SECONDS QEMU ARGUMENT...: 124 or 137 where the guest took longer.
emulate() {
	timeout --kill-after=5 "$2" "${@:3}" -display none -no-reboot -nodefaults \
		-serial "file:$1/console" -initrd "$1/initrd.gz" </dev/null >"$1/qemu" 2>&1
}

# boot RUN SECONDS QEMU ARGUMENT...: runs the guest in RUN/root, for so long at most; leaves
# RUN/console and RUN/out. On a busy host one of many guests goes idle for good, with all of
# its processors halted: it gets a second chance, and that is said.
boot() {
	local run=$1 hang=$2 status=0

	shift 2
	pack "$run/root" >"$run/initrd.gz" || return
	rm -rf "$run/out" "$run/console" "$run/hung"
	emulate "$run" "$hang" "$@" || status=$?
	if ((status == 124 || status == 137)); then
		mv "$run/console" "$run/hung"
		say "the guest hung, was ended after $hang s and is booted once more; its console: $run/hung"
		status=0
		emulate "$run" "$hang" "$@" || status=$?
	fi
	if ((status == 124 || status == 137)); then
		say "the guest hung and was ended after $hang s; its console: $run/console"
		return 1
	fi
	mkdir -p "$run/out"
	tr -d '\r' <"$run/console" | sed -n '/^===== begin$/,/^===== end$/p' | grep -v '^=====' |
		base64 -di 2>/dev/null | tar -xz -C "$run/out" 2>/dev/null || {
		say "the guest handed out nothing; its console: $run/console"
		return 1
	}
	rm -rf "$run/initrd.gz" "$run/root"
}

# What the kernel must not have said, and whom it must not name. A name that is there twice
# is part of the bug.
complaints() {
	grep -aE '(Comm: |process .?)rproc-tree|rproc-tree\[|WARNING:|BUG:|Oops|general protection|Kernel panic|KASAN|INFO: task' "$1/out/dmesg"
}
