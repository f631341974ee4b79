// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_writer.h"

#include <errno.h>
#include <inttypes.h>

#include "escape.h"

static void new_line(const struct json *json)
{
	fputc(json->in_one_line ? ' ' : '\n', json->out);
	for (unsigned int i = 0; i < json->depth && !json->in_one_line; i++)
		fputs("  ", json->out);
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

/* The escaper has taken control characters out; they are quoted all the same. */
static void write_string(const struct json *json, const char *text)
{
	fputc('"', json->out);
	while (*text) {
		size_t easy = easy_length(text);

		fwrite(text, 1, easy, json->out);
		text += easy;
		if (!*text)
			break;
		if ((unsigned char)*text < 0x20)
			fprintf(json->out, "\\u%04x", (unsigned char)*text++);
		else
			fprintf(json->out, "\\%c", *text++);
	}
	fputc('"', json->out);
}

/* All that comes before a value. */
static void write_key(struct json *json, const char *key)
{
	if (json->has_member)
		fputc(',', json->out);
	if (json->depth > 0)
		new_line(json);
	json->has_member = true;
	if (!key)
		return;
	write_string(json, key);
	fputs(": ", json->out);
}

void json_begin(struct json *json, const char *key, char bracket)
{
	write_key(json, key);
	fputc(bracket, json->out);
	json->depth++;
	json->has_member = false;
}

void json_end(struct json *json, char bracket)
{
	json->depth--;
	new_line(json);
	fputc(bracket, json->out);
	json->has_member = true;
}

void json_escaped(struct json *json, const char *key, const char *text)
{
	write_key(json, key);
	if (text)
		write_string(json, text);
	else
		fputs("null", json->out);
}

void json_text(struct json *json, const char *key, const char *text)
{
	_cleanup_free_ char *escaped = text ? escape_string(text, 0) : NULL;

	if (text && !escaped)
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
	fprintf(json->out, "%" PRIu32, number.value);
}

void json_count(struct json *json, const char *key, size_t count)
{
	write_key(json, key);
	fprintf(json->out, "%zu", count);
}

void json_truth(struct json *json, const char *key, enum tristate truth)
{
	if (truth == UNKNOWN) {
		json_escaped(json, key, NULL);
		return;
	}
	write_key(json, key);
	fputs(truth == YES ? "true" : "false", json->out);
}

int json_finish(struct json *json)
{
	fputc('\n', json->out);
	return json->error;
}
