// SPDX-License-Identifier: GPL-2.0-or-later
#include "devpath.h"
#include "helper.h"

static void assert_ordered(const char *a, const char *b)
{
	if (devpath_compare(a, b) >= 0 || devpath_compare(b, a) <= 0)
		fail_msg("'%s' has to lie before '%s'", a, b);
	assert_int_equal(devpath_compare(a, a), 0);
}

static void numbers_sort_by_value(void **state)
{
	(void)state;
	assert_ordered("/devices/remoteproc2", "/devices/remoteproc10");
	assert_ordered("/devices/virtio9/x", "/devices/virtio10/a");
	assert_ordered("a18446744073709551615", "a18446744073709551616");
	assert_ordered("a1b2", "a1b10");
}

static void addresses_sort_by_value(void **state)
{
	(void)state;
	assert_ordered("/devices/platform/79000000.y", "/devices/platform/7e000000.x");
	assert_ordered("/devices/platform/9a.dsp", "/devices/platform/10000000.dsp");
	assert_ordered("/devices/pci/0000:00:04.0", "/devices/pci/0000:00:0a.0");
	assert_ordered("/devices/pci/0000:00:0a.0", "/devices/pci/0000:00:10.0");
	assert_ordered("/bus@100000/dsp@9a", "/bus@f0000000/dsp@1");
	assert_ordered("/10.x", "/9z.x");
	assert_ordered("/x.1.9", "/x.1.10");
	assert_ordered("/a:", "/a:1");
	assert_ordered("/a:/b", "/a:1");
	assert_ordered("/bad", "/bed");
}

static void a_subtree_lies_in_one_piece(void **state)
{
	(void)state;
	assert_ordered("/a", "/a/b");
	assert_ordered("/a/b", "/a-b");
	assert_ordered("/a/b", "/a\x01");
	assert_ordered("/a1/z", "/a01");
	assert_ordered("/a01/a", "/a001");
	assert_ordered("/a/zz", "/a ");
}

static void leading_zeros_settle_a_tie_only(void **state)
{
	(void)state;
	assert_ordered("x4", "x04");
	assert_ordered("x04", "x4a");
	assert_ordered("x4a", "x04a");
	assert_ordered("x04", "x5");
	assert_ordered("4.x", "04.x");
	assert_ordered("0a.x", "b0.x");
	assert_ordered("x0", "x00");
	assert_ordered("x01c1x", "x1c2");
}

static void bytes_above_ascii_sort_above(void **state)
{
	(void)state;
	assert_ordered("/az", "/a\xc3\xa9");
	assert_ordered("/a/z", "/a\xff");
}

/* All names up to five letters of these: zeros, digits, both borders, one letter. */
static char (*all_names(size_t *count))[6]
{
	static const char letters[] = "04/-a";
	size_t total = 0, of_size = 1;
	char(*names)[6] = calloc(4000, sizeof(*names));

	assert_non_null(names);
	for (size_t size = 0; size <= 5; size++, of_size *= 5)
		for (size_t which = 0; which < of_size; which++) {
			for (size_t i = 0, rest = which; i < size; i++, rest /= 5)
				names[total][i] = letters[rest % 5];
			total++;
		}
	*count = total;
	return names;
}

static int compare_names(const void *a, const void *b)
{
	return devpath_compare(a, b);
}

/* Sorted by a total order, every earlier name is less than every later one. */
static void the_order_is_total(void **state)
{
	size_t count;
	char(*names)[6] = all_names(&count);

	(void)state;
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			int order = devpath_compare(names[i], names[j]);

			if ((order > 0) - (order < 0) != (i > j) - (i < j))
				fail_msg("'%s' and '%s'", names[i], names[j]);
		}
	free(names);
}

