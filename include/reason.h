/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Why a processor is in its state: what its log told from some line on. */

#include "history.h"
#include "tree.h"

/* "fatal error" of one that crashed and is down, "crashed: fatal error" of one that is
 * not, "did not start: -2: firmware x.elf not found": escaped, one line. The caller owns
 * *ret, which is NULL when these lines tell of no crash and no failed start. 0 or
 * -ENOMEM. */
int reason_tell(const struct history *history, const struct device *processor,
		size_t first_line, char **ret);
