// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the output goes: a terminal, a pipe nobody reads, a full disk, nowhere; and what
 * it looks like there. Commands and formats come from the program's own tables.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

#define BROKEN board_path("omapl138-broken.snapshot")

/* Calls a function with the arguments of each way to make output. */
typedef void (*way_function)(const char *const argv[]);

static void each_format_of(const struct command *command, way_function function)
{
	for (const struct format *format = formats; format->name; format++)
		if (format->uses & command->formats)
			function((const char *const[]){ rproc_tree(), command->name,
							"--from", BROKEN, "--format",
							format->name, NULL });
}

static void each_way(way_function function)
{
	function((const char *const[]){ rproc_tree(), "--help", NULL });
	function((const char *const[]){ rproc_tree(), "--version", NULL });
	function((const char *const[]){ rproc_tree(), "explain", NULL });
	function((const char *const[]){ rproc_tree(), "explain", checks[0]->id, NULL });
	for (const struct command *command = commands; command->name; command++) {
		if (!(command->options & 1u << OPTION_FROM) || command->arguments_max)
			continue;
		if (command->options & 1u << OPTION_FORMAT)
			each_format_of(command, function);
		function((const char *const[]){ rproc_tree(), command->name, "--from",
						BROKEN, NULL });
	}
}

static void assert_lost_with(enum output output, const char *const argv[], int status)
{
	const struct start start = { .output = output };
	_cleanup_outcome_ struct outcome outcome = spawn(&start, argv);

	if (outcome.status != status)
		fail_msg("%s %s: exit %d", argv[1], argv[2] ? argv[2] : "",
			 outcome.status);
	if (output == OUTPUT_FULL && !strstr(outcome.err, "No space left on device"))
		fail_msg("%s: no reason: '%s'", argv[1], outcome.err);
	if (status == EXIT_TROUBLE && (line_count(outcome.err) != 1 ||
				       strncmp(outcome.err, "rproc-tree: ", 12) != 0))
		fail_msg("%s: not one line: '%s'", argv[1], outcome.err);
}

static void to_full(const char *const argv[])
{
	assert_lost_with(OUTPUT_FULL, argv, EXIT_TROUBLE);
}

static void to_closed(const char *const argv[])
{
	assert_lost_with(OUTPUT_CLOSED, argv, EXIT_TROUBLE);
}

static void to_broken_pipe(const char *const argv[])
{
	assert_lost_with(OUTPUT_BROKEN, argv, 128 + 13); /* SIGPIPE, as of cat(1) */
}

static void a_full_disk_is_an_error(void **state)
{
	(void)state;
	each_way(to_full);
}

static void a_closed_output_is_an_error(void **state)
{
	(void)state;
	each_way(to_closed);
}

static void a_pipe_nobody_reads_ends_it(void **state)
{
	(void)state;
	each_way(to_broken_pipe);
}

/* A descriptor that is closed must not become the file that is read or written. */
static void closed_input_and_error_do_no_harm(void **state)
{
	const char *const argv[] = { "sh", "-c",
				     "exec \"$RPROC_TREE\" check --from \"$0\" <&- 2>&-",
				     BROKEN, NULL };
	_cleanup_outcome_ struct outcome closed = spawn(NULL, argv);
	_cleanup_outcome_ struct outcome usual = run("check", "--from", BROKEN);

	(void)state;
	assert_int_equal(closed.status, EXIT_FAILED);
	assert_string_equal(closed.out, usual.out);
}

static bool is_colored(const struct outcome *outcome)
{
	return strchr(outcome->out, '\033');
}

static struct outcome show_with(enum output output, unsigned short width,
				const char *environment, const char *when)
{
	const struct start start = {
		.output = output,
		.columns = width,
		.environment = { "TERM=xterm", environment },
	};

	char option[32];

	snprintf(option, sizeof(option), "--color%s%s", *when ? "=" : "", when);
	return run_with(&start, option, "--from", BROKEN);
}

