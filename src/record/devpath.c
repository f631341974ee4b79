// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The order of device paths. End of string sorts lowest, then '/', then the rest, so that
 * a device is followed by what lies below it and by nothing else ("a", "a/b", "a-b");
 * within a component runs of digits compare by value.
 */

#include <string.h>

#include "devpath.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int rank(char c)
{
	return c == '\0' ? 0 : c == '/' ? 1 : 2 + (unsigned char)c;
}

static bool ends_component(char c)
{
	return c == '/' || c == '\0';
}

/* Compares the numbers at *a and *b and moves both behind them. 0: the same value; then
 * *tie says which has fewer leading zeros, unless an earlier number has said so. */
static int compare_numbers(const char **a, const char **b, int *tie)
{
	size_t zeros_a = strspn(*a, "0"), zeros_b = strspn(*b, "0");
	size_t digits_a = strspn(*a += zeros_a, "0123456789");
	size_t digits_b = strspn(*b += zeros_b, "0123456789");
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
int devpath_compare(const char *a, const char *b)
{
	int tie = 0;

	for (;;) {
		int order;

		if (is_digit(*a) && is_digit(*b)) {
			order = compare_numbers(&a, &b, &tie);
			if (order)
				return order;
			continue;
		}
		if (tie && ends_component(*a) && ends_component(*b))
			return tie;
		order = rank(*a) - rank(*b);
		if (order)
			return order;
		if (*a == '\0')
			return 0;
		a++;
		b++;
	}
}

bool devpath_is_below(const char *path, const char *ancestor)
{
	size_t size = strlen(ancestor);

	return strncmp(path, ancestor, size) == 0 && path[size] == '/';
}
