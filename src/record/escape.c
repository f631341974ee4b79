// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One table of what never reaches a terminal or a file as it is, one decoder, one rule
 * for backslashes: a run of n of them is written 2n times where an escape, or text that
 * reads like one, follows, and n times elsewhere. The decoder halves by the same rule.
 */

#include "escape.h"

#include "cleanup.h"
#include "span.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First and last code point: general categories Cc, Cf, Zl, Zp of Unicode 15, blank
 * letters that look like nothing, and noncharacters. Sorted. */
static const uint32_t unprintable[][2] = {
	{ 0x0000, 0x001f },   { 0x007f, 0x009f },   { 0x00ad, 0x00ad },
	{ 0x034f, 0x034f },   { 0x0600, 0x0605 },   { 0x061c, 0x061c },
	{ 0x06dd, 0x06dd },   { 0x070f, 0x070f },   { 0x0890, 0x0891 },
	{ 0x08e2, 0x08e2 },   { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },   { 0x200b, 0x200f },   { 0x2028, 0x202e },
	{ 0x2060, 0x206f },   { 0x3164, 0x3164 },   { 0xfdd0, 0xfdef },
	{ 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb },   { 0xfffe, 0xffff },   { 0x110bd, 0x110bd },
	{ 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

static bool is_printable(uint32_t code)
{
	for (size_t i = 0; i < ARRAY_SIZE(unprintable) && unprintable[i][0] <= code; i++)
		if (code <= unprintable[i][1])
			return false;
	return (code & 0xfffe) != 0xfffe;
}

/* Length of the valid UTF-8 character at bytes (RFC 3629), 0 when there is none. */
static size_t decode(const unsigned char *bytes, size_t size, uint32_t *ret_code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = bytes[0];
	size_t length = lead < 0x80   ? 1
			: lead < 0xc2 ? 0
			: lead < 0xe0 ? 2
			: lead < 0xf0 ? 3
			: lead < 0xf5 ? 4
				      : 0;
	uint32_t code;

	if (length == 0 || length > size)
		return 0;
	code = length == 1 ? lead : lead & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (bytes[i] & 0x3f);
	}
	if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code = code;
	return length;
}

/* How many bytes at bytes may stand as they are, as one character; 0: escape one. */
static size_t plain_length(const char *bytes, size_t size, unsigned int flags)
{
	uint32_t code = 0;
	size_t length = decode((const unsigned char *)bytes, size, &code);

	if (length == 0 || !is_printable(code))
		return 0;
	if (code >= 0x80 && (flags & ESCAPE_ASCII))
		return 0;
	if ((code == '#' && (flags & ESCAPE_HASH)) ||
	    (code == '=' && (flags & ESCAPE_EQUALS)))
		return 0;
	return length;
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Whether one of eight bytes is zero. */
static bool has_zero(uint64_t word)
{
	return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80);
}

/* Whether eight bytes are printable ASCII and neither a backslash nor that byte. */
static bool are_easy(const char *bytes, char but)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return !((word | (word - EACH_BYTE(0x20)) | (word + EACH_BYTE(1))) &
		 EACH_BYTE(0x80)) &&
	       !has_zero(word ^ EACH_BYTE('\\')) &&
	       !has_zero(word ^ EACH_BYTE((unsigned char)but));
}

size_t escape_easy_length(const char *bytes, size_t size, char but)
{
	size_t length = 0;

	while (length + 8 <= size && are_easy(bytes + length, but))
		length += 8;
	while (length < size && bytes[length] >= 0x20 && bytes[length] < 0x7f &&
	       bytes[length] != '\\' && bytes[length] != but)
		length++;
	return length;
}

/* How many bytes at the start are ASCII that no rule is about: most text is that. */
static size_t easy_length(const char *bytes, size_t size, unsigned int flags)
{
	size_t length = escape_easy_length(bytes, size, flags & ESCAPE_HASH ? '#' : '\\');
	const char *equals = flags & ESCAPE_EQUALS ? memchr(bytes, '=', length) : NULL;

	return equals ? (size_t)(equals - bytes) : length;
}

