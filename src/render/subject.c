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

/* Phrases are lines until join(): no name has a line's end, as it is escaped. */
static void separate(struct subject *subject)
{
	if (subject->written++ > 0)
		fputc('\n', subject->out);
}

/* "a, b and c". A new string; NULL: out of memory. */
static char *join(const char *lines)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	const char *last = strrchr(lines, '\n');
	char *text;

	if (buffer_open(&buffer) < 0)
		return NULL;
	for (; *lines; lines++)
		if (*lines != '\n')
			fputc(*lines, buffer.out);
		else
			fputs(lines == last ? " and " : ", ", buffer.out);
	return buffer_take(&buffer, &text, NULL) < 0 ? NULL : text;
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
		separate(subject);
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
			separate(subject);
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
		separate(subject);
		if (kind == KIND_REMOTEPROC)
			write_processor(subject, findings[i]->device);
		else
			write_escaped(subject, findings[i]->device
						       ? findings[i]->device->name
						       : findings[i]->name);
	}
	if (others > NAMED_MAX) {
		separate(subject);
		fprintf(subject->out, "%zu more", others - NAMED_MAX);
	}
}

static void write_channels(struct subject *subject, const struct finding *const *findings,
			   size_t count, bool heads)
{
	size_t channels = 0;

	for (size_t i = 0; i < count; i++)
		channels +=
			kind_in(findings[i]) == KIND_CHANNEL && !is_repeated(findings, i);
	if (heads) {
		separate(subject);
		write_escaped(subject, findings[0]->device->name);
		channels--;
	}
	if (channels == 0)
		return;
	separate(subject);
	if (heads)
		fprintf(subject->out, "%zu more", channels);
	else
		fprintf(subject->out, "%zu channel%s below", channels,
			channels == 1 ? "" : "s");
}

/* heads: a channel is named, as the first of them. */
static char *name_devices(const struct finding *const *findings, size_t count, bool heads)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *lines = NULL;
	struct subject subject = { 0 };

	if (buffer_open(&buffer) < 0)
		return NULL;
	subject.out = buffer.out;
	write_named(&subject, findings, count);
	write_virtios(&subject, findings, count);
	write_channels(&subject, findings, count, heads);
	if (subject.failed || buffer_take(&buffer, &lines, NULL) < 0)
		return NULL;
	return join(lines);
}

char *subject_text(const struct finding *const *findings, size_t count)
{
	return name_devices(findings, count, kind_in(findings[0]) == KIND_CHANNEL);
}

char *subject_company(const struct finding *const *findings, size_t count)
{
	return name_devices(findings, count, false);
}

static int compare_devices(const void *a, const void *b)
{
	const struct finding *const *x = a, *const *y = b;

	return ((*x)->device > (*y)->device) - ((*x)->device < (*y)->device);
}

/* "6 remote processors and 2 channels" */
static char *count_devices(const size_t counts[KIND_COUNT_])
{
	static const char *const nouns[KIND_COUNT_] = {
		[KIND_REMOTEPROC] = "remote processor", [KIND_VDEV] = "vdev",
		[KIND_VIRTIO] = "virtio device",        [KIND_CHANNEL] = "channel",
		[KIND_CHARDEV] = "character device",
	};
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *lines = NULL;
	const char *before = "";

	if (buffer_open(&buffer) < 0)
		return NULL;
	for (size_t kind = 0; kind < KIND_COUNT_; kind++) {
		if (counts[kind] == 0)
			continue;
		fprintf(buffer.out, "%s%zu %s%s", before, counts[kind],
			nouns[kind] ? nouns[kind] : "device",
			counts[kind] == 1 ? "" : "s");
		before = "\n";
	}
	return buffer_take(&buffer, &lines, NULL) < 0 ? NULL : join(lines);
}

char *subject_counted(const struct finding *const *findings, size_t count,
		      size_t *ret_devices)
{
	_cleanup_free_ const struct finding **sorted =
		calloc(count + 1, sizeof(const struct finding *));
	size_t counts[KIND_COUNT_] = { 0 }, devices = 0;

	if (!sorted)
		return NULL;
	memcpy(sorted, findings, count * sizeof(const struct finding *));
	qsort(sorted, count, sizeof(const struct finding *), compare_devices);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && sorted[i]->device &&
		    sorted[i]->device == sorted[i - 1]->device)
			continue;
		counts[kind_in(sorted[i])]++;
		devices++;
	}
	*ret_devices = devices;
	return devices == 1 ? subject_text(findings, 1) : count_devices(counts);
}
