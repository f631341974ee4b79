// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "redact.h"

enum exit_status command_capture(const struct invocation *invocation)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);
	int r = 0;

	if (!system.findings || status == EXIT_TROUBLE)
		return status;
	if (invocation->redact)
		r = redact(system.inventory);
	if (r == 0 && invocation->redact)
		r = system_rebuild(invocation, &system);
	if (r < 0) {
		complain("%s", redact_error(r));
		return EXIT_TROUBLE;
	}
	return system_render(invocation, &system, status);
}
