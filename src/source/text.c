// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A text of any kind: read whole, looked at, handed to the reader that knows it.
 */

#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "dmesg.h"
#include "escape.h"
#include "infer.h"
#include "mail.h"

#define TEXT_MAX (1ul << 30) /* far above a million records */

void notice_set(struct notice *notice, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(notice->text, sizeof(notice->text), format, arguments);
	va_end(arguments);
}

int text_malformed(const struct text *text, struct notice *notice, const char *format,
		   ...)
{
	char what[384];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	notice_set(notice, "%s:%zu: %s", text->name, text->number, what);
	return -EBADMSG;
}

bool text_next(struct text *text, struct line *ret)
{
	char *start = text->bytes + text->position, *end;
	size_t rest = text->size - text->position;

	if (rest == 0)
		return false;
	end = memchr(start, '\n', rest);
	if (!end)
		end = start + rest;
	text->ended = end < text->bytes + text->size;
	*end = '\0';
	text->position += (size_t)(end - start) + text->ended;
	text->number++;
	*ret = (struct line){ start, (size_t)(end - start) };
	while (ret->size > 0 && start[ret->size - 1] == '\r')
		start[--ret->size] = '\0';
	return true;
}

static int read_all(FILE *file, struct text *text)
{
	size_t allocated = 0;

	do {
		char *bytes;

		if (text->size > TEXT_MAX)
			return -EFBIG;
		allocated = allocated ? 2 * allocated : 1 << 16;
		bytes = realloc(text->bytes, allocated + 1);
		if (!bytes)
			return -ENOMEM;
		text->bytes = bytes;
		errno = 0;
		text->size += fread(bytes + text->size, 1, allocated - text->size, file);
		if (ferror(file))
			return errno ? -errno : -EIO;
	} while (!feof(file));
	text->bytes[text->size] = '\0';
	return 0;
}

/* Which line a NUL byte is in: no text that we read has one. */
static int refuse_binary(struct text *text, struct notice *notice)
{
	const char *nul = memchr(text->bytes, '\0', text->size);

	if (!nul)
		return 0;
	text->number = 1;
	for (const char *at = text->bytes; at < nul; at++)
		text->number += *at == '\n';
	return text_malformed(
		text, notice,
		"a NUL byte: this is no text; pass a snapshot, a report or a listing");
}

enum text_kind { TEXT_UNKNOWN, TEXT_LOG, TEXT_PATHS, TEXT_LISTING, TEXT_RECORDS };

/* What tells more wins: a mail with a listing may quote the log, too. */
static enum text_kind recognise(const struct text *text)
{
	enum text_kind kind = TEXT_UNKNOWN;

	for (const char *at = text->bytes; at; at = strchr(at, '\n')) {
		const char *end;
		struct line line;

		at += *at == '\n';
		end = strchr(at, '\n');
		line = (struct line){ (char *)at, end ? (size_t)(end - at) : strlen(at) };
		if (strncmp(at, "P: ", 3) == 0)
			return TEXT_RECORDS;
		if (listing_is_link(&line))
			kind = TEXT_LISTING;
		else if (kind < TEXT_PATHS && find_is_path(&line))
			kind = TEXT_PATHS;
		else if (kind < TEXT_LOG && dmesg_is_line(&line))
			kind = TEXT_LOG;
	}
	return kind;
}

/* Out of a mail; without markers the quotes are all that can be taken away. 1: it was a
 * report, which may be of a system without any device. */
static int unwrap(struct text *text, struct notice *notice)
{
	char *clean;
	int r;

	if (!mail_has_report(text->bytes)) {
		if (mail_is_quoted(text->bytes))
			mail_unquote(text);
		return 0;
	}
	r = mail_clean(text, notice, &clean);
	if (r < 0)
		return r;
	free(text->bytes);
	text->bytes = clean;
	text->size = strlen(clean);
	return 1;
}

static int read_known(struct text *text, struct inventory *inventory,
		      struct notice *notice)
{
	int r;

	if (text->size == 0) {
		notice_set(notice,
			   "%s: is empty; expected a snapshot, a report or a listing",
			   text->name);
		return -EBADMSG;
	}
	if (refuse_binary(text, notice) < 0)
		return -EBADMSG;
	r = unwrap(text, notice);
	if (r < 0)
		return r;
	switch (r > 0 ? TEXT_RECORDS : recognise(text)) {
	case TEXT_RECORDS:
		inventory->kind = SOURCE_SNAPSHOT;
		return snapshot_read(text, inventory, notice);
	case TEXT_LISTING:
		inventory->kind = SOURCE_LISTING;
		return listing_read(text, inventory, notice);
	case TEXT_PATHS:
		inventory->kind = SOURCE_LISTING;
		return find_read(text, inventory, notice);
	case TEXT_LOG:
		inventory->kind = SOURCE_LISTING;
		return dmesg_read(text, inventory, notice);
	default:
		notice_set(
			notice,
			"%s: no device in it; expected a snapshot, a report, udevadm info --export-db or ls -l of /sys/bus/rpmsg/devices",
			text->name);
		return -EBADMSG;
	}
}

/* One device recorded twice is a contradiction in a snapshot, and usual in listings. */
static int refuse_duplicates(struct text *text, const struct inventory *inventory,
			     struct notice *notice)
{
	const struct record *first, *again = inventory_duplicate(inventory, &first);
	_cleanup_free_ char *path = NULL;

	if (!again || inventory->kind == SOURCE_LISTING)
		return 0;
	path = escape_string(again->path, 0);
	text->number = again->line;
	return text_malformed(
		text, notice,
		"%.200s is recorded twice (first in line %zu); keep one of the two",
		path ? path : "a device", first->line);
}

static void text_release(const struct text *text)
{
	free(text->bytes);
}

int source_text(FILE *file, const char *name, struct inventory **ret,
		struct notice *ret_notice)
{
	_cleanup_inventory_ struct inventory *inventory = inventory_new(SOURCE_SNAPSHOT);
	_cleanup_free_ char *shown =
		escape_string(strcmp(name, "-") == 0 ? "standard input" : name, 0);
	_cleanup_(text_release) struct text text = { .name = shown };
	int r;

	if (!inventory || !shown)
		return -ENOMEM;
	r = read_all(file, &text);
	if (r == 0)
		r = read_known(&text, inventory, ret_notice);
	if (r < 0)
		return r;
	inventory_sort(inventory);
	r = refuse_duplicates(&text, inventory, ret_notice);
	if (r == 0)
		r = infer_devices(inventory);
	if (r == 0)
		*ret = steal(inventory);
	return r;
}
