// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"

enum exit_status command_check(const struct invocation *invocation)
{
	const struct format *format = format_find(invocation->format, FORMAT_CHECK);
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);
	int r;

	if (status == EXIT_TROUBLE) {
		fputs(format->unread ? format->unread : "", stdout);
		return status;
	}
	r = format->render(stdout, system.report, &invocation->render);
	if (r < 0) {
		complain("%s", strerror(-r));
		return EXIT_TROUBLE;
	}
	return system.report->statuses[STATUS_FAIL] > 0 ? EXIT_FAILED : status;
}
