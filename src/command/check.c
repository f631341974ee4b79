// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "settle.h"

static enum exit_status check(const struct invocation *invocation,
			      const struct format *format)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status;
	int r;

	if (invocation->settle > 0 && (invocation->from || invocation->sysroot)) {
		complain("--settle is for this system, not for --from or --sysroot");
		return EXIT_USAGE;
	}
	status = invocation->settle > 0 ? settle_wait(invocation) : EXIT_OK;
	if (status == EXIT_OK)
		status = system_load(invocation, &system);
	if (status == EXIT_TROUBLE || !system.findings) {
		const char *line =
			status == EXIT_TROUBLE ? format->unread : format->missing;

		fputs(line ? line : "", stdout);
		return status;
	}
	r = invocation->render.quiet
		    ? 0
		    : format->render(stdout, system.findings, &invocation->render);
	if (r < 0) {
		complain("%s", strerror(-r));
		return EXIT_TROUBLE;
	}
	if (findings_failed(system.findings) > 0)
		return EXIT_FAILED;
	status = status_of_reading(&system, status);
	if (status == EXIT_OK || status == EXIT_NOTHING)
		return system.findings->statuses[STATUS_WARN] > 0 ? EXIT_WARNED : status;
	return status;
}

enum exit_status command_check(const struct invocation *invocation)
{
	const struct format *format = options_format(invocation);
	_cleanup_system_ struct system good = { 0 };
	struct invocation wishing;
	enum exit_status status = expectation_load(invocation, &good, &wishing);

	if (status == EXIT_OK)
		return check(&wishing, format);
	if (status == EXIT_TROUBLE)
		fputs(format->unread ? format->unread : "", stdout);
	return status;
}
