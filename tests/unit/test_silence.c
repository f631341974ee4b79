// SPDX-License-Identifier: GPL-2.0-or-later
/* How long what the log says of a mailbox is a finding. */

#include "place.h"

#define A "/devices/platform/a"

static bool is_silent(const char *const *lines, size_t count)
{
	_cleanup_world_ struct world world = { 0 };

	place_add(&world, A, "platform", "imx-rproc");
	place_add_remoteproc(&world, A "/remoteproc/remoteproc0", "remoteproc");
	for (size_t i = 0; i < count; i++)
		log_add(&world.inventory->log, lines[i], strlen(lines[i]));
	world_build(&world);
	for (size_t i = 0; i < world.findings->count; i++)
		if (strcmp(world.findings->list[i].check->id, "mailbox") == 0)
			return true;
	return false;
}

static void a_mailbox_is_silent_until_the_next_start_that_succeeds(void **state)
{
	static const char *const lines[] = {
		"remoteproc remoteproc0: powering up cm4",
		"remoteproc remoteproc0: remote processor cm4 is now up",
		"imx-rproc a: imx_rproc_kick: failed (0, err:-62)",
		"remoteproc remoteproc0: stopped remote processor cm4",
		"remoteproc remoteproc0: powering up cm4",
		"remoteproc remoteproc0: remote processor cm4 is now up",
		"imx-rproc a: imx_rproc_kick: failed (0, err:-62)",
	};

	(void)state;
	assert_false(is_silent(lines, 2));
	for (size_t i = 3; i <= 5; i++)
		assert_true(is_silent(lines, i));
	assert_false(is_silent(lines, 6));
	assert_true(is_silent(lines, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mailbox_is_silent_until_the_next_start_that_succeeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
