# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2015,SC2034,SC2154,SC2010
#
# Where the devices of remote processors are, for the tests of this directory. Whoever
# sources it has sourced ktap_helpers.sh.

rpmsg_virtio_id=0x0007

# has_remoteproc DIRECTORY: whether a device above it has the type "remoteproc", which is
# what rproc_get_by_child() looks for.
has_remoteproc() {
	above=$1
	while [ "$above" != /sys/devices ] && [ -n "$above" ]; do
		above=${above%/*}
		if grep -q '^DEVTYPE=remoteproc$' "$above/uevent" 2>/dev/null; then
			return 0
		fi
	done
	return 1
}

# below_vdev DIRECTORY: whether it belongs to a vdev of a remote processor, by the name of
# the device that the core makes for each: rproc-virtio.N since v6.1, X#vdevNbuffer before.
below_vdev() {
	case $1 in
	*/rproc-virtio.*/* | */*'#vdev'*buffer/*) return 0 ;;
	esac
	return 1
}

# is_rpmsg_virtio DIRECTORY
is_rpmsg_virtio() {
	[ -e "$1/device" ] && [ "$(cat "$1/device")" = "$rpmsg_virtio_id" ]
}

# misplaced [PART]: prints each device of a vdev that has no remote processor above it, of
# those with that part in their path. Leaves in $tmp/seen how many were looked at.
misplaced() {
	seen=0
	for link in /sys/bus/virtio/devices/* /sys/bus/rpmsg/devices/*; do
		[ -L "$link" ] && [ -e "$link" ] || continue
		dir=$(readlink -f "$link")
		case $link in
		/sys/bus/virtio/*) is_rpmsg_virtio "$dir" || continue ;;
		esac
		below_vdev "$dir" || continue
		case $dir in
		*"${1:-}"*) ;;
		*) continue ;;
		esac
		seen=$((seen + 1))
		has_remoteproc "$dir" || printf '%s\n' "${dir#/sys}"
	done
	printf '%s\n' "$seen" >"$tmp/seen"
}

# dangling: prints each link of the two buses that leads nowhere.
dangling() {
	for link in /sys/bus/virtio/devices/* /sys/bus/rpmsg/devices/*; do
		if [ -L "$link" ] && [ ! -e "$link" ]; then
			printf '%s\n' "$link"
		fi
	done
}

# judge DESCRIPTION FINDINGS: passes if there are none.
judge() {
	if [ -z "$2" ]; then
		ktap_test_pass "$1"
		return
	fi
	printf '%s\n' "$2" | while IFS= read -r line; do
		ktap_print_msg "$line"
	done
	ktap_test_fail "$1"
}
