/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"

/* The release of the kernel that is looked at, which the caller owns. NULL: nothing below
 * that root tells. 0 or -ENOMEM. */
int release_find(struct reading *reading, char **ret);

/* The directory of its modules below PATH_MODULES, where there is one: the only one where
 * the release is not known. The same. */
int release_modules(struct reading *reading, char **ret);
