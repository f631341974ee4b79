// SPDX-License-Identifier: GPL-2.0-or-later
/* Which records belong to the tree, what each is, whose child it is, what it says. */

#include "helper.h"

#define P "/devices/platform/p.dsp"
#define V P "/remoteproc/remoteproc0/rproc-virtio.0.auto/virtio0"

static const char board[] =
	"P: /devices/platform\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " P "\n"
	"E: SUBSYSTEM=platform\n"
	"E: DRIVER=dsp\n"
	"\n"
	"P: /devices/platform/other\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " P "/remoteproc/remoteproc0\n"
	"E: SUBSYSTEM=remoteproc\n"
	"E: DEVTYPE=remoteproc\n"
	"A: state=running\\n\n"
	"A: firmware=f.elf\\n\n"
	"A: recovery=enabled\\n\n"
	"A: coredump=disabled\\n\n"
	"A: name=dsp\\n\n"
	"\n"
	"P: " P "/remoteproc/remoteproc0/remoteproc0-wdt\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " P "/remoteproc/remoteproc0/remoteproc0-wdt/watchdog/w0\n"
	"E: SUBSYSTEM=watchdog\n"
	"\n"
	"P: " P "/remoteproc/remoteproc0/rproc-virtio.0.auto\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " V "\n"
	"E: SUBSYSTEM=virtio\n"
	"A: device=0x0007\\n\n"
	"A: status=0x0000000f\\n\n"
	"A: features=1000\\n\n"
	"\n"
	"P: " V "/virtio0.tty.-1.30\n"
	"E: SUBSYSTEM=rpmsg\n"
	"E: MODALIAS=rpmsg:tty\n"
	"A: src=0x400\\n\n"
	"A: dst=0x1e\\n\n"
	"A: announce=true\\n\n"
	"A: driver_override=(null)\\n\n"
	"\n"
	"P: " V "/virtio0.rpmsg_ns.53.53\n"
	"E: SUBSYSTEM=rpmsg\n"
	"A: name=rpmsg_ns\\n\n"
	"A: dst=0x35\\n\n"
	"A: driver_override=foo\\n\n"
	"\n"
	"P: " V "/virtio0.tty.-1.30/tty/ttyRPMSG0\n"
	"E: SUBSYSTEM=tty\n"
	"E: DEVNAME=/dev/ttyRPMSG0\n"
	"\n"
	"P: " V "/virtio0.tty.-1.30/rpmsg/rpmsg0\n"
	"E: SUBSYSTEM=rpmsg\n"
	"E: DEVNAME=rpmsg0\n";

static void only_what_belongs_to_a_processor_is_shown(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, board);
	assert_int_equal(world.tree->count, 9);
	assert_null(world_device(&world, P)->parent);
	assert_int_equal(
		world_device(&world, P "/remoteproc/remoteproc0/remoteproc0-wdt")->kind,
		KIND_OTHER);
	assert_survives(&world);
}

static void the_parent_is_the_nearest_that_is_shown(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct device *node;

	(void)state;
	world_of(&world, board);
	node = world_device(&world, V "/virtio0.tty.-1.30/rpmsg/rpmsg0");
	assert_string_equal(node->parent->name, "virtio0.tty.-1.30");
	assert_int_equal(node->depth, 5);
	assert_string_equal(device_bus_ancestor(node)->name, "p.dsp");
	assert_string_equal(device_ancestor(node, KIND_VIRTIO)->name, "virtio0");
	assert_null(device_ancestor(node, KIND_EDGE));
	assert_string_equal(world_device(&world, V)->first_child->name,
			    "virtio0.rpmsg_ns.53.53");
}

static void the_values_are_those_of_the_record(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	const struct channel *tty, *ns;
	const struct device *device;

	(void)state;
	world_of(&world, board);
	device = world_device(&world, P "/remoteproc/remoteproc0");
	assert_string_equal(device->remoteproc.firmware, "f.elf");
	assert_string_equal(device->remoteproc.name, "dsp");
	device = world_device(&world, V);
	assert_int_equal(device->virtio.status.value, 15);
	assert_string_equal(device->virtio.features, "1000");
	tty = &world_device(&world, V "/virtio0.tty.-1.30")->channel;
	assert_string_equal(tty->name, "tty");
	assert_int_equal(tty->src.value, 0x400);
	assert_int_equal(tty->announce, YES);
	assert_null(tty->driver_override);
	assert_false(tty->service);
	ns = &world_device(&world, V "/virtio0.rpmsg_ns.53.53")->channel;
	assert_true(ns->service);
	assert_int_equal(ns->announce, UNKNOWN);
	assert_string_equal(ns->driver_override, "foo");
	assert_string_equal(
		world_device(&world, V "/virtio0.tty.-1.30/tty/ttyRPMSG0")->devnode,
		"ttyRPMSG0");
}

