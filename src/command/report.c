// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "bug_report.h"
#include "commands.h"
#include "redact.h"
#include "snapshot.h"
#include "source.h"

/* Facts that only a report has, and what is not to be in it; then all is built anew: a
 * tree borrows from the inventory. */
static int complete(const struct invocation *invocation, struct system *system)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	int r = invocation->from ? 0 : paths_init(&paths, invocation->sysroot);

	if (r == 0 && !invocation->from)
		r = source_about(system->inventory, &paths);

	if (r == 0 && invocation->redact)
		r = redact(system->inventory);
	return r < 0 ? r : system_rebuild(invocation, system);
}

static int write_records(const struct tree *tree)
{
	_cleanup_free_ char *text = NULL;
	int r = snapshot_text(tree, &text);

	if (r == 0)
		bug_report_records(stdout, text);
	return r;
}

enum exit_status command_report(const struct invocation *invocation)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status = system_load(invocation, &system);
	int r;

	if (!system.findings || status == EXIT_TROUBLE)
		return status;
	if (!wants_own_format(invocation))
		return system_render(invocation, &system) == EXIT_OK
			       ? status_of_reading(&system, status)
			       : EXIT_TROUBLE;
	r = complete(invocation, &system);
	if (r == 0)
		r = bug_report_head(stdout, system.findings);
	if (r == 0)
		r = write_records(system.tree);
	if (r == 0)
		return status_of_reading(&system, status);
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}
