################################################################################
#
# rproc-tree
#
################################################################################

RPROC_TREE_VERSION = 0.1.0
RPROC_TREE_SOURCE = rproc-tree-$(RPROC_TREE_VERSION).tar.xz
# Until there is a place for releases, BR2_PRIMARY_SITE or this variable has it.
RPROC_TREE_SITE ?= file://$(BR2_EXTERNAL)/dl
RPROC_TREE_LICENSE = GPL-2.0-or-later
RPROC_TREE_LICENSE_FILES = LICENSES/GPL-2.0-or-later.txt
RPROC_TREE_DEPENDENCIES = host-pkgconf zlib
RPROC_TREE_CONF_OPTS = \
	-Dcontrib=false \
	-Dman=disabled \
	-Dtests=false

ifeq ($(BR2_PACKAGE_HAS_UDEV),y)
RPROC_TREE_CONF_OPTS += -Dlibudev=enabled
RPROC_TREE_DEPENDENCIES += udev
else
RPROC_TREE_CONF_OPTS += -Dlibudev=disabled
endif

ifeq ($(BR2_PACKAGE_KMOD),y)
RPROC_TREE_CONF_OPTS += -Dlibkmod=enabled
RPROC_TREE_DEPENDENCIES += kmod
else
RPROC_TREE_CONF_OPTS += -Dlibkmod=disabled
endif

ifeq ($(BR2_INIT_SYSTEMD),y)
RPROC_TREE_CONF_OPTS += -Dsystemdsystemunitdir=/usr/lib/systemd/system
else
RPROC_TREE_CONF_OPTS += -Dsystemdsystemunitdir=no
endif

$(eval $(meson-package))
