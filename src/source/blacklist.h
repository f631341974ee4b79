/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"

/* The file that blacklists a module, in these directories or files below the root
 * (NULL-terminated; NULL: modprobe's); the caller owns *ret, which is NULL where none
 * does. 0 or -ENOMEM. */
int blacklist_find(struct reading *reading, const char *module,
		   const char *const *configuration, char **ret);
