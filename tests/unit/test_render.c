// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every format, with names made of every byte and names that imitate our own syntax: one
 * record is one line, and no output holds a byte that is not printable UTF-8.
 */

#include <json-c/json.h>

#include "escape.h"
#include "helper.h"

static const char *const hostile[] = {
	"\",\"verdict\":\"ok\"}],\"findings\":[",
	"\xe2\x94\x94\xe2\x94\x80virtio0",
	"\nok 1 - x",
	"# SKIP",
	"\nP: !devices!platform!forged\nE: SUBSYSTEM=rpmsg",
	"\nA: name=x",
	"\nE: DEVTYPE=remoteproc",
	"\r\n\r\nH: name=00",
	"\x1b[2J\x1b]0;x\x07",
	"\xe2\x80\xae"
	"evil\xe2\x80\xac",
	"\xc2\x9b"
	"31m\xff\xfe\xc0\xaf",
	"\\x41\\\\x0a\\",
	"\\n\\\\n\\0",
	"a=b!uevent=DEVTYPE=remoteproc",
	" -> ..!..!..!devices!x",
	"'$'\\n'' \" ` $(x)",
	" leading and trailing ",
	"\nKTAP version 1\n1..0",
	"\nAll is well: ",
};

/* One broken board whose channel has that name, the way the kernel would show it. */
static void world_named(struct world *world, const char *name)
{
	static const char vdev[] = BROKEN;
	char path[512];
	struct record *record;

	world_add(world, DSP, "platform");
	world_add(world, RPROC, "remoteproc");
	record = &world->inventory->records[1];
	record_set_property(record, "DEVTYPE", "remoteproc");
	record_add_attribute(record, "name", name, strlen(name));
	record_add_attribute(record, "firmware", name, strlen(name));
	world_add(world, vdev, NULL);
	world_add(world, BROKEN "/virtio0", "virtio");
	snprintf(path, sizeof(path), "%s/virtio0/virtio0.%s.-1.14", vdev, name);
	record = world_add(world, path, "rpmsg");
	record_add_attribute(record, "name", name, strlen(name));
	snprintf(path, sizeof(path), "%s/%s:smd-edge", DSP, name);
	record = world_add(world, path, NULL);
	record_set_property(&world->inventory->system, FACT_MACHINE, name);
	world_build(world);
}

static size_t count_lines(const char *text, const char *start)
{
	size_t lines = 0;

	for (const char *at = text; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		lines += *at && strncmp(at, start, strlen(start)) == 0;
	}
	return lines;
}

static char *render(const struct world *world, const char *format,
		    struct render_options options)
{
	char *text = oracle_render(world->findings, format, &options);
	const char *dirt;

	if (!text)
		fail_msg("%s failed", format);
	dirt = oracle_dirt(text, strlen(text));
	if (dirt)
		fail_msg("%s has %s:\n%s", format, dirt, text);
	return text;
}

static const struct render_options everything = {
	.columns =
		"device,kind,state,driver,verdict,remoteproc,name,firmware,src,dst,node,"
		"path,module,memory,details",
};

/* The names of a world cannot add a line to any format. */
static void assert_lines(const struct world *world, const struct world *harmless)
{
	for (const struct format *format = formats; format->name; format++) {
		_cleanup_free_ char *text = render(world, format->name, everything);
		_cleanup_free_ char *plain = render(harmless, format->name, everything);
		size_t more = 0;

		/* hostile-name says so of a channel that a harmless name is not told
		 * of, and the report wraps a longer name later. */
		for (size_t i = 0; i < world->findings->count; i++)
			if (strcmp(world->findings->list[i].check->id, "hostile-name") ==
			    0)
				more = 16;
		assert_true(count_lines(text, "") >= count_lines(plain, "") &&
			    count_lines(text, "") <= count_lines(plain, "") + more);
		assert_int_equal(count_lines(text, "ok "), count_lines(plain, "ok "));
	}
}

