// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int decode_hex(char *text, size_t *ret_size)
{
	size_t size = strlen(text);

	if (size % 2 || strspn(text, "0123456789abcdefABCDEF") != size)
		return -EBADMSG;
	for (size_t i = 0; i < size / 2; i++) {
		char pair[3] = { text[2 * i], text[2 * i + 1], '\0' };

		text[i] = (char)strtoul(pair, NULL, 16);
	}
	*ret_size = size / 2;
	return 0;
}

int decode_escapes(char *text, size_t *ret_size)
{
	static const char letters[] = "bfnrtv", bytes[] = "\b\f\n\r\t\v";
	char *to = strchrnul(text, '\\');

	/* The only escape of most values. */
	if (strcmp(to, "\\n") == 0) {
		*to++ = '\n';
		*ret_size = (size_t)(to - text);
		return 0;
	}
	for (const char *at = to; *at; at++) {
		const char *letter;

		if (*at != '\\') {
			*to++ = *at;
			continue;
		}
		if (!*++at)
			return -EBADMSG;
		letter = strchr(letters, *at);
		if (*at >= '0' && *at <= '7') {
			unsigned int value = 0, i = 0;

			for (; i < 3 && at[i] >= '0' && at[i] <= '7'; i++)
				value = 8 * value + (unsigned int)(at[i] - '0');
			*to++ = (char)value;
			at += i - 1;
		} else {
			*to++ = letter ? bytes[letter - letters] : *at;
		}
	}
	*ret_size = (size_t)(to - text);
	return 0;
}