static void assert_virtio(const char *attributes, bool id, bool status, bool features)
{
	_cleanup_world_ struct world world = { 0 };
	char text[1024];
	const struct device *device;

	snprintf(text, sizeof(text),
		 "P: " P "/remoteproc/remoteproc0\n"
		 "E: SUBSYSTEM=remoteproc\n"
		 "E: DEVTYPE=remoteproc\n"
		 "\n"
		 "P: " P "/remoteproc/remoteproc0/virtio0\n"
		 "E: SUBSYSTEM=virtio\n"
		 "%s",
		 attributes);
	world_of(&world, text);
	device = world_device(&world, P "/remoteproc/remoteproc0/virtio0");
	assert_int_equal(device->virtio.id.known, id);
	assert_int_equal(device->virtio.status.known, status);
	assert_int_equal(device->virtio.features != NULL, features);
}

static void what_the_kernel_never_writes_stays_unknown(void **state)
{
	(void)state;
	assert_virtio("", false, false, false);
	assert_virtio("A: device=0x7\nA: status=7\nA: features=01\n", true, true, true);
	assert_virtio("A: device=7x\nA: status=0x\nA: features=012\n", false, false,
		      false);
	assert_virtio("A: device=-7\nA: status=0x100000000\nA: features=\n", false, false,
		      false);
	assert_virtio("A: device= 7\nA: status=0xffffffff\n", false, true, false);
	assert_virtio("E: MODALIAS=virtio:d00000003v00000000\n", true, false, false);
	assert_virtio("A: device=0x000000007\n", false, false, false);
	assert_virtio("A: device=0x7 \n", false, false, false);
	assert_virtio("E: MODALIAS=virtio:d00000007\n", false, false, false);
	assert_virtio("E: MODALIAS=virtio:dzzzzzzzzv00000000\n", false, false, false);
}

static void an_edge_is_known_by_its_channels(void **state)
{
	static const char text[] = "P: " P "\n"
				   "E: SUBSYSTEM=platform\n"
				   "A: odd/uevent=\n"
				   "\n"
				   "P: " P "/odd/x.a.-1.-1\n"
				   "E: SUBSYSTEM=rpmsg\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, text);
	assert_int_equal(world_device(&world, P "/odd")->kind, KIND_EDGE);
}

static void a_channel_is_no_character_device(void **state)
{
	static const char text[] = "P: " P "\n"
				   "E: SUBSYSTEM=platform\n"
				   "\n"
				   "P: " P "/rpmsg0\n"
				   "E: SUBSYSTEM=rpmsg\n"
				   "E: DEVNAME=rpmsg0\n"
				   "A: announce=true\n"
				   "\n"
				   "P: " P "/rpmsg1\n"
				   "E: SUBSYSTEM=rpmsg\n"
				   "E: DEVNAME=rpmsg1\n"
				   "\n"
				   "P: " P "/rpmsg2\n"
				   "E: SUBSYSTEM=rpmsg\n"
				   "\n"
				   "P: " P "/rpmsg3\n"
				   "E: SUBSYSTEM=rpmsg\n"
				   "E: DEVNAME=rpmsg1\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, text);
	assert_int_equal(world_device(&world, P "/rpmsg0")->kind, KIND_CHANNEL);
	assert_int_equal(world_device(&world, P "/rpmsg1")->kind, KIND_CHARDEV);
	assert_int_equal(world_device(&world, P "/rpmsg2")->kind, KIND_CHANNEL);
	assert_int_equal(world_device(&world, P "/rpmsg3")->kind, KIND_CHANNEL);
}

static void a_device_with_a_number_is_a_character_device_whatever_its_name(void **state)
{
	static const char text[] =
		"P: " RPROC "\n"
		"E: SUBSYSTEM=remoteproc\n"
		"E: DEVTYPE=remoteproc\n"
		"\n"
		"P: " RPROC "/virtio0\n"
		"E: SUBSYSTEM=virtio\n"
		"\n"
		"P: " RPROC "/virtio0/rpmsg/rpmsg_ctrl-e907_rproc@1a00000\n"
		"E: SUBSYSTEM=rpmsg\n"
		"E: MAJOR=245\n"
		"E: MINOR=0\n"
		"E: DEVNAME=/dev/rpmsg_ctrl-e907_rproc@1a00000\n";
	static const char vendor[] = RPROC "/virtio0/rpmsg/rpmsg_ctrl-e907_rproc@1a00000";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, text);
	assert_int_equal(world_device(&world, vendor)->kind, KIND_CHARDEV);
	assert_int_equal(world.findings->channels, 0);
	assert_ptr_equal(world_device(&world, vendor)->parent,
			 world_device(&world, RPROC "/virtio0"));
}

