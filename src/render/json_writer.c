// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_writer.h"

#include <errno.h>
#include <string.h>

#include "escape.h"

/* What comes before a member, after a comma or not: mostly in one piece. */
static void begin_line(struct json *json, bool comma)
{
	static const char line[] = ",\n                                ";
	size_t blanks = 2 * (size_t)json->depth, most = sizeof(line) - 3;
	size_t first = blanks < most ? blanks : most;

	if (json->in_one_line) {
		pen_text(&json->pen, comma ? ", " : " ");
		return;
	}
	pen_put(&json->pen, line + !comma, first + 1 + comma);
	pen_blanks(&json->pen, blanks - first);
}

static void write_quoted(struct json *json, const char *text, size_t size)
{
	pen_byte(&json->pen, '"');
	pen_put(&json->pen, text, size);
	pen_byte(&json->pen, '"');
}

/* The escaper has taken control characters out; they are quoted all the same. */
static void write_string(struct json *json, const char *text)
{
	size_t left = strlen(text);
	char quoted[8];

	pen_byte(&json->pen, '"');
	while (left > 0) {
		size_t easy = escape_easy_length(text, left, '"');

		pen_put(&json->pen, text, easy);
		text += easy;
		left -= easy;
		if (left == 0)
			break;
		left--;
		if ((unsigned char)*text < 0x20) {
			snprintf(quoted, sizeof(quoted), "\\u%04x",
				 (unsigned char)*text++);
			pen_text(&json->pen, quoted);
			continue;
		}
		if (*text == '"' || *text == '\\')
			pen_byte(&json->pen, '\\');
		pen_byte(&json->pen, *text++);
	}
	pen_byte(&json->pen, '"');
}

static void write_number(struct json *json, size_t number)
{
	char digits[24], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	pen_put(&json->pen, at, (size_t)(digits + sizeof(digits) - at));
}

/* All that comes before a value. */
static void write_key(struct json *json, const char *key)
{
	if (json->depth > 0)
		begin_line(json, json->has_member);
	json->has_member = true;
	if (!key)
		return;
	pen_byte(&json->pen, '"');
	pen_text(&json->pen, key);
	pen_put(&json->pen, "\": ", 3);
}

void json_begin(struct json *json, const char *key, char bracket)
{
	write_key(json, key);
	pen_byte(&json->pen, bracket);
	json->depth++;
	json->has_member = false;
}

void json_end(struct json *json, char bracket)
{
	json->depth--;
	begin_line(json, false);
	pen_byte(&json->pen, bracket);
	json->has_member = true;
}

void json_escaped(struct json *json, const char *key, const char *text)
{
	write_key(json, key);
	if (text)
		write_string(json, text);
	else
		pen_put(&json->pen, "null", 4);
}

void json_text(struct json *json, const char *key, const char *text)
{
	_cleanup_free_ char *escaped = NULL;
	size_t size = text ? strlen(text) : 0;

	if (!text) {
		json_escaped(json, key, NULL);
		return;
	}
	if (escape_easy_length(text, size, '"') == size) {
		write_key(json, key);
		write_quoted(json, text, size);
		return;
	}
	escaped = escape_string(text, 0);
	if (!escaped)
		json->error = -ENOMEM;
	json_escaped(json, key, escaped);
}

void json_number(struct json *json, const char *key, struct number number)
{
	if (!number.known) {
		json_escaped(json, key, NULL);
		return;
	}
	write_key(json, key);
	write_number(json, number.value);
}

void json_count(struct json *json, const char *key, size_t count)
{
	write_key(json, key);
	write_number(json, count);
}

void json_truth(struct json *json, const char *key, enum tristate truth)
{
	if (truth == UNKNOWN) {
		json_escaped(json, key, NULL);
		return;
	}
	write_key(json, key);
	pen_text(&json->pen, truth == YES ? "true" : "false");
}

int json_finish(struct json *json)
{
	pen_byte(&json->pen, '\n');
	pen_flush(&json->pen);
	return json->error;
}
