# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the front doors and the kernel lab share: installing what is missing, building, running
# the suites. What is said on the way goes to standard error: standard output belongs to whoever
# sources this.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# One row per need: the purpose, Debian's package, and how to see that it is there. Whatever
# does the job counts, be it made by hand or of another distribution.
needs=(
	'build  gcc                 command   cc'
	'build  libc6-dev           header    stdio.h'
	'build  meson               command   meson'
	'build  ninja-build         command   ninja'
	'build  pkgconf             command   pkg-config'
	'build  libudev-dev         library   libudev'
	'build  libkmod-dev         library   libkmod'
	'build  zlib1g-dev          library   zlib'
	'test   libcmocka-dev       library   cmocka'
	'test   libjson-c-dev       library   json-c'
	'test   umockdev            command   umockdev-run'
	'test   kmod                command   depmod'
	'test   python3-jsonschema  python    jsonschema'
	'test   libxml2-utils       command   xmllint'
	'test   python3-prometheus-client python prometheus_client'
	'test   python3-gi          python    gi'
	'test   gir1.2-umockdev-1.0 python    gi.repository.UMockdev'
	'test   python3-yaml        python    yaml'
	'ci     gcc                 command   gcc'
	'ci     clang               command   clang'
	'ci     libclang-rt-dev     sanitizer clang'
	'ci     clang-format        command   clang-format'
	'ci     clang-tools         command   scan-build'
	'ci     shellcheck          command   shellcheck'
	'ci     valgrind            command   valgrind'
	'ci     strace              command   strace'
	'ci     fish                command   fish'
	'ci     zsh                 command   zsh'
	'ci     scdoc               command   scdoc'
	'ci     reuse               command   reuse'
	'ci     systemd             command   systemd-analyze'
	'ci     prometheus          command   promtool'
	'ci     prometheus-node-exporter command prometheus-node-exporter'
	'bare   debootstrap         command   debootstrap'
	'bare   git                 command   git'
	'emulate qemu-user-static   command   qemu-arm-static'
	'emulate scdoc              command   scdoc'
	'armhf  gcc-arm-linux-gnueabihf command arm-linux-gnueabihf-gcc'
	'arm64  gcc-aarch64-linux-gnu command aarch64-linux-gnu-gcc'
	's390x  gcc-s390x-linux-gnu command   s390x-linux-gnu-gcc'
	'riscv64 gcc-riscv64-linux-gnu command riscv64-linux-gnu-gcc'
	'boot   cpio                command   cpio'
	'boot   kmod                command   depmod'
	'boot   python3             command   python3'
	'boot   busybox-static      static    busybox'
	'boot   qemu-system-x86     command   qemu-system-x86_64'
	'lab    gcc                 command   gcc'
	'lab    make                command   make'
	'lab    patch               command   patch'
	'lab    xz-utils            command   xz'
	'lab    libelf1             file      /usr/lib/*/libelf.so.1'
	'small  flex                command   flex'
	'small  bison               command   bison'
	'small  bc                  command   bc'
	'small  libelf-dev          header    gelf.h'
	'small  libssl-dev          header    openssl/ssl.h'
	'series git                 command   git'
	'series rsync               command   rsync'
	'series perl                command   perl'
	'arm    gcc-arm-linux-gnueabihf command arm-linux-gnueabihf-gcc'
	'arm    libc6-dev-armhf-cross file /usr/arm-linux-gnueabihf/include/stdio.h'
	'arm    qemu-system-arm     command   qemu-system-arm'
	'arm    device-tree-compiler command  dtc'
)

say() { printf '%s\n' "$*" >&2; }

# complain MESSAGE...: says what is wrong, and fails.
complain() {
	printf '%s\n' "${0##*/}: $*" >&2
	return 1
}

# die [STATUS] MESSAGE: says what is wrong, and ends the script, with 1 if nothing else is said.
die() {
	local status=1
	if (($# > 1)); then
		status=$1
		shift
	fi
	complain "$*" || exit "$status"
}

# Runs a command that is heard only when it fails.
quietly() {
	local output
	output=$("$@" 2>&1 </dev/null) || {
		printf '%s\n' "$output" >&2
		return 1
	}
}

have() {
	local kind=$1 what=$2
	case $kind in
	# An ordinary user does not look into sbin.
	command) PATH=$PATH:/usr/sbin:/sbin command -v "$what" ;;
	# One that runs where there is no library, as in a guest.
	static) command -v "$what" && ! ldd "$(command -v "$what")" ;;
	file) compgen -G "$what" ;;
	library) pkg-config --exists "$what" ;;
	header) cc -E - <<<"#include <$what>" ;;
	python) "$root/tests/find-python" "$what" ;;
	sanitizer) "$what" -fsanitize=address -xc -o /dev/null - <<<'int main(void) { return 0; }' ;;
	esac >/dev/null 2>&1
}

