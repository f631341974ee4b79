// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who a block of findings is about. Processors are named one by one, with the name that
 * their driver gave them; virtio devices as ranges of numbers; of channels the first is
 * named where it heads the block, and else they are counted.
 */

#include "subject.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "escape.h"
#include "names.h"

#define NAMED_MAX 3 /* of devices that are neither processor, virtio nor channel */

struct subject {
	FILE *out;
	size_t written; /* phrases so far */
	bool failed;
};

static void separate(struct subject *subject, bool last)
{
	if (subject->written++ > 0)
		fputs(last ? " and " : ", ", subject->out);
}

static void write_escaped(struct subject *subject, const char *name)
{
	_cleanup_free_ char *escaped = escape_string(name, 0);

	if (!escaped)
		subject->failed = true;
	else
		fputs(escaped, subject->out);
}

static void write_processor(struct subject *subject, const struct device *device)
{
	write_escaped(subject, device->name);
	if (!device->remoteproc.name || !*device->remoteproc.name)
		return;
	fputs(" (", subject->out);
	write_escaped(subject, device->remoteproc.name);
	fputc(')', subject->out);
}

static enum kind kind_in(const struct finding *finding)
{
	return finding->device ? finding->device->kind : KIND_OTHER;
}

/* Findings of one device follow each other in no order: the first of each counts. */
static bool is_repeated(const struct finding *const *findings, size_t i)
{
	for (size_t j = i; j > 0 && i - j < 8; j--)
		if (findings[j - 1]->device &&
		    findings[j - 1]->device == findings[i]->device)
			return true;
	return i > 0 && findings[0]->device && findings[0]->device == findings[i]->device;
}

static unsigned long number_of(const struct device *virtio)
{
	return strtoul(virtio->name + strcspn(virtio->name, "0123456789"), NULL, 10);
}

static int compare_numbers(const void *a, const void *b)
{
	const unsigned long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* "virtio0-3", "virtio0, virtio2-4" */
static void write_ranges(struct subject *subject, const unsigned long *numbers,
			 size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && numbers[end] <= numbers[end - 1] + 1;)
			end++;
		separate(subject, false);
		fprintf(subject->out, "virtio%lu", numbers[i]);
		if (numbers[end - 1] > numbers[i])
			fprintf(subject->out, "-%lu", numbers[end - 1]);
	}
}

static void write_virtios(struct subject *subject, const struct finding *const *findings,
			  size_t count)
{
	_cleanup_free_ unsigned long *numbers = calloc(count + 1, sizeof(*numbers));
	size_t found = 0;

	subject->failed = subject->failed || !numbers;
	for (size_t i = 0; numbers && i < count; i++) {
		if (kind_in(findings[i]) != KIND_VIRTIO)
			continue;
		if (name_is_virtio(findings[i]->device->name)) {
			numbers[found++] = number_of(findings[i]->device);
		} else {
			separate(subject, false);
			write_escaped(subject, findings[i]->device->name);
		}
	}
	if (!numbers)
		return;
	qsort(numbers, found, sizeof(*numbers), compare_numbers);
	write_ranges(subject, numbers, found);
}

static void write_named(struct subject *subject, const struct finding *const *findings,
			size_t count)
{
	size_t others = 0;

	for (size_t i = 0; i < count; i++) {
		enum kind kind = kind_in(findings[i]);

		if (kind == KIND_VIRTIO || kind == KIND_CHANNEL ||
		    is_repeated(findings, i))
			continue;
		if (kind != KIND_REMOTEPROC && ++others > NAMED_MAX)
			continue;
		separate(subject, false);
		if (kind == KIND_REMOTEPROC)
			write_processor(subject, findings[i]->device);
		else
			write_escaped(subject, findings[i]->device
						       ? findings[i]->device->name
						       : findings[i]->name);
	}
	if (others > NAMED_MAX) {
		separate(subject, true);
		fprintf(subject->out, "%zu more", others - NAMED_MAX);
	}
}

static void write_channels(struct subject *subject, const struct finding *const *findings,
			   size_t count)
{
	bool heads = kind_in(findings[0]) == KIND_CHANNEL;
	size_t channels = 0;

	for (size_t i = 0; i < count; i++)
		channels +=
			kind_in(findings[i]) == KIND_CHANNEL && !is_repeated(findings, i);
	if (heads) {
		separate(subject, false);
		write_escaped(subject, findings[0]->device->name);
		channels--;
	}
	if (channels == 0)
		return;
	separate(subject, true);
	if (heads)
		fprintf(subject->out, "%zu more", channels);
	else
		fprintf(subject->out, "%zu channel%s below", channels,
			channels == 1 ? "" : "s");
}

char *subject_text(const struct finding *const *findings, size_t count)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	struct subject subject = { 0 };
	char *text;

	if (buffer_open(&buffer) < 0)
		return NULL;
	subject.out = buffer.out;
	write_named(&subject, findings, count);
	write_virtios(&subject, findings, count);
	write_channels(&subject, findings, count);
	if (subject.failed || buffer_take(&buffer, &text, NULL) < 0)
		return NULL;
	return text;
}
