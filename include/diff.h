/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What is different between two trees. Devices are paired by identity (identity.h), so
 * that remoteproc1 which was remoteproc0, or virtio numbers, are no change; and a device
 * with another parent is one that moved: what the kernel's fix c774ad010873 does.
 * Pure: two trees in, a list out. What one side does not know is no change either.
 */

#include "identity.h"
#include "tree.h"

enum change_kind {
	CHANGE_APPEARED,
	CHANGE_WENT,
	CHANGE_MOVED, /* has another parent; what is below it comes along */
	CHANGE_VERDICT,
	CHANGE_BOUND,   /* to a driver, and was to none */
	CHANGE_UNBOUND, /* from its driver, and is bound to none */
	CHANGE_DRIVER,  /* to another driver */
	CHANGE_STATE,   /* of a remote processor */
	CHANGE_FIRMWARE,
	CHANGE_FIRMWARE_FILE, /* found or missing */
	CHANGE_RECOVERY,
	CHANGE_STATUS,   /* of a virtio device */
	CHANGE_FEATURES, /* of a virtio device: other firmware, or another kernel */
	CHANGE_ADDRESS,  /* a channel's source address; dynamic ones are numbering */
	CHANGE_OVERRIDE, /* driver_override */
	CHANGE_NODE,     /* what its node in /dev is */
	CHANGE_COUNT_,
};

struct change {
	enum change_kind kind;
	const char *identity;        /* borrowed from the diff */
	const struct device *before; /* borrowed from the trees; NULL: appeared */
	const struct device *after;  /* NULL: went */
	/* The value on each side, escaped, one line; owned by the diff. Of what moved,
	 * the parent's name. NULL: there is none (no driver, no such side).
	 */
	char *before_text;
	char *after_text;
};

struct diff {
	const struct tree *before; /* borrowed; both have to outlive the diff */
	const struct tree *after;
	struct identities before_identities;
	struct identities after_identities;
	/* By identity in the order of devices, parents first; of one device by kind. */
	struct change *changes;
	size_t count;
	size_t allocated;
	bool share_place; /* a bus device is on both sides */
};

void diff_free(struct diff *diff);
static inline void diff_freep(struct diff **diff)
{
	diff_free(*diff);
}
#define _cleanup_diff_ _cleanup_(diff_freep)

/* Compares two trees. The caller owns *ret; no change is a count of 0. 0 or -ENOMEM. */
int diff_build(const struct tree *before, const struct tree *after, struct diff **ret);

/* "appeared", "went", "moved", "verdict", "bound", ...: stable, scripts rely on them. */
const char *change_name(enum change_kind kind);
