// SPDX-License-Identifier: GPL-2.0-or-later
/* What libkmod says, asked of a made module directory (make-modules). */

#include "facts_test.h"

#include <errno.h>
#include <fcntl.h>

#include "kmod_library.h"
#include "modules.h"

static const char *made; /* the module directory */

static struct inventory *ask(const char *channels, const char *directory,
			     const char *configuration)
{
	const char *const places_of_configuration[] = { configuration, NULL };
	const struct module_places places = { directory, places_of_configuration };
	const struct paths live = { .root = AT_FDCWD, .name = "" };
	struct reading reading = { .paths = &live, .inventory = read_records(channels) };

	assert_int_equal(modules_record(&reading, &places), 0);
	return reading.inventory;
}

static const char *fact(const struct inventory *inventory, const char *key)
{
	return record_property(find_kind(inventory, KIND_CHANNEL), key);
}

static void assert_answer(const char *channel, const char *module, const char *state)
{
	_cleanup_free_ char *text = channel_record(channel);
	_cleanup_inventory_ struct inventory *inventory = ask(text, made, "/nonexistent");

	assert_string_equal(fact(inventory, FACT_MODULE_STATE), state);
	if (module)
		assert_string_equal(fact(inventory, FACT_MODULE), module);
	else
		assert_null(fact(inventory, FACT_MODULE));
}

/* The first of all, while none is loaded. */
static void a_libkmod_that_is_not_there_is_told_from_a_broken_one(void **state)
{
	_cleanup_free_ char *file = made_file("libkmod.so.2", "no library\n");

	(void)state;
	assert_int_equal(kmod_library_load("libkmod-not-there.so.2"), -ENOENT);
	assert_int_equal(kmod_library_load(file), -ELIBACC);
	assert_int_equal(kmod_library_load("libc.so.6"), -ELIBACC);
	assert_null(libkmod.kmod_new);
	assert_int_equal(kmod_library_load(KMOD_SONAME), 0);
	assert_non_null(libkmod.kmod_validate_resources);
}

static void a_module_that_has_the_alias_is_named(void **state)
{
	(void)state;
	assert_answer("rpmsg-tty", "rpmsg_tty", "not-loaded");
}

static void a_driver_in_the_kernel_is_builtin(void **state)
{
	(void)state;
	assert_answer("inside", "inside", "builtin");
}

/* printk is in every kernel, has /sys/module/printk, and is in no modules.builtin here.
 */
static void a_builtin_module_without_index_is_not_taken_for_loading(void **state)
{
	(void)state;
	assert_int_equal(access("/sys/module/printk", F_OK), 0);
	assert_answer("trap", "printk", "builtin");
}

static void no_such_alias_is_none(void **state)
{
	(void)state;
	assert_answer("nobody-serves-this", NULL, "none");
}

static void no_index_at_all_is_not_none(void **state)
{
	_cleanup_free_ char *text = channel_record("rpmsg-tty");
	_cleanup_inventory_ struct inventory *inventory =
		ask(text, "/nonexistent", "/nonexistent");

	(void)state;
	assert_string_equal(fact(inventory, FACT_MODULE_STATE), "no-index");
}

static void a_channel_name_is_no_pattern(void **state)
{
	(void)state;
	assert_answer("rpmsg-t*", NULL, "none");
	assert_answer("rpmsg-t?y", NULL, "none");
	assert_answer("rpmsg-[t]ty", NULL, "none");
	assert_answer("[", NULL, "none");
}

static void an_alias_from_the_device_tree_does_not_hide_the_channels_own(void **state)
{
	static const char record[] =
		"P: /devices/p/virtio0/virtio0.rpmsg-tty.-1.50\nE: SUBSYSTEM=rpmsg\n"
		"E: MODALIAS=of:NnodeT(null)Cother,device\nA: name=rpmsg-tty\\n\n";
	static const char served[] =
		"P: /devices/p/virtio0/virtio0.x.-1.50\nE: SUBSYSTEM=rpmsg\n"
		"E: MODALIAS=of:NnodeT(null)Cvendor,thing\nA: name=x\\n\n";
	_cleanup_inventory_ struct inventory *own = ask(record, made, "/nonexistent");
	_cleanup_inventory_ struct inventory *node = ask(served, made, "/nonexistent");

	(void)state;
	assert_string_equal(fact(own, FACT_MODULE), "rpmsg_tty");
	assert_string_equal(fact(node, FACT_MODULE), "of_driver");
}

static void a_blacklisted_module_is_named_with_the_file_that_says_so(void **state)
{
	_cleanup_free_ char *text = channel_record("kept-away");
	_cleanup_free_ char *file =
		made_file("board.conf", "# comment\nblacklist kept-away\n");
	_cleanup_inventory_ struct inventory *inventory = ask(text, made, file);

	(void)state;
	assert_string_equal(fact(inventory, FACT_MODULE), "kept_away");
	assert_string_equal(fact(inventory, FACT_BLACKLIST), file);
}

static void an_install_command_is_told(void **state)
{
	_cleanup_free_ char *text = channel_record("replaced");
	_cleanup_free_ char *file =
		made_file("install.conf", "install replaced /bin/false\n");
	_cleanup_inventory_ struct inventory *inventory = ask(text, made, file);

	(void)state;
	assert_string_equal(fact(inventory, FACT_BLACKLIST), "install /bin/false");
}

static void nothing_is_asked_of_a_device_that_has_its_driver(void **state)
{
	static const char record[] =
		"P: /devices/p/virtio0/virtio0.rpmsg-tty.-1.50\nE: DRIVER=rpmsg_tty\n"
		"E: SUBSYSTEM=rpmsg\nE: MODALIAS=rpmsg:rpmsg-tty\nA: name=rpmsg-tty\\n\n";
	_cleanup_inventory_ struct inventory *inventory =
		ask(record, made, "/nonexistent");

	(void)state;
	assert_null(fact(inventory, FACT_MODULE_STATE));
	assert_null(record_property(&inventory->system, FACT_ALIASES));
}

static void the_aliases_keep_the_dashes_that_kmod_drops(void **state)
{
	_cleanup_free_ char *text = channel_record("anything");
	_cleanup_inventory_ struct inventory *inventory = ask(text, made, "/nonexistent");
	const char *aliases = record_property(&inventory->system, FACT_ALIASES);

	(void)state;
	assert_non_null(aliases);
	assert_non_null(strstr(aliases, "rpmsg:rpmsg-tty=rpmsg_tty"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_libkmod_that_is_not_there_is_told_from_a_broken_one),
		cmocka_unit_test(a_module_that_has_the_alias_is_named),
		cmocka_unit_test(a_driver_in_the_kernel_is_builtin),
		cmocka_unit_test(a_builtin_module_without_index_is_not_taken_for_loading),
		cmocka_unit_test(no_such_alias_is_none),
		cmocka_unit_test(no_index_at_all_is_not_none),
		cmocka_unit_test(a_channel_name_is_no_pattern),
		cmocka_unit_test(
			an_alias_from_the_device_tree_does_not_hide_the_channels_own),
		cmocka_unit_test(
			a_blacklisted_module_is_named_with_the_file_that_says_so),
		cmocka_unit_test(an_install_command_is_told),
		cmocka_unit_test(nothing_is_asked_of_a_device_that_has_its_driver),
		cmocka_unit_test(the_aliases_keep_the_dashes_that_kmod_drops),
	};

	made = getenv("MADE_MODULES");
	return cmocka_run_group_tests_name("modules", tests, NULL, NULL);
}
