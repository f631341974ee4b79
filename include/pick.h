/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The devices that a person names, of all there are: by remoteprocN, a processor's own
 * name, virtioK, a channel or its name, a bus device, a node in /dev, a path in sysfs.
 */

#include "tree.h"

/* Whether a device is called so. */
bool device_is_called(const struct device *device, const char *name);

/* Builds the tree of what the names (NULL-terminated) mean: those devices, what is below
 * them or belongs to them, and what their verdicts are about: ancestors and owners. A
 * name that means nothing is *ret_unknown, and leaves *ret NULL. 0 or -ENOMEM. */
int tree_pick(const struct tree *tree, char *const *names, struct tree **ret,
	      const char **ret_unknown);
