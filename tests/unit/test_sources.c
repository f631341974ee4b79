// SPDX-License-Identifier: GPL-2.0-or-later
/* What explain says of a check comes from somewhere: each of its sentences has a file or
 * a commit. Whether it says what the sentence says is for whoever reviews a change. */

#include <ctype.h>

#include "helper.h"

/* A sentence ends with a full stop and a blank, or the text. */
static size_t count_sentences(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '.' && (text[1] == ' ' || text[1] == '\0');
	return count;
}

static bool has_commit(const char *source)
{
	for (size_t digits = 0; *source; source++) {
		digits = isxdigit((unsigned char)*source) ? digits + 1 : 0;
		if (digits == 12)
			return true;
	}
	return false;
}

static bool names_a_file(const char *source)
{
	static const char *const ends[] = { ".c", ".h", ".rst", ".txt", "/Kconfig" };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (strstr(source, ends[i]))
			return true;
	return false;
}

static void assert_sources(const struct check *check, const char *text,
			   const char *const *sources)
{
	size_t count = 0;

	for (; sources[count]; count++)
		if (!names_a_file(sources[count]) && !has_commit(sources[count]))
			fail_msg("%s: '%s' is neither file nor commit", check->id,
				 sources[count]);
	if (count != count_sentences(text))
		fail_msg("%s: %zu sources (src/check/sources.c) for %zu sentences: %s",
			 check->id, count, count_sentences(text), text);
}

static void each_sentence_has_a_source(void **state)
{
	(void)state;
	checks_foreach(check)
	{
		const struct check_sources *sources = check_sources(check);

		if (!sources)
			fail_msg("%s has no row in src/check/sources.c", check->id);
		assert_sources(check, check->looks, sources->looks);
		assert_sources(check, check->matters, sources->matters);
		assert_sources(check, check->fix, sources->fix);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_sentence_has_a_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
