#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2015,SC2034,SC2154,SC2010
#
# Whether the devices of each vdev are below their remote processor, where
# rproc_get_by_child() finds it, and whether the buses have links that lead nowhere.
#
# It is meant for every board: what it asks is the affair of drivers/remoteproc and
# drivers/rpmsg, and of no platform driver. It reads sysfs and changes nothing. A processor
# that does not run is no failure, and channels that are on no vdev are not looked at.

DIR=$(dirname "$(readlink -f "$0")")
. "$DIR"/../kselftest/ktap_helpers.sh
. "$DIR"/lib.sh

ktap_print_header

tmp=$(mktemp -d) || exit "$KSFT_FAIL"
trap 'rm -rf "$tmp"' EXIT

findings=$(misplaced)
seen=$(cat "$tmp/seen")
left=$(dangling)
if [ "$seen" = 0 ] && [ -z "$left" ]; then
	ktap_skip_all "no rpmsg device of a remote processor is here"
	exit "$KSFT_SKIP"
fi

ktap_set_plan 2
judge "$seen devices of vdevs have a remote processor above them" "$findings"
judge "no link of the buses leads nowhere" "$left"
ktap_finished
