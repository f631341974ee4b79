// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"
#include "history.h"

struct told {
	struct log log;
	struct history *history;
};

static void told_release(struct told *told)
{
	history_free(told->history);
	log_release(&told->log);
}
#define _cleanup_told_ _cleanup_(told_release)

static void tell(struct told *told, const char *text)
{
	for (const char *at = text; *at;) {
		size_t size = strcspn(at, "\n");

		assert_int_equal(log_add(&told->log, at, size), 0);
		at += size + (at[size] == '\n');
	}
	assert_int_equal(history_tell(&told->log, &told->history), 0);
}

static const struct biography *life_of(const struct told *told, const char *device)
{
	const struct biography *life = history_of(told->history, device);

	if (!life)
		fail_msg("the log does not name %s", device);
	return life;
}

/* The line of the log, as it would be quoted. */
static const char *quote(const struct told *told, size_t line)
{
	return line == NO_LINE ? "none" : told->log.lines[line].bytes;
}

#define R0 "remoteproc remoteproc0: "
#define R1 "remoteproc remoteproc1: "

static void a_failed_start_has_its_cause_and_its_end(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct start *start;

	(void)state;
	tell(&told,
	     "[ 1.0] " R0 "stopped remote processor m4\n[ 2.0] " R0
	     "powering up m4\n[ 2.1] " R0 "Booting fw image b.elf, size 1000\n"
	     "[ 2.2] " R0 "bad phdr da 0x10000000 mem 0x4000\n[ 2.3] " R0
	     "Failed to load program segments: -22\n[ 2.4] " R0 "Boot failed: -22\n");
	start = biography_failed_start(life_of(&told, "remoteproc0"));
	assert_non_null(start);
	assert_int_equal(start->outcome, START_FAILED);
	assert_int_equal(start->error, -22);
	assert_int_equal(start->cause, CAUSE_SEGMENT);
	assert_string_equal(start->file, "b.elf");
	assert_string_equal(quote(&told, start->begin_line),
			    "[ 2.0] " R0 "powering up m4");
	assert_string_equal(quote(&told, start->cause_line),
			    "[ 2.2] " R0 "bad phdr da 0x10000000 mem 0x4000");
	assert_string_equal(quote(&told, start->end_line),
			    "[ 2.4] " R0 "Boot failed: -22");
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_OFFLINE);
	assert_int_equal(told.history->processors[0].start_count, 1);
}

static void a_summary_alone_ends_a_start(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct start *start;

	(void)state;
	tell(&told, R0 "powering up m4\n" R0 "Booting fw image a.elf, size 1\n" R0
		       "Boot failed: -22\n");
	start = biography_failed_start(life_of(&told, "remoteproc0"));
	assert_non_null(start);
	assert_int_equal(start->error, -22);
	assert_int_equal(start->cause_line, 2);
}

static void a_later_success_clears_a_failure(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "powering up m4\n" R0 "Boot failed: -22\n" R0 "powering up m4\n" R0
		       "remote processor m4 is now up\n");
	assert_null(biography_failed_start(life_of(&told, "remoteproc0")));
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_RUNNING);
	assert_int_equal(life_of(&told, "remoteproc0")->start_count, 2);
}

static void a_start_without_end_is_unended(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct start *start;

	(void)state;
	tell(&told, "[ 3.0] " R0 "dsp is available\n[ 3.1] " R0
		    "powering up dsp\n[ 3.2] " R0 "Booting fw image dsp.mbn, size 17\n");
	log_pass_over(&told.log, "[ 60.0] random", 14);
	start = biography_failed_start(life_of(&told, "remoteproc0"));
	assert_int_equal(start->outcome, START_UNENDED);
	assert_int_equal(start->begin_line, 1);
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_UNKNOWN);
	assert_int_equal(told.log.last, 60000000);
}

static void a_file_that_does_not_load_is_a_failure_unless_it_does_later(void **state)
{
	static const char missing[] =
		"Direct firmware load for a.elf failed with error -2\n";
	_cleanup_free_ char *text = NULL;
	_cleanup_told_ struct told told = { 0 }, again = { 0 };
	const struct start *start;

	(void)state;
	assert_true(asprintf(&text, R0 "m33 is available\n" R0 "%s", missing) > 0);
	tell(&told, text);
	start = biography_failed_start(life_of(&told, "remoteproc0"));
	assert_int_equal(start->outcome, START_FAILED);
	assert_int_equal(start->cause, CAUSE_FIRMWARE_MISSING);
	assert_string_equal(start->file, "a.elf");
	assert_int_equal(start->error, -2);
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_OFFLINE);
	free(text);
	assert_true(asprintf(&text,
			     R0 "%s" R0 "powering up x\n" R0
				"Booting fw image a.elf, size 1\n" R0
				"remote processor x is now up\n",
			     missing) > 0);
	tell(&again, text);
	assert_null(biography_failed_start(life_of(&again, "remoteproc0")));
}

