// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A text of any kind as an inventory: read whole, handed to the first reader that knows
 * it, completed by what its paths imply.
 */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "escape.h"
#include "infer.h"
#include "prefault.h"
#include "readers.h"

/* A hundred thousand records, or a log of a million lines: more is not of one system. */
#define TEXT_MAX (64ul << 20)

/* What is read at once. */
#define BLOCK_SIZE ((size_t)128 << 10)

/* Which line a NUL byte is in: no text that we read has one. */
static int refuse_binary(struct text *text, size_t from, struct notice *notice)
{
	const char *nul = memchr(text->bytes + from, '\0', text->size - from);

	if (!nul)
		return 0;
	text->number = 1;
	for (const char *at = text->bytes; at < nul; at++)
		text->number += *at == '\n';
	return text_malformed(
		text, notice,
		"a NUL byte: not a text file; pass a snapshot, a report or a listing");
}

static int refuse_size(const struct text *text, struct notice *notice)
{
	notice_set(notice,
		   "%s: more than %lu MiB: not the text of one system; pass a part of it",
		   text->name, TEXT_MAX >> 20);
	return -EBADMSG;
}

/* How much to make room for at first: a file as a whole, and then its end. */
static size_t first_size(FILE *file)
{
	struct stat status;

	if (fstat(fileno(file), &status) < 0 || !S_ISREG(status.st_mode) ||
	    status.st_size <= 0 || (unsigned long)status.st_size > TEXT_MAX)
		return 1 << 16;
	return (size_t)status.st_size + 1;
}

/* Makes room for more where there is none. */
static int make_room(FILE *file, struct text *text, size_t *allocated)
{
	size_t wanted = *allocated ? 2 * *allocated : first_size(file);
	char *bytes;

	if (text->size < *allocated)
		return 0;
	bytes = realloc(text->bytes, wanted + 1);
	if (!bytes)
		return -ENOMEM;
	prefault(bytes, wanted + 1);
	text->bytes = bytes;
	*allocated = wanted;
	return 0;
}

/* Each block is looked at when it is there, and in the processor's cache: some inputs
 * never end. */
static int read_all(FILE *file, struct text *text, struct notice *notice)
{
	size_t allocated = 0;

	do {
		size_t from = text->size, room;

		if (make_room(file, text, &allocated) < 0)
			return -ENOMEM;
		room = allocated - from;
		errno = 0;
		text->size += fread(text->bytes + from, 1,
				    room < BLOCK_SIZE ? room : BLOCK_SIZE, file);
		if (ferror(file))
			return errno ? -errno : -EIO;
		if (refuse_binary(text, from, notice) < 0)
			return -EBADMSG;
		if (text->size > TEXT_MAX)
			return refuse_size(text, notice);
	} while (!feof(file));
	text->bytes[text->size] = '\0';
	return 0;
}

static int read_known(struct text *text, struct inventory *inventory,
		      struct notice *notice)
{
	const struct text_reader *reader;

	if (text->size == 0) {
		notice_set(notice,
			   "%s: is empty; expected a snapshot, a report or a listing",
			   text->name);
		return -EBADMSG;
	}
	reader = text_reader_of(text);
	if (!reader) {
		notice_set(
			notice,
			"%s: no device in it; expected a snapshot, a report, a kernel log, ls -l or find of /sys, attributes by cat, head or grep, or udevadm info",
			text->name);
		return -EBADMSG;
	}
	inventory->kind = reader->kind;
	return reader->read(text, inventory, notice);
}

/* One device recorded twice is a contradiction in a snapshot, and usual in listings. */
static int refuse_duplicates(struct text *text, const struct inventory *inventory,
			     struct notice *notice)
{
	const struct record *first, *again = inventory_duplicate(inventory, &first);
	_cleanup_free_ char *path = NULL;

	if (!again || inventory->kind != SOURCE_SNAPSHOT)
		return 0;
	path = escape_string(again->path, 0);
	if (!path)
		return -ENOMEM;
	text->number = again->line;
	return text_malformed(
		text, notice,
		"%.200s is recorded twice (first in line %zu); keep one of the two", path,
		first->line);
}

static void text_release(const struct text *text)
{
	if (!text->lent)
		free(text->bytes);
}

/* The records of a snapshot are made of its lines, without a copy. */
static int lend_text(struct text *text, struct inventory *inventory)
{
	int r = arena_adopt(&inventory->arena, text->bytes);

	text->lent = r == 0;
	return r;
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
	r = read_all(file, &text, ret_notice);
	if (r == 0)
		r = read_known(&text, inventory, ret_notice);
	if (r == 0 && inventory->kind == SOURCE_SNAPSHOT)
		r = lend_text(&text, inventory);
	if (r == 0)
		r = inventory_sort(inventory);
	if (r == 0)
		r = refuse_duplicates(&text, inventory, ret_notice);
	if (r == 0)
		r = infer_devices(inventory);
	if (r == 0)
		*ret = steal(inventory);
	return r;
}
