// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"

#include "buffer.h"

static bool memory_is_out;

void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	return memory_is_out ? NULL : __real_reallocarray(old, count, size);
}

static void what_is_written_is_taken_whole(void **state)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	assert_int_equal(buffer_open(&buffer), 0);
	for (int i = 0; i < 20000; i++)
		fputs("ab", buffer.out);
	assert_int_equal(buffer_take(&buffer, &text, NULL), 0);
	assert_int_equal(strlen(text), 40000);
	assert_int_equal(buffer.size, 40000);
	assert_int_equal(strspn(text, "ab"), 40000);
}

static void nothing_written_is_the_empty_string(void **state)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	assert_int_equal(buffer_open(&buffer), 0);
	assert_int_equal(buffer_take(&buffer, &text, NULL), 0);
	assert_string_equal(text, "");
}

/* The write that finds no memory is not the last, and those after it would find some. */
static void a_write_that_was_lost_is_told_at_the_end(void **state)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text = NULL;

	(void)state;
	assert_int_equal(buffer_open(&buffer), 0);
	fputs("kept", buffer.out);
	assert_int_equal(fflush(buffer.out), 0);
	memory_is_out = true;
	for (int i = 0; i < 20000; i++)
		fputs("lost", buffer.out);
	memory_is_out = false;
	fputs("later", buffer.out);
	assert_int_equal(buffer_take(&buffer, &text, NULL), -ENOMEM);
	assert_null(text);
}

static void an_empty_text_without_memory_is_an_error(void **state)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text = NULL;
	int r;

	(void)state;
	assert_int_equal(buffer_open(&buffer), 0);
	memory_is_out = true;
	r = buffer_take(&buffer, &text, NULL);
	memory_is_out = false;
	assert_int_equal(r, -ENOMEM);
	assert_null(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_taken_whole),
		cmocka_unit_test(nothing_written_is_the_empty_string),
		cmocka_unit_test(a_write_that_was_lost_is_told_at_the_end),
		cmocka_unit_test(an_empty_text_without_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
