// SPDX-License-Identifier: GPL-2.0-or-later
/* What tells a finding from its neighbour: the shape of v6.1.0, several owners, names
 * that begin alike, and a good boot held against a listing. */

#include "history.h"
#include "place.h"

#define A "/devices/platform/a"
#define B "/devices/platform/b"

static void judge(struct world *world, const struct check_options *options)
{
	findings_free(world->findings);
	world->findings = NULL;
	assert_int_equal(findings_build(world->tree, options, &world->findings), 0);
}

static void add_processor(struct world *world, const char *path, const char *state)
{
	place_add_remoteproc(world, path, "remoteproc");
	record_add_attribute(world->inventory->records + world->inventory->count - 1,
			     "state", state, strlen(state));
}

/* Two processors, one of which has a vdev of that name. */
static enum status status_of_second(const char *vdev, const char *state)
{
	_cleanup_world_ struct world world = { 0 };
	char path[128];

	snprintf(path, sizeof(path), A "/remoteproc/remoteproc0/%s", vdev);
	place_add(&world, A, "platform", "imx-rproc");
	add_processor(&world, A "/remoteproc/remoteproc0", "attached");
	place_add(&world, path, "platform", "rproc-virtio");
	place_add(&world, B, "platform", "imx-rproc");
	add_processor(&world, B "/remoteproc/remoteproc1", state);
	world_build(&world);
	assert_int_equal(world_finding(&world, "vdev-collision", "remoteproc0")->status,
			 STATUS_PASS);
	return world_finding(&world, "vdev-collision", "remoteproc1")->status;
}

static void only_a_name_without_auto_collides(void **state)
{
	(void)state;
	assert_int_equal(status_of_second("rproc-virtio.0", "detached"), STATUS_FAIL);
	/* One that was booted is offline then: no second vdev, no start. */
	assert_int_equal(status_of_second("rproc-virtio.0", "running"), STATUS_PASS);
	assert_int_equal(status_of_second("rproc-virtio.0.auto", "detached"),
			 STATUS_PASS);
	assert_int_equal(status_of_second("rproc-virtio.0.auto", "running"), STATUS_PASS);
	/* Only the log tells it from one that nobody started. */
	assert_int_equal(status_of_second("rproc-virtio.0", "offline"), STATUS_SKIP);
	assert_int_equal(status_of_second("rproc-virtio.0.auto", "offline"), STATUS_PASS);
}

static void assert_candidates(size_t count, const char *says)
{
	_cleanup_world_ struct world world = { 0 };
	char path[64];

	place_add(&world, A, "platform", "dsp");
	for (size_t i = 0; i < count; i++) {
		snprintf(path, sizeof(path), A "/remoteproc/remoteproc%zu", i);
		place_add_remoteproc(&world, path, "remoteproc");
	}
	place_add(&world, A "/a#vdev0buffer", NULL, NULL);
	place_add_rpmsg_virtio(&world, A "/a#vdev0buffer/virtio0");
	world_build(&world);
	if (!strstr(world_finding(&world, "vdev-parent", "virtio0")->message, says))
		fail_msg("'%s' is not in '%s'", says,
			 world_finding(&world, "vdev-parent", "virtio0")->message);
}

static void each_possible_owner_is_named_and_many_are_counted(void **state)
{
	(void)state;
	assert_candidates(0, "is below a, not below a remote processor: ");
	assert_candidates(1, "is below a, beside remoteproc0 instead of below it: ");
	assert_candidates(2, "beside remoteproc0 or remoteproc1 instead");
	assert_candidates(8, "or remoteproc6 or remoteproc7 instead");
	assert_candidates(9, "or remoteproc7 or one of 1 more instead");
}

