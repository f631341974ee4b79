// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot_line.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "escape.h"

bool line_can_hold(const char *string)
{
	return escape_is_plain(string, strlen(string));
}

static void line_property(struct pen *pen, const char *prefix, const char *key,
			  const char *value)
{
	pen_text(pen, prefix);
	pen_text(pen, key);
	pen_byte(pen, '=');
	pen_text(pen, value);
	pen_byte(pen, '\n');
}

void line_properties(struct pen *pen, const struct record *record, const char *prefix)
{
	for (size_t i = 0; i < record->property_count; i++) {
		const struct property *property = &record->properties[i];

		if (line_can_hold(property->key) && line_can_hold(property->value))
			line_property(pen, prefix, property->key, property->value);
	}
}

/* Whether A: can hold the value: plain text but for newlines. */
static bool is_plain_value(const struct attribute *attribute)
{
	const char *at = attribute->value, *end = at + attribute->size;

	while (at <= end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;

		if (!escape_is_plain(at, (size_t)(stop - at)))
			return false;
		at = stop + 1;
	}
	return true;
}

static void write_hex(struct pen *pen, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		pen_byte(pen, "0123456789ABCDEF"[byte >> 4]);
		pen_byte(pen, "0123456789ABCDEF"[byte & 0xf]);
	}
}

/* Newlines and backslashes are the only bytes that A: escapes. */
static void write_plain(struct pen *pen, const char *at, size_t size)
{
	for (const char *end = at + size; at < end;) {
		size_t left = (size_t)(end - at);
		size_t easy = escape_easy_length(at, left, '\\');

		pen_put(pen, at, easy);
		at += easy;
		if (at == end)
			return;
		if (*at == '\n' || *at == '\\')
			pen_byte(pen, '\\');
		pen_byte(pen, *at == '\n' ? 'n' : *at);
		at++;
	}
}

void line_attribute(struct pen *pen, const char *prefix,
		    const struct attribute *attribute)
{
	bool plain = is_plain_value(attribute);

	pen_text(pen, plain ? "A: " : "H: ");
	pen_text(pen, prefix);
	pen_text(pen, attribute->name);
	pen_byte(pen, '=');
	if (plain) {
		write_plain(pen, attribute->value, attribute->size);
		pen_text(pen, attribute->size > 0 ? "\\n\n" : "\n");
	} else {
		write_hex(pen, attribute->value, attribute->size);
		pen_text(pen, "0A\n");
	}
}

void line_text(struct pen *pen, const char *prefix, const char *text)
{
	pen_text(pen, prefix);
	pen_text(pen, text);
	pen_byte(pen, '\n');
}

static void write_log_time(struct pen *pen, const char *key, uint64_t time)
{
	char stamp[48];

	snprintf(stamp, sizeof(stamp), "%llu.%06llu",
		 (unsigned long long)(time / 1000000),
		 (unsigned long long)(time % 1000000));
	line_property(pen, "E: ", key, stamp);
}

/* The kernel log, for what findings say of it. */
int line_log(struct pen *pen, const struct log *log)
{
	char key[sizeof(FACT_LOG_LINE) + 24];

	if (log->timed) {
		write_log_time(pen, FACT_LOG_FROM, log->first);
		write_log_time(pen, FACT_LOG_TO, log->last);
	}
	for (size_t i = 0; i < log->count; i++) {
		_cleanup_free_ char *line = escape_string(log->lines[i].bytes, 0);

		if (!line)
			return -ENOMEM;
		snprintf(key, sizeof(key), FACT_LOG_LINE "%04zu", i + 1);
		line_property(pen, "E: ", key, line);
	}
	return 0;
}
