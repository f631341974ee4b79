#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Whether the devices of remote processors hang where rproc_get_by_child() finds their
# remote processor, and have what they need to work.
#
# Which instances it is meant for: every remote processor that the kernel has registered,
# and every rpmsg channel, because the question is the core's (drivers/remoteproc,
# drivers/rpmsg) and no platform driver's. A processor that is offline passes: many boards
# have some that do not start by themselves. Channels of transports that have no remote
# processor by design pass with a note. It reads sysfs, and debugfs where that is mounted;
# no state is poked, no node is opened, no firmware is loaded.
#
# RPROC_TREE_SETTLE: seconds to wait for processors that are still booting, 10 without it.
# RPROC_TREE_EXPECT: snapshot of a good boot that this one is held to.

ksft_skip=4

skip() {
	echo 'KTAP version 1'
	echo "1..0 # SKIP $1"
	exit $ksft_skip
}

command -v rproc-tree >/dev/null || skip 'rproc-tree is not installed'
[ -d /sys/bus/rpmsg ] || [ -d /sys/class/remoteproc ] || skip 'no remoteproc, no rpmsg'

set -- --settle "${RPROC_TREE_SETTLE:-10}"
[ -z "$RPROC_TREE_EXPECT" ] || set -- "$@" --expect "$RPROC_TREE_EXPECT"
exec rproc-tree check --format ktap --exit-style kselftest "$@"
