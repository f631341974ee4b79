// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel_log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cleanup.h"
#include "finding.h"
#include "names.h"

#define PATIENCE_S 60 /* a start may wait so long for user space */
#define CUT_S      10 /* a log that ends as soon may be cut off */

bool kernel_log_time(const struct log *log, size_t line, double *ret)
{
	if (line >= log->count || !log->lines[line].timed)
		return false;
	*ret = (double)log->lines[line].time / 1e6;
	return true;
}

bool kernel_log_is_below(const struct probe *probe)
{
	struct channel_name parts;

	return name_is_virtio(probe->device) || name_parse_channel(probe->device, &parts);
}

bool kernel_log_is_long_ago(const struct log *log, size_t line)
{
	double from;

	return kernel_log_time(log, line, &from) &&
	       (double)log->last / 1e6 - from >= CUT_S;
}

enum unended kernel_log_unended(const struct tree *tree, const struct start *start)
{
	const struct log *log = tree->history->log;
	double from, after;

	if (!kernel_log_time(log, start->begin_line, &from))
		return UNENDED_CUT;
	after = (double)log->last / 1e6 - from;
	if (tree->inventory->kind == SOURCE_LIVE && after < PATIENCE_S)
		return UNENDED_NOW;
	return after < CUT_S ? UNENDED_CUT : UNENDED_NEVER;
}

/* Who reads a replay cannot become root there. */
void kernel_log_skip(const struct tree *tree, struct finding *finding)
{
	if (tree->inventory->refused & REFUSED_LOG)
		finding_skip(finding, "cannot read the kernel log: run as root");
	else if (tree->inventory->refused & REFUSED_ROOT_LOG)
		finding_skip(
			finding,
			"this system gives no kernel log: it is a container, or CONFIG_PRINTK is not set");
	else
		finding_skip(
			finding,
			"the kernel log was not recorded: capture as root, or add dmesg to a pasted text");
}

static const char *quote(const struct tree *tree, struct finding *finding, size_t line)
{
	const struct log *log = tree->history->log;

	return line < log->count ? finding_shown(finding, log->lines[line].bytes) : "";
}

void kernel_log_evidence(const struct tree *tree, struct finding *finding, size_t first,
			 size_t second)
{
	const char *one = quote(tree, finding, first), *other = "";

	if (second != first)
		other = quote(tree, finding, second);
	/* Without times a line that came again reads the same. */
	if (strcmp(one, other) == 0)
		other = "";
	if (*one || *other)
		finding_evidence(finding, "%s%s%s", one, *one && *other ? " ... " : "",
				 other);
}

struct finding *kernel_log_add(struct findings *findings, const struct check *check,
			       const char *name)
{
	const struct device *const *named;

	if (tree_named(findings->tree, name, &named) > 0)
		return findings_add(findings, check, *named);
	return findings_add_gone(findings, check, name, NULL);
}

/* %s: the firmware file. What an errno says is too little for these. */
static const char *const causes[] = {
	[CAUSE_FIRMWARE_MISSING] = "firmware %s not found",
	[CAUSE_FIRMWARE_UNREAD] = "firmware %s could not be read",
	[CAUSE_IMAGE] = "firmware %s is damaged, or no image of this processor",
	[CAUSE_SEGMENT] = "a segment of firmware %s lies outside the processor's memory",
	[CAUSE_SIGNATURE] = "firmware %s was not authenticated",
	[CAUSE_TIMED_OUT] = "no ready signal in time",
	[CAUSE_RESOURCES] = "resource table of firmware %s refused",
	[CAUSE_VERSION] = "resource table of firmware %s has an unsupported version",
	[CAUSE_MEMORY] = "reserved memory is missing, too small or elsewhere",
	[CAUSE_MAILBOX] = "its mailbox is missing or taken",
	[CAUSE_NO_KICK] = "its driver has no kick method, which a vdev needs",
	[CAUSE_NAME_TAKEN] = "the name of its vdev is taken",
	[CAUSE_SUBDEVICE] = "a vdev or an edge of it did not come up",
	[CAUSE_POOL] = "the reserved memory of its vdev cannot serve as a pool",
	[CAUSE_IOMMU] = "its IOMMU could not be enabled",
	[CAUSE_ORDER] = "core 0 of its cluster does not run",
	[CAUSE_STOP] = "it could not be stopped",
	[CAUSE_CRASHED] = "it crashed meanwhile",
	[CAUSE_MESSAGE] = NULL,
	[CAUSE_ANNOUNCEMENT] = NULL,
	[CAUSE_RECIPIENT] = NULL,
	[CAUSE_REFUSED] = NULL,
};

static const char *name_cause(struct finding *finding, enum cause cause, const char *file)
{
	const char *format = causes[cause];
	const char *mark = format ? strchr(format, '%') : NULL;

	static const char firmware[] = "firmware ";
	size_t before = mark ? (size_t)(mark - format) : 0;

	if (!mark)
		return format;
	if (file || before == strlen(firmware))
		return finding_format(finding, "%.*s%s%s", (int)before, format,
				      file ? file : "file", mark + 2);
	return finding_format(finding, "%.*sits firmware%s",
			      (int)(before - strlen(firmware)), format, mark + 2);
}

/* Only "not found" is missing: other errnos are of a file that is there. */
static enum cause cause_by_error(enum cause cause, int error)
{
	return cause == CAUSE_FIRMWARE_MISSING && error != 0 && error != -2
		       ? CAUSE_FIRMWARE_UNREAD
		       : cause;
}

static const char *number_and(struct finding *finding, int error, const char *sentence)
{
	if (error == 0)
		return sentence ? sentence : "no reason in the log";
	return finding_format(finding, "%d%s%s", error, sentence ? ": " : "",
			      sentence ? sentence : "");
}

const char *kernel_log_failure(const struct start *start)
{
	return start->recovery ? "did not recover from a crash"
	       : start->attach ? "could not be attached to"
			       : "did not start";
}

const char *kernel_log_errno(struct finding *finding, int error)
{
	return number_and(finding, error,
			  error == -EINVAL ? "invalid argument" : phrase_error(error));
}

const char *kernel_log_reason(struct finding *finding, enum cause cause, int error,
			      const char *file)
{
	const char *named = name_cause(finding, cause_by_error(cause, error), file);

	/* Its driver may have looked at the image or not. */
	if (cause == CAUSE_REFUSED && error == -EINVAL)
		named = "refused by its driver";
	if (cause == CAUSE_MAILBOX && error == -517)
		named = "its mailbox has no driver yet";
	return number_and(finding, error, named ? named : phrase_error(error));
}

const char *kernel_log_file(const struct device *device, const struct biography *life,
			    const struct start *start)
{
	if (start->file)
		return start->file;
	return life->firmware ? life->firmware : device->remoteproc.firmware;
}

void kernel_log_judge_strays(struct findings *findings, const struct check *check,
			     enum stray_kind kind,
			     void (*judge)(const struct tree *tree,
					   const struct stray *stray,
					   struct finding *finding))
{
	const struct history *history = findings->tree->history;

	for (size_t i = 0; history && i < history->stray_count; i++) {
		const struct stray *stray = &history->strays[i];
		struct finding *finding;

		if (stray->kind != kind)
			continue;
		finding = kernel_log_add(
			findings, check,
			stray->processor == NO_PROCESSOR
				? stray->device
				: history->processors[stray->processor].device);
		judge(findings->tree, stray, finding);
		findings_judged(findings, finding);
	}
}
