#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC1091,SC2015,SC2034,SC2154,SC2010
#
# The remote processor's life, on simulated ones: where its devices are after a start, a
# crash, an attach, with a second processor; that nothing is left after a stop, a failed
# recovery, a removal; that a coredump has what it should.

DIR=$(dirname "$(readlink -f "$0")")
. "$DIR"/../kselftest/ktap_helpers.sh
. "$DIR"/lib.sh

configfs=/sys/kernel/config/rproc-sim
firmware_path=/sys/module/firmware_class/parameters/path

skip() {
	ktap_skip_all "$1"
	exit "$KSFT_SKIP"
}

# make_processor NAME ATTRIBUTE=VALUE...: sets remoteproc to its directory. Without it
# there is nothing to test.
make_processor() {
	name=$1
	shift
	mkdir "$configfs/$name" || ktap_exit_fail_msg "$name cannot be made"
	for attribute in auto_boot=0 firmware=rproc-sim-test.fw "$@" live=1; do
		echo "${attribute#*=}" >"$configfs/$name/${attribute%%=*}" ||
			ktap_exit_fail_msg "$name refuses $attribute"
	done
	find_processor "$name" || ktap_exit_fail_msg "$name has no remote processor"
}

find_processor() {
	device=$(cat "$configfs/$1/dev_name")
	for remoteproc in "/sys/bus/platform/devices/$device"/remoteproc/remoteproc*; do
		[ -e "$remoteproc/state" ] && return
	done
	return 1
}

# An empty write would change nothing.
set_path() {
	if [ -n "$1" ]; then
		printf %s "$1" >"$firmware_path"
	else
		printf '\000' >"$firmware_path"
	fi
}

remove_processors() {
	for made in "$configfs"/ksft-*; do
		[ ! -d "$made" ] || rmdir "$made"
	done
}

# eventually COMMAND...: whether it succeeds before long.
eventually() {
	tries=0
	until "$@"; do
		[ $tries -lt 100 ] || return 1
		sleep 0.1
		tries=$((tries + 1))
	done
}

state_is() {
	[ "$(cat "$remoteproc/state")" = "$1" ]
}

# becomes STATE: whether the processor comes to that state, and stays there.
becomes() {
	eventually state_is "$1" || return
	sleep 0.2
	state_is "$1"
}

channels() {
	ls /sys/bus/rpmsg/devices | grep -c "\.ksft-$1\."
}

has_channels() {
	[ "$(channels "$1")" = "$2" ]
}

has_recovered_more_than() {
	[ "$(dmesg | grep -c "recovering $name")" -gt "$1" ]
}

# crash TYPE: returns when the recovery has begun.
crash() {
	count=$(dmesg | grep -c "recovering $name")
	echo "$1" >"$configfs/$name/crash"
	eventually has_recovered_more_than "$count"
}

# settled DESCRIPTION STATE NAME COUNT: the state, the channels, and where they are.
settled() {
	if ! becomes "$2"; then
		judge "$1" "state is $(cat "$remoteproc/state") where $2 is due"
	elif ! eventually has_channels "$3" "$4"; then
		judge "$1" "$(channels "$3") channels where $4 were announced"
	else
		findings=$(misplaced "/$device/")
		[ "$4" = 0 ] || [ "$(cat "$tmp/seen")" != 0 ] ||
			findings="none of its devices is known for one of a vdev"
		judge "$1" "$findings"
	fi
}

test_start() {
	make_processor ksft-one vdevs=2 channels=2 names=ksft-a
	echo start >"$remoteproc/state"
	settled "start: the channels are below their processor" running a 4
}

test_stop() {
	echo stop >"$remoteproc/state"
	settled "stop: no channel is left" offline a 0
}

test_crash() {
	echo start >"$remoteproc/state"
	becomes running
	crash watchdog
	settled "crash: it recovers, and its channels are back" running a 4
}

# has_dump: whether there is a coredump of the processor. Sets dump to its directory.
has_dump() {
	failing=$(readlink -f "$remoteproc")
	for dump in /sys/class/devcoredump/devcd*; do
		[ "$(readlink -f "$dump/failing_device")" != "$failing" ] || return 0
	done
	return 1
}

test_coredump() {
	what="coredump: it holds the memory of the processor"
	if [ ! -d /sys/class/devcoredump ]; then
		ktap_test_skip "$what"
		return
	fi
	make_processor ksft-dump memory=4096 channels=1 names=ksft-d
	echo enabled >"$remoteproc/coredump"
	echo start >"$remoteproc/state"
	becomes running
	crash mmufault
	if ! eventually has_dump; then
		judge "$what" "no coredump"
		return
	fi
	missing=
	grep -q 'ksft-dump: ' "$dump/data" || missing="its memory is not in the coredump"
	judge "$what" "$missing"
	echo 1 >"$dump/data"
}

test_attach() {
	make_processor ksft-found attached=1 channels=2 names=ksft-e
	echo start >"$remoteproc/state"
	settled "attach: the channels of what runs already are there" attached e 2
	echo detach >"$remoteproc/state"
	settled "detach: no channel is left" detached e 0
}

test_two() {
	make_processor ksft-two channels=2 names=ksft-b
	echo start >"$remoteproc/state"
	settled "two processors: both run" running b 2
}

# Two on one platform device: what is named after that device has one name too few.
test_collision() {
	make_processor ksft-shared processors=2 channels=1 names=ksft-c
	for remoteproc in "$remoteproc"/../remoteproc*; do
		echo start >"$remoteproc/state"
	done
	settled "two on one platform device: names do not collide" running c 2
}

test_remove() {
	for made in "$configfs"/ksft-*; do
		find_processor "${made##*/}"
		echo start >"$remoteproc/state" # once more
	done
	remove_processors
	left=$(ls /sys/bus/rpmsg/devices | grep '\.ksft-')
	judge "removal: nothing is left" "$left$(dangling)"
}

# Last: what the processor had is lost to cores of today.
test_failed_recovery() {
	make_processor ksft-sick channels=2 names=ksft-f fault/recovery=-5
	echo start >"$remoteproc/state"
	eventually has_channels f 2
	crash fatal
	settled "failed recovery: offline, without channels" offline f 0
	remove_processors
}

ktap_print_header
[ "$(id -u)" = 0 ] || skip "not root"
[ -d "$configfs" ] || modprobe rproc_sim 2>/dev/null
[ -d "$configfs" ] || mount -t configfs none /sys/kernel/config 2>/dev/null
[ -d "$configfs" ] || skip "no rproc-sim: CONFIG_REMOTEPROC_SIM and configfs"
[ -w "$firmware_path" ] || skip "no $firmware_path: CONFIG_FW_LOADER"

tmp=$(mktemp -d) || exit "$KSFT_FAIL"
path=$(cat "$firmware_path")
trap 'remove_processors; set_path "$path"; rm -rf "$tmp"' EXIT
echo simulated >"$tmp/rproc-sim-test.fw"
set_path "$tmp"

ktap_set_plan 10
test_start
test_stop
test_crash
test_coredump
test_attach
test_two
test_collision
test_remove
test_failed_recovery
ktap_finished
