// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines of a kernel log, as pasted: without what forums made bold, and cut where several
 * messages stand on one line. A line is kept from its time stamp on, or from its driver's
 * name where it has none: the name of a host is nobody's business.
 */

#include <errno.h>
#include <string.h>

#include "pasted.h"
#include "phrase.h"

/* "**bold**" and `code`. */
static void strip_markdown(char *line)
{
	char *to = line;

	for (const char *at = line; *at;) {
		if (at[0] == '*' && at[1] == '*')
			at += 2;
		else if (*at == '`')
			at++;
		else
			*to++ = *at++;
	}
	*to = '\0';
}

static bool is_core_start(struct span rest)
{
	static const char start[] = "remoteproc remoteproc";

	return span_starts(rest, start) && span_digits(span_from(rest, strlen(start)));
}

/* Where the next message on the line starts; the end where there is none. */
static size_t next_message(struct span line, size_t from, bool timed)
{
	for (size_t i = from; i < line.size; i++) {
		struct span rest = span_from(line, i), stamp;
		uint64_t time;

		if (*rest.start == '[' && log_parse_time(rest, &stamp, &time) > 0)
			return i;
		if (!timed && line.start[i - 1] == ' ' && is_core_start(rest))
			return i;
	}
	return line.size;
}

static int take_message(struct pasted *pasted, struct span message, bool timed)
{
	struct phrase phrase;
	bool known = phrase_parse(message.start, message.size, &phrase);
	size_t before;

	if (!timed && known) {
		const char *end = message.start + message.size;

		before = (size_t)(phrase.message.start - message.start);
		/* A blank before says that the device has neither driver nor bus. */
		message = (struct span){ message.start + before,
					 (size_t)(end - phrase.message.start) };
	}
	if (!known && !timed)
		return 0;
	if (!known && !phrase_mentions(message.start, message.size))
		return log_pass_over(&pasted->inventory->log, message.start,
				     message.size);
	return log_offer(&pasted->inventory->log, message.start, message.size);
}

int pasted_take_log(struct pasted *pasted, const struct line *line)
{
	struct log *log = &pasted->inventory->log;
	_cleanup_free_ char *bare = strndup(line->bytes, line->size);
	size_t kept = log->count, seen = log->seen;
	struct span whole, stamp;
	uint64_t time;
	size_t start, end;
	bool timed;
	int r = 0;

	if (!bare)
		return -ENOMEM;
	strip_markdown(bare);
	whole = span_of(bare);
	if (whole.size == 0)
		return 0;
	start = 0;
	timed = *bare == '[' && log_parse_time(whole, &stamp, &time) > 0;
	for (; start < whole.size && r == 0; start = end) {
		end = next_message(whole, start + 1, timed);
		r = take_message(pasted, (struct span){ bare + start, end - start },
				 timed);
		timed = end < whole.size && bare[end] == '[';
	}
	if (r < 0)
		return r;
	return log->count > kept || log->seen > seen;
}
