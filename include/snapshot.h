/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The records of a tree as text: what capture prints, a report carries, --from reads. */

#include <stdio.h>

#include "tree.h"

/* Writes the records of a tree as snapshot. 0, or -errno of the failed write. */
int snapshot_write(FILE *out, const struct tree *tree);

/* The same as a string that the caller owns. 0 or -ENOMEM. */
int snapshot_text(const struct tree *tree, char **ret);
