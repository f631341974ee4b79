// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the message in a line, whatever stands before it. A message is
 * "DRIVER DEVICE: TEXT", and it is looked for after each ": " of a line, so that it does
 * not matter what a shell, syslog or a forum put before it. The phrases are in
 * phrases.c.
 */

#include "phrases.h"

#include "cleanup.h"
#include "frame.h"
#include "pattern.h"

/* Who says it, as bits of enum who. */
static unsigned int speaker(const struct phrase *phrase)
{
	unsigned int who = NOBODY;

	if (phrase->device.size == 0)
		return who;
	who |= NAMED;
	if (phrase->driver.size > 0)
		who |= DRIVER;
	if (span_is_numbered(phrase->device, "remoteproc"))
		who |= CORE;
	if (span_is_numbered(phrase->device, "virtio"))
		who |= VIRTIO;
	if (span_has(phrase->device, "#vdev") ||
	    span_starts(phrase->device, "rproc-virtio."))
		who |= VDEV;
	return who;
}

/* What cannot be part of a driver's or a device's name: the end of what a program or a
 * person put before a message. */
static bool ends_word(char c)
{
	return c == ' ' || c == ']' || c == '\t' || c == ')' || c == '>' || c == ';';
}

static struct span word_before(const char *line, const char *end)
{
	const char *start = end;

	while (start > line && !ends_word(start[-1]) && end - start < PATTERN_FIELD_MAX)
		start--;
	return (struct span){ start, (size_t)(end - start) };
}

/* The prefix of a message that starts at text: "DRIVER DEVICE: ", " DEVICE: " or none. */
static void take_prefix(const char *line, const char *text, struct phrase *phrase)
{
	struct span driver;

	if (text - line < 3 || text[-1] != ' ' || text[-2] != ':')
		return;
	phrase->device = word_before(line, text - 2);
	if (span_is(phrase->device, "kernel") ||
	    memchr(phrase->device.start, '/', phrase->device.size))
		phrase->device.size = 0;
	if (phrase->device.size == 0)
		return;
	phrase->message.start = phrase->device.start;
	if (phrase->device.start - line < 2 || phrase->device.start[-1] != ' ')
		return;
	driver = word_before(line, phrase->device.start - 1);
	if (driver.size == 0 || strchr(":,", driver.start[driver.size - 1]))
		return;
	phrase->driver = driver;
	phrase->message.start = driver.start;
}

/* Where a message may start, and who says it there. */
struct place {
	struct span text;
	struct phrase prefix;
	unsigned int who;
};

static struct place place_at(const char *line, const char *at, const char *end)
{
	struct place place = {
		.text = { at, (size_t)(end - at) },
		.prefix.message.start = at,
	};

	take_prefix(line, at, &place.prefix);
	place.who = speaker(&place.prefix);
	return place;
}

/* What nobody has to say may stand after any prefix. */
static bool may_say(const struct row *row, const struct place *place)
{
	return row->who == NOBODY || row->who & place->who;
}

static bool fits_row(const struct row *row, const struct place *place, struct phrase *ret)
{
	const char *end = place->text.start + place->text.size;
	struct phrase phrase;

	if (!may_say(row, place))
		return false;
	phrase = row->who != NOBODY
			 ? place->prefix
			 : (struct phrase){ .message.start = place->text.start };
	if (!pattern_fits(row->pattern, place->text, &phrase))
		return false;
	phrase.event = row->event;
	phrase.cause = row->cause;
	phrase.pattern = row->pattern;
	phrase.said = place->text;
	phrase.any_driver = row->who & FOREIGN && !(place->who & (CORE | VDEV | VIRTIO));
	phrase.message.size = (size_t)(end - phrase.message.start);
	*ret = phrase;
	return true;
}

/* Which rows may fit, by the first byte of their pattern: each byte has a list of them,
 * in the order of the table. Made for each line, which has several places to look at: a
 * look at every row in each of them costs ten times as much. */
struct rows {
	const struct row *table;
	unsigned char first[256]; /* place in the table plus one; 0: no more */
	unsigned char next[ROWS_MAX];
};