static void no_name_forges_a_line_or_a_byte(void **state)
{
	_cleanup_world_ struct world harmless = { 0 };

	(void)state;
	world_named(&harmless, "harmless");
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		_cleanup_world_ struct world world = { 0 };

		world_named(&world, hostile[i]);
		assert_int_equal(world.tree->count, 6);
		assert_lines(&world, &harmless);
		assert_survives(&world);
	}
}

static void every_byte_may_be_in_a_name(void **state)
{
	(void)state;
	for (int value = 1; value < 256; value++) {
		_cleanup_world_ struct world world = { 0 };
		char name[] = { 'a', (char)value, 'z', '\0' };

		if (value == '/')
			continue;
		world_named(&world, name);
		for (const struct format *format = formats; format->name; format++)
			free(render(&world, format->name, everything));
		assert_survives(&world);
	}
}

static void json_gives_every_name_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		_cleanup_world_ struct world world = { 0 };
		_cleanup_free_ char *text = NULL, *bytes = NULL;
		struct json_object *root, *source, *machine;

		world_named(&world, hostile[i]);
		text = render(&world, "json", (struct render_options){ 0 });
		root = json_tokener_parse(text);
		assert_non_null(root);
		assert_true(json_object_object_get_ex(root, "source", &source));
		assert_true(json_object_object_get_ex(source, "machine", &machine));
		bytes = unescape_string(json_object_get_string(machine), NULL);
		assert_string_equal(bytes, hostile[i]);
		json_object_put(root);
	}
}

static void ascii_output_is_ascii(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;

	(void)state;
	world_named(&world, "caf\xc3\xa9");
	text = render(&world, "tree", (struct render_options){ .ascii = true });
	for (const char *at = text; *at; at++)
		assert_true((unsigned char)*at <= 0x7f);
	assert_non_null(strstr(text, "caf\\xc3\\xa9"));
}

static void a_misparented_vdev_points_to_its_processor(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *tree = NULL, *ascii = NULL;

	(void)state;
	world_named(&world, "a");
	tree = render(&world, "tree", (struct render_options){ 0 });
	ascii = render(&world, "tree", (struct render_options){ .ascii = true });
	assert_non_null(strstr(tree, "\xe2\x86\x91 belongs below remoteproc0"));
	assert_non_null(strstr(ascii, "^ belongs below remoteproc0"));
	assert_non_null(strstr(tree, "\xe2\x9c\x97 misparented"));
	assert_non_null(strstr(ascii, "X misparented"));
	assert_non_null(strstr(tree, "FAIL  virtio0"));
}

static void color_comes_on_demand_only(void **state)
{
	const struct render_options color = { .color = true };
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *colored = NULL, *text = NULL;

	(void)state;
	world_named(&world, "a");
	colored = oracle_render(world.findings, "text", &color);
	text = render(&world, "text", (struct render_options){ 0 });
	assert_non_null(strstr(colored, "\x1b[1;31mFAIL\x1b[0m"));
	assert_null(strchr(text, '\x1b'));
}

/* A description ends at '#', where a directive begins. */
static void assert_no_hash_in_results(const char *text)
{
	for (const char *at = text; at; at = strchr(at, '\n')) {
		size_t size = strcspn(at += *at == '\n', "\n");
		const char *hash = memchr(at, '#', size);

		if (strncmp(at, "ok ", 3) != 0 && strncmp(at, "not ok ", 7) != 0)
			continue;
		if (hash && strncmp(hash, "# SKIP", 6) != 0)
			fail_msg("%.*s", (int)size, at);
	}
}

