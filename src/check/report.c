// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

void report_free(struct report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->count; i++)
		free(report->results[i].message);
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

int result_message(struct result *result, const char *format, ...)
{
	va_list arguments;
	char *message;
	int r;

	va_start(arguments, format);
	r = vasprintf(&message, format, arguments);
	va_end(arguments);
	if (r < 0)
		return -ENOMEM;
	free(result->message);
	result->message = message;
	return 0;
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
	r = check->judge(device, result);
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
			int r = check->applies(device)
					? ask(report, check, device, options)
					: 0;

			if (r < 0)
				return r;
		}
	}
	*ret = steal(report);
	return 0;
}
