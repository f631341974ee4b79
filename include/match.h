/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Which device of one tree is which of another: by identity, so numbers do not count, and
 * neither does what a device hangs from.
 */

#include "identity.h"

#define NO_PARTNER ((size_t)-1)

struct match {
	size_t *of_before; /* for each device of that tree its partner's place, or
			      NO_PARTNER */
	size_t *of_after;
};

void match_release(struct match *match);
#define _cleanup_match_ _cleanup_(match_release)

/* Each tree with its identities. The caller releases *ret. 0 or -ENOMEM. */
int match_build(const struct tree *before, const struct identities *before_identities,
		const struct tree *after, const struct identities *after_identities,
		struct match *ret);

/* Whether a tree would have a device of that kind if there were one: a listing of one
 * directory has what it lists and what the paths imply. */
bool match_covers(const struct tree *tree, enum kind kind);
