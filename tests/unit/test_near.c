// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names are so nearly the same that one was meant: thresholds from both sides. */

#include "helper.h"

#include "near.h"

static void assert_near(const char *a, const char *b, bool near)
{
	if (near_is(a, b) != near)
		fail_msg("%s and %s are %snear", a, b, near ? "not " : "");
}

static void a_letter_may_differ_from_four_on(void **state)
{
	(void)state;
	assert_near("abcd", "abcx", true);
	assert_near("abcd", "abc", true);
	assert_near("abcd", "abcde", true);
	assert_near("abc", "abx", false);
	assert_near("abcd", "abxy", false);
	assert_near("abcdefg", "abcdexy", false);
}

static void two_letters_may_differ_from_eight_on(void **state)
{
	(void)state;
	assert_near("abcdefgh", "abcdefxy", true);
	assert_near("abcdefgh", "abcdef", true);
	assert_near("abcdefgh", "abxdexgh", true);
	assert_near("abcdefgh", "abcdexyz", false);
}

static void a_name_may_go_on_where_the_other_ends_after_eight(void **state)
{
	(void)state;
	assert_near("rpmsg-tty-channel", "rpmsg-tty", true);
	assert_near("rpmsg-tty", "rpmsg-tty-channel", true);
	assert_near("abcdefgh", "abcdefgh-and-more", true);
	assert_near("abcdefg", "abcdefg-and-more", false);
	assert_near("rpmsg-tty-channel", "rpmsg-tty-console", false);
}

static void dashes_dots_and_case_make_no_difference(void **state)
{
	(void)state;
	assert_near("Rpmsg.Tty-X.-.-", "rpmsg_tty_x____", true);
	assert_near("a.b.c.d.e", "a_b_c_d_e", true);
	assert_near("a-c.", "A_C_", true);
	assert_near("a/c/", "A_C_", false);
}

static void a_name_longer_than_the_kernel_has_is_near_to_none(void **state)
{
	char longest[80];

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_near(longest, "abcdefgh", false);
	assert_near("abcdefgh", longest, false);
}

static void a_module_serves_a_name_to_the_letter_or_by_its_pattern(void **state)
{
	static const char aliases[] =
		"rpmsg:rpmsg-tty=rpmsg_tty virtio:d7=v of:N*=n platform:tty=t rpmsg:rpmsg-pru*=pru rpmsg:none";

	(void)state;
	assert_true(near_has_alias(aliases, "rpmsg-tty"));
	assert_true(near_has_alias(aliases, "rpmsg-pru31"));
	assert_false(near_has_alias(aliases, "rpmsg-tt"));
	assert_false(near_has_alias(aliases, "rpmsg-tty-channel"));
	assert_false(near_has_alias(aliases, "rpmsg_tty"));
	assert_false(near_has_alias(aliases, "d7"));
	assert_false(near_has_alias(aliases, ":d7"));
	assert_false(near_has_alias(aliases, "rm:tty"));
	assert_false(near_has_alias(aliases, "m:tty"));
	assert_false(near_has_alias(aliases, "orm:tty"));
	assert_false(near_has_alias(aliases, "none"));
	assert_false(near_has_alias(NULL, "rpmsg-tty"));
}

static void the_near_name_is_said_with_its_module(void **state)
{
	_cleanup_free_ char *near = NULL, *none = NULL, *unnamed = NULL;

	(void)state;
	assert_int_equal(near_alias("rpmsg:other=o rpmsg:rpmsg-tty=rpmsg_tty",
				    "rpmsg-tty-channel", &near),
			 0);
	assert_string_equal(near, "rpmsg-tty (module rpmsg_tty)");
	assert_int_equal(near_alias("rpmsg:other=o", "rpmsg-tty-channel", &none), 0);
	assert_null(none);
	assert_int_equal(near_alias("rpmsg:other=o", NULL, &unnamed), 0);
	assert_null(unnamed);
}

/* Where thousands of modules serve rpmsg, nobody waits for the last. */
static void the_first_aliases_are_looked_at(void **state)
{
	_cleanup_free_ char *near = NULL, *far = NULL;
	char aliases[8192] = "rpmsg:first-channel=m";
	size_t size = strlen(aliases);

	(void)state;
	for (int i = 0; i < 300; i++)
		size += (size_t)snprintf(aliases + size, sizeof(aliases) - size,
					 " rpmsg:%d=m", i);
	snprintf(aliases + size, sizeof(aliases) - size, " rpmsg:last-channel=m");
	assert_int_equal(near_alias(aliases, "first-channels", &near), 0);
	assert_string_equal(near, "first-channel (module m)");
	assert_int_equal(near_alias(aliases, "last-channels", &far), 0);
	assert_null(far);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_may_differ_from_four_on),
		cmocka_unit_test(two_letters_may_differ_from_eight_on),
		cmocka_unit_test(a_name_may_go_on_where_the_other_ends_after_eight),
		cmocka_unit_test(dashes_dots_and_case_make_no_difference),
		cmocka_unit_test(a_name_longer_than_the_kernel_has_is_near_to_none),
		cmocka_unit_test(the_first_aliases_are_looked_at),
		cmocka_unit_test(a_module_serves_a_name_to_the_letter_or_by_its_pattern),
		cmocka_unit_test(the_near_name_is_said_with_its_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
