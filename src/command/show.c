// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"

static bool is_structured(const struct format *format)
{
	return strcmp(format->name, "json") == 0;
}

enum exit_status command_show(const struct invocation *invocation)
{
	const struct format *format = options_format(invocation);
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);

	if (!system.findings || status == EXIT_TROUBLE ||
	    (status == EXIT_NOTHING && !is_structured(format)))
		return status;
	return system_render(invocation, &system, status);
}
