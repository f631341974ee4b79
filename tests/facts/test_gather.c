// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts from debugfs, the device tree, /dev and the firmware directories, all made. */

#include "facts_test.h"
#include "gather.h"
#include "unread.h"

#define BOARD                                                                            \
	"P: /devices/platform/p.dsp\nE: SUBSYSTEM=platform\n\n"                          \
	"P: /devices/platform/p.dsp/remoteproc/remoteproc0\nE: DEVTYPE=remoteproc\n"     \
	"E: SUBSYSTEM=remoteproc\nA: state=%s\\n\nA: firmware=%s\\n\n"

static struct inventory *gather(const char *state, const char *firmware)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	_cleanup_free_ char *text = NULL;
	struct reading reading = { .paths = &paths };

	assert_int_equal(paths_init(&paths, made_directory()), 0);
	assert_true(asprintf(&text, BOARD, state, firmware) > 0);
	reading.inventory = read_records(text);
	assert_int_equal(gather_facts(&reading, true), 0);
	assert_int_equal(unread_count(reading.inventory), 0);
	return reading.inventory;
}

/* What its state is when the walk is through. */
static char *made_state(const char *state)
{
	return made_file("sys/devices/platform/p.dsp/remoteproc/remoteproc0/state",
			 state);
}

static const char *attribute(const struct inventory *inventory, enum kind kind,
			     const char *name)
{
	return record_text(find_kind(inventory, kind), name);
}

static void the_resource_table_comes_from_debugfs(void **state)
{
	_made_ char *file =
		made_file("sys/kernel/debug/remoteproc/remoteproc0/resource_table",
			  "Entry 0 is of type vdev\n");
	_made_ char *running = made_state("running\n");
	_cleanup_inventory_ struct inventory *inventory = gather("running", "fw");

	(void)state;
	assert_string_equal(attribute(inventory, KIND_REMOTEPROC, FACT_RESOURCE_TABLE),
			    "Entry 0 is of type vdev");
}

static void of_a_trace_only_the_last_lines_are_kept(void **state)
{
	_made_ char *file = made_file("sys/kernel/debug/remoteproc/remoteproc0/trace0",
				      "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
	_made_ char *running = made_state("running\n");
	_cleanup_inventory_ struct inventory *inventory = gather("running", "fw");

	(void)state;
	assert_string_equal(attribute(inventory, KIND_REMOTEPROC, FACT_TRACE),
			    "3\n4\n5\n6\n7\n8\n9\n10");
}

static void kernel_addresses_of_carveouts_are_dropped(void **state)
{
	_made_ char *file = made_file(
		"sys/kernel/debug/remoteproc/remoteproc0/carveout_memories",
		"\tName: vdev0buffer\n\tVirtual address: 00000000deadbeef\n\tLength: 0x10 Bytes\n");
	_made_ char *running = made_state("running\n");
	_cleanup_inventory_ struct inventory *inventory = gather("running", "fw");

	(void)state;
	assert_string_equal(attribute(inventory, KIND_REMOTEPROC, FACT_CARVEOUTS),
			    "\tName: vdev0buffer\n\tLength: 0x10 Bytes");
}

static void debugfs_is_read_only_of_a_processor_that_still_runs(void **state)
{
	_made_ char *file = made_file(
		"sys/kernel/debug/remoteproc/remoteproc0/resource_table", "Entry 0\n");
	_made_ char *stopped = made_state("offline\n");
	_cleanup_inventory_ struct inventory *stops = gather("running", "fw");
	_cleanup_inventory_ struct inventory *offline = gather("offline", "fw");

	(void)state;
	assert_null(attribute(stops, KIND_REMOTEPROC, FACT_RESOURCE_TABLE));
	assert_null(attribute(offline, KIND_REMOTEPROC, FACT_RESOURCE_TABLE));
}

static const char *firmware_fact(const struct inventory *inventory)
{
	return record_property(find_kind(inventory, KIND_REMOTEPROC), FACT_FIRMWARE);
}

static void firmware_is_found_compressed_too(void **state)
{
	_made_ char *file = made_file("lib/firmware/vendor/dsp.elf.zst", "x");
	_cleanup_inventory_ struct inventory *there = gather("offline", "vendor/dsp.elf");
	_cleanup_inventory_ struct inventory *gone =
		gather("offline", "vendor/other.elf");
	_cleanup_inventory_ struct inventory *running =
		gather("running", "vendor/other.elf");

	(void)state;
	assert_string_equal(firmware_fact(there), "found");
	assert_string_equal(firmware_fact(gone), "missing");
	assert_null(firmware_fact(running));
}

static const char *node_fact(const char *root, const char *name, const char *major,
			     const char *minor)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	_cleanup_inventory_ struct inventory *inventory = NULL;
	_cleanup_free_ char *text = NULL;
	struct reading reading = { .paths = &paths };
	static char word[32];

	assert_int_equal(paths_init(&paths, root), 0);
	assert_true(
		asprintf(
			&text,
			"P: /devices/x/%s\nE: SUBSYSTEM=mem\nE: DEVNAME=%s\nE: MAJOR=%s\nE: MINOR=%s\n",
			name, name, major, minor) > 0);
	reading.inventory = inventory = read_records(text);
	assert_int_equal(gather_facts(&reading, false), 0);
	snprintf(word, sizeof(word), "%s",
		 record_property(&inventory->records[inventory->count - 1], FACT_NODE));
	return word;
}

