// SPDX-License-Identifier: GPL-2.0-or-later
/* A hundred thousand records: read, built, judged and written in time that grows with n.
 */

#include <time.h>

#include "helper.h"
#include "history.h"

#define MANY 100000

/* Paths begin with one text and end with another, a number between them. */
static char *many(const char *head, const char *start, const char *end)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	fputs(head, out);
	for (int i = 0; i < MANY; i++) {
		fprintf(out, "\nP: %s%d%s\nE: SUBSYSTEM=rpmsg\nA: dst=0x%x\n", start, i,
			end, i);
	}
	assert_int_equal(fclose(out), 0);
	return text;
}

static void assert_quick(const char *head, const char *start, const char *end)
{
	_cleanup_free_ char *text = many(head, start, end), *snapshot = NULL;
	_cleanup_world_ struct world world = { 0 };
	clock_t begun = clock();

	world_of(&world, text);
	snapshot = oracle_snapshot(world.tree);
	assert_non_null(snapshot);
	assert_true(world.tree->count >= MANY);
	print_message("%.1f s\n", (double)(clock() - begun) / CLOCKS_PER_SEC);
	assert_true((clock() - begun) / CLOCKS_PER_SEC < 40);
}

static void many_channels_of_one_vdev_are_no_matter(void **state)
{
	(void)state;
	assert_quick("P: " DSP "\n"
		     "E: SUBSYSTEM=platform\n"
		     "\n"
		     "P: " RPROC "\n"
		     "E: SUBSYSTEM=remoteproc\n"
		     "E: DEVTYPE=remoteproc\nA: remoteproc0#vdev0buffer/uevent=\n\n"
		     "P: " FIXED "/virtio0\n"
		     "E: SUBSYSTEM=virtio\n",
		     FIXED "/virtio0/virtio0.a.-1.", "");
}

static void many_platform_devices_are_no_matter(void **state)
{
	(void)state;
	assert_quick("P: " DSP "\n"
		     "E: SUBSYSTEM=platform\n",
		     "/devices/platform/p", "/x.a.-1.2");
}

/* So many lines, each with its number. */
/* A log of so many lines that differ in a number, and what follows them. */
static void many_then(struct world *world, int count, const char *before,
		      const char *after, const char *rest)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	for (int i = 0; i < count; i++)
		fprintf(out, "[ 1.0] %s%d%s\n", before, i, after);
	fputs(rest, out);
	assert_int_equal(fclose(out), 0);
	world_of(world, text);
}

/* What is looked for at the head of a list has been named just before. */
static void a_bus_that_is_registered_long_after_its_name_has_no_owner(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	many_then(&world, 70, "virtio_rpmsg_bus virtio", ": rpmsg host is online",
		  "[ 1.1] remoteproc remoteproc0: registered virtio69 (type 7)\n"
		  "[ 1.1] remoteproc remoteproc0: registered virtio0 (type 7)\n");
	assert_int_equal(world.tree->history->virtios[69].owner, 0);
	assert_int_equal(world.tree->history->virtios[0].owner, NO_PROCESSOR);
}

/* A file tells whose start a driver means, where few are being started. */
static void of_many_starts_the_first_are_looked_through_for_a_file(void **state)
{
	_cleanup_world_ struct world world = { 0 };

	(void)state;
	many_then(
		&world, 70, "remoteproc remoteproc", ": powering up dsp",
		"[ 1.1] remoteproc remoteproc69: Booting fw image a.mbn, size 1\n"
		"[ 1.2] qcom_q6v5_pas 1.remoteproc: error -22 initializing firmware a.mbn\n");
	assert_null(history_of(world.tree->history, "remoteproc69")->platform);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_bus_that_is_registered_long_after_its_name_has_no_owner),
		cmocka_unit_test(of_many_starts_the_first_are_looked_through_for_a_file),
		cmocka_unit_test(many_channels_of_one_vdev_are_no_matter),
		cmocka_unit_test(many_platform_devices_are_no_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
