// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What --from reads: a good text the same however it comes, a bad one never in silence:
 * one line with file and line, exit 3, nothing on standard output.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

#define BROKEN board_path("omapl138-broken.snapshot")

/* A lone platform device with its remote processor: good on its own. */
#define HEAD                                                                             \
	"P: /devices/a\nE: DEVPATH=/devices/a\nE: SUBSYSTEM=platform\n"                  \
	"A: remoteproc0/uevent=DEVTYPE=remoteproc\\n\n\n"

#define VALUE HEAD "P: /devices/b\nE: SUBSYSTEM=platform\nA: name="

static void assert_refused(const char *what, const struct outcome *outcome,
			   const char *where)
{
	if (outcome->status != EXIT_TROUBLE || outcome->out_size > 0)
		fail_msg("%s: exit %d, %zu bytes on standard output, '%s'", what,
			 outcome->status, outcome->out_size, outcome->err);
	if (line_count(outcome->err) != 1 || strncmp(outcome->err, "rproc-tree: ", 12))
		fail_msg("%s: not one line: '%s'", what, outcome->err);
	if (strncmp(outcome->err + 12, where, strlen(where)) != 0)
		fail_msg("%s: does not begin with '%s': '%s'", what, where, outcome->err);
}

static struct outcome run_on_text(const char *command, const char *text, size_t size)
{
	const struct start start = { .input = text, .input_size = size };

	return run_with(&start, command, "--from", "-");
}

static const struct bad_row {
	const char *what;
	const char *text;
	const char *where;
} bads[] = {
	{ "empty", "", "standard input: " },
	{ "no device", "hello\nworld\n", "standard input: " },
	{ "blank lines only", "\n\n\n", "standard input: " },
	{ "relative path", "P: devices/a\n", "standard input:1: " },
	{ "path without name", "P: /devices//a\n", "standard input:1: " },
	{ "path that goes up", "P: /devices/a/../b\n", "standard input:1: " },
	{ "path that stays", "P: /devices/./b\n", "standard input:1: " },
	{ "path of a later record", HEAD "P: /devices/a/../b\n", "standard input:6: " },
	{ "no record line", HEAD "nonsense\n", "standard input:6: " },
	{ "unknown letter", HEAD "Z: what\n", "standard input:6: " },
	{ "property without =", HEAD "P: /devices/b\nE: nothing\n",
	  "standard input:7: " },
	{ "attribute without =", HEAD "P: /devices/b\nA: nothing\n",
	  "standard input:7: " },
	{ "odd hex", HEAD "P: /devices/b\nH: name=ABC\n", "standard input:7: " },
	{ "no hex", HEAD "P: /devices/b\nH: name=GG\n", "standard input:7: " },
	{ "lone backslash", HEAD "P: /devices/b\nA: name=x\\\n", "standard input:7: " },
	{ "inner path that goes up",
	  HEAD "P: /devices/b\nA: ../c/uevent=DEVTYPE=remoteproc\\n\n",
	  "standard input:" },
	{ "two records of one device", HEAD HEAD, "standard input:6: " },
	{ "paths that disagree", HEAD "P: /devices/b\nE: DEVPATH=/devices/c\n\n",
	  "standard input:6: " },
	{ "fewer lines than it says",
	  HEAD "P: /devices/b\nE: SUBSYSTEM=x\nE: RPROC_TREE_LINES=99\n",
	  "standard input:" },
	{ "more lines than it says",
	  HEAD "P: /devices/b\nE: SUBSYSTEM=x\nE: RPROC_TREE_LINES=2\n",
	  "standard input:" },
	{ "record without subsystem", HEAD "P: /devices/b\nA: name=x\n",
	  "standard input:6: " },
	{ "last line without end", HEAD "P: /devices/b", "standard input:6: " },
	{ "listing with a wrapped line",
	  "x -> ../../../devices/platform/a/virtio0\n"
	  "virtio0 -> ../../../devices/platform/a/virt\nio0\n",
	  "standard input:1: " },
};

static void bad_text_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bads) / sizeof(bads[0]); i++)
		for (size_t j = 0; j < 3; j++) {
			static const char *const readers[] = { "show", "check",
							       "capture" };
			_cleanup_outcome_ struct outcome outcome = run_on_text(
				readers[j], bads[i].text, strlen(bads[i].text));

			assert_refused(bads[i].what, &outcome, bads[i].where);
		}
}

static void the_text_around_is_good(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run_on_text("show", HEAD, strlen(HEAD));

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_non_null(strstr(outcome.out, "remoteproc0"));
}

static void binary_is_refused(void **state)
{
	static const char text[] = HEAD "P: /devices/b\nA: name=a\0b\n";
	_cleanup_outcome_ struct outcome outcome =
		run_on_text("show", text, sizeof(text) - 1);
	_cleanup_outcome_ struct outcome program = run("--from", rproc_tree());
	char where[4096];

	(void)state;
	assert_refused("NUL", &outcome, "standard input:7: ");
	snprintf(where, sizeof(where), "%s:", rproc_tree());
	assert_refused("the program itself", &program, where);
}

