// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The real program on every board: what it prints is what the golden files hold, byte for
 * byte. scripts/update-boards brings them up to date. One test for each board and output,
 * named after both.
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "render.h"
#include "spawn.h"
#include "verdicts.h"
#include "with_cmocka.h"

#define ARGUMENTS_MOST 4

/* A row of tests/boards/outputs, which says what its fields are. */
struct output_row {
	char *suffix;
	const char *arguments[ARGUMENTS_MOST + 1];
	bool snapshot_only;
	bool optional; /* only where the golden file is */
	char *line;    /* what the others point into */
};

struct outputs {
	struct output_row list[32];
	size_t count;
};

struct all {
	struct boards boards;
	struct outputs outputs;
};

struct golden {
	const struct board *board;
	const struct output_row *row;
};

static struct outcome run_on(const struct board *board, const char *const *arguments)
{
	const char *argv[8] = { rproc_tree(), "--from", board->path };

	for (size_t i = 0; i < ARGUMENTS_MOST && arguments[i]; i++)
		argv[3 + i] = arguments[i];
	return spawn(NULL, argv);
}

static void golden_holds(void **state)
{
	const struct golden *golden = *state;
	_cleanup_outcome_ struct outcome outcome =
		run_on(golden->board, golden->row->arguments);
	char *masked = mask_version(outcome.out);
	char path[4096];

	assert_int_equal(strlen(outcome.out), outcome.out_size);
	snprintf(path, sizeof(path), "%s.%s", golden->board->prefix, golden->row->suffix);
	assert_golden(path, masked, strlen(masked));
	free(masked);
}

/* Boards are kept in the form that capture writes. */
static void is_canonical(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome outcome =
		run_on(board, (const char *const[ARGUMENTS_MOST]){ "capture" });

	assert_string_equal(outcome.err, "");
	assert_int_equal(outcome.status, 0);
	assert_golden(board->path, outcome.out, outcome.out_size);
}

/* What is captured of a listing or an export, too, reads back as the same devices. */
static void capture_keeps_the_tree(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome capture =
		run_on(board, (const char *const[ARGUMENTS_MOST]){ "capture" });
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

/* "All is well" needs all looked at: no skip of a check that could have warned. */
static void the_last_line_claims_no_more_than_is_known(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome text =
		run_on(board, (const char *const[4]){ "check" });
	_cleanup_outcome_ struct outcome tree =
		run_on(board, (const char *const[4]){ "show" });
	_cleanup_outcome_ struct outcome json =
		run_on(board, (const char *const[4]){ "check", "--json" });
	bool clean = strstr(json.out, "\n    \"skip\": 0,") &&
		     strstr(json.out, "\n    \"warn\": 0,") &&
		     strstr(json.out, "\n    \"fail\": 0\n");

	assert_true(!strstr(text.out, "All is well") || clean);
	assert_true(!strstr(tree.out, "All is well") || clean);
	if (clean && text.status == 0)
		assert_non_null(strstr(text.out, "All is well: "));
}

/* Who holds a replay cannot become root on the board: it is said what to add to it. */
static void a_replay_asks_nobody_to_be_root(void **state)
{
	static const char *const commands[][4] = {
		{ "show" },
		{ "check", "--verbose" },
		{ "check", "--json" },
		{ "report" },
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		_cleanup_outcome_ struct outcome outcome = run_on(*state, commands[i]);

		assert_null(strcasestr(outcome.out, "run as root"));
		assert_null(strcasestr(outcome.err, "run as root"));
	}
}

/* Whoever reads findings need not know the rest: counts and exit status say the same. */
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

static bool has_golden(const struct board *board, const char *suffix)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s.%s", board->prefix, suffix);
	return access(path, F_OK) == 0;
}

static void add_golden(struct tests *tests, const struct board *board,
		       const struct output_row *row)
{
	struct golden *golden = malloc(sizeof(*golden));

	if (!golden)
		abort();
	*golden = (struct golden){ .board = board, .row = row };
	add(tests, golden_holds, golden, board, row->suffix);
}

static bool output_find(const struct outputs *outputs, const char *suffix)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (strcmp(outputs->list[i].suffix, suffix) == 0)
			return true;
	return false;
}

