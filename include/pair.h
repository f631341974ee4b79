/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Which device of one tree is which of another: by identity, so numbers do not count, and
 * neither does whose child a device is.
 */

#include "identity.h"

#define NO_PARTNER ((size_t)-1)

struct pairing {
	size_t *of_before; /* for each device of that tree its partner's position, or
			      NO_PARTNER */
	size_t *of_after;
};

void pairing_release(struct pairing *pairing);
#define _cleanup_pairing_ _cleanup_(pairing_release)

/* Each tree with its identities. The caller releases *ret. 0 or -ENOMEM. */
int pairing_build(const struct tree *before, const struct identities *before_identities,
		  const struct tree *after, const struct identities *after_identities,
		  struct pairing *ret);
