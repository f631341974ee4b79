// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What tells more comes first: a mail with a listing may quote the log, too.
 */

#include "readers.h"

const struct text_reader text_readers[] = {
	{ "report", SOURCE_SNAPSHOT, report_matches, report_read },
	{ "quoted snapshot", SOURCE_SNAPSHOT, quoted_matches, quoted_read },
	{ "snapshot", SOURCE_SNAPSHOT, snapshot_matches, snapshot_read },
	{ "listing", SOURCE_LISTING, listing_matches, listing_read },
	{ "find", SOURCE_LISTING, find_matches, find_read },
	{ "log", SOURCE_LISTING, dmesg_matches, dmesg_read },
	{ .name = NULL },
};

const struct text_reader *text_reader_of(const struct text *text)
{
	for (const struct text_reader *reader = text_readers; reader->name; reader++)
		if (reader->matches(text))
			return reader;
	return NULL;
}
