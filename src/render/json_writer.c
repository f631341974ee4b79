// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_writer.h"

#include <errno.h>
#include <string.h>

#include "escape.h"

static void flush(struct json *json)
{
	fwrite(json->bytes, 1, json->used, json->out);
	json->used = 0;
}

/* Most pieces are short: the stream is given many at once. */
static void put(struct json *json, const char *text, size_t size)
{
	if (size > sizeof(json->bytes) - json->used)
		flush(json);
	if (size > sizeof(json->bytes)) {
		fwrite(text, 1, size, json->out);
		return;
	}
	memcpy(json->bytes + json->used, text, size);
	json->used += size;
}

static void put_byte(struct json *json, char byte)
{
	put(json, &byte, 1);
}

static void put_text(struct json *json, const char *text)
{
	put(json, text, strlen(text));
}

static void new_line(struct json *json)
{
	static const char blanks[] = "                                ";
	size_t left = json->in_one_line ? 0 : 2 * (size_t)json->depth;

	put_byte(json, json->in_one_line ? ' ' : '\n');
	for (size_t most = strlen(blanks); left > 0; left -= left < most ? left : most)
		put(json, blanks, left < most ? left : most);
}

/* How many bytes at the start stand in a string as they are. */
static size_t easy_length(const char *text)
{
	size_t length = 0;

	while ((unsigned char)text[length] >= 0x20 && text[length] != '"' &&
	       text[length] != '\\')
		length++;
	return length;
}

/* The same, of those that need no look by the escaper. */
static size_t plain_length(const char *text)
{
	size_t length = 0;

	while (text[length] >= 0x20 && text[length] < 0x7f && text[length] != '"' &&
	       text[length] != '\\')
		length++;
	return length;
}

static void write_quoted(struct json *json, const char *text, size_t size)
{
	put_byte(json, '"');
	put(json, text, size);
	put_byte(json, '"');
}

/* The escaper has taken control characters out; they are quoted all the same. */
static void write_string(struct json *json, const char *text)
{
	char quoted[8];

	put_byte(json, '"');
	while (*text) {
		size_t easy = easy_length(text);

		put(json, text, easy);
		text += easy;
		if (!*text)
			break;
		if ((unsigned char)*text < 0x20)
			snprintf(quoted, sizeof(quoted), "\\u%04x",
				 (unsigned char)*text++);
		else
			snprintf(quoted, sizeof(quoted), "\\%c", *text++);
		put_text(json, quoted);
	}
	put_byte(json, '"');
}

static void write_number(struct json *json, size_t number)
{
	char digits[24], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	put(json, at, (size_t)(digits + sizeof(digits) - at));
}

/* All that comes before a value. */
static void write_key(struct json *json, const char *key)
{
	if (json->has_member)
		put_byte(json, ',');
	if (json->depth > 0)
		new_line(json);
	json->has_member = true;
	if (!key)
		return;
	write_quoted(json, key, strlen(key));
	put(json, ": ", 2);
}

void json_begin(struct json *json, const char *key, char bracket)
{
	write_key(json, key);
	put_byte(json, bracket);
	json->depth++;
	json->has_member = false;
}

void json_end(struct json *json, char bracket)
{
	json->depth--;
	new_line(json);
	put_byte(json, bracket);
	json->has_member = true;
}

void json_escaped(struct json *json, const char *key, const char *text)
{
	write_key(json, key);
	if (text)
		write_string(json, text);
	else
		put(json, "null", 4);
}

void json_text(struct json *json, const char *key, const char *text)
{
	_cleanup_free_ char *escaped = NULL;
	size_t size = text ? plain_length(text) : 0;

	if (!text) {
		json_escaped(json, key, NULL);
		return;
	}
	if (!text[size]) {
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
	put_text(json, truth == YES ? "true" : "false");
}

int json_finish(struct json *json)
{
	put_byte(json, '\n');
	flush(json);
	return json->error;
}
