// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What tells more comes first. All that people paste is one kind: it comes in mixtures.
 */

#include "readers.h"

const struct text_reader text_readers[] = {
	{ "report", SOURCE_SNAPSHOT, report_matches, report_read },
	{ "quoted snapshot", SOURCE_SNAPSHOT, quoted_matches, quoted_read },
	{ "udevadm info", SOURCE_LISTING, udevadm_matches, pasted_read },
	{ "snapshot", SOURCE_SNAPSHOT, snapshot_matches, snapshot_read },
	{ "pasted", SOURCE_LISTING, pasted_matches, pasted_read },
	{ .name = NULL },
};

const struct text_reader *text_reader_of(const struct text *text)
{
	for (const struct text_reader *reader = text_readers; reader->name; reader++)
		if (reader->matches(text))
			return reader;
	return NULL;
}