/* Channels of names that begin alike: rpmsg-tty has no driver, the longer one has. */
static void build_alike(struct world *world)
{
	static const char text[] =
		"P: " A "\n"
		"E: SUBSYSTEM=platform\n"
		"\n"
		"P: " A "/remoteproc/remoteproc0\n"
		"E: SUBSYSTEM=remoteproc\n"
		"E: DEVTYPE=remoteproc\n"
		"\n"
		"P: " A "/remoteproc/remoteproc0/virtio0\n"
		"E: SUBSYSTEM=virtio\n"
		"A: device=0x0007\n"
		"\n"
		"P: " A "/remoteproc/remoteproc0/virtio0/virtio0.rpmsg-tty.-1.30\n"
		"E: SUBSYSTEM=rpmsg\n"
		"A: name=rpmsg-tty\n"
		"\n"
		"P: " A "/remoteproc/remoteproc0/virtio0/virtio0.rpmsg-tty-raw.-1.31\n"
		"E: SUBSYSTEM=rpmsg\n"
		"E: DRIVER=rpmsg_tty\n"
		"A: name=rpmsg-tty-raw\n";

	world_of(world, text);
}

static const struct finding *required(struct world *world, const char *wish)
{
	const struct check_options options = { .passes = true,
					       .only = "required",
					       .require = (const char *const[]){ wish,
										 NULL } };

	judge(world, &options);
	assert_int_equal(world->findings->count, 1);
	return &world->findings->list[0];
}

static void a_wish_is_a_whole_name(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	build_alike(&world);
	assert_int_equal(required(&world, "rpmsg-tty-raw")->status, STATUS_PASS);
	assert_int_equal(required(&world, "rpmsg-tty-raw@a")->status, STATUS_PASS);
	assert_int_equal(required(&world, "rpmsg-tty-raw@remoteproc0")->status,
			 STATUS_PASS);
	assert_non_null(strstr(required(&world, "rpmsg-tty")->message, "no driver"));
	assert_non_null(strstr(required(&world, "rpmsg-tt")->message, "no channel"));
	assert_non_null(strstr(required(&world, "rpmsg-tty-ra")->message, "no channel"));
	assert_int_equal(required(&world, "rpmsg-tty-raw@")->status, STATUS_FAIL);
	assert_int_equal(required(&world, "rpmsg-tty-raw@remoteproc")->status,
			 STATUS_FAIL);
	assert_int_equal(required(&world, "rpmsg-tty-raw@remoteproc00")->status,
			 STATUS_FAIL);
}

static size_t count_required_running(struct world *world, const char *names)
{
	const struct check_options options = { .passes = true,
					       .only = "required-running",
					       .require_running = names };

	judge(world, &options);
	for (size_t i = 0; i < world->findings->count; i++)
		if (!world->findings->list[i].device)
			return 0;
	return world->findings->count;
}

static void a_processor_is_required_by_its_whole_name(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	build_alike(&world);
	assert_int_equal(count_required_running(&world, "remoteproc0"), 1);
	assert_int_equal(count_required_running(&world, "a"), 1);
	assert_int_equal(count_required_running(&world, "all"), 1);
	assert_int_equal(count_required_running(&world, "remoteproc"), 0);
	assert_int_equal(count_required_running(&world, "remoteproc00"), 0);
	assert_int_equal(count_required_running(&world, "al"), 0);
	assert_int_equal(count_required_running(&world, "alls"), 0);
}

static void a_driver_is_registered_by_its_whole_name(void **state)
{
	static const char *const lists[] = { "rpmsg_chrdev_x", "x_rpmsg_chrdev",
					     "rpmsg_chr", "a rpmsg_chrdev b" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		_cleanup_world_ struct world world = { 0 };
		const char *message;

		place_add(&world, A, "platform", "dsp");
		record_add_attribute(place_add(&world, A "/a.raw.-1.30", "rpmsg", NULL),
				     "driver_override", "rpmsg_chrdev", 12);
		record_set_property(&world.inventory->system, FACT_DRIVERS, lists[i]);
		world_build(&world);
		message = world_finding(&world, "channel-driver", "a.raw.-1.30")->message;
		assert_int_equal(strstr(message, "did not bind") != NULL,
				 i + 1 == ARRAY_SIZE(lists));
	}
}

