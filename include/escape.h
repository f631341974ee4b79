/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The one escaper. Names of rpmsg channels come raw from remote firmware; every string
 * that came from the kernel passes here before any renderer, error line or snapshot sees
 * it. A byte that is not part of a printable UTF-8 character becomes \xNN: C0, DEL, C1,
 * invalid UTF-8, bidi and zero-width controls, line and paragraph separators. A run of
 * backslashes is doubled where it would read as part of such an escape. Reversible.
 */

#include <stdbool.h>
#include <stddef.h>

#include "nullable.h"

enum escape_flags {
	ESCAPE_ASCII =
		1 << 0,       /* nothing but ASCII: each byte from 0x80 on becomes \xNN */
	ESCAPE_HASH = 1 << 1, /* '#' becomes \x23: KTAP descriptions end there */
	ESCAPE_EQUALS =
		1 << 2, /* '=' becomes \x3d: a snapshot's attribute names end there */
};

/* Returns a new string the caller owns, or NULL when out of memory. */
char *_nullable_ escape_bytes(const char *bytes, size_t size, unsigned int flags);

/* The same for a string; NULL is taken as the empty string. */
char *_nullable_ escape_string(const char *string, unsigned int flags);

/* A text that has been escaped already, for an output that takes ASCII only: what is not
 * becomes \xNN, all else stays. NULL is taken as the empty string. */
char *_nullable_ escape_to_ascii(const char *escaped);

/* The inverse of escape_bytes(): a new string the caller owns (NUL-terminated, *ret_size
 * without that NUL), or NULL when out of memory. */
char *_nullable_ unescape_string(const char *string, size_t *ret_size);

/* How many bytes at the start are printable ASCII and neither a backslash nor that byte:
 * no escaper has to look at them. */
size_t escape_easy_length(const char *bytes, size_t size, char but);

/* Whether escape_bytes() would leave these bytes as they are. */
bool escape_is_plain(const char *bytes, size_t size);
