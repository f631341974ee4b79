/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "text.h"

/* Whether the text has the marker that begins the records of a report. */
bool mail_has_report(const char *bytes);

/* The records alone, at the lines where they were. The caller owns *ret. 0, -ENOMEM, or
 * -EBADMSG with a notice. */
int mail_clean(struct text *text, struct notice *notice, char **ret);

/* Records without markers that somebody quoted; takes away what stands before the lines.
 */
bool mail_is_quoted(const char *bytes);
void mail_unquote(struct text *text);
