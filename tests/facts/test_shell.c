// SPDX-License-Identifier: GPL-2.0-or-later
/* A name in a command that a person may paste is one word, and that name. */

#include "escape.h"
#include "facts_test.h"
#include "shell.h"

#include <stdio.h>

/* What a shell makes of the word; the caller owns the string. */
static char *through_shell(const char *word)
{
	_cleanup_free_ char *command = NULL;
	char bytes[256] = "";
	FILE *shell;
	size_t size;

	assert_true(asprintf(&command, "set -f; set -- %s; printf '%%s|%%s' $# \"$1\"",
			     word) > 0);
	assert_int_equal(setenv("COMMAND", command, 1), 0);
	shell = popen("bash -c \"$COMMAND\"", "re");
	assert_non_null(shell);
	size = fread(bytes, 1, sizeof(bytes) - 1, shell);
	assert_int_equal(pclose(shell), 0);
	return strndup(bytes, size);
}

static void assert_stays(const char *name)
{
	_cleanup_free_ char *word = shell_word(name);
	_cleanup_free_ char *got = NULL, *wanted = NULL;

	assert_non_null(word);
	assert_true(escape_is_plain(word, strlen(word)));
	got = through_shell(word);
	assert_true(asprintf(&wanted, "1|%s", name) > 0);
	assert_string_equal(got, wanted);
}

static void names_that_are_commands_run_nothing(void **state)
{
	static const char *const names[] = {
		"$(reboot)",
		"`x`",
		"a;b",
		"a b",
		"it's",
		"\"",
		"a\nb",
		"#x",
		"-n",
		"\\",
		"a\\nb",
		"*",
		"~",
		"",
		"\x1b[31m",
		"x\xff\xfe",
		"\xe2\x80\xae",
		"'\x01'",
		"virtio0.rpmsg-tty.-1.1024",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_stays(names[i]);
}

static void every_byte_survives(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++)
		assert_stays((char[]){ 'a', (char)byte, 'b', '\0' });
}

static void a_usual_name_is_left_alone(void **state)
{
	_cleanup_free_ char *word = shell_word("remoteproc0#vdev0buffer");

	(void)state;
	assert_string_equal(word, "remoteproc0#vdev0buffer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_are_commands_run_nothing),
		cmocka_unit_test(every_byte_survives),
		cmocka_unit_test(a_usual_name_is_left_alone),
	};

	return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