static void what_cannot_be_opened_is_named(void **state)
{
	_cleanup_outcome_ struct outcome unknown = run("--from", "/nosuch/file");
	_cleanup_outcome_ struct outcome directory = run("check", "--from", "/");
	_cleanup_outcome_ struct outcome empty = run("--from", "");
	_cleanup_outcome_ struct outcome hostile = run("--from", "a\nb\033[31m");

	(void)state;
	assert_refused("unknown file", &unknown,
		       "cannot read /nosuch/file: No such file");
	assert_refused("directory", &directory, "cannot read /: Is a directory");
	assert_refused("no name", &empty, "cannot read : ");
	assert_refused("hostile name", &hostile, "cannot read a\\x0ab\\x1b[31m: ");
}

static void the_file_is_named_with_its_line(void **state)
{
	char path[] = "/tmp/rproc-tree-bad-XXXXXX", where[64];
	FILE *file = fdopen(mkstemp(path), "we");

	(void)state;
	fputs(HEAD "nonsense\n", file);
	fclose(file);
	snprintf(where, sizeof(where), "%s:6: ", path);
	{
		_cleanup_outcome_ struct outcome outcome = run("--from", path);

		unlink(path);
		assert_refused("bad file", &outcome, where);
	}
}

static void standard_input_is_as_good_as_a_file(void **state)
{
	size_t size;
	char *text = file_read(BROKEN, &size);
	_cleanup_outcome_ struct outcome piped = run_on_text("check", text, size);
	_cleanup_outcome_ struct outcome named = run("check", "--from", BROKEN);

	(void)state;
	free(text);
	assert_int_equal(piped.status, EXIT_FAILED);
	assert_string_equal(piped.out, named.out);
}

static void line_ends_of_mail_do_no_harm(void **state)
{
	size_t size, to = 0;
	char *text = file_read(BROKEN, &size);
	char *with_returns = malloc(2 * size);

	(void)state;
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\n')
			with_returns[to++] = '\r';
		with_returns[to++] = text[i];
	}
	{
		_cleanup_outcome_ struct outcome mailed =
			run_on_text("show", with_returns, to);
		_cleanup_outcome_ struct outcome named = run("show", "--from", BROKEN);

		assert_int_equal(mailed.status, 0);
		assert_string_equal(mailed.out, named.out);
	}
	free(with_returns);
	free(text);
}

/* Cut anywhere, a snapshot is refused; but for its very last newline. */
static void a_truncated_snapshot_is_refused(void **state)
{
	size_t size;
	char *text = file_read(board_path("msm8998-rpm-glink.snapshot"), &size);

	(void)state;
	for (size_t cut = 0; cut + 1 < size; cut++) {
		_cleanup_outcome_ struct outcome outcome =
			run_on_text("check", text, cut);

		if (outcome.status != EXIT_TROUBLE || outcome.out_size > 0)
			fail_msg("cut after %zu of %zu bytes: exit %d", cut, size,
				 outcome.status);
		assert_int_equal(line_count(outcome.err), 1);
	}
	free(text);
}

/* Whatever it makes of it, it ends, and says so. */
static void absurd_text_ends(void **state)
{
	const size_t size = 4 << 20;
	char *text = malloc(size + 1);

	(void)state;
	memset(text, 'x', size);
	memcpy(text, "P: /devices/", 12);
	text[size - 1] = '\n';
	{
		_cleanup_outcome_ struct outcome path = run_on_text("show", text, size);

		assert_refused("path of megabytes", &path, "standard input:1: ");
	}
	memcpy(text, VALUE, strlen(VALUE));
	{
		_cleanup_outcome_ struct outcome value = run_on_text("show", text, size);

		assert_int_equal(value.status, 0);
	}
	free(text);
}

static void an_input_without_end_is_refused_at_once(void **state)
{
	_cleanup_outcome_ struct outcome zero = run("--from", "/dev/zero");

	(void)state;
	assert_refused("/dev/zero", &zero, "/dev/zero:1: a NUL byte");
}

static void a_text_that_is_too_large_is_refused_by_its_size(void **state)
{
	size_t size = (64u << 20) + 1;
	char *text = malloc(size);
	struct outcome outcome;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', size);
	outcome = run_on_text("show", text, size);
	assert_refused("64 MiB and a byte", &outcome, "standard input: more than 64 MiB");
	outcome_release(&outcome);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_text_is_refused_with_its_line),
		cmocka_unit_test(the_text_around_is_good),
		cmocka_unit_test(binary_is_refused),
		cmocka_unit_test(what_cannot_be_opened_is_named),
		cmocka_unit_test(the_file_is_named_with_its_line),
		cmocka_unit_test(standard_input_is_as_good_as_a_file),
		cmocka_unit_test(line_ends_of_mail_do_no_harm),
		cmocka_unit_test(a_truncated_snapshot_is_refused),
		cmocka_unit_test(absurd_text_ends),
		cmocka_unit_test(an_input_without_end_is_refused_at_once),
		cmocka_unit_test(a_text_that_is_too_large_is_refused_by_its_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