static bool looks_escaped(const char *bytes, size_t size)
{
	return size >= 3 && bytes[0] == 'x' && hex_value(bytes[1]) >= 0 &&
	       hex_value(bytes[2]) >= 0;
}

static size_t backslashes(const char *bytes, size_t size)
{
	size_t run = 0;

	while (run < size && bytes[run] == '\\')
		run++;
	return run;
}

/* Whether a run of backslashes before these bytes has to be doubled. */
static bool doubles_before(const char *bytes, size_t size, unsigned int flags)
{
	return size > 0 &&
	       (looks_escaped(bytes, size) || plain_length(bytes, size, flags) == 0);
}

char *escape_bytes(const char *bytes, size_t size, unsigned int flags)
{
	static const char digits[] = "0123456789abcdef";
	size_t easy = easy_length(bytes, size, flags), hard = size - easy;
	char *escaped = hard < (SIZE_MAX - size) / 4 ? malloc(easy + 4 * hard + 1) : NULL;
	char *to = escaped ? mempcpy(escaped, bytes, easy) : NULL;

	for (size_t i = easy; escaped && i < size;) {
		size_t run = backslashes(bytes + i, size - i);
		size_t length;

		if (run > 0) {
			bool twice =
				doubles_before(bytes + i + run, size - i - run, flags);

			memset(to, '\\', twice ? 2 * run : run);
			to += twice ? 2 * run : run;
			i += run;
			continue;
		}
		length = plain_length(bytes + i, size - i, flags);
		if (length > 0) {
			memcpy(to, bytes + i, length);
			to += length;
			i += length;
			continue;
		}
		*to++ = '\\';
		*to++ = 'x';
		*to++ = digits[(unsigned char)bytes[i] >> 4];
		*to++ = digits[bytes[i++] & 0xf];
	}
	if (escaped)
		*to = '\0';
	return escaped;
}

char *escape_string(const char *string, unsigned int flags)
{
	return escape_bytes(string ? string : "", string ? strlen(string) : 0, flags);
}

char *escape_to_ascii(const char *escaped)
{
	size_t size = escaped ? strlen(escaped) : 0;
	char *ascii = malloc(4 * size + 1);
	char *to = ascii;

	for (size_t i = 0; ascii && i < size; i++)
		if (escaped[i] & 0x80)
			to += sprintf(to, "\\x%02x", (unsigned char)escaped[i]);
		else
			*to++ = escaped[i];
	if (ascii)
		*to = '\0';
	return ascii;
}

char *unescape_string(const char *string, size_t *ret_size)
{
	size_t size = strlen(string);
	char *bytes = malloc(size + 1);
	const char *first = memchr(string, '\\', size);
	size_t easy = first ? (size_t)(first - string) : size;
	char *to = bytes ? mempcpy(bytes, string, easy) : NULL;

	for (size_t i = easy; bytes && i < size;) {
		size_t run = backslashes(string + i, size - i);
		bool escaped = looks_escaped(string + i + run, size - i - run);
		size_t kept = escaped ? run / 2 : run;

		if (run == 0) {
			*to++ = string[i++];
			continue;
		}
		memset(to, '\\', kept);
		to += kept;
		i += run;
		if (!escaped || run % 2 == 0)
			continue;
		*to++ = (char)(hex_value(string[i + 1]) * 16 + hex_value(string[i + 2]));
		i += 3;
	}
	if (bytes)
		*to = '\0';
	if (bytes && ret_size)
		*ret_size = (size_t)(to - bytes);
	return bytes;
}

bool escape_is_plain(const char *bytes, size_t size)
{
	for (size_t i = easy_length(bytes, size, 0); i < size;) {
		size_t length = plain_length(bytes + i, size - i, 0);

		if (length == 0)
			return false;
		i += length;
	}
	return true;
}
