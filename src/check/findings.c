// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "cause.h"
#include "check.h"
#include "escape.h"
#include "finding.h"
#include "list.h"
#include "shell.h"
#include "unread.h"

struct stand_in {
	struct device device;
	struct record record;
	char *path, *name;
	struct stand_in *next;
};

struct scratch {
	struct scratch *next;
	char *text;
};

static void scratch_free(struct finding *finding)
{
	for (struct scratch *at = finding->scratch, *next; at; at = next) {
		next = at->next;
		free(at->text);
		free(at);
	}
	finding->scratch = NULL;
}

void finding_clear(struct finding *finding)
{
	free(finding->message);
	free(finding->evidence);
	free(finding->fix);
	free(finding->name);
	free(finding->identity);
	scratch_free(finding);
}

static void stand_in_free(struct stand_in *stand_in)
{
	free(stand_in->path);
	free(stand_in->name);
	free(stand_in);
}

void findings_free(struct findings *findings)
{
	if (!findings)
		return;
	for (size_t i = 0; i < findings->count; i++)
		finding_clear(&findings->list[i]);
	finding_clear(&findings->spare);
	free(findings->list);
	for (struct stand_in *at = findings->stand_ins, *next; at; at = next) {
		next = at->next;
		stand_in_free(at);
	}
	free(findings);
}

const char *status_name(enum status status)
{
	static const char *const names[STATUS_COUNT_] = {
		[STATUS_PASS] = "pass", [STATUS_SKIP] = "skip", [STATUS_INFO] = "info",
		[STATUS_WARN] = "warn", [STATUS_FAIL] = "fail",
	};

	return names[status];
}

__attribute__((format(printf, 3, 0))) static void
set_text(struct finding *finding, char **text, const char *format, va_list arguments)
{
	char *formatted;

	if (vasprintf(&formatted, format, arguments) < 0) {
		finding->error = -ENOMEM;
		return;
	}
	free(*text);
	*text = formatted;
}

__attribute__((format(printf, 3, 4))) static void
format_text(struct finding *finding, char **text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_text(finding, text, format, arguments);
	va_end(arguments);
}

void finding_identify(struct finding *finding, const char *identity)
{
	format_text(finding, &finding->identity, "%s", identity);
}

void finding_message(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_text(finding, &finding->message, format, arguments);
	va_end(arguments);
}

void finding_evidence(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_text(finding, &finding->evidence, format, arguments);
	va_end(arguments);
}

void finding_fix(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_text(finding, &finding->fix, format, arguments);
	va_end(arguments);
}

void finding_skip(struct finding *finding, const char *format, ...)
{
	va_list arguments;

	finding->status = STATUS_SKIP;
	va_start(arguments, format);
	set_text(finding, &finding->message, format, arguments);
	va_end(arguments);
}

void finding_set(struct finding *finding, enum status status, const char *brief)
{
	finding->status = status;
	finding->brief = brief;
}

/* Takes the text; NULL: there was no memory for it. */
static const char *keep(struct finding *finding, char *text)
{
	struct scratch *scratch = text ? malloc(sizeof(*scratch)) : NULL;

	if (!scratch) {
		free(text);
		finding->error = -ENOMEM;
		return "";
	}
	*scratch = (struct scratch){ finding->scratch, text };
	finding->scratch = scratch;
	return text;
}

const char *finding_shown(struct finding *finding, const char *raw)
{
	return keep(finding, escape_string(raw, 0));
}

const char *finding_quoted(struct finding *finding, const char *raw)
{
	return keep(finding, shell_word(raw));
}

static bool is_check(struct span id)
{
	checks_foreach(check) if (span_is(id, check->id)) return true;
	return false;
}

const char *checks_unknown(const char *list, size_t *ret_size)
{
	struct span id;

	while (list_next(&list, &id))
		if (!is_check(id)) {
			*ret_size = id.size;
			return id.start;
		}
	return NULL;
}

static bool is_wanted(const struct check *check, const struct check_options *options)
{
	return (!options->only || list_has(options->only, check->id)) &&
	       !(options->skip && list_has(options->skip, check->id));
}

struct finding *findings_add(struct findings *findings, const struct check *check,
			     const struct device *device)
{
	struct finding *finding = &findings->spare;

	if (array_reserve(findings->list, findings->count + 1, findings->allocated) < 0) {
		findings->error = -ENOMEM;
		finding_clear(finding);
	} else {
		finding = &findings->list[findings->count++];
	}
	*finding = (struct finding){ .check = check, .device = device };
	return finding;
}

bool finding_fails(const struct findings *findings, const struct finding *finding)
{
	return finding->status == STATUS_FAIL ||
	       (finding->status == STATUS_WARN && findings->strict);
}

size_t findings_failed(const struct findings *findings)
{
	return findings->statuses[STATUS_FAIL] +
	       (findings->strict ? findings->statuses[STATUS_WARN] : 0);
}

const char *finding_text(const struct finding *finding)
{
	return finding->message ? finding->message : finding->check->title;
}

