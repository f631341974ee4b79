/ # ls -l /sys/bus/rpmsg/devices/ /sys/class/remoteproc/
/sys/bus/rpmsg/devices/:
total 0
lrwxrwxrwx    1 root     root             0 Jan  1 00:00 10500000.scp.cros-ec-rpmsg.13.-1 -> ../../../devices/platform/soc/10500000.scp/10500000.scp.cros-ec-rpmsg.13.-1

/sys/class/remoteproc/:
total 0
lrwxrwxrwx    1 root     root             0 Jan  1 00:00 remoteproc0 -> ../../devices/platform/soc/10500000.scp/remoteproc/remoteproc0
/ # 
