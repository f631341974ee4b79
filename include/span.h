/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Bytes inside a text that somebody else owns; no NUL at the end. */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *start;
	size_t size;
};

static inline struct span span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

static inline bool span_is(struct span span, const char *text)
{
	return span.size == strlen(text) && memcmp(span.start, text, span.size) == 0;
}

static inline bool span_same(struct span a, struct span b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.start, b.start, a.size) == 0);
}

static inline bool span_starts(struct span span, const char *text)
{
	size_t size = strlen(text);

	return span.size >= size && memcmp(span.start, text, size) == 0;
}

static inline bool span_begins(struct span span, struct span with)
{
	return span.size >= with.size &&
	       (with.size == 0 || memcmp(span.start, with.start, with.size) == 0);
}

static inline bool span_ends(struct span span, const char *text)
{
	size_t size = strlen(text);

	return span.size >= size &&
	       memcmp(span.start + span.size - size, text, size) == 0;
}

static inline bool span_has(struct span span, const char *text)
{
	return span.size > 0 && memmem(span.start, span.size, text, strlen(text));
}

/* Whether one of the words, which end with NULL, is in it. In one pass: libc's memmem()
 * makes a table of each word anew. Words have two bytes at least. */
bool span_has_any(struct span span, const char *const *words);

/* The same as strcmp() tells; most texts that differ do so in their first byte. */
static inline bool text_is(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

/* Whether a text begins with a word of one byte at least. */
static inline bool text_starts(const char *text, const char *word)
{
	return *text == *word && strncmp(text, word, strlen(word)) == 0;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a hexadecimal digit; -1: it is none. */
static inline int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many decimal digits it starts with. */
static inline size_t span_digits(struct span span)
{
	size_t count = 0;

	while (count < span.size && is_digit(span.start[count]))
		count++;
	return count;
}

/* What is left after the first size bytes. */
static inline struct span span_from(struct span span, size_t size)
{
	return (struct span){ span.start + size, span.size - size };
}

/* As a string; false: it does not fit into so many bytes, with its NUL. */
static inline bool span_copy(struct span span, char *text, size_t size)
{
	if (span.size >= size)
		return false;
	if (span.size > 0)
		memcpy(text, span.start, span.size);
	text[span.size] = '\0';
	return true;
}

/* "remoteproc0" of "remoteproc": the prefix and digits, no more. */
static inline bool span_is_numbered(struct span span, const char *prefix)
{
	size_t size = strlen(prefix);

	return span_starts(span, prefix) && span.size > size &&
	       span_digits(span_from(span, size)) == span.size - size;
}