static void a_node_is_told_from_a_plain_file_and_from_anothers(void **state)
{
	_made_ char *file = made_file("dev/rpmsg0", "oops");

	(void)state;
	assert_string_equal(node_fact(NULL, "null", "1", "3"), "char");
	assert_string_equal(node_fact(NULL, "null", "1", "5"), "other-number");
	assert_string_equal(node_fact(made_directory(), "rpmsg0", "240", "0"), "no-char");
	assert_string_equal(node_fact(made_directory(), "rpmsg7", "240", "0"), "missing");
}

static void memory_regions_are_matched_by_phandle(void **state)
{
	static const char regions[] = "\0\0\0\x07\0\0\0\x09", first[] = "\0\0\0\x09",
			  second[] = "\0\0\0\x07";
	static const char reg[] = "\0\0\0\0\x55\0\0\0\0\0\0\0\0\0\x80\0";
	_made_ char *a = made_bytes("sys/devices/platform/p.dsp/of_node/memory-region",
				    regions, 8);
	_made_ char *b = made_bytes(
		"sys/firmware/devicetree/base/reserved-memory/aaa@1/phandle", first, 4);
	_made_ char *c = made_bytes(
		"sys/firmware/devicetree/base/reserved-memory/vdev0buffer@55000000/phandle",
		second, 4);
	_made_ char *d = made_bytes(
		"sys/firmware/devicetree/base/reserved-memory/vdev0buffer@55000000/reg",
		reg, 16);
	_made_ char *e = made_bytes(
		"sys/firmware/devicetree/base/reserved-memory/vdev0buffer@55000000/compatible",
		"shared-dma-pool", 16);
	_made_ char *f = made_bytes(
		"sys/firmware/devicetree/base/reserved-memory/vdev0buffer@55000000/no-map",
		"", 0);
	_made_ char *g =
		made_bytes("sys/devices/platform/p.dsp/of_node/memory-region-names",
			   "buffer\0code", 12);
	_cleanup_inventory_ struct inventory *inventory = gather("running", "fw");

	(void)state;
	assert_string_equal(
		attribute(inventory, KIND_BUS_DEVICE, FACT_MEMORY_REGION),
		"vdev0buffer@55000000 0x55000000 0x8000 shared-dma-pool no-map as:buffer\naaa@1 ? ? as:code");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_resource_table_comes_from_debugfs),
		cmocka_unit_test(of_a_trace_only_the_last_lines_are_kept),
		cmocka_unit_test(kernel_addresses_of_carveouts_are_dropped),
		cmocka_unit_test(debugfs_is_read_only_of_a_processor_that_still_runs),
		cmocka_unit_test(firmware_is_found_compressed_too),
		cmocka_unit_test(a_node_is_told_from_a_plain_file_and_from_anothers),
		cmocka_unit_test(memory_regions_are_matched_by_phandle),
	};

	return cmocka_run_group_tests_name("gather", tests, NULL, NULL);
}
