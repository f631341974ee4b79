/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

#include "tree.h"

#define NO_PARENT SIZE_MAX

/* What becomes of a record: parent is the index of the nearest recorded ancestor. */
struct choice {
	size_t parent;
	enum kind kind;
	bool keep;
	bool leaf;
	bool walked; /* its ancestors are kept already */
};

/* One choice for each record of a sorted inventory; the caller owns *ret. 0 or -ENOMEM.
 */
int select_records(const struct inventory *inventory, struct choice **ret);
