// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Several boots in one text: the journal parts them by a line, and the kernel begins each
 * with its version, which dmesg prints again whenever it is asked.
 */

#include "boots.h"

#include "phrase.h"

static bool asks(const char *line)
{
	return strstr(line, "dmesg") || strstr(line, "journalctl");
}

/* The kernel's first lines, as it or the journal has them. */
static bool is_first(const struct line *line)
{
	static const char *const words[] = { "Linux version ",
					     "Booting Linux on physical CPU" };
	struct span stamp;
	uint64_t time;
	size_t before =
		log_parse_time((struct span){ line->bytes, line->size }, &stamp, &time);
	const char *said = strstr(line->bytes, "kernel: ");

	if (before > 0)
		said = line->bytes + before;
	else if (said)
		said += strlen("kernel: ");
	for (size_t i = 0; said && i < ARRAY_SIZE(words); i++)
		if (strncmp(said, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static bool is_parted(const char *line)
{
	return strncmp(line, "-- Boot ", 8) == 0 ||
	       strncmp(line, "-- Reboot --", 12) == 0;
}

static bool has_oops(const struct log *log, size_t end)
{
	struct phrase phrase;

	for (size_t i = 0; i < end; i++) {
		const struct log_line *line = &log->lines[i];

		if (phrase_parse(line->bytes + line->message, line->size - line->message,
				 &phrase) &&
		    (phrase.event == EVENT_OOPS || phrase.event == EVENT_VENDOR_PANIC))
			return true;
	}
	return false;
}

/* The log is a whole again. */
static void take_back(const struct boots *boots, struct log *log)
{
	if (!boots->before.timed)
		return;
	if (!log->timed || boots->before.first < log->first)
		log->first = boots->before.first;
	if (!log->timed || boots->before.last > log->last)
		log->last = boots->before.last;
	log->timed = true;
}

static void forget(struct boots *boots, struct pieces *pieces, struct log *log)
{
	if (has_oops(log, boots->start)) {
		take_back(boots, log);
	} else {
		log_forget(log, boots->start);
		pieces_forget(pieces, boots->start);
		boots->forgotten = true;
	}
	boots->start = 0;
}

void boots_note(struct boots *boots, struct pieces *pieces, struct log *log,
		const struct line *line, size_t number)
{
	bool first = is_first(line) && !boots->asked;
	struct span stamp;
	uint64_t time;

	if (line->size > 0 && !first &&
	    log_parse_time((struct span){ line->bytes, line->size }, &stamp, &time) == 0)
		boots->asked = asks(line->bytes);
	if ((!first && !is_parted(line->bytes)) || log->count == boots->start)
		return;
	if (boots->start > 0)
		forget(boots, pieces, log);
	boots->start = log->count;
	boots->number = number;
	boots->before.timed = log->timed;
	boots->before.first = log->first;
	boots->before.last = log->last;
	log->timed = false;
}

void boots_end(struct boots *boots, struct pieces *pieces, struct log *log)
{
	if (boots->start > 0 && log->count > boots->start)
		forget(boots, pieces, log);
	else
		take_back(boots, log);
}
