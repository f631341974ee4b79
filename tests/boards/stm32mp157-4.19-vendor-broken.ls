Welcome to minicom 2.8

root@stm32mp1:~# ls -l /sys/bus/rpmsg/devices/
total 0
lrwxrwxrwx 1 root root 0 Feb  7 15:22 virtio0.rpmsg-tty-channel.-1.0 -> ../../../devices/platform/mlahb/mlahb:m4@10000000/mlahb:m4@10000000#vdev0buffer/virtio0/virtio0.rpmsg-tty-channel.-1.0
lrwxrwxrwx 1 root root 0 Feb  7 15:22 virtio0.rpmsg-tty-channel.-1.1 -> ../../../devices/platform/mlahb/mlahb:m4@10000000/mlahb:m4@10000000#vdev0buffer/virtio0/virtio0.rpmsg-tty-channel.-1.1
root@stm32mp1:~# 
