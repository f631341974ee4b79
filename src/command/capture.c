// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "snapshot.h"
#include "source.h"

enum exit_status command_capture(const struct invocation *invocation)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);
	int r;

	if (status != EXIT_OK)
		return status;
	if (!wants_own_format(invocation))
		return status_of_reading(&system, system_render(invocation, &system));
	r = snapshot_write(stdout, system.tree);
	if (r == 0)
		return status_of_reading(&system, EXIT_OK);
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}
