root@phyboard-pollux-imx8mp-3:~# ls -l /sys/bus/rpmsg/devices/
insgesamt 0
lrwxrwxrwx 1 root root 0 15. Mär 14:03 virtio0.rpmsg-client-sample.-1.1025 -> ../../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0/virtio0.rpmsg-client-sample.-1.1025
lrwxrwxrwx 1 root root 0 15. Mär 14:03 virtio0.rpmsg-tty.-1.1024 -> ../../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0/virtio0.rpmsg-tty.-1.1024
lrwxrwxrwx 1 root root 0 15. Mär 14:03 virtio0.rpmsg-tty.-1.1026 -> ../../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0/virtio0.rpmsg-tty.-1.1026
lrwxrwxrwx 1 root root 0 15. Mär 14:03 virtio0.rpmsg_ctrl.0.0 -> ../../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0/virtio0.rpmsg_ctrl.0.0
lrwxrwxrwx 1 root root 0 15. Mär 14:03 virtio0.rpmsg_ns.53.53 -> ../../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0/rproc-virtio.3.auto/virtio0/virtio0.rpmsg_ns.53.53
root@phyboard-pollux-imx8mp-3:~# ls -l /sys/class/remoteproc
insgesamt 0
lrwxrwxrwx 1 root root 0 15. Mär 14:03 remoteproc0 -> ../../devices/platform/imx8mp-cm7/remoteproc/remoteproc0
