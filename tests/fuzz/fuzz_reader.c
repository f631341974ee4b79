// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes for one reader, READER: it takes them, or refuses them with one clean line. A
 * reader of its own for each corpus, so that none of them is starved by another, and
 * nothing is rendered: thousands of runs in a second.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/oracle.h"
#include "checksum.h"
#include "fuzz.h"
#include "infer.h"
#include "mail_line.h"
#include "marker.h"
#include "readers.h"

/* Which of the readers a corpus is for. */
static const struct {
	const char *corpus;
	int (*read)(struct text *text, struct inventory *inventory,
		    struct notice *notice);
	enum source_kind kind;
} readers[] = {
	{ "snapshot", snapshot_read, SOURCE_SNAPSHOT },
	{ "exportdb", snapshot_read, SOURCE_SNAPSHOT },
	{ "listing", pasted_read, SOURCE_LISTING },
	{ "find", pasted_read, SOURCE_LISTING },
	{ "log", pasted_read, SOURCE_LISTING },
	{ "attributes", pasted_read, SOURCE_LISTING },
	{ "mail", quoted_read, SOURCE_SNAPSHOT },
	{ "report", report_read, SOURCE_SNAPSHOT },
};

static size_t reader;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	while (reader < ARRAY_SIZE(readers) &&
	       strcmp(readers[reader].corpus, READER) != 0)
		reader++;
	return reader < ARRAY_SIZE(readers) ? 0 : -1;
}

static void demand(bool holds, const char *what, const char *notice)
{
	if (holds)
		return;
	fprintf(stderr, "violated: %s: '%s'\n", what, notice);
	abort();
}

static void build(struct inventory *inventory)
{
	_cleanup_tree_ struct tree *tree = NULL;
	const struct record *first;

	inventory_sort(inventory);
	if (inventory->kind == SOURCE_SNAPSHOT && inventory_duplicate(inventory, &first))
		return;
	demand(infer_devices(inventory) == 0, "no devices", "");
	demand(tree_build(inventory, &tree) == 0, "no tree", "");
}

struct sum {
	size_t lines;
	uint32_t sum;
	bool open;  /* a line is not at its end */
	bool blank; /* it ends in one */
};

static void sum_end(struct sum *sum)
{
	sum->sum = sum->open ? checksum(sum->sum, "\n", 1) : sum->sum;
	sum->lines += sum->open;
	sum->open = false;
}

/* A line that is not the start of a field goes on with the one before. */
static void sum_add(struct sum *sum, struct span line)
{
	if (line.size == 0 || mail_line_is_record(line))
		sum_end(sum);
	if (sum->open && !sum->blank)
		sum->sum = checksum(sum->sum, " ", 1);
	sum->sum = checksum(sum->sum, line.start, line.size);
	sum->open = line.size > 0;
	sum->blank = sum->open && line.start[line.size - 1] == ' ';
}

/* No mutation finds the checksum of a report. One that ends with no lines and no sum gets
 * those that its records have; any other stays as it is. */
static void seal(char *bytes)
{
	static const char unsealed[] = MARKER_END "0000 lines, sum 00000000]";
	char *end = strstr(bytes, unsealed);
	const char *at = end ? strstr(bytes, MARKER_BEGIN "\n") : NULL;
	char sealed[sizeof(unsealed)];
	struct sum sum = { 0 };

	if (!at)
		return;
	mail_line_next(&at);
	while (at < end) {
		struct span line = mail_line_next(&at);

		if (at <= end)
			sum_add(&sum, mail_line_unquoted(line));
	}
	sum_end(&sum);
	snprintf(sealed, sizeof(sealed), MARKER_END "%04zu lines, sum %08x]",
		 sum.lines % 10000, sum.sum);
	memcpy(end, sealed, sizeof(sealed) - 1);
}

static void text_release(const struct text *text)
{
	free(text->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_inventory_ struct inventory *inventory =
		inventory_new(readers[reader].kind);
	/* A reader may put another text in its place. */
	_cleanup_(text_release) struct text text = {
		.name = "text",
		.bytes = malloc(size + 1),
		.size = size,
	};
	struct notice notice = { "" };
	int r;

	/* What source_text() has refused before. */
	if (!inventory || !text.bytes || size == 0 || memchr(data, '\0', size))
		return 0;
	memcpy(text.bytes, data, size);
	text.bytes[size] = '\0';
	seal(text.bytes);
	r = readers[reader].read(&text, inventory, &notice);
	demand(!oracle_dirt(notice.text, strlen(notice.text)), "dirt", notice.text);
	demand(!strchr(notice.text, '\n'), "more than a line", notice.text);
	demand(r == 0 || (r == -EBADMSG && notice.text[0]), "an error without its line",
	       notice.text);
	if (r == 0)
		build(inventory);
	return 0;
}
