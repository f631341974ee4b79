// SPDX-License-Identifier: GPL-2.0-or-later
#include "escape.h"
#include "helper.h"

static void assert_escapes(const char *bytes, size_t size, unsigned int flags,
			   const char *expected)
{
	_cleanup_free_ char *escaped = escape_bytes(bytes, size, flags);

	assert_string_equal(escaped, expected);
}

/* Escaped text is clean, keeps its flags' promise, and gives the same bytes back. */
static void assert_reversible(const char *bytes, size_t size, unsigned int flags)
{
	_cleanup_free_ char *escaped = escape_bytes(bytes, size, flags);
	_cleanup_free_ char *back = NULL;
	size_t back_size = 0;

	assert_non_null(escaped);
	assert_null(oracle_dirt(escaped, strlen(escaped)));
	assert_null(strchr(escaped, '\n'));
	for (const char *at = escaped; *at; at++) {
		assert_false((flags & ESCAPE_ASCII) && (unsigned char)*at >= 0x80);
		assert_false((flags & ESCAPE_HASH) && *at == '#');
	}
	back = unescape_string(escaped, &back_size);
	assert_int_equal(back_size, size);
	assert_memory_equal(back, bytes, size);
}

static void every_single_byte_is_itself_or_its_hex(void **state)
{
	(void)state;
	for (int value = 0; value < 256; value++) {
		char byte = (char)value, expected[8];
		bool plain = value >= 0x20 && value < 0x7f;

		snprintf(expected, sizeof(expected), plain ? "%c" : "\\x%02x", value);
		assert_escapes(&byte, 1, 0, expected);
		assert_int_equal(escape_is_plain(&byte, 1), plain);
	}
}

static void every_pair_of_bytes_comes_back(void **state)
{
	(void)state;
	for (int value = 0; value < 256 * 256; value++) {
		char pair[2] = { (char)(value >> 8), (char)value };

		assert_reversible(pair, 2, 0);
		assert_reversible(pair, 2, ESCAPE_ASCII | ESCAPE_HASH);
	}
}

/* Eight bytes are looked at as one number: each value at each place, among others. */
static void any_byte_at_any_place_ends_what_is_easy(void **state)
{
	(void)state;
	for (int value = 0; value < 256; value++)
		for (size_t place = 0; place < 20; place++) {
			char text[] = "~~~~~~~~                ~~~~~~~~";
			bool easy = value >= 0x20 && value < 0x7f && value != '\\' &&
				    value != '"';

			text[place] = (char)value;
			assert_int_equal(escape_easy_length(text, 20, '"'),
					 easy ? 20 : place);
		}
}

/* All words up to six letters of what the rule for backslashes looks at. */
static void every_mix_of_backslash_x_hex_and_control_comes_back(void **state)
{
	static const char letters[] = { '\\', 'x', '4', 'F', 'g', '#', '\x01', '\xc3' };
	char word[6];

	(void)state;
	for (size_t size = 1, words = 8; size <= sizeof(word); size++, words *= 8)
		for (size_t which = 0; which < words; which++) {
			for (size_t i = 0, rest = which; i < size; i++, rest /= 8)
				word[i] = letters[rest % 8];
			assert_reversible(word, size, (unsigned int)(which & 3));
		}
}

static void random_bytes_come_back(void **state)
{
	unsigned int seed = 5581;
	char bytes[40];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t size = (seed = seed * 1103515245 + 12345) >> 16 & 31;

		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
		assert_reversible(bytes, size, seed >> 20 & 3);
	}
}

static size_t encode(uint32_t code, char *to)
{
	size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--, code >>= 6)
		to[i] = (char)(0x80 | (code & 0x3f));
	to[0] = (char)(length == 1 ? code : (0xf0u << (4 - length) & 0xff) | code);
	return length;
}

static bool is_plain_code(uint32_t code)
{
	char bytes[4];

	return escape_is_plain(bytes, encode(code, bytes));
}

/* First and last of what Unicode 15 calls Cc, Cf, Zl or Zp, and of blank letters. */
static const uint32_t hidden[][2] = {
	{ 0x00, 0x1f },         { 0x7f, 0x9f },       { 0xad, 0xad },
	{ 0x34f, 0x34f },       { 0x600, 0x605 },     { 0x61c, 0x61c },
	{ 0x6dd, 0x6dd },       { 0x70f, 0x70f },     { 0x890, 0x891 },
	{ 0x8e2, 0x8e2 },       { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },     { 0x200b, 0x200f },   { 0x2028, 0x202e },
	{ 0x2060, 0x206f },     { 0x3164, 0x3164 },   { 0xfdd0, 0xfdef },
	{ 0xfe00, 0xfe0f },     { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb },     { 0xfffe, 0xffff },   { 0x110bd, 0x110bd },
	{ 0x110cd, 0x110cd },   { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },   { 0xdfffe, 0xe0fff }, { 0x1fffe, 0x1ffff },
	{ 0x10fffe, 0x10ffff },
};

