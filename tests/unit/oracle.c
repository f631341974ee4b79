// SPDX-License-Identifier: GPL-2.0-or-later
#include "oracle.h"
#include "buffer.h"
#include "snapshot.h"

#include <stdint.h>
#include <string.h>

static bool is_continuation(unsigned char byte)
{
	return byte >= 0x80 && byte <= 0xbf;
}

/* Table 3-7 of the Unicode standard: well-formed UTF-8. 0: ill-formed. */
static size_t well_formed(const unsigned char *at, size_t left)
{
	if (at[0] < 0x80)
		return 1;
	if (at[0] >= 0xc2 && at[0] <= 0xdf)
		return left >= 2 && is_continuation(at[1]) ? 2 : 0;
	if (at[0] >= 0xe0 && at[0] <= 0xef) {
		if (left < 3 || !is_continuation(at[1]) || !is_continuation(at[2]))
			return 0;
		return (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f)
			       ? 0
			       : 3;
	}
	if (at[0] < 0xf0 || at[0] > 0xf4 || left < 4 || !is_continuation(at[1]) ||
	    !is_continuation(at[2]) || !is_continuation(at[3]))
		return 0;
	return (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f) ? 0 : 4;
}

/* The three-byte and two-byte characters that do the harm, by their encoding. */
static bool is_harmful(const unsigned char *at, size_t length)
{
	if (length == 2)
		return (at[0] == 0xc2 && (at[1] < 0xa0 || at[1] == 0xad)) ||
		       (at[0] == 0xd8 && at[1] == 0x9c);
	if (length != 3)
		return length == 4 && at[0] == 0xf3 && at[1] == 0xa0;
	if (at[0] == 0xe2 && at[1] == 0x80)
		return (at[2] >= 0x8b && at[2] <= 0x8f) ||
		       (at[2] >= 0xa8 && at[2] <= 0xae);
	return (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa0 && at[2] <= 0xaf) ||
	       (at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf);
}

/* A tab that a format itself puts before a line. */
static bool is_indent(const unsigned char *bytes, size_t i)
{
	while (i > 0 && bytes[i] == '\t')
		i--;
	return bytes[i] == '\n';
}

const char *oracle_dirt(const char *text, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;

	for (size_t i = 0; i < size;) {
		size_t length = well_formed(bytes + i, size - i);

		if (length == 0)
			return "invalid UTF-8";
		if ((bytes[i] < 0x20 && bytes[i] != '\n' && !is_indent(bytes, i)) ||
		    bytes[i] == 0x7f)
			return "a control character";
		if (is_harmful(bytes + i, length))
			return "a bidi, zero-width or C1 character";
		i += length;
	}
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_properties(const struct record *a, const struct record *b)
{
	if (a->property_count != b->property_count)
		return false;
	for (size_t i = 0; i < a->property_count; i++)
		if (strcmp(a->properties[i].key, b->properties[i].key) != 0 ||
		    strcmp(a->properties[i].value, b->properties[i].value) != 0)
			return false;
	return true;
}

static bool same_number(struct number a, struct number b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_facts(const struct device *a, const struct device *b)
{
	switch (a->kind) {
	case KIND_REMOTEPROC:
		return same_text(a->remoteproc.name, b->remoteproc.name) &&
		       same_text(a->remoteproc.state_word, b->remoteproc.state_word) &&
		       same_text(a->remoteproc.firmware, b->remoteproc.firmware) &&
		       same_text(a->remoteproc.recovery, b->remoteproc.recovery) &&
		       same_text(a->remoteproc.coredump, b->remoteproc.coredump);
	case KIND_VIRTIO:
		return same_number(a->virtio.id, b->virtio.id) &&
		       same_number(a->virtio.status, b->virtio.status) &&
		       same_text(a->virtio.features, b->virtio.features);
	case KIND_CHANNEL:
		return same_text(a->channel.name, b->channel.name) &&
		       same_number(a->channel.src, b->channel.src) &&
		       same_number(a->channel.dst, b->channel.dst) &&
		       a->channel.announce == b->channel.announce &&
		       same_text(a->channel.driver_override, b->channel.driver_override);
	default:
		return true;
	}
}

static const char *differs(const struct device *a, const struct device *b)
{
	if (strcmp(a->record->path, b->record->path) != 0)
		return "a path differs";
	if (a->kind != b->kind)
		return "a kind differs";
	if (!same_text(a->record->subsystem, b->record->subsystem))
		return "a subsystem differs";
	if (!same_text(a->driver, b->driver))
		return "a driver differs";
	if (!same_text(a->devnode, b->devnode))
		return "a node differs";
	if (a->record->path_only != b->record->path_only)
		return "path_only differs";
	if (a->verdict != b->verdict)
		return "a verdict differs";
	if (!same_text(a->owner ? a->owner->name : NULL,
		       b->owner ? b->owner->name : NULL))
		return "an owner differs";
	return same_facts(a, b) ? NULL : "a fact differs";
}

const char *oracle_difference(const struct tree *a, const struct tree *b)
{
	if (a->count != b->count)
		return "the number of devices differs";
	if (!same_properties(&a->inventory->system, &b->inventory->system))
		return "a fact of the system differs";
	for (size_t i = 0; i < a->count; i++) {
		const char *difference = differs(&a->devices[i], &b->devices[i]);

		if (difference)
			return difference;
	}
	return NULL;
}

char *oracle_render(const struct findings *findings, const char *name,
		    const struct render_options *options)
{
	const struct format *format = format_find(
		name, FORMAT_SHOW | FORMAT_CHECK | FORMAT_CAPTURE | FORMAT_REPORT);
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text = NULL;
	size_t size;

	if (!format || buffer_open(&buffer) < 0 ||
	    format->render(buffer.out, findings, options) != 0 ||
	    buffer_take(&buffer, &text, &size) < 0)
		return NULL;
	if (strlen(text) == size)
		return text;
	free(text);
	return NULL;
}

char *oracle_snapshot(const struct tree *tree)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text = NULL;

	if (buffer_open(&buffer) < 0 || snapshot_write(buffer.out, tree) != 0 ||
	    buffer_take(&buffer, &text, NULL) < 0)
		return NULL;
	return text;
}

int oracle_read(const char *text, size_t size, struct inventory **ret,
		struct notice *notice)
{
	FILE *file = fmemopen((void *)text, size, "r");
	int r;

	if (!file)
		return -12;
	r = source_text(file, "text", ret, notice);
	fclose(file);
	return r;
}
