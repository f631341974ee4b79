# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # scripts/kernel-lab sets what is shared
# What a cell changes in the kernel's own drivers/remoteproc. The bug is put back by an
# edit of the lines that matter, so that it serves every release of a version; an edit
# that finds nothing to change ends the cell.

# edit FILE EXPRESSION: what sed -E makes of the file, which must be something else.
edit() {
	sed -E -i.before "$2" "$1" || return
	! cmp -s "$1" "$1.before" || {
		say "${1##*/} has no line for: $2"
		return 1
	}
	rm "$1.before"
}

has_vdev_buffer() {
	grep -q 'vdev%dbuffer", rvdev->index' "$1/remoteproc_core.c"
}

# What v5.1 introduced: the parent of the vdev's device is the platform device. With the
# line that followed then, so that the fix applies as it does to v5.1-v5.7.
break_vdev_buffer() {
	edit "$1/remoteproc_core.c" '
		1i #define dma_pfn_offset dma_range_map
		s/^(\trvdev->dev\.parent = )&rproc->dev;$/\1rproc->dev.parent;\n\trvdev->dev.dma_pfn_offset = rproc->dev.parent->dma_pfn_offset;/' &&
		grep -q 'rvdev->dev.parent = rproc->dev.parent;' "$1/remoteproc_core.c"
}

# The same mistake since v6.1: the platform device rproc-virtio is registered below the
# remote processor's parent. The remote processor then has to travel in its data.
break_rproc_virtio() {
	edit "$1/remoteproc_internal.h" \
		's/^(\tstruct) fw_rsc_vdev \*rsc;$/&\n\1 rproc *rproc;/' &&
		edit "$1/remoteproc_core.c" 's/^\trvdev_data\.rsc = rsc;$/&\n\trvdev_data.rproc = rproc;/' &&
		edit "$1/remoteproc_core.c" \
			's/(platform_device_register_data\()dev, "rproc-virtio"/\1rproc->dev.parent, "rproc-virtio"/' &&
		edit "$1/remoteproc_virtio.c" \
			's/container_of\(dev->parent, struct rproc, dev\)/((struct rproc_vdev_data *)dev->platform_data)->rproc/'
}

variant_shipped() { :; }

variant_broken() {
	if has_vdev_buffer "$1"; then break_vdev_buffer "$1"; else break_rproc_virtio "$1"; fi
}

# The patch for affected kernels must apply as it is: no fuzz.
variant_fixed() {
	variant_broken "$1" || return
	patch -d "$1" -p3 -F0 --no-backup-if-mismatch <"$(ls "$lab"/../fix/0001-*.patch)"
}

# As v5.1 to v5.7 were: not even the pool of the platform device serves the vdev.
variant_unpooled() {
	break_vdev_buffer "$1" &&
		edit "$1/remoteproc_virtio.c" '/^\t\} else \{$/,/^\t\}$/c \\t}'
}

# With both patches, neither with fuzz.
variant_repooled() {
	local fix

	variant_unpooled "$1" || return
	for fix in "$lab"/../fix/000[12]-*.patch; do
		patch -d "$1" -p3 -F0 --no-backup-if-mismatch <"$fix" || return
	done
}

# With the lock of debugfs, which every kernel lacks.
variant_locked() {
	patch -d "$1" -p3 -F0 --no-backup-if-mismatch <"$(ls "$lab"/../fix/0003-*.patch)"
}

# As it is, for what must go wrong there, and with what mends it.
variant_onering() { :; }

variant_onering_fixed() {
	patch -d "$1" -p3 -F0 --no-backup-if-mismatch <"$(ls "$lab"/../fix/0005-*.patch)"
}

# As v6.1.0 and v6.1.1 were: the name of a vdev is its index alone.
variant_collision() {
	edit "$1/remoteproc_core.c" \
		's/(platform_device_register_data\(dev, "rproc-virtio", )PLATFORM_DEVID_AUTO/\1rvdev_data.index/'
}

# As it was before v5.1: no device between the remote processor and its virtio device.
variant_before() {
	edit "$1/remoteproc_core.c" '
		s/device_register\(&rvdev->dev\)/(device_initialize(\&rvdev->dev), 0)/
		s/device_unregister\(&rvdev->dev\)/put_device(\&rvdev->dev)/
		s/device_for_each_child\(&rvdev->dev,/device_for_each_child(\&rvdev->rproc->dev,/' &&
		edit "$1/remoteproc_virtio.c" '
			/^#include "remoteproc_internal.h"/a \
#define vdev_to_rvdev(vdev) ((struct rproc_vdev *)(vdev)->dev.platform_data)\
#define vdev_to_rproc(vdev) (vdev_to_rvdev(vdev)->rproc)
			s/^\tvdev->dev\.parent = dev;$/\tvdev->dev.parent = \&rproc->dev;\
	vdev->dev.platform_data = rvdev;\
	set_dma_ops(\&rproc->dev, get_dma_ops(rproc->dev.parent));\
	dma_coerce_mask_and_coherent(\&rproc->dev, dma_get_mask(rproc->dev.parent));/'
}