# missing PURPOSE...: the packages of those needs that are not met.
missing() {
	local row purpose package kind what
	for row in "${needs[@]}"; do
		read -r purpose package kind what <<<"$row"
		[[ " $* " == *" $purpose "* ]] || continue
		have "$kind" "$what" || printf '%s\n' "$package"
	done
}

as_root() {
	local sudo=()
	if ((EUID != 0)); then
		sudo=(sudo)
		# Where there is no terminal nobody can be asked for a password.
		: 2>/dev/null </dev/tty || sudo+=(-n)
	fi
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@" </dev/null
}

# The line of apt's output that tells what went wrong.
reason() { grep -m 1 -E '^(E|W|Err|sudo)\b' <<<"$1" || tail -n 1 <<<"$1"; }

install_packages() {
	local list output
	command -v apt-get >/dev/null || {
		complain "please install $* (Debian's names): there is no apt-get here to do it with"
		return
	}
	((EUID == 0)) || command -v sudo >/dev/null || {
		complain "please install $*: that takes root, and there is no sudo"
		return
	}
	say "Installing $*"
	as_root true 2>/dev/null || {
		complain "please install $*: that takes root, and sudo refused"
		return
	}

	list=$(as_root apt-get update -q -o APT::Update::Error-Mode=any 2>&1) && list=''
	output=$(as_root apt-get install -y -q --no-install-recommends \
		-o DPkg::Lock::Timeout=300 "$@" 2>&1) || {
		complain "cannot install $*: $(reason "${list:-$output}")"
		return
	}
	say "$(grep -m 1 -E '^[0-9]+ upgraded' <<<"$output")"
	hash -r
}

# meet PURPOSE...: meets all needs of those purposes, or says why not, and fails.
meet() {
	local packages
	mapfile -t packages < <(missing "$@")
	((${#packages[@]})) || return 0
	install_packages "${packages[@]}" || return
	mapfile -t packages < <(missing "$@")
	((${#packages[@]} == 0)) ||
		complain "too old or not usable, though installed: ${packages[*]}"
}

# need PURPOSE...: the same, or ends the script.
need() { meet "$@" || exit 1; }

# What ninja is at, at once: on one line of a terminal, elsewhere a line now and then. All that
# it says beside its steps goes on to standard output.
show_steps() {
	local line said=-10 on_terminal=''
	[[ ! -t 2 ]] || on_terminal=1
	while IFS= read -r line; do
		if [[ ! $line =~ ^\[[0-9]+/[0-9]+\]' ' ]]; then
			printf '%s\n' "$line"
		elif [[ $on_terminal ]]; then
			printf '\r\e[K%.79s' "$line" >&2
		elif ((SECONDS >= said + 10)); then
			said=$SECONDS
			say "$line"
		fi
	done
	[[ ! $on_terminal ]] || printf '\r\e[K' >&2
}

# run_ninja DIR [TARGET...]: builds what has changed; what ninja says is heard when it fails.
run_ninja() {
	local output
	output=$(set -o pipefail; ninja -C "$@" 2>&1 </dev/null | show_steps) || {
		printf '%s\n' "$output" >&2
		return 1
	}
}

# build DIR [MESON-SETUP-ARGUMENT...]: sets DIR up unless it is, builds what has changed. The
# man page is made where there is a scdoc: who only runs the program, or tests it, needs none.
build() {
	local dir=$1
	shift
	[[ ! -e $dir || -w $dir ]] ||
		die "${dir##*/}/ belongs to $(stat -c %U "$dir"): remove it, or build as that user"
	if [[ ! -e $dir/build.ninja ]]; then
		say "Building in ${dir#"$root/"}/"
		quietly meson setup -Dman=auto "$@" "$dir" "$root" || die "cannot set up $dir"
	fi
	run_ninja "$dir" || die "cannot build in $dir"
}

# run_suites DIR [MESON-TEST-ARGUMENT...]: runs the tests built in DIR on standard output and
# sets passed, failed and skipped from the record that meson keeps. A run without a test fails.
run_suites() {
	local record=$1/meson-logs/testlog.json dir=$1 status=0
	shift
	rm -f "$record"
	meson test -C "$dir" --no-rebuild --print-errorlogs "$@" </dev/null || status=1
	[[ -e $record ]] || record=/dev/null
	passed=$(grep -cE '"result": "(OK|EXPECTEDFAIL)"' "$record") || true
	skipped=$(grep -cE '"result": "(SKIP|IGNORED)"' "$record") || true
	failed=$(($(wc -l <"$record") - passed - skipped))
	((status == 0 && failed == 0 && passed > 0))
}

# list_skipped DIR: what run_suites() skipped and what meson has left out of DIR, with the reason.
list_skipped() {
	local logs=$1/meson-logs
	[[ -e $logs/testlog.json ]] || return 0
	python3 "$root/tests/list-skipped" "$logs/testlog.json"
	sed -nE '/: none$/d; s/^ *left out *: */left out: /p' "$logs/meson-log.txt"
}
