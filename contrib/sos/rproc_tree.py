# SPDX-License-Identifier: GPL-2.0-or-later
# sos (https://github.com/sosreport/sos): put this file into sos/report/plugins/.
from sos.report.plugins import Plugin, DebianPlugin, IndependentPlugin


# DebianPlugin as well: 4.0 on Debian does not take independent ones.
class RprocTree(Plugin, IndependentPlugin, DebianPlugin):
    """Remote processors (remoteproc) and their rpmsg channels: the report of
    rproc-tree, which its maintainers can replay, and without the program
    what the kernel itself shows."""

    short_desc = "Remote processors and rpmsg channels"
    plugin_name = "rproc_tree"
    profiles = ("hardware", "kernel")

    files = ("/sys/class/remoteproc", "/sys/bus/rpmsg")

    def setup(self):
        self.add_cmd_output(
            "rproc-tree report",
            suggest_filename="rproc-tree.txt",
        )
        # Read only: the file "crash" in debugfs is write-only and not named.
        self.add_copy_spec(
            [
                "/sys/class/remoteproc/remoteproc*/firmware",
                "/sys/class/remoteproc/remoteproc*/name",
                "/sys/class/remoteproc/remoteproc*/recovery",
                "/sys/class/remoteproc/remoteproc*/state",
                "/sys/kernel/debug/remoteproc/remoteproc*/carveout_memories",
                "/sys/kernel/debug/remoteproc/remoteproc*/resource_table",
                "/sys/kernel/debug/remoteproc/remoteproc*/trace0",
            ]
        )
        self.add_cmd_output(
            [
                "ls -l /sys/class/remoteproc",
                "ls -l /sys/bus/rpmsg/devices",
                "ls -l /sys/bus/virtio/devices",
            ]
        )

    def postproc(self):
        # The kernel log may have addresses of network devices over rpmsg. A report
        # with them masked replays as before.
        self.do_cmd_output_sub(
            "rproc-tree report",
            r"\b([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b",
            "xx:xx:xx:xx:xx:xx",
        )


# vim: set et ts=4 sw=4 :
