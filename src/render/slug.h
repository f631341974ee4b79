/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The ids by which CI systems know a finding: CHECK_DEVICE of [A-Za-z0-9_-] only, at most
 * 100 characters, unique within a report, the same from boot to boot. DEVICE is the
 * device's identity from its bus device on, or what was required:
 *
 *   /devices/platform/soc/5000000.m4fss/remoteproc/vdev0/virtio/ti.ping-pong.0xd
 *   rpmsg-ancestor_5000000-m4fss_remoteproc_vdev0_virtio_ti-ping--pong-0xd
 *
 * '/' becomes _, '.' becomes -, and _ and - are doubled. Where another byte is lost that
 * way (it becomes -), two identities could become the same, or the id would be too long,
 * it is cut, and three dashes and 16 digits follow: the start of SHA-256 of the identity.
 * Other ids have one dash or an even number, so that no name can pass for another. Should
 * two be the same nevertheless (devices of one name on two buses), the later ends in
 * ---2, ---3.
 */

#include "check.h"

#define SLUG_MAX 100

struct slugs {
	const char **ids; /* one for each finding of the report, in its order */
	size_t count;
	struct arena arena; /* of the ids */
};

void slugs_release(struct slugs *slugs);
#define _cleanup_slugs_ __attribute__((cleanup(slugs_release)))

/* The caller releases *ret. 0 or -ENOMEM. */
int slugs_build(const struct findings *findings, struct slugs *ret);

/* The same where the identities of the tree are there already. */
int slugs_build_by(const struct findings *findings, const struct identities *identities,
		   struct slugs *ret);
