// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Records out of a mail. Between the markers of a report all that a mail program did is
 * undone (mail.c); without them the quotes are all that can be taken away.
 */

#include <errno.h>
#include <string.h>

#include "mail.h"
#include "readers.h"

bool report_matches(const struct text *text)
{
	return mail_has_report(text->bytes);
}

int report_read(struct text *text, struct inventory *inventory, struct notice *notice)
{
	char *clean;
	int r = mail_clean(text, notice, &clean);

	if (r < 0)
		return r;
	free(text->bytes);
	text->bytes = clean;
	text->size = strlen(clean);
	return snapshot_read(text, inventory, notice);
}

bool quoted_matches(const struct text *text)
{
	return mail_is_quoted(text->bytes);
}

int quoted_read(struct text *text, struct inventory *inventory, struct notice *notice)
{
	mail_unquote(text);
	return snapshot_read(text, inventory, notice);
}
