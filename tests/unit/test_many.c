// SPDX-License-Identifier: GPL-2.0-or-later
/* A hundred thousand records: read, built, judged and written in time that grows with n.
 */

#include <time.h>

#include "helper.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_channels_of_one_vdev_are_no_matter),
		cmocka_unit_test(many_platform_devices_are_no_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
