// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The real program on every board: what it prints is what the golden files hold, byte for
 * byte. scripts/update-boards brings them up to date. One test for each board and output,
 * named after both.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "spawn.h"
#include "verdicts.h"
#include "with_cmocka.h"

/* The same list is in scripts/update-boards. */
static const struct output_row {
	const char *suffix;
	const char *arguments[4];
	bool optional;      /* only where the golden file is */
	bool snapshot_only; /* not of a listing or an export */
} outputs[] = {
	{ "tree", { "show" }, false, false },
	{ "tree-ascii", { "show", "--ascii" }, true, true },
	{ "json", { "check", "--json" }, false, false },
	{ "check", { "check" }, false, true },
	{ "ktap", { "check", "--format", "ktap" }, false, true },
};

struct golden {
	const struct board *board;
	const struct output_row *output;
};

static struct outcome run_on(const struct board *board, const char *const *arguments)
{
	const char *argv[8] = { rproc_tree(), "--from", board->path };

	for (size_t i = 0; i < 4 && arguments[i]; i++)
		argv[3 + i] = arguments[i];
	return spawn(NULL, argv);
}

static void golden_holds(void **state)
{
	const struct golden *golden = *state;
	_cleanup_outcome_ struct outcome outcome =
		run_on(golden->board, golden->output->arguments);
	char *masked = strcmp(golden->output->suffix, "json") == 0
			       ? json_mask_version(outcome.out)
			       : NULL;
	char path[4096];

	assert_int_equal(strlen(outcome.out), outcome.out_size);
	snprintf(path, sizeof(path), "%s.%s", golden->board->prefix,
		 golden->output->suffix);
	assert_golden(path, masked ? masked : outcome.out,
		      strlen(masked ? masked : outcome.out));
	free(masked);
}

/* Boards are kept in the form that capture writes. */
static void is_canonical(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome outcome =
		run_on(board, (const char *const[4]){ "capture" });

	assert_string_equal(outcome.err, "");
	assert_int_equal(outcome.status, 0);
	assert_golden(board->path, outcome.out, outcome.out_size);
}

/* What is captured of a listing or an export, too, reads back as the same devices. */
static void capture_keeps_the_tree(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome capture =
		run_on(board, (const char *const[4]){ "capture" });
	const struct start start = { .input = capture.out,
				     .input_size = capture.out_size };
	_cleanup_outcome_ struct outcome before = run("--from", board->path);
	_cleanup_outcome_ struct outcome after = run_with(&start, "--from", "-");

	if (before.status == 4)
		skip();
	assert_int_equal(capture.status, 0);
	assert_int_equal(before.status, after.status);
	assert_same_text(board->name, before.out, before.out_size, after.out,
			 after.out_size);
}

/* Whoever reads results need not know the rest: counts and exit status say the same. */
static void verdicts_hold(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome outcome =
		run_on(board, (const char *const[4]){ "check", "--json" });
	char path[4096];

	snprintf(path, sizeof(path), "%s.verdicts.json", board->prefix);
	assert_verdicts(path, outcome.out, outcome.status);
	assert_summary(outcome.out, outcome.status);
}

static bool has_high_byte(const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->out_size; i++)
		if ((unsigned char)outcome->out[i] >= 0x80)
			return true;
	return false;
}

/* --ascii, and a locale that is not UTF-8. */
static void ascii_is_ascii(void **state)
{
	static const struct start c_locale = { .environment = { "LC_ALL=C" } };
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome tree = run("--ascii", "--from", board->path);
	_cleanup_outcome_ struct outcome locale =
		run_with(&c_locale, "--from", board->path);
	_cleanup_outcome_ struct outcome check =
		run("check", "--ascii", "--from", board->path);

	assert_false(has_high_byte(&tree));
	assert_false(has_high_byte(&check));
	assert_same_text("--ascii and LC_ALL=C", tree.out, tree.out_size, locale.out,
			 locale.out_size);
}

struct tests {
	struct CMUnitTest *list;
	size_t count;
};

static void add(struct tests *tests, CMUnitTestFunction function, void *state,
		const struct board *board, const char *what)
{
	struct CMUnitTest test = { .test_func = function, .initial_state = state };
	char *name;

	if (asprintf(&name, "%s: %s", board->name, what) < 0)
		abort();
	test.name = name;
	tests->list = reallocarray(tests->list, tests->count + 1, sizeof(*tests->list));
	tests->list[tests->count++] = test;
}

static bool is_wanted(const struct board *board, const struct output_row *output)
{
	char path[4096];
	FILE *file;

	if (output->snapshot_only && !board->is_snapshot)
		return false;
	if (!output->optional)
		return true;
	snprintf(path, sizeof(path), "%s.%s", board->prefix, output->suffix);
	file = fopen(path, "re");
	if (file)
		fclose(file);
	return file;
}

static void add_board(struct tests *tests, struct board *board)
{
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		struct golden *golden;

		if (!is_wanted(board, &outputs[i]))
			continue;
		golden = malloc(sizeof(*golden));
		*golden = (struct golden){ board, &outputs[i] };
		add(tests, golden_holds, golden, board, outputs[i].suffix);
	}
	if (board->is_snapshot)
		add(tests, is_canonical, board, board, "canonical");
	add(tests, capture_keeps_the_tree, board, board, "capture keeps the tree");
	add(tests, verdicts_hold, board, board, "verdicts");
	add(tests, ascii_is_ascii, board, board, "ascii");
}

static void tests_release(struct tests *tests)
{
	for (size_t i = 0; i < tests->count; i++) {
		if (tests->list[i].test_func == golden_holds)
			free(tests->list[i].initial_state);
		free((char *)tests->list[i].name);
	}
	free(tests->list);
}

int main(void)
{
	struct boards boards = boards_list();
	struct tests tests = { 0 };
	int failed;

	for (size_t i = 0; i < boards.count; i++)
		add_board(&tests, &boards.list[i]);
	failed = _cmocka_run_group_tests("boards", tests.list, tests.count, NULL, NULL);
	tests_release(&tests);
	boards_release(&boards);
	return failed != 0;
}
