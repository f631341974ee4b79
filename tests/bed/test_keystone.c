// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The keystone: board to bed to capture equals board, byte for byte. What the live walk
 * finds in the replay of a snapshot is what the snapshot holds, so a bug report replays
 * as it was; and JSON made of the walk is the golden one but for where it came from.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/board.h"
#include "../cli/with_cmocka.h"
#include "bed.h"

#define SEPARATOR "\n=== JSON\n"

/* "live" becomes "snapshot": all that may differ. */
static char *unify(const char *json)
{
	static const char live[] = "\"kind\": \"live\"";
	char *masked = mask_version(json), *unified;
	const char *at = strstr(masked, live);

	if (!at)
		fail_msg("source.kind is not live");
	if (asprintf(&unified, "%.*s\"kind\": \"snapshot\"%s", (int)(at - masked), masked,
		     at + strlen(live)) < 0)
		abort();
	free(masked);
	return unified;
}

static void capture_of_the_bed_is_the_board(void **state)
{
	const struct board *board = *state;
	_cleanup_outcome_ struct outcome outcome =
		bed_run(board->path, "\"$RPROC_TREE\" capture && printf '\\n=== JSON\\n' "
				     "&& \"$RPROC_TREE\" check --json");
	char *separator = strstr(outcome.out, SEPARATOR), *json;
	char golden[4096];

	assert_string_equal(outcome.err, "");
	assert_non_null(separator);
	*separator = '\0';
	assert_golden(board->path, outcome.out, strlen(outcome.out));
	json = unify(separator + strlen(SEPARATOR));
	snprintf(golden, sizeof(golden), "%s.json", board->prefix);
	assert_golden(golden, json, strlen(json));
	free(json);
}

int main(void)
{
	struct boards boards = boards_list();
	struct CMUnitTest *tests = calloc(boards.count, sizeof(*tests));
	size_t count = 0;
	int failed;

	for (size_t i = 0; i < boards.count; i++)
		if (boards.list[i].is_snapshot)
			tests[count++] = (struct CMUnitTest){
				.name = boards.list[i].name,
				.test_func = capture_of_the_bed_is_the_board,
				.initial_state = &boards.list[i],
			};
	failed = _cmocka_run_group_tests("keystone", tests, count, NULL, NULL);
	free(tests);
	boards_release(&boards);
	return failed != 0;
}