static void ktap_counts_what_it_prints(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;
	char plan[32];

	(void)state;
	world_named(&world, "x # SKIP y");
	text = render(&world, "ktap", (struct render_options){ 0 });
	snprintf(plan, sizeof(plan), "KTAP version 1\n1..%zu\n", world.findings->count);
	assert_int_equal(strncmp(text, plan, strlen(plan)), 0);
	assert_int_equal(count_lines(text, "ok ") + count_lines(text, "not ok "),
			 world.findings->count);
	assert_int_equal(count_lines(text, "not ok "),
			 world.findings->statuses[STATUS_FAIL]);
	assert_null(strstr(text, "x # SKIP y\n"));
	assert_no_hash_in_results(text);
	assert_int_equal(count_lines(text, "# Totals: pass:"), 1);
}

static size_t longest_backticks(const char *text)
{
	size_t longest = 0;

	for (const char *at = text; *at; at += strspn(at, "`") + !strspn(at, "`"))
		longest = strspn(at, "`") > longest ? strspn(at, "`") : longest;
	return longest;
}

/* CommonMark: a fence ends at a line of as many backticks as began it, or more. */
static void a_fence_of_markdown_is_longer_than_what_is_in_it(void **state)
{
	static const struct {
		const char *name;
		size_t fence;
	} names[] = { { "plain", 3 }, { "``", 3 }, { "```", 4 }, { "`````", 6 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_world_ struct world world = { 0 };
		_cleanup_free_ char *text = NULL;

		world_named(&world, names[i].name);
		text = render(&world, "markdown", (struct render_options){ 0 });
		assert_int_equal(longest_backticks(text), names[i].fence);
	}
}

static void a_narrow_terminal_loses_no_device(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_named(&world, "caf\xc3\xa9");
	for (unsigned int width = 1; width < 130; width += 9) {
		const struct render_options options = { .width = width };
		_cleanup_free_ char *text = render(&world, "tree", options);

		assert_true(count_lines(text, "") >= world.tree->count + 1);
	}
}

static void a_name_of_many_pages_is_written_whole(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	_cleanup_free_ char *text = NULL;
	char name[10000];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	world_named(&world, name);
	text = render(&world, "json", (struct render_options){ 0 });
	assert_non_null(strstr(text, name));
}

static void a_column_that_is_unknown_is_refused(void **state)
{
	static const struct render_options unknown = { .columns = "device,no" };
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_named(&world, "n");
	assert_null(oracle_render(world.findings, "tree", &unknown));
}

static void formats_and_columns_are_found_by_name(void **state)
{
	size_t size;

	(void)state;
	assert_string_equal(format_find(NULL, FORMAT_SHOW)->name, "tree");
	assert_string_equal(format_find(NULL, FORMAT_CHECK)->name, "text");
	assert_null(format_find("ktap", FORMAT_SHOW));
	assert_null(format_find("tree", FORMAT_CHECK));
	assert_null(format_find("", FORMAT_SHOW));
	assert_string_equal(column_find("driVER", 6)->name, "DRIVER");
	assert_null(column_find("driver", 5));
	assert_null(columns_unknown("device,PATH", &size));
	assert_string_equal(columns_unknown("device,no,path", &size), "no,path");
	assert_int_equal(size, 2);
	assert_non_null(columns_unknown("device,", &size));
	assert_non_null(columns_unknown("", &size));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_name_forges_a_line_or_a_byte),
		cmocka_unit_test(every_byte_may_be_in_a_name),
		cmocka_unit_test(json_gives_every_name_back),
		cmocka_unit_test(ascii_output_is_ascii),
		cmocka_unit_test(a_misparented_vdev_points_to_its_processor),
		cmocka_unit_test(color_comes_on_demand_only),
		cmocka_unit_test(ktap_counts_what_it_prints),
		cmocka_unit_test(a_fence_of_markdown_is_longer_than_what_is_in_it),
		cmocka_unit_test(a_narrow_terminal_loses_no_device),
		cmocka_unit_test(a_name_of_many_pages_is_written_whole),
		cmocka_unit_test(a_column_that_is_unknown_is_refused),
		cmocka_unit_test(formats_and_columns_are_found_by_name),
	};

	world_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