static void the_driver_gives_the_reason(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct biography *life;

	(void)state;
	tell(&told, R0 "Booting fw image vendor/adsp.mbn, size 3\n"
		       "somedrv 3000000.remoteproc: start timed out\n" R0
		       "can't start rproc adsp: -110\n");
	life = life_of(&told, "remoteproc0");
	assert_string_equal(life->platform, "3000000.remoteproc");
	assert_string_equal(life->driver, "somedrv");
	assert_int_equal(biography_failed_start(life)->cause, CAUSE_TIMED_OUT);
	assert_int_equal(biography_failed_start(life)->cause_line, 1);
	assert_int_equal(biography_failed_start(life)->error, -110);
}

static void two_that_start_leave_a_driver_to_nobody(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "powering up a\n" R1 "powering up b\n"
		       "qcom_q6v5_pas 3000000.remoteproc: start timed out\n" R0
		       "can't start rproc a: -110\n" R1 "remote processor b is now up\n");
	assert_null(life_of(&told, "remoteproc1")->platform);
	assert_null(biography_failed_start(life_of(&told, "remoteproc1")));
	assert_non_null(biography_failed_start(life_of(&told, "remoteproc0")));
}

static void the_file_tells_which_of_two_it_is(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told,
	     R0 "powering up a\n" R1 "powering up b\n" R0
		"Booting fw image a.mbn, size 1\n" R1 "Booting fw image b.mbn, size 1\n"
		"qcom_q6v5_pas 2.remoteproc: error -22 initializing firmware b.mbn\n" R1
		"can't start rproc b: -22\n" R0 "remote processor a is now up\n");
	assert_string_equal(life_of(&told, "remoteproc1")->platform, "2.remoteproc");
	assert_null(life_of(&told, "remoteproc0")->platform);
	assert_int_equal(biography_failed_start(life_of(&told, "remoteproc1"))->cause,
			 CAUSE_SIGNATURE);
}

static void a_recovery_is_no_stop(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct biography *life;

	(void)state;
	tell(&told,
	     "somedrv 30000000.remoteproc: fatal error received: task 7 stalled\n" R0
	     "crash detected in adsp: type fatal error\n" R0
	     "handling crash #7 in adsp\n" R0 "recovering adsp\n" R0
	     "stopped remote processor adsp\n" R0 "remote processor adsp is now up\n");
	life = life_of(&told, "remoteproc0");
	assert_int_equal(life->state, LIFE_RUNNING);
	assert_int_equal(life->crashes, 7);
	assert_string_equal(life->crash_text, "task 7 stalled");
	assert_string_equal(life->platform, "30000000.remoteproc");
	assert_null(biography_failed_start(life));
	assert_true(life->starts[life->start_count - 1].recovery);
}

static void a_recovery_that_fails_is_a_failed_start(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct start *start;

	(void)state;
	tell(&told, R0 "crash detected in a: type watchdog\n" R0
		       "handling crash #1 in a\n" R0 "recovering a\n" R0
		       "stopped remote processor a\n" R0 "request_firmware failed: -2\n");
	start = biography_failed_start(life_of(&told, "remoteproc0"));
	assert_true(start->recovery);
	assert_int_equal(start->outcome, START_FAILED);
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_OFFLINE);
	assert_int_equal(life_of(&told, "remoteproc0")->crashes, 1);
	assert_string_equal(life_of(&told, "remoteproc0")->crash_text, "watchdog");
}

static void a_crash_may_be_handled_before_it_is_told(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "handling crash #1 in a\n" R0
		       "crash detected in a: type watchdog\n" R0 "recovering a\n");
	assert_int_equal(life_of(&told, "remoteproc0")->crashes, 1);
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_CRASHED);
	assert_string_equal(life_of(&told, "remoteproc0")->crash_text, "watchdog");
}

static void a_detached_one_is_detached(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "remote processor m4 is now attached\n" R0
		       "detached remote processor m4\n");
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_DETACHED);
}

static void a_failed_attach_leaves_it_detached(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "attaching to m4\n" R0 "can't attach to rproc m4: -22\n");
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_DETACHED);
	assert_true(biography_failed_start(life_of(&told, "remoteproc0"))->attach);
}

static void a_release_has_the_error_before_it(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct biography *life;

	(void)state;
	tell(&told,
	     R0 "m4 is available\nsomedrv 5000.m4: error -22 getting the reset\n" R0
		"releasing m4\n");
	life = life_of(&told, "remoteproc0");
	assert_true(life->gone);
	assert_int_equal(life->release_error, -22);
	assert_int_equal(life->release_error_line, 1);
	assert_int_equal(life->releases, 1);
	assert_string_equal(life->platform, "5000.m4");
}

