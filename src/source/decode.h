/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/* The values of A: and H: lines, decoded in place; the finding may hold NUL bytes.
 * -EBADMSG: malformed. */

int decode_hex(char *text, size_t *ret_size);

/* The escapes of g_strescape(): umockdev-record writes values with it. */
int decode_escapes(char *text, size_t *ret_size);
