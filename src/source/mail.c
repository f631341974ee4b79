// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The records of a report, out of what a mail program made of it: quoted, wrapped, with
 * HTML entities, quoted-printable. What was done can only be guessed; the report's last
 * line has the checksum of its records, so the guesses are tried in turn and the one that
 * gives it is right. None gives it: the report is refused.
 *
 * Lines stay at their numbers: what is dropped leaves an empty line, which the reader of
 * records passes over.
 */

#include "mail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "checksum.h"
#include "cleanup.h"
#include "mail_line.h"
#include "marker.h"

struct guess {
	bool entities;  /* &gt; is > */
	bool printable; /* quoted-printable: =3D is =, = at the end joins lines */
	bool spaced;    /* where a line was wrapped there was a blank */
};

/* The region between the markers in the text as it came. */
struct region {
	size_t first; /* line number of the begin marker */
	size_t last;  /* of the end marker */
	size_t lines; /* that were written */
	uint32_t sum;
};

struct cleaner {
	const struct guess *guess;
	FILE *out;
	char *pending;  /* a line that may go on; owned */
	size_t waiting; /* line ends owed after it */
	bool soft;      /* its last end was none: the next line belongs to it */
	uint32_t sum;
	size_t lines;
};

static bool is_record(const char *line)
{
	return strchr("PNSEALH", line[0]) && line[1] == ':' &&
	       (line[2] == ' ' || !line[2]);
}

/* Writes what is pending, and the line ends of all that went into it. */
static void flush(struct cleaner *cleaner)
{
	if (cleaner->pending && *cleaner->pending) {
		cleaner->sum = checksum(cleaner->sum, cleaner->pending,
					strlen(cleaner->pending));
		cleaner->sum = checksum(cleaner->sum, "\n", 1);
		cleaner->lines++;
		fputs(cleaner->pending, cleaner->out);
	}
	free(steal(cleaner->pending));
	for (; cleaner->waiting > 0; cleaner->waiting--)
		fputc('\n', cleaner->out);
}

static int join(struct cleaner *cleaner, const char *line)
{
	bool blank = !cleaner->soft && cleaner->guess->spaced &&
		     !span_ends(span_of(cleaner->pending), " ");
	char *joined;

	if (asprintf(&joined, "%s%s%s", cleaner->pending, blank ? " " : "", line) < 0)
		return -ENOMEM;
	free(cleaner->pending);
	cleaner->pending = joined;
	return 0;
}

static int clean_line(struct cleaner *cleaner, struct span raw)
{
	_cleanup_free_ char *decoded = strndup(raw.start, raw.size);
	struct span line;
	bool soft, joins;
	int r = 0;

	if (!decoded)
		return -ENOMEM;
	if (cleaner->guess->entities)
		mail_line_decode_entities(decoded);
	soft = cleaner->guess->printable && mail_line_decode_printable(decoded);
	line = (struct span){ decoded, strlen(decoded) };
	if (!cleaner->soft)
		line = mail_line_unquoted(line);
	joins = cleaner->pending && *cleaner->pending && line.size > 0 &&
		(cleaner->soft || !is_record(line.start));
	if (joins) {
		r = join(cleaner, line.start);
	} else {
		flush(cleaner);
		cleaner->pending = strdup(line.start);
		r = cleaner->pending ? 0 : -ENOMEM;
	}
	cleaner->waiting++;
	cleaner->soft = soft;
	return r;
}

/* The text with nothing but the records as this guess has them; *ret_right: they are what
 * was written. */
static int try_guess(const char *bytes, const struct region *region,
		     const struct guess *guess, char **ret, bool *ret_right)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	struct cleaner cleaner = { .guess = guess };
	size_t number = 0;
	int r = buffer_open(&buffer);

	cleaner.out = buffer.out;
	for (const char *at = bytes; r == 0 && ++number < region->last;) {
		struct span line = mail_line_next(&at);

		if (number > region->first)
			r = clean_line(&cleaner, line);
		else
			fputc('\n', cleaner.out);
	}
	if (cleaner.out)
		flush(&cleaner);
	if (r == 0)
		r = buffer_take(&buffer, ret, NULL);
	if (r == 0)
		*ret_right = cleaner.lines == region->lines && cleaner.sum == region->sum;
	return r;
}

