// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * "dmesg | grep rpmsg", and below it "dmesg | grep remoteproc": a text may have the log
 * of one boot in pieces, each from its beginning. They are put in order by their times
 * where they are of one boot: a line stands in both, or nothing but a command stands
 * between them, and no message of the one came at another time in the other.
 */

#include "pieces.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"

struct piece {
	size_t start, end; /* lines of the log */
};

/* What is joined as it is gone over. */
struct joiner {
	struct log *log;
	const struct pieces *pieces;
	size_t dropped; /* lines that stood in two pieces */
};

static bool is_direct(const struct joiner *joiner, size_t line)
{
	for (size_t i = 0; i < joiner->pieces->count; i++)
		if (joiner->pieces->commands[i] == line + joiner->dropped)
			return true;
	return false;
}

/* Up to a command, or to where a time goes back or is missing. */
static struct piece find_piece(const struct joiner *joiner, size_t start)
{
	const struct log_line *lines = joiner->log->lines;
	size_t end = start + 1;

	while (end < joiner->log->count && !is_direct(joiner, end) &&
	       lines[end].timed == lines[start].timed &&
	       (!lines[end].timed || lines[end].time + 1000000 >= lines[end - 1].time))
		end++;
	return (struct piece){ start, end };
}

/* What a piece says: its lines, and their texts without the times. */
struct content {
	struct index lines, messages;
};

static void content_release(struct content *content)
{
	index_release(&content->lines);
	index_release(&content->messages);
}

static struct span line_of(const struct log *log, size_t line)
{
	return (struct span){ log->lines[line].bytes, log->lines[line].size };
}

static struct span message_of(const struct log *log, size_t line)
{
	return span_from(line_of(log, line), log->lines[line].message);
}

static int content_read(const struct log *log, struct piece piece, struct content *ret)
{
	int r = 0;

	for (size_t i = piece.start; i < piece.end && r == 0; i++) {
		r = index_set(&ret->lines, line_of(log, i), i);
		if (r == 0)
			r = index_set(&ret->messages, message_of(log, i), i);
	}
	return r;
}

static bool is_of_one_boot(const struct log *log, const struct content *content,
			   struct piece piece, bool direct)
{
	for (size_t i = piece.start; i < piece.end; i++) {
		if (log->lines[i].time > 0 &&
		    index_find(&content->lines, line_of(log, i)) != NO_INDEX)
			return true;
		direct = direct &&
			 index_find(&content->messages, message_of(log, i)) == NO_INDEX;
	}
	return direct;
}

/* The second piece follows the first in the log. What stands in both is kept once. */
static int join(struct log *log, const struct content *content, struct piece first,
		struct piece second, size_t *ret_end)
{
	struct log_line *lines = log->lines;
	struct log_line *joined = calloc(second.end - first.start, sizeof(*joined));
	size_t one = first.start, other = second.start, count = 0;

	if (!joined)
		return -ENOMEM;
	while (one < first.end || other < second.end) {
		bool again = other < second.end &&
			     index_find(&content->lines, line_of(log, other)) != NO_INDEX;

		if (again)
			free(lines[other++].bytes);
		else if (other == second.end ||
			 (one < first.end && lines[one].time <= lines[other].time))
			joined[count++] = lines[one++];
		else
			joined[count++] = lines[other++];
	}
	memcpy(lines + first.start, joined, count * sizeof(*joined));
	free(joined);
	memmove(lines + first.start + count, lines + second.end,
		(log->count - second.end) * sizeof(*lines));
	*ret_end = first.start + count;
	log->count -= second.end - *ret_end;
	return 0;
}

/* Makes the first one longer where the second belongs to it. */
static int try_join(struct joiner *joiner, struct piece *first, struct piece second)
{
	_cleanup_(content_release) struct content content = { 0 };
	struct log *log = joiner->log;
	bool direct = is_direct(joiner, second.start);
	size_t count = log->count;
	int r = content_read(log, *first, &content);

	if (r < 0)
		return r;
	if (!is_of_one_boot(log, &content, second, direct)) {
		*first = second;
		return 0;
	}
	r = join(log, &content, *first, second, &first->end);
	joiner->dropped += count - log->count;
	return r;
}

void pieces_mark(struct pieces *pieces, const struct log *log)
{
	if (pieces->count < PIECES_MAX)
		pieces->commands[pieces->count++] = log->count;
}

void pieces_forget(struct pieces *pieces, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < pieces->count; i++)
		if (pieces->commands[i] >= count)
			pieces->commands[kept++] = pieces->commands[i] - count;
	pieces->count = kept;
}

int pieces_join(const struct pieces *pieces, struct log *log)
{
	struct joiner joiner = { .log = log, .pieces = pieces };
	struct piece first = { 0 }, second;
	int r = 0;

	if (log->count > 0)
		first = find_piece(&joiner, 0);
	for (size_t tried = 0; r == 0 && first.end < log->count && tried < PIECES_MAX;
	     tried++) {
		second = find_piece(&joiner, first.end);
		if (log->lines[first.start].timed && log->lines[second.start].timed)
			r = try_join(&joiner, &first, second);
		else
			first = second;
	}
	return r;
}
