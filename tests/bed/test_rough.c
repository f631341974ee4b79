// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a running system does to a walk: devices go away, before and while they are read,
 * files may not be read. None of it is an error of the walk; what could not be read is
 * said once. And the walk of the system that runs the tests.
 */

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cli/board.h"
#include "../cli/with_cmocka.h"
#include "bed.h"

#define DSP    "devices/platform/11800000.dsp"
#define RPROC  DSP "/remoteproc/remoteproc0"
#define BUFFER RPROC "/remoteproc0#vdev0buffer"
#define VIRTIO BUFFER "/virtio0"
#define FIRST  VIRTIO "/virtio0.rpmsg-client-sample.-1.50"

/* A bed has no configuration that could say more. */
#define NOTHING_HERE                                                                     \
	"rproc-tree: on this system: no remote processor and no rpmsg device\n"

/* A device that goes takes its link on the bus along; one that stays is a leaked device.
 */
#define TAKE_LINKS "; find $sys/bus -xtype l -delete"

static struct outcome after(const char *change)
{
	struct outcome outcome;
	char *command;

	if (asprintf(&command, "%s; exec \"$RPROC_TREE\" show", change) < 0)
		abort();
	outcome = bed_run(board_path("omapl138-fixed.snapshot"), command);
	free(command);
	return outcome;
}

static void a_channel_that_is_gone_is_skipped(void **state)
{
	_cleanup_outcome_ struct outcome outcome = after("rm -r $sys/" FIRST TAKE_LINKS);

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_string_equal(outcome.err, "");
	assert_null(strstr(outcome.out, ".-1.50"));
	assert_non_null(strstr(outcome.out, ".-1.51"));
	assert_non_null(strstr(outcome.out, "No problem found in what"));
}

static void a_device_without_uevent_is_skipped(void **state)
{
	_cleanup_outcome_ struct outcome outcome = after("rm $sys/" FIRST "/uevent");

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_string_equal(outcome.err, "");
	assert_null(strstr(outcome.out, ".-1.50"));
	assert_non_null(strstr(outcome.out, ".-1.51"));
}

static void a_vdev_without_uevent_leaves_the_rest(void **state)
{
	_cleanup_outcome_ struct outcome outcome = after("rm $sys/" BUFFER "/uevent");

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_string_equal(outcome.err, "");
	assert_non_null(strstr(outcome.out, "remoteproc0"));
	assert_non_null(strstr(outcome.out, ".-1.51"));
}

static void everything_gone_is_nothing_to_check(void **state)
{
	_cleanup_outcome_ struct outcome outcome = after("rm -r $sys/" DSP TAKE_LINKS);

	(void)state;
	assert_int_equal(outcome.status, 4);
	assert_string_equal(outcome.out, "");
	assert_int_equal(line_count(outcome.err), 1);
}

static void a_link_that_leads_nowhere_is_a_leaked_device(void **state)
{
	_cleanup_outcome_ struct outcome outcome = after("rm -r $sys/" DSP);

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_string_equal(outcome.err, "");
	assert_non_null(strstr(outcome.out, "1 virtio device and 2 channels"));
}

static void an_attribute_that_is_gone_is_unknown(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		after("rm $sys/" RPROC "/state $sys/" RPROC "/firmware");

	(void)state;
	assert_int_equal(outcome.status, 0);
	assert_string_equal(outcome.err, "");
	assert_non_null(strstr(outcome.out, "firmware ?"));
}

/* When a device goes in the middle of its own reading, it may be told of in part or not
 * at all; the walk goes on and the rest is whole. Whether the file was asked for at all.
 */
static bool assert_vanishes(const char *directory, const char *when)
{
	_cleanup_outcome_ struct outcome outcome = { 0 };
	struct json_object *root;
	char *command, *rest;

	if (asprintf(&command,
		     "export VANISH_WHEN=%s VANISH_DIRECTORY=\"$sys/%s\" "
		     "LD_PRELOAD=\"$VANISH:$LD_PRELOAD\"; exec \"$RPROC_TREE\" "
		     "check --json",
		     when, directory) < 0)
		abort();
	outcome = bed_run(board_path("omapl138-fixed.snapshot"), command);
	free(command);
	rest = outcome.err + (strncmp(outcome.err, "vanished\n", 9) == 0 ? 9 : 0);
	if (*rest && strcmp(rest, NOTHING_HERE) != 0)
		fail_msg("%s, %s: %s", directory, when, rest);
	if (outcome.status == 2 || outcome.status == 3 || outcome.status > 4)
		fail_msg("%s, %s: exit status %d", directory, when, outcome.status);
	root = json_tokener_parse(outcome.out);
	assert_non_null(root);
	json_object_put(root);
	return rest > outcome.err;
}

static void devices_vanish_while_they_are_read(void **state)
{
	static const struct {
		const char *directory, *when;
	} rows[] = {
		{ DSP, "uevent" },      { RPROC, "uevent" },  { RPROC, "name" },
		{ RPROC, "state" },     { RPROC, "." },       { BUFFER, "uevent" },
		{ BUFFER, "." },        { VIRTIO, "uevent" }, { VIRTIO, "device" },
		{ VIRTIO, "features" }, { VIRTIO, "." },      { FIRST, "uevent" },
		{ FIRST, "name" },      { FIRST, "dst" },     { FIRST, "." },
	};

	const size_t count = sizeof(rows) / sizeof(rows[0]);
	size_t vanished = 0;

	(void)state;
	for (size_t i = 0; i < count; i++)
		vanished += assert_vanishes(rows[i].directory, rows[i].when);
	print_message("%zu of %zu vanished\n", vanished, count);
	assert_true(vanished > count / 2);
}

