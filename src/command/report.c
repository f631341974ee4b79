// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "commands.h"
#include "redact.h"
#include "source.h"
#include "unread.h"

/* Facts that only a report has, and what is not to be in it; then all is built anew: a
 * tree borrows from the inventory. */
static int complete(const struct invocation *invocation, struct system *system)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	int r = invocation->from ? 0 : paths_init(&paths, invocation->sysroot);
	size_t told = unread_count(system->inventory);

	if (r == 0 && !invocation->from)
		r = source_about(system->inventory, &paths);
	if (r == 0)
		complain_of_unread(invocation, system->inventory, told, true);
	if (r == 0 && invocation->redact)
		r = redact(system->inventory);
	return r < 0 ? r : system_rebuild(invocation, system);
}

enum exit_status command_report(const struct invocation *invocation)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);
	int r;

	if (status == EXIT_TROUBLE || !system.findings)
		return status;
	r = complete(invocation, &system);
	if (r < 0) {
		complain("%s", redact_error(r));
		return EXIT_TROUBLE;
	}
	return system_render(invocation, &system, status);
}
