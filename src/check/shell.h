/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "nullable.h"

/* A name as one word of a shell command that a person may paste: bare where that is safe,
 * quoted, or as $'...' where it has bytes that no terminal should see. The finding is
 * plain text and needs no escaping. A new string the caller owns; NULL: out of memory. */
char *_nullable_ shell_word(const char *name);
