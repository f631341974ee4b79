// SPDX-License-Identifier: GPL-2.0-or-later
#include "arena.h"
#include "helper.h"
#include "unread.h"

static void properties_are_unique_and_sorted(void **state)
{
	_cleanup_(record_clear) struct record record = { 0 };

	(void)state;
	assert_int_equal(record_set_property(&record, "M", "1"), 0);
	assert_int_equal(record_set_property(&record, "Z", "2"), 0);
	assert_int_equal(record_set_property(&record, "A", "3"), 0);
	assert_int_equal(record_set_property(&record, "M", "4"), 0);
	assert_int_equal(record.property_count, 3);
	assert_string_equal(record.properties[0].key, "A");
	assert_string_equal(record.properties[1].key, "M");
	assert_string_equal(record.properties[2].key, "Z");
	assert_string_equal(record_property(&record, "M"), "4");
	assert_null(record_property(&record, "MM"));
	assert_null(record_property(&record, "ZZ"));
}

static void attributes_keep_their_bytes_and_order(void **state)
{
	_cleanup_(record_clear) struct record record = { 0 };

	(void)state;
	assert_int_equal(record_add_attribute(&record, "b", "x\0y", 3), 0);
	assert_int_equal(record_add_attribute(&record, "a", "", 0), 0);
	assert_int_equal(record_attribute(&record, "b")->size, 3);
	assert_memory_equal(record_attribute(&record, "b")->value, "x\0y", 4);
	assert_string_equal(record.attributes[1].name, "a");
	assert_string_equal(record_text(&record, "a"), "");
	assert_null(record_text(&record, "c"));
}

static void the_driver_link_is_asked_before_the_uevent(void **state)
{
	_cleanup_(record_clear) struct record record = { 0 };

	(void)state;
	assert_null(record_driver(&record));
	assert_int_equal(record_set_property(&record, "DRIVER", "forged"), 0);
	assert_string_equal(record_driver(&record), "forged");
	record.driver_target = "../../bus/rpmsg/drivers/true";
	assert_string_equal(record_driver(&record),
			    "forged"); /* no bus: no link of its */
	record.subsystem = "rpmsg";
	assert_string_equal(record_driver(&record), "true");
	record.driver_target = "bare";
	assert_string_equal(record_driver(&record), "bare");
}

static void a_name_is_the_last_part_of_a_path(void **state)
{
	struct record record = { .path = "/devices/a/b c" };

	(void)state;
	assert_string_equal(record_name(&record), "b c");
}

static void records_sort_by_path_and_then_by_line(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct record *first = NULL, *again;

	(void)state;
	world_add(&world, "/devices/b", "x")->line = 1;
	world_add(&world, "/devices/a/c", "x")->line = 9;
	world_add(&world, "/devices/a", "x")->line = 3;
	inventory_sort(world.inventory);
	assert_null(inventory_duplicate(world.inventory, &first));
	world_add(&world, "/devices/a/c", "x")->line = 5;
	inventory_sort(world.inventory);
	again = inventory_duplicate(world.inventory, &first);
	assert_int_equal(first->line, 5);
	assert_int_equal(again->line, 9);
	assert_string_equal(world.inventory->records[0].path, "/devices/a");
	assert_string_equal(world.inventory->records[3].path, "/devices/b");
}

static void a_record_is_found_by_its_path_and_from_below(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world.inventory = inventory_new(SOURCE_LIVE);
	assert_null(inventory_find(world.inventory, "/devices/a"));
	for (int i = 0; i < 40; i++) {
		char path[32];

		snprintf(path, sizeof(path), "/devices/a%d", i);
		world_add(&world, path, "x")->line = (size_t)i;
	}
	inventory_sort(world.inventory);
	assert_int_equal(inventory_find(world.inventory, "/devices/a17")->line, 17);
	assert_null(inventory_find(world.inventory, "/devices/a40"));
	assert_int_equal(inventory_find_above(world.inventory, "/devices/a3/x/y")->line,
			 3);
	assert_null(inventory_find_above(world.inventory, "/devices/a3"));
	assert_null(inventory_find_above(world.inventory, "/devices/b/c"));
	assert_null(inventory_find_above(world.inventory, "a17"));
}