static void whatever_is_below_follows_at_once(void **state)
{
	size_t count;
	char(*names)[6] = all_names(&count);

	(void)state;
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++) {
		bool ended = false;

		for (size_t j = i + 1; j < count; j++) {
			bool below = devpath_is_below(names[j], names[i]);

			if (below && ended)
				fail_msg("'%s' is apart from '%s'", names[j], names[i]);
			ended |= !below;
		}
		for (size_t j = 0; j < i; j++)
			assert_false(devpath_is_below(names[j], names[i]));
	}
	free(names);
}

static void a_longer_name_is_not_below(void **state)
{
	(void)state;
	assert_true(devpath_is_below("/a/b", "/a"));
	assert_true(devpath_is_below("/a/b/c", "/a"));
	assert_false(devpath_is_below("/a", "/a"));
	assert_false(devpath_is_below("/ab", "/a"));
	assert_false(devpath_is_below("/a", "/a/b"));
}

/* A name of up to 12 of these, most often with a border and digits of both kinds. */
static void make_name(unsigned int *seed, char name[13])
{
	static const char letters[] = "0014899aafz/.@:#-_";
	size_t size = (size_t)rand_r(seed) % 12;

	for (size_t i = 0; i < size; i++)
		name[i] = letters[(size_t)rand_r(seed) % (sizeof(letters) - 1)];
	name[size] = '\0';
}

static int sign(int order)
{
	return (order > 0) - (order < 0);
}

/* Whatever two say of a third holds between them, and 0 is said of the same name only. */
static void the_order_of_random_names_is_total(void **state)
{
	unsigned int seed = 20261125;

	(void)state;
	for (int i = 0; i < 3000000; i++) {
		char a[13], b[13], c[13];
		int ab, bc;

		make_name(&seed, a);
		make_name(&seed, b);
		make_name(&seed, c);
		ab = sign(devpath_compare(a, b));
		bc = sign(devpath_compare(b, c));
		if (ab != -sign(devpath_compare(b, a)) ||
		    (ab == 0) != (strcmp(a, b) == 0))
			fail_msg("'%s' and '%s'", a, b);
		if (ab == bc && sign(devpath_compare(a, c)) != ab)
			fail_msg("'%s', '%s', '%s'", a, b, c);
	}
}

/* Between a device and what lies below it nothing else is sorted. */
static void no_name_comes_between_a_device_and_its_subtree(void **state)
{
	unsigned int seed = 7;

	(void)state;
	for (int i = 0; i < 1000000; i++) {
		char a[13], below[32], other[13];

		make_name(&seed, a);
		make_name(&seed, other);
		snprintf(below, sizeof(below), "%s/4a.z", a);
		if (devpath_compare(a, other) < 0 && devpath_compare(other, below) < 0 &&
		    !devpath_is_below(other, a))
			fail_msg("'%s', '%s', '%s'", a, other, below);
	}
}

static void siblings_share_a_directory_and_no_more(void **state)
{
	(void)state;
	assert_true(devpath_are_siblings("/devices/a/x", "/devices/a/yy"));
	assert_true(devpath_are_siblings("/devices/a/x", "/devices/a/x"));
	assert_false(devpath_are_siblings("/devices/a/x", "/devices/b/x"));
	assert_false(devpath_are_siblings("/devices/a/x", "/devices/a/x/y"));
	assert_false(devpath_are_siblings("/devices/a/x/y", "/devices/a/x"));
	assert_false(devpath_are_siblings("/devices/a/x", "/devices/a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_sort_by_value),
		cmocka_unit_test(addresses_sort_by_value),
		cmocka_unit_test(the_order_of_random_names_is_total),
		cmocka_unit_test(no_name_comes_between_a_device_and_its_subtree),
		cmocka_unit_test(a_subtree_lies_in_one_piece),
		cmocka_unit_test(leading_zeros_settle_a_tie_only),
		cmocka_unit_test(bytes_above_ascii_sort_above),
		cmocka_unit_test(the_order_is_total),
		cmocka_unit_test(whatever_is_below_follows_at_once),
		cmocka_unit_test(a_longer_name_is_not_below),
		cmocka_unit_test(siblings_share_a_directory_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