static const char good_boot[] =
	"P: " A "\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " A "/remoteproc/remoteproc0\n"
	"E: SUBSYSTEM=remoteproc\n"
	"E: DEVTYPE=remoteproc\n"
	"A: state=running\n"
	"\n"
	"P: " A "/remoteproc/remoteproc0/rproc-virtio.0.auto\n"
	"E: SUBSYSTEM=platform\n"
	"\n"
	"P: " A "/remoteproc/remoteproc0/rproc-virtio.0.auto/virtio0\n"
	"E: SUBSYSTEM=virtio\n"
	"E: DRIVER=virtio_rpmsg_bus\n"
	"A: device=0x0007\n"
	"\n"
	"P: " A "/remoteproc/remoteproc0/rproc-virtio.0.auto/virtio0/virtio0.tty.-1.30\n"
	"E: SUBSYSTEM=rpmsg\n"
	"E: DRIVER=rpmsg_tty\n"
	"\n"
	"P: " A "/remoteproc/remoteproc0/rproc-virtio.0.auto/virtio0/virtio0.raw.-1.31\n"
	"E: SUBSYSTEM=rpmsg\n"
	"E: DRIVER=rpmsg_chrdev\n";

#define LINK "-> ../../../devices/platform/a/remoteproc/remoteproc0"
#define VDEV "/rproc-virtio.0.auto/virtio0"

static void expect(struct world *good, struct world *now, const char *listing)
{
	struct check_options options = { .passes = true, .only = "expected" };

	world_of(good, good_boot);
	world_of(now, listing);
	options.expect = good->tree;
	judge(now, &options);
}

static void a_listing_lacks_what_it_lists_and_does_not_have(void **state)
{
	_cleanup_world_ struct world good = { 0 }, now = { 0 };

	(void)state;
	expect(&good, &now, "virtio0.tty.-1.30 " LINK VDEV "/virtio0.tty.-1.30\n");
	assert_int_equal(world_finding(&now, "expected", "virtio0.raw.-1.31")->status,
			 STATUS_FAIL);
	assert_int_equal(world_finding(&now, "expected", "virtio0.tty.-1.30")->status,
			 STATUS_SKIP);
	assert_non_null(
		strstr(world_finding(&now, "expected", "virtio0.tty.-1.30")->message,
		       "driver is not known"));
	assert_int_equal(world_finding(&now, "expected", "remoteproc0")->status,
			 STATUS_SKIP);
}

static void a_listing_lacks_nothing_of_what_it_does_not_list(void **state)
{
	_cleanup_world_ struct world good = { 0 }, now = { 0 };

	(void)state;
	expect(&good, &now,
	       "remoteproc0 -> ../../devices/platform/a/remoteproc/remoteproc0\n");
	assert_int_equal(now.findings->statuses[STATUS_FAIL], 0);
	assert_non_null(
		strstr(world_finding(&now, "expected", "virtio0.raw.-1.31")->message,
		       "does not list its kind"));
	assert_non_null(strstr(world_finding(&now, "expected", "remoteproc0")->message,
			       "state is not known"));
}

static void what_a_path_implies_is_no_list(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	world_of(&world, "virtio0.tty.-1.30 " LINK VDEV "/virtio0.tty.-1.30\n");
	assert_true(tree_covers(world.tree, KIND_CHANNEL));
	assert_false(tree_covers(world.tree, KIND_VIRTIO));
	assert_false(tree_covers(world.tree, KIND_REMOTEPROC));
	assert_false(tree_covers(world.tree, KIND_CHARDEV));
}

#define PROBE "[    5.0] rproc-sim a: probe with driver rproc-sim failed with error -5"

/* The finding of a device whose probe failed by the log; NULL: none. */
static const struct finding *probe_failed(struct world *world, const char *line,
					  const char *driver)
{
	place_add(world, A, "platform", driver);
	if (driver)
		add_processor(world, A "/remoteproc/remoteproc0", "running");
	assert_int_equal(log_offer(&world->inventory->log, line, strlen(line)), 0);
	world_build(world);
	for (size_t i = 0; i < world->findings->count; i++)
		if (strcmp(world->findings->list[i].check->id, "probe-failed") == 0)
			return &world->findings->list[i];
	return NULL;
}

static void a_failed_probe_is_told_until_a_driver_is_bound(void **state)
{
	_cleanup_world_ struct world failed = { 0 }, bound = { 0 };

	(void)state;
	assert_non_null(probe_failed(&failed, PROBE, NULL));
	assert_null(probe_failed(&bound, PROBE, "rproc-sim"));
}