static void virtio_of_others_stays_out(void **state)
{
	static const char text[] = "P: /devices/pci0/virtio0\n"
				   "E: SUBSYSTEM=virtio\n"
				   "A: device=0x0001\\n\n"
				   "\n"
				   "P: /devices/pci0/virtio1\n"
				   "E: SUBSYSTEM=virtio\n"
				   "E: DRIVER=virtio_net\n"
				   "\n"
				   "P: /devices/pci0/virtio2\n"
				   "E: SUBSYSTEM=virtio\n"
				   "E: DRIVER=virtio_rpmsg_bus\n"
				   "\n"
				   "P: /devices/pci0/virtio3\n"
				   "E: SUBSYSTEM=virtio\n"
				   "E: MODALIAS=virtio:d00000007v00000000\n"
				   "\n"
				   "P: /devices/pci0/virtio4\n"
				   "E: SUBSYSTEM=virtio\n"
				   "E: DRIVER=virtio_rpmsg_bus\n"
				   "A: device=0x0001\\n\n"
				   "\n"
				   "P: /devices/pci0/virtio5\n"
				   "E: SUBSYSTEM=virtio\n"
				   "A: device=0x0003\\n\n";
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, text);
	assert_int_equal(world.tree->count, 3);
	assert_true(
		device_is_rpmsg_virtio(world_device(&world, "/devices/pci0/virtio2")));
	assert_true(
		device_is_rpmsg_virtio(world_device(&world, "/devices/pci0/virtio3")));
}

static void a_state_is_a_word_of_the_kernel_or_another(void **state)
{
	static const struct {
		const char *line;
		enum remoteproc_state state;
		bool runs;
	} rows[] = {
		{ "", REMOTEPROC_NOT_RECORDED, false },
		{ "A: state=offline\n", REMOTEPROC_OFFLINE, false },
		{ "A: state=suspended\n", REMOTEPROC_SUSPENDED, false },
		{ "A: state=running\n", REMOTEPROC_RUNNING, true },
		{ "A: state=crashed\n", REMOTEPROC_CRASHED, false },
		{ "A: state=deleted\n", REMOTEPROC_DELETED, false },
		{ "A: state=attached\n", REMOTEPROC_ATTACHED, true },
		{ "A: state=detached\n", REMOTEPROC_DETACHED, false },
		{ "A: state=invalid\n", REMOTEPROC_INVALID, false },
		{ "A: state=run\n", REMOTEPROC_OTHER, false },
		{ "A: state=running2\n", REMOTEPROC_OTHER, false },
		{ "A: state=\n", REMOTEPROC_OTHER, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_world_ struct world world = { 0 };
		_cleanup_free_ char *text = NULL;
		const struct device *device;

		assert_true(asprintf(&text,
				     "P: " RPROC "\nE: SUBSYSTEM=remoteproc\n"
				     "E: DEVTYPE=remoteproc\n%s",
				     rows[i].line) > 0);
		world_of(&world, text);
		device = world_device(&world, RPROC);
		assert_int_equal(device->remoteproc.state, rows[i].state);
		assert_int_equal(remoteproc_runs(device), rows[i].runs);
	}
}

static void names_are_looked_up_where_a_log_tells_of_them(void **state)
{
	static const char named[] =
		"P: " P "/remoteproc/remoteproc0\nE: SUBSYSTEM=remoteproc\n"
		"E: DEVTYPE=remoteproc\n";
	_cleanup_world_ struct world without = { 0 }, with = { 0 };
	const struct device *const *devices = NULL;
	char logged[sizeof(named) + 200];

	(void)state;
	world_of(&without, named);
	assert_int_equal(tree_named(without.tree, "remoteproc0", &devices), 0);
	snprintf(logged, sizeof(logged),
		 "%sE: " FACT_LOG "=1\nE: " FACT_LOG_LINE
		 "0001=remoteproc remoteproc0: m4 is available\n",
		 named);
	world_of(&with, logged);
	assert_int_equal(tree_named(with.tree, "remoteproc0", &devices), 1);
	assert_string_equal((*devices)->name, "remoteproc0");
	assert_int_equal(tree_named(with.tree, "z", &devices), 0);
}

static void a_virtio_device_of_no_known_status_is_not_up(void **state)
{
	static const struct device unknown = { .virtio.status.value = 0xf };

	(void)state;
	assert_false(virtio_is_up(&unknown));
}

static void every_kind_and_source_has_its_word(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_COUNT_; kind++)
		assert_non_null(kind_name((enum kind)kind));
	assert_string_equal(kind_name(KIND_BUS_DEVICE), "bus-device");
	assert_string_equal(source_kind_name(SOURCE_LIVE), "live");
	assert_string_equal(source_kind_name(SOURCE_SNAPSHOT), "snapshot");
	assert_string_equal(source_kind_name(SOURCE_LISTING), "listing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_belongs_to_a_processor_is_shown),
		cmocka_unit_test(the_parent_is_the_nearest_that_is_shown),
		cmocka_unit_test(the_values_are_those_of_the_record),
		cmocka_unit_test(what_the_kernel_never_writes_stays_unknown),
		cmocka_unit_test(an_edge_is_known_by_its_channels),
		cmocka_unit_test(a_channel_is_no_character_device),
		cmocka_unit_test(
			a_device_with_a_number_is_a_character_device_whatever_its_name),
		cmocka_unit_test(virtio_of_others_stays_out),
		cmocka_unit_test(a_state_is_a_word_of_the_kernel_or_another),
		cmocka_unit_test(names_are_looked_up_where_a_log_tells_of_them),
		cmocka_unit_test(a_virtio_device_of_no_known_status_is_not_up),
		cmocka_unit_test(every_kind_and_source_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