static void an_error_of_another_device_is_not_its_own(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "m4 is available\nmmc mmc0: error -110 whilst initialising\n" R0
		       "releasing m4\n");
	assert_int_equal(life_of(&told, "remoteproc0")->release_error, 0);
	assert_null(life_of(&told, "remoteproc0")->platform);
	assert_int_equal(history_trim(&told.log), 0);
	assert_int_equal(told.log.count, 2);
}

static void a_mailbox_is_counted(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct silence *silence;

	(void)state;
	tell(&told, R0 "remote processor cm4 is now up\n"
		       "imx-rproc imx8-cm4: imx_rproc_kick: failed (0, err:-62)\n"
		       "imx-rproc imx8-cm4: imx_rproc_kick: failed (1, err:-62)\n");
	assert_int_equal(told.history->silence_count, 1);
	silence = told.history->silences;
	assert_true(silence->mailbox);
	assert_int_equal(silence->count, 2);
	assert_int_equal(silence->error, -62);
	assert_int_equal(silence->processor, 0);
	assert_string_equal(silence->device, "imx8-cm4");
	assert_int_equal(silence->last_line, 2);
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_RUNNING);
}

static void a_vdev_belongs_to_the_only_one_that_starts(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct log_channel *channel;

	(void)state;
	tell(&told, R0
	     "powering up m4\n"
	     "rproc-virtio rproc-virtio.2.auto: assigned reserved memory node pool@8\n"
	     "virtio_rpmsg_bus virtio0: rpmsg host is online\n"
	     "rproc-virtio rproc-virtio.2.auto: registered virtio0 (type 7)\n" R0
	     "remote processor m4 is now up\n"
	     "virtio_rpmsg_bus virtio0: creating channel rpmsg-tty addr 0x400\n"
	     "rpmsg_tty virtio0.rpmsg-tty.-1.1024: new channel: 0x401 -> 0x400! : ttyRPMSG0\n");
	assert_int_equal(told.history->vdev_count, 1);
	assert_int_equal(told.history->vdevs[0].owner, 0);
	assert_string_equal(told.history->vdevs[0].memory, "pool@8");
	assert_int_equal(told.history->virtio_count, 1);
	assert_int_equal(told.history->virtios[0].vdev, 0);
	assert_int_equal(told.history->virtios[0].owner, 0);
	assert_int_equal(told.history->channel_count, 1);
	channel = told.history->channels;
	assert_string_equal(channel->name, "rpmsg-tty");
	assert_string_equal(channel->driver, "rpmsg_tty");
	assert_string_equal(channel->node, "ttyRPMSG0");
	assert_int_equal(channel->src, 0x401);
	assert_int_equal(channel->dst, 0x400);
	assert_int_equal(channel->virtio, 0);
}

static void a_vdev_between_two_starts_is_nobodys(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told,
	     R0 "powering up a\n" R1 "powering up b\n"
		"rproc-virtio rproc-virtio.4.auto: registered virtio0 (type 7)\n" R0
		"remote processor a is now up\n" R1 "remote processor b is now up\n");
	assert_int_equal(told.history->vdevs[0].owner, NO_PROCESSOR);
	assert_false(told.history->virtios[0].gone);
}

static void the_name_of_a_vdev_tells_its_owner(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct history *history;

	(void)state;
	tell(&told, R0 "powering up imx-rproc\n"
		       " imx8mm-cm4#vdev0buffer: registered virtio0 (type 7)\n" R0
		       "remote processor imx-rproc is now up\n"
		       " remoteproc1#vdev0buffer: registered virtio1 (type 7)\n"
		       "remoteproc remoteproc2: registered virtio2 (type 7)\n");
	history = told.history;
	assert_string_equal(history->vdevs[0].parent, "imx8mm-cm4");
	assert_int_equal(history->vdevs[0].owner, 0);
	assert_string_equal(history->processors[0].platform, "imx8mm-cm4");
	assert_null(history->vdevs[1].parent);
	assert_string_equal(history->processors[history->vdevs[1].owner].device,
			    "remoteproc1");
	assert_int_equal(history->virtios[2].vdev, NO_DEVICE);
	assert_string_equal(history->processors[history->virtios[2].owner].device,
			    "remoteproc2");
}

static void what_a_processor_has_goes_with_it(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, " remoteproc0#vdev0buffer: registered virtio0 (type 7)\n"
		    "virtio_rpmsg_bus virtio0: creating channel a addr 0x1\n" R0
		    "stopped remote processor m4\n");
	assert_true(told.history->vdevs[0].gone);
	assert_true(told.history->virtios[0].gone);
	assert_true(told.history->channels[0].gone);
}