/* As an ordinary user; root is let through everywhere. The program has to be in a place
 * where such a user may run it. An ordinary user's umockdev must be let in again, or it
 * cannot clear the bed away. */
#define AS_NOBODY                                                                        \
	"chmod a+rx \"$UMOCKDEV_DIR\"; "                                                 \
	"if [ $(id -u) != 0 ]; then trap 'chmod -R u+rwX $sys' EXIT; "                   \
	"\"$RPROC_TREE\" show; exit; fi; "                                               \
	"nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'; "                  \
	"$nobody test -x \"$RPROC_TREE\" || exit 77; "                                   \
	"exec $nobody \"$RPROC_TREE\" show"

static struct outcome as_nobody(const char *change)
{
	struct outcome outcome;
	char *command;

	if (asprintf(&command, "%s; " AS_NOBODY, change) < 0)
		abort();
	outcome = bed_run(board_path("omapl138-fixed.snapshot"), command);
	free(command);
	if (outcome.status == 77 || outcome.status == 127) {
		print_message(
			"cannot run the program as an ordinary user (setpriv): %s\n",
			outcome.err);
		outcome_release(&outcome);
		skip();
	}
	return outcome;
}

static void what_may_not_be_read_is_said_once(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		as_nobody("chmod 0 $sys/" RPROC "/state $sys/" FIRST "/dst");

	(void)state;
	assert_int_equal(outcome.status, 3);
	assert_int_equal(line_count(outcome.err), 1);
	assert_non_null(strstr(outcome.err, "cannot read 2 files of /sys"));
	assert_non_null(strstr(outcome.err, "run as root"));
	assert_non_null(strstr(outcome.out, "No problem found in what could"));
	assert_null(strstr(outcome.out, "running"));
}

static void a_device_that_may_not_be_read_leaves_the_rest(void **state)
{
	_cleanup_outcome_ struct outcome outcome = as_nobody("chmod 0 $sys/" FIRST);

	(void)state;
	assert_int_equal(outcome.status, 3);
	assert_int_equal(line_count(outcome.err), 1);
	assert_null(strstr(outcome.out, ".-1.50  "));
	assert_non_null(strstr(outcome.out, ".-1.51  "));
	assert_non_null(strstr(outcome.out, ".-1.50 cannot be read"));
}

/* Seven descriptors are too few for a deep tree, and plenty of them for three. */
static void a_device_that_cannot_be_opened_is_not_gone(void **state)
{
	_cleanup_outcome_ struct outcome outcome =
		bed_run(board_path("omapl138-fixed.snapshot"),
			"ulimit -n 7; exec \"$RPROC_TREE\" check");

	(void)state;
	assert_int_equal(outcome.status, 3);
	assert_non_null(strstr(outcome.err, "Too many open files"));
	assert_null(strstr(outcome.out, "0 channels"));
}

static void a_replay_says_what_could_not_be_read(void **state)
{
	static const char command[] = "mkdir $sys/" RPROC "/x && rm $sys/" RPROC
				      "/state && ln -s x $sys/" RPROC "/state; "
				      "\"$RPROC_TREE\" capture >$sys/captured; "
				      "exec \"$RPROC_TREE\" check --from $sys/captured";
	_cleanup_outcome_ struct outcome outcome =
		bed_run(board_path("omapl138-fixed.snapshot"), command);

	(void)state;
	assert_int_equal(outcome.status, 3);
	assert_int_equal(line_count(outcome.err), 2);
	assert_non_null(strstr(outcome.err, "/remoteproc0/state: Too many levels"));
}

/* The system that runs the tests, whatever it is. */
static void this_system_can_be_walked(void **state)
{
	_cleanup_outcome_ struct outcome tree = run("show"), capture = run("capture");
	_cleanup_outcome_ struct outcome json = run("show", "--json");
	struct json_object *root = json_tokener_parse(json.out), *source, *kind;

	(void)state;
	assert_true(tree.status == 0 || tree.status == 4);
	assert_int_equal(tree.status, capture.status);
	assert_int_equal(tree.status, json.status);
	assert_non_null(root);
	assert_true(json_object_object_get_ex(root, "source", &source));
	assert_true(json_object_object_get_ex(source, "kind", &kind));
	assert_string_equal(json_object_get_string(kind), "live");
	json_object_put(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_channel_that_is_gone_is_skipped),
		cmocka_unit_test(a_device_without_uevent_is_skipped),
		cmocka_unit_test(a_vdev_without_uevent_leaves_the_rest),
		cmocka_unit_test(everything_gone_is_nothing_to_check),
		cmocka_unit_test(a_link_that_leads_nowhere_is_a_leaked_device),
		cmocka_unit_test(an_attribute_that_is_gone_is_unknown),
		cmocka_unit_test(devices_vanish_while_they_are_read),
		cmocka_unit_test(what_may_not_be_read_is_said_once),
		cmocka_unit_test(a_device_that_may_not_be_read_leaves_the_rest),
		cmocka_unit_test(a_device_that_cannot_be_opened_is_not_gone),
		cmocka_unit_test(a_replay_says_what_could_not_be_read),
		cmocka_unit_test(this_system_can_be_walked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
