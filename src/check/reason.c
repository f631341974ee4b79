// SPDX-License-Identifier: GPL-2.0-or-later
#include "reason.h"

#include "finding.h"
#include "kernel_log.h"

static void tell_start(const struct device *device, const struct biography *life,
		       const struct start *start, struct finding *finding)
{
	finding_message(finding, "%s: %s", kernel_log_failure(start),
			kernel_log_reason(finding, start->cause, start->error,
					  kernel_log_file(device, life, start)));
}

/* The state says already that it crashed. */
static void tell_crash(const struct device *device, const struct biography *life,
		       struct finding *finding)
{
	bool is_down = device->remoteproc.state == REMOTEPROC_CRASHED;
	const char *text = finding_shown(finding, life->crash_text);

	if (is_down && *text)
		finding_message(finding, "%s", text);
	else if (!is_down)
		finding_message(finding, "crashed%s%s", *text ? ": " : "", text);
}

static bool is_told(size_t line, size_t first_line)
{
	return line != NO_LINE && line >= first_line;
}

int reason_tell(const struct history *history, const struct device *processor,
		size_t first_line, char **ret)
{
	const struct biography *life = history_of(history, processor->name);
	const struct start *start = biography_failed_start(life);
	struct finding finding = { 0 };

	*ret = NULL;
	if (start && start->outcome == START_FAILED &&
	    is_told(start->end_line, first_line))
		tell_start(processor, life, start, &finding);
	else if (life && is_told(life->crash_line, first_line))
		tell_crash(processor, life, &finding);
	if (finding.error == 0)
		*ret = steal(finding.message);
	finding_clear(&finding);
	return finding.error;
}
