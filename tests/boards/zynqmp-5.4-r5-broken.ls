root@petalinux:~#   ls -la /sys/class/remoteproc/
total 0
drwxr-xr-x  2 root root 0 Jan  1  1970 .
drwxr-xr-x 56 root root 0 Jan  1  1970 ..
lrwxrwxrwx  1 root root 0 Jan  1  1970 remoteproc0 -> ../../devices/platform/ff9a0000.zynqmp_r5_rproc/r5@0/remoteproc/remoteproc0
root@petalinux:~#   # 应该看到 remoteproc0
root@petalinux:~#   cat /sys/class/remoteproc/remoteproc0/name
r5@0
root@petalinux:~#
root@petalinux:~#   ls -la /sys/bus/rpmsg/devices/
total 0
drwxr-xr-x  2 root root 0 Jan  1  1970 .
drwxr-xr-x  4 root root 0 Jan  1  1970 ..
root@petalinux:~#   ls -la /sys/bus/virtio/devices/
total 0
drwxr-xr-x  2 root root 0 Jan  1  1970 .
drwxr-xr-x  4 root root 0 Jan  1  1970 ..
lrwxrwxrwx 1 root root 0 Jan 14 12:18 virtio0 -> ../../../devices/platform/ff9a0000.zynqmp_r5_rproc/r5@0/r5@0#vdev0buffer/virtio0
root@petalinux:~#   dmesg | grep -i rpmsg
[   50.777963] virtio_rpmsg_bus virtio0: rpmsg host is online
root@petalinux:~#
