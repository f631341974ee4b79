# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# Debian's kernels, out of packages, into the cache. A private apt asks for them: the
# machine's own lists and sources are read to learn where its mirror is, and left alone.
# What is in the cache is kept by the packages' version; once there, no network is needed.

# The addresses this machine gets Debian from, one "ADDRESS RELEASE" a line.
repositories() {
	# shellcheck disable=SC2016 # apt's variables
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		awk '$3 == "main" { print $1, $2 }' | sort -u
}

# The address of a suite: its own, if it is configured, else that of a suite of its kind.
repository() {
	local suite=$1 kind

	repositories >"$work/repositories"
	awk -v suite="$suite" '$2 == suite { print $1; exit }' "$work/repositories" | grep . && return
	case $suite in
	*-security) kind='-security$' ;;
	*) kind='^[a-z]+$' ;;
	esac
	awk -v kind="$kind" '$2 ~ kind { print $1; exit }' "$work/repositories" | grep .
}

# private ARCHITECTURE SUITES COMMAND...: with the apt of a set of suites, for such machines.
private() {
	local state=$cache/apt/$2-$1

	shift 2
	env APT_CONFIG="$state/apt.conf" "$@"
}

# private_update ARCHITECTURE SUITES
private_update() {
	local architecture=$1 suites=$2 state=$cache/apt/$2-$1 suite address
	local key=/usr/share/keyrings/debian-archive-keyring.gpg

	if [[ -e $state/updated && -n $(find "$state/updated" -mmin -720) ]]; then
		return 0
	fi
	command -v apt-get >/dev/null || return
	mkdir -p "$state"/{lists/partial,archives/partial}
	: >"$state/sources.list"
	[[ -e $key ]] && key=" signed-by=$key" || key=
	for suite in ${suites//,/ }; do
		suite=${suite%:*}
		address=$(repository "$suite") || {
			say "this machine's apt knows no repository of the kind of $suite"
			return 1
		}
		echo "deb [arch=$architecture$key] $address $suite main" >>"$state/sources.list"
	done
	cat >"$state/apt.conf" <<END
Dir::Etc::SourceList "$state/sources.list";
Dir::Etc::SourceParts "-";
Dir::State "$state";
Dir::State::Lists "$state/lists";
Dir::Cache "$state";
Acquire::Languages "none";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "root";
END
	say "reading the package lists of ${suites//,/ }"
	private "$architecture" "$suites" apt-get update -q -o APT::Update::Error-Mode=any >"$state/log" 2>&1 || {
		say "the package lists cannot be read: $(grep -m 1 '^E:' "$state/log")"
		return 1
	}
	touch "$state/updated"
}

# The newest package whose name matches, as "NAME VERSION": newest ARCHITECTURE
# SUITES PATTERN
newest() {
	local name version best_name='' best_version=''

	while read -r name version; do
		if [[ -z $best_name ]] || dpkg --compare-versions "$version" gt "$best_version"; then
			best_name=$name best_version=$version
		fi
	done < <(private "$1" "$2" apt-cache dumpavail |
		awk -v pattern="^($3)\$" '
			/^Package: / { name = $2 }
			/^Version: / && name ~ pattern { print name, $2 }')
	[[ -n $best_name ]] && echo "$best_name $best_version"
}

# A text as a pattern that matches it; only '|' keeps its meaning.
literal() {
	# shellcheck disable=SC2001 # & in a substitution means something since bash 5.2 only
	sed 's/[.+]/[&]/g' <<<"$1"
}

# fetch ARCHITECTURE SUITES DIRECTORY NAME=VERSION...: brings packages into the directory.
fetch() {
	local architecture=$1 suites=$2 directory=$3

	shift 3
	mkdir -p "$directory"
	(cd "$directory" && private "$architecture" "$suites" apt-get download -q "$@") >"$directory/log" 2>&1 || {
		say "cannot be had: $* ($(grep -m 1 '^E:' "$directory/log"))"
		return 1
	}
}

source_tar() {
	local deb=("$1"/linux-source-*.deb)

	dpkg-deb --fsys-tarfile "${deb[0]}" | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' | xz -dc
}

# Headers name each other by absolute paths; here they lie elsewhere.
relocate_headers() {
	local makefile

	for makefile in "$1"/usr/src/linux-headers-*/Makefile; do
		sed -i 's#^include /usr/src/#include ../#' "$makefile"
	done
}

# unpack DEBS INTO: what of the packages is needed.
unpack() {
	local debs=$1 into=$2 deb

	for deb in "$debs"/linux-headers-*.deb "$debs"/linux-kbuild-*.deb; do
		dpkg-deb -x "$deb" "$into" || return
	done
	for deb in "$debs"/linux-image-*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$into" --wildcards \
			'./boot/vmlinuz*' '*/drivers/virtio/*' '*/drivers/remoteproc/*' \
			'*/drivers/rpmsg/*' '*/fs/configfs/*' '*/modules.*' 2>/dev/null
	done
	# Since trixie what was in /lib is in /usr/lib.
	[[ ! -d $into/usr/lib/modules ]] || mv "$into/usr/lib/modules" "$into/lib/modules"
	relocate_headers "$into"
	mkdir -p "$into/source"
	source_tar "$debs" | tar -x -C "$into/source" --strip-components=1 --wildcards \
		'*/drivers/remoteproc/remoteproc_*' '*/drivers/rpmsg/*.[ch]' '*/samples/rpmsg/*' || return
	ls "$into"/boot/vmlinuz-* >/dev/null
}

# What a kernel of stock consists of. The names carry the ABI, which changes with every
# update, so they are looked up: resolve VERSION SUITES ARCHITECTURE FLAVOUR
resolve() {
	local version=$1 suites=$2 architecture=$3 image abi release source tail

	tail=$([[ $4 != amd64 ]] || echo -unsigned)
	image=$(newest "$architecture" "$suites" "linux-image-${version//./[.]}[.][0-9.]+([-+][a-z0-9.]+)?-$4$tail") || return
	release=${image#* }
	abi=${image%% *}
	abi=${abi#linux-image-}
	abi=${abi%"-$4$tail"}
	source=$(newest "$architecture" "$suites" "linux-source-${version//./[.]}") || return
	echo "$abi $release ${source#* }"
}

# kernel VERSION SUITES ARCHITECTURE FLAVOUR: the newest there is, or what the cache holds when
# nothing newer can be had, as "RELEASE DIRECTORY".
kernel() {
	local version=$1 suites=$2 architecture=$3 flavour=$4
	local current abi release source kernel_dir debs common kbuild

	current=$cache/kernels/$version-$flavour
	if [[ -z $offline ]] && private_update "$architecture" "$suites" && {
		read -r abi release source < <(resolve "$@") ||
			{
				say "no Linux $version for $flavour in ${suites//,/ }"
				false
			}
	}; then
		kernel_dir=$cache/kernels/$version-$flavour-$release
		# A cache of before configfs was taken along is filled anew.
		if [[ ! -e $kernel_dir/abi || ! -e $kernel_dir/with-configfs ]]; then
			debs=$kernel_dir.debs
			kbuild=$(literal "$version|$abi")
			kbuild=$(newest "$architecture" "$suites" "linux-kbuild-($kbuild)") || return
			common=linux-headers-$abi-common
			say "fetching Linux $version ($release)"
			fetch "$architecture" "$suites" "$debs" \
				"linux-image-$abi-$flavour$([[ $flavour != amd64 ]] || echo -unsigned)=$release" \
				"linux-headers-$abi-$flavour=$release" "$common=$release" \
				"${kbuild/ /=}" "linux-source-$version=$source" || return
			rm -rf "$kernel_dir"
			mkdir -p "$kernel_dir"
			unpack "$debs" "$kernel_dir" || {
				say "the packages of Linux $version are not as expected"
				return 1
			}
			touch "$kernel_dir/with-configfs"
			echo "$abi" >"$kernel_dir/abi"
			rm -rf "$debs"
		fi
		ln -sfn "${kernel_dir##*/}" "$current"
	fi
	[[ -e $current/abi && -e $current/with-configfs ]] || return
	kernel_dir=$(cd "$current" && pwd -P)
	echo "$(<"$kernel_dir/abi")-$flavour $kernel_dir"
}

# source_tree VERSION SUITES: the directory of the whole source of a kernel. VERSION may be
# the first number alone: the newest of those.
source_tree() {
	local current=$cache/kernels/$1-source name release tree_dir

	if [[ -z $offline ]] && private_update amd64 "$2" && {
		read -r name release < <(newest amd64 "$2" "linux-source-$(literal "$1")([.][0-9]+)?") ||
			{
				say "no source of Linux $1 in ${2//,/ }"
				false
			}
	}; then
		tree_dir=$cache/kernels/$name-$release
		if [[ ! -e $tree_dir/Makefile ]]; then
			say "fetching $name ($release)"
			fetch amd64 "$2" "$tree_dir.debs" "$name=$release" || return
			rm -rf "$tree_dir.new"
			mkdir -p "$tree_dir.new"
			source_tar "$tree_dir.debs" | tar -x -C "$tree_dir.new" --strip-components=1 || return
			mv "$tree_dir.new" "$tree_dir"
			rm -rf "$tree_dir.debs"
		fi
		ln -sfn "${tree_dir##*/}" "$current"
	fi
	[[ -e $current/Makefile ]] || return
	(cd "$current" && pwd -P)
}
