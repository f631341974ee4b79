// SPDX-License-Identifier: GPL-2.0-or-later
#include "board.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spawn.h"
#include "with_cmocka.h"

const char *board_path(const char *name)
{
	static char path[PATH_MAX];
	const char *directory = getenv("BOARDS");

	if (!directory) {
		fputs("board: BOARDS is not set: run the tests with meson test\n",
		      stderr);
		abort();
	}
	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static bool ends_in(const char *text, const char *end)
{
	size_t size = strlen(text), end_size = strlen(end);

	return size > end_size && strcmp(text + size - end_size, end) == 0;
}

static int is_board(const struct dirent *entry)
{
	return ends_in(entry->d_name, ".snapshot") || ends_in(entry->d_name, ".ls") ||
	       ends_in(entry->d_name, ".exportdb");
}

static struct board board_of(const char *name)
{
	struct board board = {
		.path = strdup(board_path(name)),
		.prefix = strdup(board_path(name)),
		.name = strdup(name),
		.is_snapshot = ends_in(name, ".snapshot"),
	};

	if (board.is_snapshot)
		*strrchr(board.prefix, '.') = '\0';
	return board;
}

struct boards boards_list(void)
{
	struct dirent **entries;
	int count = scandir(board_path("."), &entries, is_board, alphasort);
	struct boards boards = { 0 };

	if (count <= 0) {
		fprintf(stderr, "board: no boards in %s\n", board_path("."));
		abort();
	}
	boards.list = calloc((size_t)count, sizeof(*boards.list));
	for (int i = 0; i < count; i++) {
		boards.list[boards.count++] = board_of(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return boards;
}

void boards_release(struct boards *boards)
{
	for (size_t i = 0; i < boards->count; i++) {
		free(boards->list[i].path);
		free(boards->list[i].prefix);
		free(boards->list[i].name);
	}
	free(boards->list);
}

char *file_read(const char *path, size_t *ret_size)
{
	FILE *file = fopen(path, "re"), *memory;
	char *bytes = NULL, block[4096];
	size_t size;

	if (!file)
		return NULL;
	memory = open_memstream(&bytes, ret_size);
	while (memory && (size = fread(block, 1, sizeof(block), file)) > 0)
		fwrite(block, 1, size, memory);
	fclose(file);
	if (!memory || fclose(memory) != 0)
		abort();
	return bytes;
}

static void write_temporary(char *path, const char *bytes, size_t size)
{
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
		fail_msg("cannot write %s", path);
	close(fd);
}

static void print_diff(const char *title, const char *expected, size_t expected_size,
		       const char *actual, size_t actual_size)
{
	char before[] = "/tmp/rproc-tree-expected-XXXXXX";
	char after[] = "/tmp/rproc-tree-actual-XXXXXX";

	write_temporary(before, expected, expected_size);
	write_temporary(after, actual, actual_size);
	{
		const char *const argv[] = { "diff",     "-au",     "--label",
					     "expected", "--label", "actual",
					     before,     after,     NULL };
		_cleanup_outcome_ struct outcome diff = spawn(NULL, argv);

		print_error("%s: not what is expected:\n%s", title, diff.out);
	}
	unlink(before);
	unlink(after);
}

void assert_same_text(const char *title, const char *expected, size_t expected_size,
		      const char *actual, size_t actual_size)
{
	if (expected_size == actual_size && memcmp(expected, actual, actual_size) == 0)
		return;
	print_diff(title, expected, expected_size, actual, actual_size);
	fail();
}

void assert_golden(const char *golden, const char *bytes, size_t size)
{
	size_t expected_size;
	char *expected = file_read(golden, &expected_size);

	if (!expected)
		fail_msg("%s is missing: run scripts/update-boards, review", golden);
	assert_same_text(golden, expected, expected_size, bytes, size);
	free(expected);
}

/* What stands before the program's version, line starts included: no name forges them. */
static const char *find_version(const char *text)
{
	static const char *const before[] = {
		"{\n  \"rproc-tree\": {\n    \"version\": \"",
		"\nrproc_tree_build_info{version=\"",
	};

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		const char *at = strstr(text, before[i]);

		if (at)
			return at + strlen(before[i]);
	}
	return NULL;
}

char *mask_version(const char *text)
{
	const char *at = find_version(text);
	char *masked;

	if (!at)
		return strdup(text);
	if (asprintf(&masked, "%.*sVERSION%s", (int)(at - text), text,
		     at + strcspn(at, "\"")) < 0)
		abort();
	return masked;
}