int findings_worst(const struct findings *findings, const struct finding ***ret)
{
	const struct tree *tree = findings->tree;
	const struct finding **worst = calloc(tree->count + 1, sizeof(*worst));

	if (!worst)
		return -ENOMEM;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];
		size_t at;

		if (finding->status < STATUS_INFO || !tree_has(tree, finding->device))
			continue;
		at = (size_t)(finding->device - tree->devices);
		if (!worst[at] || worst[at]->status < finding->status)
			worst[at] = finding;
	}
	*ret = worst;
	return 0;
}

struct finding *findings_add_gone(struct findings *findings, const struct check *check,
				  const char *name, const char *label)
{
	struct finding *finding = findings_add(findings, check, NULL);
	const char *shown = finding_shown(finding, name);
	const char *word = finding_shown(finding, label);

	format_text(finding, &finding->name, "%s%s%s%s", shown, *word ? " (" : "", word,
		    *word ? ")" : "");
	finding_identify(finding, shown);
	return finding;
}

const struct device *tree_processor(const struct tree *tree, const char *device)
{
	const struct device *const *named;
	size_t count = tree_named(tree, device, &named);

	for (size_t i = 0; i < count; i++)
		if (named[i]->kind == KIND_REMOTEPROC)
			return named[i];
	return NULL;
}

const struct device *findings_stand_in(struct findings *findings, const char *path,
				       const char *name, const struct device *owner)
{
	struct stand_in *stand_in = calloc(1, sizeof(*stand_in));

	if (!stand_in) {
		findings->error = -ENOMEM;
		return NULL;
	}
	stand_in->next = findings->stand_ins;
	findings->stand_ins = stand_in;
	stand_in->name = strdup(name);
	if (!stand_in->name ||
	    asprintf(&stand_in->path, "%s%s", path ? path : "/devices/",
		     path ? "" : name) < 0) {
		stand_in->path = NULL;
		findings->error = -ENOMEM;
		return NULL;
	}
	stand_in->record.path = stand_in->path;
	stand_in->device.kind = KIND_CHANNEL;
	stand_in->device.owner = owner;
	stand_in->device.name = stand_in->name;
	stand_in->device.record = &stand_in->record;
	return &stand_in->device;
}

const char *finding_identity(const struct findings *findings,
			     const struct identities *identities,
			     const struct finding *finding, size_t *ret_tail)
{
	if (ret_tail)
		*ret_tail = finding->identity ? finding->tail
					      : identity_tail(identities, findings->tree,
							      finding->device);
	return finding->identity
		       ? finding->identity
		       : identity_of(identities, findings->tree, finding->device);
}

/* Nothing passes that may look fine only because a read failed. */
static void skip_unread(const struct tree *tree, struct finding *finding)
{
	struct unread unread;

	/* What is gone never passes. */
	if (finding->status != STATUS_PASS ||
	    !unread_concerns(tree->inventory, finding->device->record->path, &unread))
		return;
	finding_skip(finding, "%s cannot be read: %s",
		     finding_shown(finding, unread.path), unread_reason(&unread));
}

void findings_judged(struct findings *findings, struct finding *finding)
{
	skip_unread(findings->tree, finding);
	scratch_free(finding);
	findings->statuses[finding->status]++;
	findings->error = findings->error ? findings->error : finding->error;
	if (finding->status == STATUS_PASS && !findings->passes) {
		finding_clear(finding);
		findings->count -= finding != &findings->spare;
	}
}

static void ask(struct findings *findings, const struct check *check,
		const struct device *device)
{
	struct finding *finding = findings_add(findings, check, device);

	check->judge(findings->tree, device, finding);
	findings_judged(findings, finding);
}

static bool has_virtio_child(const struct device *vdev)
{
	tree_foreach_child (child, vdev)
		if (child->kind == KIND_VIRTIO)
			return true;
	return false;
}

void findings_count(struct findings *findings, const struct device *device)
{
	findings->remoteprocs += device->kind == KIND_REMOTEPROC;
	if (device->kind == KIND_CHANNEL && device->channel.service)
		findings->service_channels++;
	else
		findings->channels += device->kind == KIND_CHANNEL;
	findings->vdevs += (device->kind == KIND_VIRTIO &&
			    device->verdict != VERDICT_NONE && !device->transport) ||
			   (device->kind == KIND_VDEV && !has_virtio_child(device));
}

int findings_build(const struct tree *tree, const struct check_options *options,
		   struct findings **ret)
{
	_cleanup_findings_ struct findings *findings = calloc(1, sizeof(*findings));

	if (!findings)
		return -ENOMEM;
	findings->tree = tree;
	findings->strict = options->strict;
	findings->passes = options->passes;
	checks_foreach(check) findings->left_out += !is_wanted(check, options);
	tree_foreach (device, tree) {
		findings_count(findings, device);
		checks_foreach(check) if (check->applies && is_wanted(check, options) &&
					  check->applies(device))
			ask(findings, check, device);
	}
	checks_foreach(check) if (check->judge_all && is_wanted(check, options))
		check->judge_all(findings, check, options);
	if (findings->error || causes_find(findings) < 0)
		return -ENOMEM;
	*ret = steal(findings);
	return 0;
}