/* Takes the line. */
static void read_output(struct outputs *outputs, char *line)
{
	struct output_row row = { .line = line, .suffix = strtok(line, " ") };
	const char *of = strtok(NULL, " "), *where = strtok(NULL, " ");
	size_t count = 0;

	assert_non_null(where);
	assert_true(outputs->count < ARRAY_SIZE(outputs->list));
	row.snapshot_only = strcmp(of, "snapshot") == 0;
	row.optional = strcmp(where, "kept") == 0;
	while (count < ARGUMENTS_MOST && (row.arguments[count] = strtok(NULL, " ")))
		count++;
	assert_true(count > 0);
	outputs->list[outputs->count++] = row;
}

static void read_outputs(struct outputs *outputs)
{
	FILE *file = fopen(board_path("outputs"), "re");
	char line[256];

	if (!file)
		abort();
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && *line != '#')
			read_output(outputs, strdup(line));
	}
	fclose(file);
}

static void outputs_release(struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++)
		free(outputs->list[i].line);
}

static void add_board(struct tests *tests, const struct outputs *outputs,
		      struct board *board)
{
	for (size_t i = 0; i < outputs->count; i++) {
		const struct output_row *row = &outputs->list[i];

		if ((row->snapshot_only && !board->is_snapshot) ||
		    (row->optional && !has_golden(board, row->suffix)))
			continue;
		add_golden(tests, board, row);
	}
	if (board->is_snapshot)
		add(tests, is_canonical, board, board, "canonical");
	add(tests, capture_keeps_the_tree, board, board, "capture keeps the tree");
	add(tests, verdicts_hold, board, board, "verdicts");
	add(tests, the_last_line_claims_no_more_than_is_known, board, board, "honest");
	add(tests, a_replay_asks_nobody_to_be_root, board, board, "root");
	add(tests, ascii_is_ascii, board, board, "ascii");
}

/* Whether a file is a board, or something of one. */
static bool is_known(const struct all *all, const char *name)
{
	const struct boards *boards = &all->boards;
	const char *suffix = strrchr(name, '.');

	if (!suffix)
		return strcmp(name, "outputs") == 0;
	suffix++;
	for (size_t i = 0; i < boards->count; i++) {
		const struct board *board = &boards->list[i];
		const char *prefix = strrchr(board->prefix, '/') + 1;
		size_t size = strlen(prefix);

		if (strcmp(name, board->name) == 0)
			return true;
		if (strncmp(name, prefix, size) == 0 &&
		    (strcmp(name + size, ".verdicts.json") == 0 ||
		     (name + size + 1 == suffix && output_find(&all->outputs, suffix))))
			return true;
	}
	return strcmp(name, "README.md") == 0;
}

static void no_file_is_stray(void **state)
{
	const struct all *all = *state;
	DIR *directory = opendir(board_path("."));
	const struct dirent *entry;

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		if (entry->d_type != DT_DIR && !is_known(all, entry->d_name))
			fail_msg("%s is of no board: remove it", entry->d_name);
	closedir(directory);
}

/* Those of check: what else there is has tests of its own. */
static void every_format_is_golden(void **state)
{
	const struct boards *boards = &((const struct all *)*state)->boards;

	for (const struct format *format = formats; format->name; format++) {
		size_t count = !(format->uses & FORMAT_CHECK) ||
			       strcmp(format->name, "text") == 0; /* NAME.check */

		for (size_t i = 0; i < boards->count; i++)
			count += has_golden(&boards->list[i], format->name);
		if (count == 0)
			fail_msg("no board has %s", format->name);
	}
}

static void add_of_all(struct tests *tests, struct all *all)
{
	static const struct board every = { .name = (char *)"all boards" };

	add(tests, no_file_is_stray, all, &every, "no stray file");
	add(tests, every_format_is_golden, all, &every, "every format");
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
	struct all all = { .boards = boards_list() };
	struct tests tests = { 0 };
	int failed;

	read_outputs(&all.outputs);
	for (size_t i = 0; i < all.boards.count; i++)
		add_board(&tests, &all.outputs, &all.boards.list[i]);
	add_of_all(&tests, &all);
	failed = _cmocka_run_group_tests("boards", tests.list, tests.count, NULL, NULL);
	tests_release(&tests);
	boards_release(&all.boards);
	outputs_release(&all.outputs);
	return failed != 0;
}