static void what_could_not_be_read_concerns_its_branch_alone(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	struct unread unread;

	(void)state;
	world.inventory = inventory_new(SOURCE_LIVE);
	assert_false(unread_concerns(world.inventory, "/devices/ab", &unread));
	assert_int_equal(unread_add(world.inventory, "/sys/devices/ab/state", EIO), 0);
	assert_true(unread_concerns(world.inventory, "/devices/ab", &unread));
	assert_true(unread_concerns(world.inventory, "/devices/ab/child", &unread));
	assert_false(unread_concerns(world.inventory, "/devices/a", &unread));
	assert_false(unread_concerns(world.inventory, "/devices/b", &unread));
}

static void of_many_that_could_not_be_read_the_first_are_kept(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	struct unread unread;
	char path[32];

	(void)state;
	world.inventory = inventory_new(SOURCE_LIVE);
	for (int i = 0; i < UNREAD_KEPT + 2; i++) {
		snprintf(path, sizeof(path), "/sys/devices/a%d/state", i);
		assert_int_equal(unread_add(world.inventory, path, EIO), 0);
	}
	assert_int_equal(unread_count(world.inventory), UNREAD_KEPT + 2);
	assert_true(unread_get(world.inventory, UNREAD_KEPT - 1, &unread));
	assert_false(unread_get(world.inventory, UNREAD_KEPT, &unread));
	/* It may be one of those that are not kept. */
	assert_true(unread_concerns(world.inventory, "/devices/b", &unread));
}

static void an_array_grows_where_it_lies_if_there_is_room(void **state)
{
	struct arena arena = { 0 };
	char *array = arena_take(&arena, 1);

	(void)state;
	assert_non_null(array);
	/* With a sanitizer each has a block of its own. */
	if (arena.low < arena.high)
		assert_ptr_equal(arena_grow(&arena, array, 1, 17), array);
	arena_release(&arena);
}

/* Their arrays lie in one arena, and are in each other's way. */
static void records_that_grow_in_turn_keep_what_they_hold(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *large = calloc(1, 100000);
	char key[16];

	(void)state;
	world.inventory = inventory_new(SOURCE_LIVE);
	world_add(&world, "/devices/a", "x");
	world_add(&world, "/devices/b", "x");
	memset(large, 'v', 99999);
	for (int i = 0; i < 600; i++) {
		struct record *record = &world.inventory->records[i % 2];

		snprintf(key, sizeof(key), "K%d", i);
		assert_int_equal(record_set_property(record, key, key), 0);
		assert_int_equal(record_add_attribute(record, key, key, strlen(key)), 0);
		if (i == 300)
			assert_int_equal(
				record_add_attribute(record, "large", large, 99999), 0);
	}
	for (int i = 0; i < 600; i++) {
		const struct record *record = &world.inventory->records[i % 2];

		snprintf(key, sizeof(key), "K%d", i);
		assert_string_equal(record_property(record, key), key);
		assert_string_equal(record_text(record, key), key);
	}
	assert_string_equal(record_text(&world.inventory->records[0], "large"), large);
	assert_int_equal(world.inventory->records[0].attribute_count, 301);
}

static void a_log_forgets_its_oldest_lines(void **state)
{
	_cleanup_(log_release) struct log log = { 0 };

	(void)state;
	assert_int_equal(log_offer(&log, "rproc one", 9), 0);
	assert_int_equal(log_offer(&log, "another", 7), 0);
	assert_int_equal(log_offer(&log, "rproc two", 9), 0);
	assert_int_equal(log_offer(&log, "rproc three", 11), 0);
	assert_int_equal(log.seen, 4);
	log_forget(&log, 2);
	assert_int_equal(log.count, 1);
	assert_string_equal(log.lines[0].bytes, "rproc three");
}

static void nothing_is_freed_without_complaint(void **state)
{
	(void)state;
	inventory_free(NULL);
	tree_free(NULL);
	findings_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(properties_are_unique_and_sorted),
		cmocka_unit_test(attributes_keep_their_bytes_and_order),
		cmocka_unit_test(what_could_not_be_read_concerns_its_branch_alone),
		cmocka_unit_test(of_many_that_could_not_be_read_the_first_are_kept),
		cmocka_unit_test(an_array_grows_where_it_lies_if_there_is_room),
		cmocka_unit_test(records_that_grow_in_turn_keep_what_they_hold),
		cmocka_unit_test(the_driver_link_is_asked_before_the_uevent),
		cmocka_unit_test(a_name_is_the_last_part_of_a_path),
		cmocka_unit_test(records_sort_by_path_and_then_by_line),
		cmocka_unit_test(a_record_is_found_by_its_path_and_from_below),
		cmocka_unit_test(a_log_forgets_its_oldest_lines),
		cmocka_unit_test(nothing_is_freed_without_complaint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