static void color_is_for_terminals(void **state)
{
	static const struct {
		enum output output;
		const char *environment, *when;
		bool colored;
	} rows[] = {
		{ OUTPUT_MEMORY, NULL, "auto", false },
		{ OUTPUT_MEMORY, NULL, "always", true },
		{ OUTPUT_MEMORY, NULL, "never", false },
		{ OUTPUT_MEMORY, NULL, "", true },
		{ OUTPUT_TERMINAL, "NO_COLOR", "auto", true },
		{ OUTPUT_TERMINAL, "NO_COLOR=", "auto", true },
		{ OUTPUT_TERMINAL, "NO_COLOR=1", "auto", false },
		{ OUTPUT_TERMINAL, "NO_COLOR=1", "always", true },
		{ OUTPUT_TERMINAL, NULL, "never", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_outcome_ struct outcome outcome =
			show_with(rows[i].output, 80, rows[i].environment, rows[i].when);

		assert_int_equal(outcome.status, 0);
		if (is_colored(&outcome) != rows[i].colored)
			fail_msg("row %zu: --color=%s, %s", i, rows[i].when,
				 rows[i].environment ? rows[i].environment : "");
	}
}

/* Takes the escape sequences out; fails for any that is no colour. */
static void strip_color(char *text)
{
	char *to = text;

	for (const char *at = text; *at;) {
		if (*at != '\033') {
			*to++ = *at++;
			continue;
		}
		assert_int_equal(at[1], '[');
		at += 2 + strspn(at + 2, "0123456789;");
		assert_int_equal(*at++, 'm');
	}
	*to = '\0';
}

static void color_adds_nothing_else(void **state)
{
	const char *hostile = board_path("hostile-names.snapshot");
	_cleanup_outcome_ struct outcome plain = run("--from", hostile);
	_cleanup_outcome_ struct outcome color = run("--color=always", "--from", hostile);
	_cleanup_outcome_ struct outcome check =
		run("check", "--color=always", "--from", hostile);

	(void)state;
	assert_true(is_colored(&color));
	strip_color(color.out);
	strip_color(check.out);
	assert_string_equal(color.out, plain.out);
}

/* What a terminal adds, taken out. */
static void drop_returns(struct outcome *outcome)
{
	char *to = outcome->out;

	for (const char *at = outcome->out; *at; at++)
		if (*at != '\r')
			*to++ = *at;
	*to = '\0';
	outcome->out_size = (size_t)(to - outcome->out);
}

static void a_wide_terminal_shows_what_a_pipe_does(void **state)
{
	_cleanup_outcome_ struct outcome piped = run("--from", BROKEN);
	_cleanup_outcome_ struct outcome shown =
		show_with(OUTPUT_TERMINAL, 200, NULL, "never");

	(void)state;
	drop_returns(&shown);
	assert_same_text("terminal of 200 columns", piped.out, piped.out_size, shown.out,
			 shown.out_size);
}

static size_t widest_line(const char *text)
{
	size_t widest = 0, width = 0;

	for (; *text; text++) {
		width = *text == '\n' ? 0 : width + ((*text & 0xc0) != 0x80);
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Names go without those of their parents, and what is cut says so; the outcome and its
 * devices stay. */
static void a_narrow_terminal_breaks_no_line(void **state)
{
	static const unsigned short widths[] = { 64, 80, 96 };

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		_cleanup_outcome_ struct outcome shown =
			show_with(OUTPUT_TERMINAL, widths[i], NULL, "never");
		char *end;

		drop_returns(&shown);
		assert_true(widest_line(shown.out) >= 20 &&
			    widest_line(shown.out) <= widths[i]);
		end = strstr(shown.out, "\n\n");
		assert_non_null(end);
		assert_non_null(strstr(end, "rproc_get_by_child()"));
		*end = '\0';
		assert_null(strstr(shown.out, ".-1.50"));
		assert_int_equal(line_count(shown.out), 6);
		assert_non_null(strstr(shown.out, "─#vdev0buffer"));
		assert_non_null(strstr(shown.out, "─rpmsg-"));
	}
}

static void each_column_can_be_asked_for(void **state)
{
	(void)state;
	for (const struct column *column = columns; column->name; column++) {
		char list[64];

		snprintf(list, sizeof(list), "DEVICE,%s", column->name);
		{
			_cleanup_outcome_ struct outcome outcome =
				run("-o", list, "--from", BROKEN);
			const char *end = strchr(outcome.out, '\n');

			assert_int_equal(outcome.status, 0);
			assert_true(strncmp(outcome.out, "DEVICE", 6) == 0);
			assert_true(strstr(outcome.out, column->name) < end);
		}
	}
}

static void columns_come_in_the_order_asked(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		run("--output=verdict,device", "--from", BROKEN);

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_true(strncmp(outcome.out, "VERDICT ", 8) == 0);
	assert_non_null(strstr(outcome.out, "DEVICE\n"));
	assert_null(strstr(outcome.out, "STATE"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(a_closed_output_is_an_error),
		cmocka_unit_test(a_pipe_nobody_reads_ends_it),
		cmocka_unit_test(closed_input_and_error_do_no_harm),
		cmocka_unit_test(color_is_for_terminals),
		cmocka_unit_test(color_adds_nothing_else),
		cmocka_unit_test(a_wide_terminal_shows_what_a_pipe_does),
		cmocka_unit_test(a_narrow_terminal_breaks_no_line),
		cmocka_unit_test(each_column_can_be_asked_for),
		cmocka_unit_test(columns_come_in_the_order_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
