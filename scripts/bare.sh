# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# A Debian with nothing but apt, made by debootstrap from where this machine has its packages:
# for scripts that prove what a fresh machine can do, with suite set to the one they want.

# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

suite=bookworm
work=''
release='' # of the suite, as it says of itself
isolation=() # more options for unshare

skip() {
	say "${0##*/}: $*"
	exit 4
}

# bare_start: sets work, a directory that is gone at the end.
bare_start() {
	((EUID == 0)) || skip 'needs root, to make a system and to change into it'
	need bare
	work=$(mktemp -d)
	# Nothing is mounted below it once the namespaces are gone; never look across a mount.
	trap 'rm -rf --one-file-system "$work"' EXIT
}

# sources FORMAT: the package sources of this machine, for the suite.
sources() {
	local here parts='(-updates|-security)?'
	# shellcheck source=/dev/null
	here=$(source /etc/os-release && echo "$VERSION_CODENAME")
	[[ $suite != sid ]] || parts=''
	apt-get indextargets --format "\$(RELEASE) $1" 'Created-By: Packages' 'Origin: Debian' \
		"Architecture: $(dpkg --print-architecture)" |
		grep -E "^$here$parts " | sed "s/\\b$here\\b/$suite/g" | cut -d ' ' -f 2- | sort -u
}

# How this machine reaches them: proxies, certificates, checks of time.
apt_settings() {
	apt-config dump | grep -E '^Acquire::.*(Proxy|Verify|Ca(Info|Path)|Ssl|Check-|Retries)' || true
}

# make_base DIR: a Debian there. With BARE_BASES, a directory, what debootstrap made is kept below
# it for the next script.
make_base() {
	local base=$1 kept=${BARE_BASES:+$BARE_BASES/$suite}
	if [[ -d $kept ]]; then
		cp -a "$kept" "$base"
	else
		bootstrap "$base"
	fi
	if [[ $kept && ! -d $kept ]]; then
		mkdir -p "$BARE_BASES"
		cp -a "$base" "$kept.part"
		mv "$kept.part" "$kept"
	fi
	release=$(<"$base/etc/debian_version")
	git clone -q --no-hardlinks "$root" "$base/srv/rproc-tree"
	chroot "$base" chown -R somebody: /srv/rproc-tree
}

# shellcheck disable=SC2016 # apt-get fills these in
bootstrap() {
	local base=$1 mirror
	mirror=$(sources '$(RELEASE) $(REPO_URI)' | sed -n "s/^$suite //p" | head -n 1)
	[[ -n $mirror ]] || skip "no package source of this machine is Debian's"
	quietly debootstrap --variant=minbase "$suite" "$base" "$mirror" ||
		skip "debootstrap could not make a Debian $suite"
	sources 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' >"$base/etc/apt/sources.list"
	apt_settings >"$base/etc/apt/apt.conf.d/99this-machine"
	cp -L /etc/resolv.conf /etc/hosts "$base/etc/"
	[[ ! -d /etc/ssl/certs ]] || { mkdir -p "$base/etc/ssl" && cp -rL /etc/ssl/certs "$base/etc/ssl/"; }
	rm -rf "$base"/var/lib/apt/lists/*
	# It is thrown away in minutes: no need to wait for the disk.
	echo force-unsafe-io >"$base/etc/dpkg/dpkg.cfg.d/unsafe-io"
	chroot "$base" useradd --create-home --shell /bin/bash somebody
}

# shellcheck disable=SC2016 # the shell inside fills these in
# inside SYSTEM USER COMMAND: in a namespace of its own, so that every mount ends with it.
inside() {
	unshare --mount "${isolation[@]}" --propagation private -- bash -euc '
		mount -t proc proc "$1/proc"
		mount -t sysfs -o ro sysfs "$1/sys"
		mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
		exec env -u CI -u LANG -u LC_ALL chroot "$1" su "$2" -c "set -e; cd /srv/rproc-tree; $3"' _ "$@" </dev/null
}

# without_updates SYSTEM: of one library all architectures want the same version, and a source wants
# all its files; updates reach some of them later.
without_updates() { sed -i -E '/ [a-z]+-(security|updates) /d' "$1/etc/apt/sources.list"; }

# row WHAT RESULT [ARCHITECTURE]: what was proven, for the table that scripts/prove-all makes in the
# file that PROVEN names.
row() {
	[[ -n ${PROVEN:-} ]] || return 0
	printf '| Debian %s (%s) | %s | %s | %s |\n' "$release" "$suite" \
		"${3:-$(dpkg --print-architecture)}" "$1" "$2" >>"$PROVEN"
}

# fresh SYSTEM PACKAGE...: installs packages there.
fresh() {
	local system=$1
	shift
	inside "$system" root "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Dpkg::Options::=--force-confold --no-install-recommends $*"
}