static void a_failed_probe_is_repeated_on_its_own_bus(void **state)
{
	static const struct {
		const char *line, *command;
	} rows[] = {
		{ PROBE, "echo a > /sys/bus/platform/drivers/rproc-sim/bind" },
		{ "[    5.0] virtio_rpmsg_bus virtio0: probe with driver virtio_rpmsg_bus failed with error -12",
		  "echo virtio0 > /sys/bus/virtio/drivers/virtio_rpmsg_bus/bind" },
		{ "[    5.0] rpmsg_tty virtio0.rpmsg-tty.-1.30: probe with driver rpmsg_tty failed with error -12",
		  "echo virtio0.rpmsg-tty.-1.30 > /sys/bus/rpmsg/drivers/rpmsg_tty/bind" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_world_ struct world world = { 0 };
		const struct finding *finding = probe_failed(&world, rows[i].line, NULL);

		assert_non_null(finding);
		assert_non_null(strstr(finding->fix, rows[i].command));
	}
}

/* While two are being started nobody knows whose it is; it is named again in each start.
 */
static void a_vdev_of_nobody_known_may_be_named_twice(void **state)
{
	static const char *const lines[] = {
		"remoteproc remoteproc0: powering up a",
		"remoteproc remoteproc1: powering up b",
		"rproc-virtio rproc-virtio.2.auto: registered virtio0 (type 7)",
		"rproc-virtio rproc-virtio.2.auto: registered virtio1 (type 7)",
		"remoteproc remoteproc0: stopped remote processor a",
		"remoteproc remoteproc1: stopped remote processor b",
	};
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	place_add(&world, A, "platform", NULL);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		log_offer(&world.inventory->log, lines[i], strlen(lines[i]));
	world_build(&world);
	assert_int_equal(world.tree->history->vdev_count, 1);
	assert_true(world.tree->history->vdevs[0].gone);
}

static enum status auto_boot(const char *driver, const char *name)
{
	_cleanup_world_ struct world world = { 0 };
	char text[512];

	snprintf(text, sizeof(text),
		 "P: " A "\n"
		 "E: SUBSYSTEM=platform\n"
		 "E: DRIVER=%s\n"
		 "\n"
		 "P: " A "/remoteproc/remoteproc0\n"
		 "E: SUBSYSTEM=remoteproc\n"
		 "E: DEVTYPE=remoteproc\n"
		 "E: RPROC_TREE_FIRMWARE=found\n"
		 "A: firmware=x.elf\n"
		 "A: name=%s\n"
		 "A: state=offline\n",
		 driver, name);
	world_of(&world, text);
	return world_finding(&world, "auto-boot-missed", "remoteproc0")->status;
}

static void without_a_log_the_driver_tells_whether_auto_boot_was_missed(void **state)
{
	(void)state;
	assert_int_equal(auto_boot("davinci-rproc", "dsp"), STATUS_WARN);
	assert_int_equal(auto_boot("k3-m4-rproc", "m4"), STATUS_WARN);
	assert_int_equal(auto_boot("pru-rproc", "pru0"), STATUS_PASS);
	assert_int_equal(auto_boot("stm32-rproc", "m4"), STATUS_SKIP);
	assert_int_equal(auto_boot("qcom_q6v5_pas", "adsp"), STATUS_WARN);
	assert_int_equal(auto_boot("qcom_q6v5_pas", "mpss"), STATUS_SKIP);
	assert_int_equal(auto_boot("qcom-q6v5-mss", "adsp"), STATUS_SKIP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_name_without_auto_collides),
		cmocka_unit_test(each_possible_owner_is_named_and_many_are_counted),
		cmocka_unit_test(a_wish_is_a_whole_name),
		cmocka_unit_test(a_processor_is_required_by_its_whole_name),
		cmocka_unit_test(a_driver_is_registered_by_its_whole_name),
		cmocka_unit_test(a_listing_lacks_what_it_lists_and_does_not_have),
		cmocka_unit_test(a_listing_lacks_nothing_of_what_it_does_not_list),
		cmocka_unit_test(what_a_path_implies_is_no_list),
		cmocka_unit_test(a_failed_probe_is_told_until_a_driver_is_bound),
		cmocka_unit_test(a_vdev_of_nobody_known_may_be_named_twice),
		cmocka_unit_test(a_failed_probe_is_repeated_on_its_own_bus),
		cmocka_unit_test(
			without_a_log_the_driver_tells_whether_auto_boot_was_missed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
