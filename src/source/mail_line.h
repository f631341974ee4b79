/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What mail programs do to a single line, undone. */

#include "span.h"

/* The line at *at, which then points past its end (LF or CR LF). */
struct span mail_line_next(const char **at);

/* Without "> > " or ">>": what mail programs put before a line that they quote. */
struct span mail_line_unquoted(struct span line);

/* The same where the quotes may be written as entities: as far as the markers need it,
 * which have nothing else that mail programs change. */
struct span mail_line_bare(struct span line);

bool mail_line_starts(struct span line, const char *prefix);
bool mail_line_is_record(struct span line);

/* HTML, in place; what is no entity stays. */
void mail_line_decode_entities(char *text);

/* Quoted-printable, in place; returns whether the line's end is a soft one, so that the
 * next line belongs to it. */
bool mail_line_decode_printable(char *text);
