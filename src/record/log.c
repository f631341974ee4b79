// SPDX-License-Identifier: GPL-2.0-or-later
#include "log.h"

#include <errno.h>

#include "array.h"
#include "phrase.h"

/* The kernel's own lines end before 1 KiB (CONSOLE_EXT_LOG_MAX has 8 KiB with all it puts
 * around them); what is longer was glued together by somebody. */
#define LINE_KEPT 2048

void log_release(struct log *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->lines[i].bytes);
	free(log->lines);
}

static size_t skip(struct span span, const char *bytes)
{
	size_t size = 0;

	while (size < span.size && memchr(bytes, span.start[size], strlen(bytes)))
		size++;
	return size;
}

/* "<6>": the level, as dmesg --raw and klogctl() have it. */
static size_t level_size(struct span line)
{
	size_t digits = line.size > 0 && *line.start == '<'
				? skip(span_from(line, 1), "0123456789")
				: 0;

	if (digits == 0 || digits > 3 || line.size < digits + 2 ||
	    line.start[digits + 1] != '>')
		return 0;
	return digits + 2;
}

/* "[   T71]", "[    C0]": who printed it (CONFIG_PRINTK_CALLER). */
static size_t caller_size(struct span line)
{
	struct span rest;
	size_t size;

	if (line.size < 4 || *line.start != '[')
		return 0;
	size = 1 + skip(span_from(line, 1), " ");
	rest = span_from(line, size);
	if (!span_starts(rest, "T") && !span_starts(rest, "C"))
		return 0;
	size += 1 + skip(span_from(line, size + 1), "0123456789");
	return size < line.size && line.start[size] == ']' ? size + 1 : 0;
}

static uint64_t decimals(struct span digits)
{
	uint64_t value = 0;

	for (size_t i = 0; i < 6; i++)
		value = value * 10 +
			(i < digits.size ? (uint64_t)(digits.start[i] - '0') : 0);
	return value;
}

/* Digits that no kernel reaches are no time. */
static bool parse_stamp(struct span line, size_t *ret_size, uint64_t *ret_time)
{
	size_t blank, whole, part, size;
	uint64_t seconds = 0;

	if (line.size < 5 || *line.start != '[')
		return false;
	blank = skip(span_from(line, 1), " ");
	whole = skip(span_from(line, 1 + blank), "0123456789");
	size = 1 + blank + whole;
	if (whole == 0 || whole > 10 || size == line.size || line.start[size] != '.')
		return false;
	for (size_t i = size - whole; i < size; i++)
		seconds = seconds * 10 + (uint64_t)(line.start[i] - '0');
	part = skip(span_from(line, size + 1), "0123456789");
	if (part == 0 || part > 9 || size + 1 + part >= line.size ||
	    line.start[size + 1 + part] != ']')
		return false;
	*ret_time = seconds * 1000000 +
		    decimals((struct span){ line.start + size + 1, part });
	*ret_size = size + part + 2;
	return true;
}

size_t log_parse_time(struct span line, struct span *ret_stamp, uint64_t *ret_time)
{
	size_t level = level_size(line), size, end;

	if (!parse_stamp(span_from(line, level), &size, ret_time))
		return 0;
	*ret_stamp = (struct span){ line.start + level, size };
	end = level + size;
	end += caller_size(span_from(line, end));
	/* One blank parts them; a second one belongs to the text: " remoteproc0: ". */
	if (end < line.size && line.start[end] == ' ')
		end++;
	return end;
}

static void take_time(struct log *log, uint64_t time)
{
	if (!log->timed || time < log->first)
		log->first = time;
	if (!log->timed || time > log->last)
		log->last = time;
	log->timed = true;
}

/* "fatal error received: " and a line end, and what firmwares then say of themselves. */
static bool is_awaited(const struct log_line *line, struct span text)
{
	static const char mark[] = " received:";

	return line->size > sizeof(mark) &&
	       memcmp(line->bytes + line->size - strlen(mark), mark, strlen(mark)) == 0 &&
	       text.size > 0 && !span_starts(text, "QC Image Version") &&
	       !span_starts(text, "Image Variant");
}

static int go_on(struct log_line *line, struct span text)
{
	char *whole;

	if (asprintf(&whole, "%s %.*s", line->bytes, (int)text.size, text.start) < 0)
		return -ENOMEM;
	free(line->bytes);
	line->bytes = whole;
	line->size = strlen(whole);
	return 0;
}

int log_pass_over(struct log *log, const char *bytes, size_t size)
{
	struct log_line *last = log->count > 0 ? &log->lines[log->count - 1] : NULL;
	struct span line = { bytes, size }, stamp;
	size_t before;
	uint64_t time;

	log->seen++;
	before = log_parse_time(line, &stamp, &time);
	if (before == 0)
		return 0;
	take_time(log, time);
	line = span_from(line, before);
	line.size = line.size < LINE_KEPT ? line.size : LINE_KEPT;
	return last && last->timed && last->time == time && is_awaited(last, line)
		       ? go_on(last, line)
		       : 0;
}

int log_add(struct log *log, const char *bytes, size_t size)
{
	struct log_line line = { 0 };
	struct span text, stamp = { bytes, 0 };
	size_t before;
	int r = array_reserve(log->lines, log->count + 1, log->allocated);

	if (r < 0)
		return r;
	before = log_parse_time((struct span){ bytes, size }, &stamp, &line.time);
	line.timed = before > 0;
	text = line.timed ? span_from((struct span){ bytes, size }, before)
			  : span_from((struct span){ bytes, size },
				      level_size((struct span){ bytes, size }));
	text.size = text.size < LINE_KEPT ? text.size : LINE_KEPT;
	while (text.size > 0 && strchr(" \t", text.start[text.size - 1]))
		text.size--;
	if (asprintf(&line.bytes, "%.*s%s%.*s", (int)stamp.size, stamp.start,
		     line.timed ? " " : "", (int)text.size, text.start) < 0)
		return -ENOMEM;
	line.size = strlen(line.bytes);
	line.message = line.timed ? stamp.size + 1 : 0;
	if (line.timed)
		take_time(log, line.time);
	log->seen++;
	log->lines[log->count++] = line;
	return 0;
}

int log_offer(struct log *log, const char *bytes, size_t size)
{
	struct phrase phrase;

	if (phrase_parse(bytes, size, &phrase) || phrase_mentions(bytes, size))
		return log_add(log, bytes, size);
	return log_pass_over(log, bytes, size);
}

void log_forget(struct log *log, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(log->lines[i].bytes);
	log->count -= count;
	memmove(log->lines, log->lines + count, log->count * sizeof(*log->lines));
}