static bool parse_end(struct span line, struct region *region)
{
	char text[96];
	unsigned long lines;
	unsigned int sum;

	if (!mail_line_starts(line, MARKER_END) || line.size >= sizeof(text))
		return false;
	memcpy(text, line.start, line.size);
	text[line.size] = '\0';
	if (sscanf(text, MARKER_END "%lu lines, sum %8x]", &lines, &sum) != 2 ||
	    !strchr(text, ']'))
		return false;
	region->lines = lines;
	region->sum = sum;
	return true;
}

/* The last end marker, and the last begin before it: what a device says may be wrapped so
 * that it looks like a marker, but nothing it says comes after the records. */
static struct region find_region(const char *bytes)
{
	struct region region = { 0 };
	size_t number = 0, begin = 0;

	for (const char *at = bytes; *at;) {
		struct span line = mail_line_bare(mail_line_next(&at));

		number++;
		if (mail_line_starts(line, MARKER_BEGIN))
			begin = number;
		if (!parse_end(line, &region))
			continue;
		region.first = begin;
		region.last = number;
	}
	if (region.last == 0)
		region.first = begin;
	return region;
}

bool mail_has_report(const char *bytes)
{
	return strstr(bytes, MARKER_BEGIN) && find_region(bytes).first > 0;
}

/* Looks for the line that somebody should look at. */
static int refuse(struct text *text, struct notice *notice, const struct region *region)
{
	size_t number = 0, lines = 0, odd = 0;

	for (const char *at = text->bytes; ++number < region->last;) {
		struct span line = mail_line_bare(mail_line_next(&at));

		if (number <= region->first || line.size == 0)
			continue;
		lines++;
		if (!odd && !mail_line_is_record(line))
			odd = number;
	}
	text->number = odd ? odd : region->last;
	if (odd)
		return text_malformed(
			text, notice,
			"a part of a record: what a mail program did here cannot be undone; ask for the report as attached file");
	if (lines != region->lines)
		return text_malformed(
			text, notice,
			"the report has %zu lines of records, but %zu are here",
			region->lines, lines);
	return text_malformed(
		text, notice,
		"the records were changed since they were written: their checksum differs; to read them all the same drop this line and the one %s",
		MARKER_BEGIN);
}

static int refuse_cut(struct text *text, struct notice *notice)
{
	for (const char *at = text->bytes; *at;) {
		mail_line_next(&at);
		text->number++;
	}
	return text_malformed(text, notice,
			      "the report is cut off: its last line, %s..., is missing",
			      MARKER_END);
}

int mail_clean(struct text *text, struct notice *notice, char **ret)
{
	static const struct guess guesses[] = {
		{ false, false, true }, { false, false, false }, { true, false, true },
		{ true, false, false }, { false, true, true },   { false, true, false },
		{ true, true, true },   { true, true, false },
	};
	const struct region region = find_region(text->bytes);

	if (region.last == 0)
		return refuse_cut(text, notice);
	for (size_t i = 0; i < ARRAY_SIZE(guesses); i++) {
		_cleanup_free_ char *clean = NULL;
		bool right = false;
		int r = try_guess(text->bytes, &region, &guesses[i], &clean, &right);

		if (r < 0)
			return r;
		if (right) {
			*ret = steal(clean);
			return 0;
		}
	}
	return refuse(text, notice, &region);
}

static bool is_quoted_record(struct span line)
{
	return *line.start == '>' && mail_line_starts(mail_line_unquoted(line), "P: ");
}

bool mail_is_quoted(const char *bytes)
{
	for (const char *at = bytes; *at;) {
		struct span line = mail_line_next(&at);

		if (mail_line_starts(line, "P: "))
			return false;
		if (line.size > 0 && is_quoted_record(line))
			return true;
	}
	return false;
}

void mail_unquote(struct text *text)
{
	char *to = text->bytes;

	for (const char *at = text->bytes; *at;) {
		struct span line = mail_line_unquoted(mail_line_next(&at));

		memmove(to, line.start, line.size);
		to += line.size;
		if (at[-1] == '\n')
			*to++ = '\n';
	}
	*to = '\0';
	text->size = (size_t)(to - text->bytes);
}
