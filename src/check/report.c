// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

static void result_clear(struct result *result)
{
	free(result->message);
	free(result->evidence);
	free(result->hint);
}

void report_free(struct report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->count; i++)
		result_clear(&report->results[i]);
	free(report->results);
	free(report);
}

const char *status_name(enum status status)
{
	static const char *const names[STATUS_COUNT_] = {
		[STATUS_PASS] = "pass",
		[STATUS_SKIP] = "skip",
		[STATUS_NOTE] = "note",
		[STATUS_FAIL] = "fail",
	};

	return names[status];
}

static int set_text(char **text, const char *format, va_list arguments)
{
	char *formatted;

	if (vasprintf(&formatted, format, arguments) < 0)
		return -ENOMEM;
	free(*text);
	*text = formatted;
	return 0;
}

int result_message(struct result *result, const char *format, ...)
{
	va_list arguments;
	int r;

	va_start(arguments, format);
	r = set_text(&result->message, format, arguments);
	va_end(arguments);
	return r;
}

int result_evidence(struct result *result, const char *format, ...)
{
	va_list arguments;
	int r;

	va_start(arguments, format);
	r = set_text(&result->evidence, format, arguments);
	va_end(arguments);
	return r;
}

int result_hint(struct result *result, const char *format, ...)
{
	va_list arguments;
	int r;

	va_start(arguments, format);
	r = set_text(&result->hint, format, arguments);
	va_end(arguments);
	return r;
}

int result_skip(struct result *result, const char *reason)
{
	result->status = STATUS_SKIP;
	return result_message(result, "%s", reason);
}

/* Whether a list of names separated by commas has one. */
static bool is_listed(const char *list, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = list; *at;
	     at += strcspn(at, ",") + (at[strcspn(at, ",")] == ','))
		if (strcspn(at, ",") == size && strncmp(at, name, size) == 0)
			return true;
	return false;
}

const char *checks_unknown(const char *list, size_t *ret_size)
{
	for (const char *at = list;; at++) {
		const struct check *check = checks;

		*ret_size = strcspn(at, ",");
		while (check->id && (strlen(check->id) != *ret_size ||
				     strncmp(check->id, at, *ret_size) != 0))
			check++;
		if (!check->id)
			return at;
		at += *ret_size;
		if (!*at)
			return NULL;
	}
}

static bool is_wanted(const struct check *check, const struct report_options *options)
{
	return (!options->only || is_listed(options->only, check->id)) &&
	       !(options->skip && is_listed(options->skip, check->id));
}

static struct result *add_result(struct report *report)
{
	if (report->count == report->allocated) {
		size_t allocated = report->allocated + report->allocated / 2 + 16;
		struct result *results =
			reallocarray(report->results, allocated, sizeof(*results));

		if (!results)
			return NULL;
		report->results = results;
		report->allocated = allocated;
	}
	return &report->results[report->count++];
}

static int ask(struct report *report, const struct check *check,
	       const struct device *device, const struct report_options *options)
{
	struct result *result = add_result(report);
	int r;

	if (!result)
		return -ENOMEM;
	*result = (struct result){ .check = check, .device = device };
	r = check->judge(report->tree, device, result);
	if (result->status == STATUS_NOTE && options->strict)
		result->status = STATUS_FAIL;
	report->statuses[result->status]++;
	return r;
}

static bool has_virtio_child(const struct device *vdev)
{
	tree_foreach_child (child, vdev)
		if (child->kind == KIND_VIRTIO)
			return true;
	return false;
}

static void count(struct report *report, const struct device *device)
{
	report->remoteprocs += device->kind == KIND_REMOTEPROC;
	report->channels += device->kind == KIND_CHANNEL;
	report->vdevs += (device->kind == KIND_VIRTIO &&
			  device->verdict != VERDICT_NONE && !device->transport) ||
			 (device->kind == KIND_VDEV && !has_virtio_child(device));
}

int report_build(const struct tree *tree, const struct report_options *options,
		 struct report **ret)
{
	_cleanup_report_ struct report *report = calloc(1, sizeof(*report));

	if (!report)
		return -ENOMEM;
	report->tree = tree;
	tree_foreach (device, tree) {
		count(report, device);
		for (const struct check *check = checks; check->id; check++) {
			int r = 0;

			if (is_wanted(check, options) && check->applies(device))
				r = ask(report, check, device, options);
			if (r < 0)
				return r;
		}
	}
	*ret = steal(report);
	return 0;
}
