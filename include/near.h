/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Names that are nearly the same: of channels, checks, commands, devices. */

#include <stdbool.h>
#include <stddef.h>

/* aliases is FACT_ALIASES: "rpmsg:NAME=MODULE" separated by blanks, or NULL. */

/* Whether a module serves exactly this channel name. */
bool near_has_alias(const char *aliases, const char *name);

/* The first name that is nearly the same as one which no module serves: "rpmsg-tty
 * (module rpmsg_tty)", escaped; the caller owns *ret, NULL: there is none. 0 or -ENOMEM.
 */
int near_alias(const char *aliases, const char *name, char **ret);

/* Whether two names are nearly the same: one goes on where the other ends, or a letter or
 * two differ. */
bool near_is(const char *a, const char *b);

/* Letters that have to be changed, added or dropped. */
size_t near_distance(const char *a, const char *b);