static void hidden_characters_are_escaped_up_to_their_borders(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hidden); i++) {
		assert_false(is_plain_code(hidden[i][0]));
		assert_false(is_plain_code(hidden[i][1]));
		if (hidden[i][0] > 0)
			assert_true(is_plain_code(hidden[i][0] - 1));
		if (hidden[i][1] < 0x10ffff)
			assert_true(is_plain_code(hidden[i][1] + 1));
	}
}

static void all_of_a_hidden_range_is_escaped(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
		for (uint32_t code = hidden[i][0]; code <= hidden[i][1]; code++)
			assert_false(is_plain_code(code));
}

static void letters_of_any_script_stay(void **state)
{
	(void)state;
	assert_escapes("caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x8e\x89", 14, 0,
		       "caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x8e\x89");
	assert_escapes("\xc3\xa9", 2, ESCAPE_ASCII, "\\xc3\\xa9");
}

static void invalid_utf8_is_escaped_byte_by_byte(void **state)
{
	(void)state;
	assert_escapes("\xc0\xaf", 2, 0, "\\xc0\\xaf");          /* overlong */
	assert_escapes("\xe0\x80\xaf", 3, 0, "\\xe0\\x80\\xaf"); /* overlong */
	assert_escapes("\xf0\x8f\xbf\xbf", 4, 0, "\\xf0\\x8f\\xbf\\xbf");
	assert_escapes("\xed\xa0\x80", 3, 0, "\\xed\\xa0\\x80"); /* surrogate */
	assert_escapes("\xed\xbf\xbf", 3, 0, "\\xed\\xbf\\xbf"); /* surrogate */
	assert_escapes("\xf4\x90\x80\x80", 4, 0, "\\xf4\\x90\\x80\\x80");
	assert_escapes("\xf5\x80\x80\x80", 4, 0, "\\xf5\\x80\\x80\\x80");
	assert_escapes("\xe2\x82", 2, 0, "\\xe2\\x82"); /* cut */
	assert_escapes("\xe2\x82x", 3, 0, "\\xe2\\x82x");
	assert_escapes("\xe2\x82\xacZ", 4, 0, "\xe2\x82\xacZ");
}

static void a_backslash_is_doubled_only_where_it_would_read_as_an_escape(void **state)
{
	(void)state;
	assert_escapes("a\\b", 3, 0, "a\\b");
	assert_escapes("\\x41", 4, 0, "\\\\x41");
	assert_escapes("\\\\x41", 5, 0, "\\\\\\\\x41");
	assert_escapes("\\xAf", 4, 0, "\\\\xAf");
	assert_escapes("\\x4g", 4, 0, "\\x4g");
	assert_escapes("\\\n", 2, 0, "\\\\\\x0a");
	assert_escapes("\\", 1, 0, "\\");
	assert_escapes("\\#", 2, ESCAPE_HASH, "\\\\\\x23");
}

static void hash_is_escaped_on_demand_only(void **state)
{
	(void)state;
	assert_escapes("r0#vdev", 7, ESCAPE_HASH, "r0\\x23vdev");
	assert_escapes("r0#vdev", 7, ESCAPE_ASCII, "r0#vdev");
}

static void no_string_is_the_empty_string(void **state)
{
	_cleanup_free_ char *escaped = escape_string(NULL, 0);

	(void)state;
	assert_string_equal(escaped, "");
	assert_true(escape_is_plain("", 0));
}

static void an_escape_in_capitals_is_undone_too(void **state)
{
	size_t size = 0;
	_cleanup_free_ char *bytes = unescape_string("\\xE9\\x0A\\x0", &size);

	(void)state;
	assert_int_equal(size, 5);
	assert_memory_equal(bytes, "\xe9\n\\x0", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_single_byte_is_itself_or_its_hex),
		cmocka_unit_test(every_pair_of_bytes_comes_back),
		cmocka_unit_test(any_byte_at_any_place_ends_what_is_easy),
		cmocka_unit_test(every_mix_of_backslash_x_hex_and_control_comes_back),
		cmocka_unit_test(random_bytes_come_back),
		cmocka_unit_test(hidden_characters_are_escaped_up_to_their_borders),
		cmocka_unit_test(all_of_a_hidden_range_is_escaped),
		cmocka_unit_test(letters_of_any_script_stay),
		cmocka_unit_test(invalid_utf8_is_escaped_byte_by_byte),
		cmocka_unit_test(
			a_backslash_is_doubled_only_where_it_would_read_as_an_escape),
		cmocka_unit_test(hash_is_escaped_on_demand_only),
		cmocka_unit_test(no_string_is_the_empty_string),
		cmocka_unit_test(an_escape_in_capitals_is_undone_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
