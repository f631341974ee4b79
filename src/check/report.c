// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "wish.h"

struct stand_in {
	struct device device;
	struct record record;
	char *name;
	struct stand_in *next;
};

static void result_clear(struct result *result)
{
	free(result->message);
	free(result->evidence);
	free(result->hint);
	free(result->identity);
}

static void stand_in_free(struct stand_in *stand_in)
{
	record_clear(&stand_in->record);
	free(stand_in->name);
	free(stand_in);
}

void report_free(struct report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->count; i++)
		result_clear(&report->results[i]);
	free(report->results);
	for (struct stand_in *at = report->stand_ins, *next; at; at = next) {
		next = at->next;
		stand_in_free(at);
	}
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

__attribute__((format(printf, 2, 0))) static int set_text(char **text, const char *format,
							  va_list arguments)
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

struct result *report_add(struct report *report, const struct check *check,
			  const struct device *device)
{
	struct result *result;

	if (report->count == report->allocated) {
		size_t allocated = report->allocated + report->allocated / 2 + 16;
		struct result *results =
			reallocarray(report->results, allocated, sizeof(*results));

		if (!results)
			return NULL;
		report->results = results;
		report->allocated = allocated;
	}
	result = &report->results[report->count++];
	*result = (struct result){ .check = check, .device = device };
	return result;
}

void report_settle(struct report *report, struct result *result,
		   const struct report_options *options)
{
	if (result->status == STATUS_NOTE && options->strict)
		result->status = STATUS_FAIL;
	report->statuses[result->status]++;
}

const struct device *report_stand_in(struct report *report, const char *path,
				     const char *name)
{
	struct stand_in *stand_in = calloc(1, sizeof(*stand_in));

	if (!stand_in)
		return NULL;
	stand_in->name = strdup(name);
	stand_in->record.path = strdup(path);
	if (!stand_in->name || !stand_in->record.path) {
		stand_in_free(stand_in);
		return NULL;
	}
	stand_in->device.kind = KIND_CHANNEL;
	stand_in->device.name = stand_in->name;
	stand_in->device.record = &stand_in->record;
	stand_in->next = report->stand_ins;
	report->stand_ins = stand_in;
	return &stand_in->device;
}

const char *result_identity(const struct report *report,
			    const struct identities *identities,
			    const struct result *result, size_t *ret_tail)
{
	if (ret_tail)
		*ret_tail = result->identity ? result->tail
					     : identity_tail(identities, report->tree,
							     result->device);
	return result->identity ? result->identity
				: identity_of(identities, report->tree, result->device);
}

static int ask(struct report *report, const struct check *check,
	       const struct device *device, const struct report_options *options)
{
	struct result *result = report_add(report, check, device);
	int r;

	if (!result)
		return -ENOMEM;
	r = check->judge(report->tree, device, result);
	report_settle(report, result, options);
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

			if (check->applies && is_wanted(check, options) &&
			    check->applies(device))
				r = ask(report, check, device, options);
			if (r < 0)
				return r;
		}
	}
	for (const struct check *check = checks; check->id; check++) {
		int r = 0;

		if (check->judge_all && is_wanted(check, options))
			r = check->judge_all(report, check, options);
		if (r < 0)
			return r;
	}
	*ret = steal(report);
	return 0;
}