static void an_oops_in_a_start_names_its_function(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct oops *oops;

	(void)state;
	tell(&told,
	     R1 "powering up imx-rproc\n" R1 "Booting fw image n.elf, size 12\n"
		"Unable to handle kernel NULL pointer dereference at virtual address 0\n"
		"Internal error: Oops: 96000004 [#1] PREEMPT SMP\n"
		"pc : rproc_elf_load_segments+0x100/0x200\n");
	assert_int_equal(told.history->oops_count, 1);
	oops = told.history->oopses;
	assert_int_equal(oops->line, 2);
	assert_int_equal(oops->processor, 0);
	assert_string_equal(oops->function, "rproc_elf_load_segments");
	assert_int_equal(told.history->processors[0].starts[0].oops, 0);
}

static void an_oops_elsewhere_is_not_ours(void **state)
{
	_cleanup_told_ struct told told = { 0 }, loading = { 0 };

	(void)state;
	tell(&told, R0 "remote processor a is now up\n"
		       "BUG: kernel NULL pointer dereference, address: 0\n"
		       "Modules linked in: virtio_rpmsg_bus wlan(+)\n"
		       "---[ end trace 0 ]---\npc : rproc_boot+0x1/0x2\n");
	assert_true(told.history->oops_count == 1 && told.history->oopses[0].foreign);
	tell(&loading, "BUG: kernel NULL pointer dereference, address: 0\n"
		       "Modules linked in: wlan virtio_rpmsg_bus(+)\n");
	assert_false(loading.history->oopses[0].foreign);
	assert_string_equal(loading.history->oopses[0].loading, "virtio_rpmsg_bus");
}

static void a_probe_that_failed_is_kept_with_what_was_said(void **state)
{
	_cleanup_told_ struct told told = { 0 };
	const struct probe *probe;

	(void)state;
	tell(&told,
	     "imx-rproc imx8mp-cm7: error -EBUSY: failed to request tx mailbox channel\n"
	     "imx-rproc: probe of imx8mp-cm7 failed with error -16\n"
	     "foo: probe of 1-0050 failed with error -22\n"
	     "platform soc:rproc: deferred probe pending: waiting for supplier\n");
	assert_int_equal(told.history->probe_count, 2);
	probe = told.history->probes;
	assert_string_equal(probe->device, "imx8mp-cm7");
	assert_string_equal(probe->driver, "imx-rproc");
	assert_int_equal(probe->error, -16);
	assert_int_equal(probe->cause_line, 0);
	assert_int_equal(probe[1].error, 0);
	assert_string_equal(probe[1].reason, "waiting for supplier");
}

static void a_number_is_not_the_same_processor_after_a_release(void **state)
{
	_cleanup_told_ struct told told = { 0 };

	(void)state;
	tell(&told, R0 "powering up a\n" R0 "Boot failed: -22\n" R0 "releasing a\n" R0
		       "a is available\n");
	assert_false(life_of(&told, "remoteproc0")->gone);
	assert_null(biography_failed_start(life_of(&told, "remoteproc0")));
	assert_int_equal(life_of(&told, "remoteproc0")->state, LIFE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failed_start_has_its_cause_and_its_end),
		cmocka_unit_test(a_summary_alone_ends_a_start),
		cmocka_unit_test(a_later_success_clears_a_failure),
		cmocka_unit_test(a_start_without_end_is_unended),
		cmocka_unit_test(
			a_file_that_does_not_load_is_a_failure_unless_it_does_later),
		cmocka_unit_test(the_driver_gives_the_reason),
		cmocka_unit_test(two_that_start_leave_a_driver_to_nobody),
		cmocka_unit_test(the_file_tells_which_of_two_it_is),
		cmocka_unit_test(a_recovery_is_no_stop),
		cmocka_unit_test(a_recovery_that_fails_is_a_failed_start),
		cmocka_unit_test(a_crash_may_be_handled_before_it_is_told),
		cmocka_unit_test(a_detached_one_is_detached),
		cmocka_unit_test(a_failed_attach_leaves_it_detached),
		cmocka_unit_test(a_release_has_the_error_before_it),
		cmocka_unit_test(an_error_of_another_device_is_not_its_own),
		cmocka_unit_test(a_mailbox_is_counted),
		cmocka_unit_test(a_vdev_belongs_to_the_only_one_that_starts),
		cmocka_unit_test(a_vdev_between_two_starts_is_nobodys),
		cmocka_unit_test(the_name_of_a_vdev_tells_its_owner),
		cmocka_unit_test(what_a_processor_has_goes_with_it),
		cmocka_unit_test(an_oops_in_a_start_names_its_function),
		cmocka_unit_test(an_oops_elsewhere_is_not_ours),
		cmocka_unit_test(a_probe_that_failed_is_kept_with_what_was_said),
		cmocka_unit_test(a_number_is_not_the_same_processor_after_a_release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