static void rows_init(struct rows *rows, const struct row *table, size_t count)
{
	rows->table = table;
	memset(rows->first, 0, sizeof(rows->first));
	for (size_t i = count; i-- > 0;) {
		unsigned char *first = &rows->first[(unsigned char)*table[i].pattern];

		rows->next[i] = *first;
		*first = (unsigned char)(i + 1);
	}
}

/* Whether the text starts with the letters that the pattern starts with: most do not, and
 * need no look at who speaks. */
static bool starts_alike(const char *pattern, struct span text)
{
	size_t i = 0;

	while (i < text.size && pattern[i] == text.start[i] && pattern[i] != '%')
		i++;
	return pattern[i] == '%' || pattern[i] == '\0';
}

/* The list of the text's first byte, and that of patterns which start with a field. */
static bool fits_any(const struct rows *rows, const struct place *place,
		     struct phrase *ret)
{
	struct span text = place->text;
	size_t field = rows->first['%'];
	size_t letter = text.size > 0 && *text.start != '%'
				? rows->first[(unsigned char)*text.start]
				: 0;

	while (field || letter) {
		size_t *at = !letter || (field && field < letter) ? &field : &letter;
		const struct row *row = &rows->table[*at - 1];

		if (starts_alike(row->pattern, text) && fits_row(row, place, ret))
			return true;
		*at = rows->next[*at - 1];
	}
	return false;
}

/* Where the next message may start: after ": ", after "] ", after a date or a number,
 * after the ";" of /dev/kmsg. */
static const char *next_start(const char *at, const char *end)
{
	for (; end - at >= 2; at++) {
		bool bracket = at[0] == ']';

		if (at[1] != ' ') {
			if (at[0] == ';')
				return at + 1;
			continue;
		}
		if (at[0] != ':' && at[0] != 'Z' && at[0] != '-' && !bracket &&
		    !is_digit(at[0]))
			continue;
		at += 2;
		while (bracket && at < end && *at == ' ')
			at++;
		return at;
	}
	return NULL;
}

static const char *first_start(const char *line, size_t size)
{
	const char *end = line + size;

	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	return line;
}

static bool find_row(const struct row *table, size_t count, const char *line, size_t size,
		     struct phrase *ret)
{
	const char *end = line + size;
	struct rows rows;

	rows_init(&rows, table, count);
	for (const char *at = first_start(line, size); at; at = next_start(at, end)) {
		struct place place = place_at(line, at, end);

		if (fits_any(&rows, &place, ret))
			return true;
	}
	return false;
}

/* "DRIVER DEVICE: TEXT" with an errno at its end, or of a driver of this field, with a
 * word of complaint in it. */
static bool find_complaint(const char *line, size_t size, struct phrase *ret)
{
	static const struct row row = { "%t", DRIVER, EVENT_DRIVER_ERROR, 0 };
	const char *end = line + size;

	for (const char *at = line; at; at = next_start(at, end)) {
		struct place place = place_at(line, at, end);
		struct phrase phrase;
		bool ours;

		if (!fits_row(&row, &place, &phrase))
			continue;
		ours = phrase_mentions(phrase.driver.start,
				       (size_t)(at - phrase.driver.start));
		pattern_find_error(phrase.text, &phrase);
		if (!phrase.has_error &&
		    (!ours || !span_has_any(phrase.text, phrase_complaints)))
			continue;
		phrase.any_driver = !ours;
		*ret = phrase;
		return true;
	}
	return false;
}

static bool find_error(const char *line, size_t size, struct phrase *ret)
{
	if (!find_row(phrase_errors, phrase_error_count, line, size, ret))
		return false;
	if (!ret->has_error)
		pattern_find_error(ret->said, ret);
	return true;
}

bool phrase_speaker(const char *line, size_t size, struct phrase *ret)
{
	const char *colon = memmem(line, size, ": ", 2);

	if (!colon)
		return false;
	*ret = (struct phrase){ 0 };
	take_prefix(line, colon + 2, ret);
	return ret->driver.size > 0 && ret->driver.start == line;
}

bool phrase_parse(const char *line, size_t size, struct phrase *ret)
{
	while (size > 0 && (line[size - 1] == ' ' || line[size - 1] == '\t'))
		size--;
	return find_row(phrase_rows, phrase_row_count, line, size, ret) ||
	       frame_find(line, size, ret) || find_error(line, size, ret) ||
	       find_complaint(line, size, ret);
}
