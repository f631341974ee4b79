// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The order of device paths. End of string sorts lowest, then '/', then the rest, so that
 * a device is followed by what lies below it and by nothing else ("a", "a/b", "a-b");
 * within a component runs of digits compare by value.
 *
 * An address compares by value as a whole: hexadecimal digits, one of 0 to 9 among them,
 * that fill what lies between two of '/', '.', '@', ':' ("7e000000.x", 0000:00:0a.0). It
 * sorts before anything else that may stand there, whatever the two have in common: that
 * keeps the order total, as 9a is above 10 and 9z, which is no address, below.
 */

#include <stddef.h>
#include <string.h>

#include "devpath.h"
#include "span.h"

/* Of a number; asked of every byte of many paths, so without a table of libc's. */
static bool is_hexadecimal(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f');
}

static size_t count_zeros(const char *text)
{
	size_t count = 0;

	while (text[count] == '0')
		count++;
	return count;
}

static size_t count_digits(const char *text, bool hexadecimal)
{
	size_t count = 0;

	while (hexadecimal ? is_hexadecimal(text[count]) : is_digit(text[count]))
		count++;
	return count;
}

static int rank(char c)
{
	return c == '\0' ? 0 : c == '/' ? 1 : 2 + (unsigned char)c;
}

static bool ends_component(char c)
{
	return c == '/' || c == '\0';
}

/* Whether an address may follow. */
static bool is_border(char c)
{
	return c == '/' || c == '.' || c == '@' || c == ':';
}

/* Whether an address fills what begins at text. */
static bool is_address(const char *text)
{
	bool digit = false;

	for (; is_hexadecimal(*text); text++)
		digit = digit || is_digit(*text);
	return digit && (is_border(*text) || *text == '#' || *text == '\0');
}

/* What may stand after a border, in the order of their kinds; the end and '/' come
 * first. */
enum { ADDRESS = 2, ELSE = 3 };

static int rank_after_border(const char *text)
{
	return ends_component(*text) ? rank(*text) : is_address(text) ? ADDRESS : ELSE;
}

/* Compares the numbers at *a and *b and moves both past them. 0: the same value; then
 * *tie says which has fewer leading zeros, unless an earlier number has said so. */
static int compare_numbers(const char **a, const char **b, bool hexadecimal, int *tie)
{
	size_t zeros_a = count_zeros(*a), zeros_b = count_zeros(*b);
	size_t digits_a = count_digits(*a += zeros_a, hexadecimal);
	size_t digits_b = count_digits(*b += zeros_b, hexadecimal);
	int order = (digits_a > digits_b) - (digits_a < digits_b);

	if (order == 0)
		order = strncmp(*a, *b, digits_a);
	if (*tie == 0)
		*tie = (zeros_a > zeros_b) - (zeros_a < zeros_b);
	*a += digits_a;
	*b += digits_b;
	return order;
}

/* A tie ("a1" and "a01") is settled where both components end, before what follows is
 * looked at, or their subtrees would mix. */
static int compare_after_border(const char *a, const char *b)
{
	bool after_border = true;
	int tie = 0;

	for (;;) {
		int kind_a = after_border ? rank_after_border(a) : ELSE;
		int kind_b = after_border ? rank_after_border(b) : ELSE;
		int order = kind_a - kind_b;
		bool addresses = kind_a == ADDRESS && kind_b == ADDRESS;
		bool numbers = addresses || (is_digit(*a) && is_digit(*b));

		if (tie && ends_component(*a) && ends_component(*b))
			return tie;
		if (order == 0 && numbers) {
			order = compare_numbers(&a, &b, addresses, &tie);
			after_border = false;
			if (order == 0)
				continue;
		}
		if (order == 0)
			order = rank(*a) - rank(*b);
		if (order)
			return order;
		if (*a == '\0')
			return 0;
		after_border = is_border(*a);
		a++;
		b++;
	}
}

/* How many whole words of eight bytes two texts have in common at their start. */
static size_t same_words(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b), size = x < y ? x : y, same = 0;

	while (same + 8 <= size && memcmp(a + same, b + same, 8) == 0)
		same += 8;
	return same;
}

/* Most of two paths is the same. What comes before the last border of that has no say in
 * what the difference means: a number does not reach over a border. */
int devpath_compare(const char *a, const char *b)
{
	size_t same = same_words(a, b);

	while (a[same] == b[same] && a[same])
		same++;
	if (a[same] == b[same])
		return 0;
	while (same > 0 && !is_border(a[same - 1]))
		same--;
	return compare_after_border(a + same, b + same);
}

bool devpath_is_below(const char *path, const char *ancestor)
{
	size_t size = strlen(ancestor);

	return strncmp(path, ancestor, size) == 0 && path[size] == '/';
}

bool devpath_are_siblings(const char *a, const char *b)
{
	size_t size = (size_t)(strrchr(a, '/') - a) + 1;

	return strncmp(a, b, size) == 0 && !strchr(b + size, '/');
}
