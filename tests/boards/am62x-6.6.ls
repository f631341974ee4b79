root@AM62x:~# ll /sys/class/rpmsg
total 0
lrwxrwxrwx 1 root root 0 10月 24 01:04 rpmsg0 -> ../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_chrdev.-1.14/rpmsg/rpmsg0
lrwxrwxrwx 1 root root 0 10月 24 01:04 rpmsg1 -> ../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.rpmsg_chrdev.-1.14/rpmsg/rpmsg1
lrwxrwxrwx 1 root root 0 10月 24 01:04 rpmsg2 -> ../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_ctrl.0.0/rpmsg/rpmsg_ctrl0/rpmsg2
lrwxrwxrwx 1 root root 0 10月 24 01:04 rpmsg_ctrl0 -> ../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_ctrl.0.0/rpmsg/rpmsg_ctrl0
lrwxrwxrwx 1 root root 0 10月 24 01:04 rpmsg_ctrl1 -> ../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.rpmsg_ctrl.0.0/rpmsg/rpmsg_ctrl1
root@AM62x:~#
root@AM62x:~# ll /sys/bus/rpmsg/devices
total 0
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio0.rpmsg_chrdev.-1.14 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_chrdev.-1.14
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio0.rpmsg_ctrl.0.0 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_ctrl.0.0
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio0.rpmsg_ns.53.53 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.rpmsg_ns.53.53
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio0.ti.ipc4.ping-pong.-1.13 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0/virtio0.ti.ipc4.ping-pong.-1.13
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio1.rpmsg_chrdev.-1.14 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.rpmsg_chrdev.-1.14
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio1.rpmsg_ctrl.0.0 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.rpmsg_ctrl.0.0
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio1.rpmsg_ns.53.53 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.rpmsg_ns.53.53
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio1.ti.ipc4.ping-pong.-1.13 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1/virtio1.ti.ipc4.ping-pong.-1.13



root@AM62x:~# ll /sys/bus/virtio/devices
total 0
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio0 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0/rproc-virtio.2.auto/virtio0
lrwxrwxrwx 1 root root 0 10月 24 01:04 virtio1 -> ../../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1/rproc-virtio.3.auto/virtio1



root@AM62x:~# ll /sys/class/remoteproc
total 0
lrwxrwxrwx 1 root root 0 10月 24 01:04 remoteproc0 -> ../../devices/platform/bus@f0000/bus@f0000:bus@4000000/5000000.m4fss/remoteproc/remoteproc0
lrwxrwxrwx 1 root root 0 10月 24 01:04 remoteproc1 -> ../../devices/platform/bus@f0000/bus@f0000:bus@b00000/bus@f0000:bus@b00000:r5fss@78000000/78000000.r5f/remoteproc/remoteproc1
lrwxrwxrwx 1 root root 0 10月 24 01:04 remoteproc2 -> ../../devices/platform/bus@f0000/30040000.pruss/30074000.pru/remoteproc/remoteproc2
lrwxrwxrwx 1 root root 0 10月 24 01:04 remoteproc3 -> ../../devices/platform/bus@f0000/30040000.pruss/30078000.pru/remoteproc/remoteproc3
root@AM62x:~#
root@AM62x:~# head /sys/class/remoteproc/remoteproc*/state
==> /sys/class/remoteproc/remoteproc0/state <==
running

==> /sys/class/remoteproc/remoteproc1/state <==
attached
