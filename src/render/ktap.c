// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Kernel TAP, Documentation/dev-tools/ktap.rst. A description must not contain '#', which
 * begins a directive, and remoteproc0#vdev0buffer does: the escaper takes care.
 */

#include <errno.h>

#include "escape.h"
#include "format.h"

static int write_result(FILE *out, size_t number, const struct result *result)
{
	_cleanup_free_ char *name =
		escape_string(result->device->record->path, ESCAPE_HASH);

	if (!name)
		return -ENOMEM;
	if (result->status != STATUS_PASS && result->message)
		fprintf(out, "# %s: %s\n", status_name(result->status), result->message);
	fprintf(out, "%s %zu %s %s%s\n", result->status == STATUS_FAIL ? "not ok" : "ok",
		number, result->check->id, name,
		result->status == STATUS_SKIP ? " # SKIP" : "");
	return 0;
}

int ktap_render(FILE *out, const struct report *report,
		const struct render_options *options)
{
	const size_t *statuses = report->statuses;

	(void)options;
	fprintf(out, "KTAP version 1\n1..%zu%s\n", report->count,
		report->count == 0 ? " # SKIP nothing to check" : "");
	for (size_t i = 0; i < report->count; i++) {
		int r = write_result(out, i + 1, &report->results[i]);

		if (r < 0)
			return r;
	}
	fprintf(out, "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
		statuses[STATUS_PASS] + statuses[STATUS_NOTE], statuses[STATUS_FAIL],
		statuses[STATUS_SKIP]);
	return 0;
}
