# SPDX-License-Identifier: GPL-2.0-or-later
SUMMARY = "Tree and diagnosis of remote processors (remoteproc, rpmsg)"
DESCRIPTION = "Prints remote processors with their virtio devices, channels and device nodes as a \
tree, and says what is wrong: failed starts, crashes, missing drivers, wrong parents."
SECTION = "console/utils"
LICENSE = "GPL-2.0-or-later"
LIC_FILES_CHKSUM = "file://LICENSES/GPL-2.0-or-later.txt;md5=b234ee4d69f5fce4486a80fdaf4a4263"

DEPENDS = "zlib"

# A release's tarball in a directory of BBFILES' files, or a git fetcher in a bbappend.
SRC_URI = "file://rproc-tree-${PV}.tar.xz \
           file://run-ptest \
"

inherit meson pkgconfig bash-completion ptest systemd

PACKAGECONFIG ??= "libkmod \
                   ${@bb.utils.contains('DISTRO_FEATURES', 'systemd', 'libudev systemd', '', d)} \
                   ${@bb.utils.contains('PTEST_ENABLED', '1', 'tests', '', d)} \
"
PACKAGECONFIG[libkmod] = "-Dlibkmod=enabled,-Dlibkmod=disabled,kmod,libkmod"
PACKAGECONFIG[libudev] = "-Dlibudev=enabled,-Dlibudev=disabled,virtual/libudev"
PACKAGECONFIG[man] = "-Dman=enabled,-Dman=disabled,scdoc-native"
PACKAGECONFIG[systemd] = "-Dsystemdsystemunitdir=${systemd_system_unitdir},-Dsystemdsystemunitdir=no"
PACKAGECONFIG[tests] = "-Dtests=true,-Dtests=false,cmocka json-c"

EXTRA_OEMESON = "-Dumockdev=disabled -Dcontrib=false"

# After boot, on boards that want it: SYSTEMD_AUTO_ENABLE:${PN} = "enable".
SYSTEMD_SERVICE:${PN} = "${@bb.utils.contains('PACKAGECONFIG', 'systemd', 'rproc-tree-check.service', '', d)}"
SYSTEMD_AUTO_ENABLE:${PN} = "disable"

PACKAGES =+ "${PN}-metrics"
FILES:${PN}-metrics = "${libexecdir}/rproc-tree/write-metrics ${systemd_system_unitdir}/rproc-tree-metrics.*"
RDEPENDS:${PN}-metrics = "${PN}"
FILES:${PN} += "${datadir}/rproc-tree"
FILES:${PN}-bash-completion += "${datadir}/fish ${datadir}/zsh"

RDEPENDS:${PN}-ptest += "${PN}"

do_install_ptest() {
    install -d ${D}${PTEST_PATH}/cli ${D}${PTEST_PATH}/unit
    for suite in cli unit; do
        for test in ${B}/tests/$suite/test_*; do
            [ ! -f $test ] || install -m 0755 $test ${D}${PTEST_PATH}/$suite/
        done
    done
    cp -r --no-preserve=ownership ${S}/tests/boards ${D}${PTEST_PATH}/boards
}
