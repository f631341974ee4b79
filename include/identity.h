/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The stable identity of a device: the same from boot to boot, before and after the fix.
 * remoteprocN and virtioK are numbered in probe order, so neither is part of it: a remote
 * processor is known by its platform device, a vdev by its index there, a channel by its
 * name and destination address.
 *
 *   /devices/platform/11800000.dsp                            a bus device: its path
 *   /devices/platform/11800000.dsp/remoteproc                 its remote processor
 *   .../remoteproc/vdev0                                      whatever its parent is
 *   .../remoteproc/vdev0/virtio/rpmsg-client-sample.0x32      a channel
 *
 * What would be called the same (two processors on one platform device, many channels to
 * any address) is told apart by ~2, ~3 in the order of the tree. Printable: names are
 * escaped.
 */

#include "tree.h"

struct identities {
	const char **names; /* one for each device of the tree, in its order; unique */
	size_t count;
	struct arena arena; /* of the names */
};

void identities_release(struct identities *identities);
#define _cleanup_identities_ __attribute__((cleanup(identities_release)))

/* The caller releases *ret. 0 or -ENOMEM. */
int identities_build(const struct tree *tree, struct identities *ret);

/* Of two trees that are compared. A processor of which a text tells no platform device
 * has that of the other tree's processor of this name or, where one of both tells no
 * name, of this number. Else it is known by its own name, where both tell that of each,
 * and by its number where not. On failure *ret_before may be filled. */
int identities_build_both(const struct tree *before, struct identities *ret_before,
			  const struct tree *after, struct identities *ret_after);

/* The identity of one device of that tree; borrowed. */
const char *identity_of(const struct identities *identities, const struct tree *tree,
			const struct device *device);

/* Where, in a device's identity, the last component of its bus device's path begins: what
 * is before it says where on the board that lies. */
size_t identity_tail(const struct identities *identities, const struct tree *tree,
		     const struct device *device);
