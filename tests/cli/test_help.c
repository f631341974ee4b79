// SPDX-License-Identifier: GPL-2.0-or-later
/* help, explain and the version: all of the program's own tables, and to standard output.
 */

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "spawn.h"
#include "version.h"
#include "with_cmocka.h"

static void assert_mentions(const char *text, const char *indent, const char *word)
{
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "%s%s", indent, word);
	if (!strstr(text, wanted))
		fail_msg("--help does not mention '%s'", wanted);
}

static void help_lists_everything(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help");

	(void)state;
	for (const struct command *command = commands; command->name; command++)
		assert_mentions(help.out, "\n  ", command->name);
	for (size_t i = 0; i < OPTION_COUNT_; i++)
		assert_mentions(help.out, "--", option_rows[i].name);
	for (const struct format *format = formats; format->name; format++)
		assert_mentions(help.out, "\n  ", format->name);
	for (const struct column *column = columns; column->name; column++)
		assert_mentions(help.out, "\n  ", column->name);
}

static void help_goes_to_standard_output(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help"), letter = run("-h");
	_cleanup_outcome_ struct outcome command = run("help");

	(void)state;
	assert_int_equal(help.status, EXIT_OK);
	assert_string_equal(help.err, "");
	assert_string_equal(help.out, letter.out);
	assert_string_equal(help.out, command.out);
}

static bool has_option(const char *help, const struct option_row *row)
{
	char wanted[60];

	if (row->letter)
		snprintf(wanted, sizeof(wanted), "\n  -%c, --%s", row->letter, row->name);
	else
		snprintf(wanted, sizeof(wanted), "\n      --%s%c", row->name,
			 row->argument && row->argument[0] == '[' ? '[' : ' ');
	return strstr(help, wanted);
}

/* And of no option that it would refuse. */
static void help_of_a_command_is_of_its_options(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name; command++) {
		_cleanup_outcome_ struct outcome help = run("help", command->name);
		_cleanup_outcome_ struct outcome behind = run(command->name, "--help");

		assert_int_equal(help.status, EXIT_OK);
		assert_string_equal(help.out, behind.out);
		for (size_t i = 0; i < OPTION_HELP; i++) {
			if (has_option(help.out, &option_rows[i]) !=
			    !!(command->options & 1u << i))
				fail_msg("%s: --%s", command->name, option_rows[i].name);
		}
	}
}

static void help_fits_100_columns(void **state)
{
	_cleanup_outcome_ struct outcome help = run("--help");
	char *rest = help.out, *line;

	(void)state;
	while ((line = strsep(&rest, "\n")))
		if (strlen(line) > 100)
			fail_msg("%zu columns: %s", strlen(line), line);
}

static void version_is_the_project_s(void **state)
{
	_cleanup_outcome_ struct outcome word = run("--version"), letter = run("-V");

	(void)state;
	assert_int_equal(word.status, EXIT_OK);
	assert_ptr_equal(strstr(word.out, "rproc-tree " RPROC_TREE_VERSION "\n"),
			 word.out);
	assert_non_null(strstr(word.out, RPROC_TREE_FEATURES));
	assert_string_equal(word.out, letter.out);
}

/* Whether a text has those words in a row, however its lines are broken. */
static bool has_words(const char *text, const char *words)
{
	for (; *text; text++) {
		const char *at = text, *word = words;

		while (*word && (*at == *word || (*word == ' ' && *at == '\n'))) {
			at += strspn(at, " \n") ? strspn(at, " \n") : 1;
			word += strspn(word, " ") ? strspn(word, " ") : 1;
		}
		if (!*word)
			return true;
	}
	return false;
}

static void explain_knows_each_check(void **state)
{
	_cleanup_outcome_ struct outcome list = run("explain");

	(void)state;
	assert_int_equal(list.status, EXIT_OK);
	checks_foreach(check)
	{
		_cleanup_outcome_ struct outcome one = run("explain", check->id);

		assert_non_null(strstr(list.out, check->id));
		assert_int_equal(one.status, EXIT_OK);
		assert_string_equal(one.err, "");
		assert_true(has_words(one.out, check->title));
		assert_true(has_words(one.out, check->looks));
		assert_true(has_words(one.out, check->matters));
		assert_true(has_words(one.out, check->fix));
	}
}

static void explain_and_help_know_each_verdict(void **state)
{
	(void)state;
	for (int verdict = VERDICT_OK; verdict < VERDICT_COUNT_; verdict++) {
		const char *name = verdict_name((enum verdict)verdict);
		_cleanup_outcome_ struct outcome one = run("explain", name);
		_cleanup_outcome_ struct outcome help = run("help", name);

		assert_int_equal(one.status, EXIT_OK);
		assert_true(has_words(one.out, "a verdict"));
		assert_string_equal(one.out, help.out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_lists_everything),
		cmocka_unit_test(help_goes_to_standard_output),
		cmocka_unit_test(help_of_a_command_is_of_its_options),
		cmocka_unit_test(help_fits_100_columns),
		cmocka_unit_test(version_is_the_project_s),
		cmocka_unit_test(explain_knows_each_check),
		cmocka_unit_test(explain_and_help_know_each_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
