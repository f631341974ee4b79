// SPDX-License-Identifier: GPL-2.0-or-later
#include "shell.h"

#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "cleanup.h"
#include "escape.h"

#define SAFE "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:@+-/%="

/* A '#' is safe but at the start of a word. */
static bool is_bare(const char *name)
{
	return *name && *name != '#' && strspn(name, SAFE "#") == strlen(name);
}

static void write_quoted(FILE *out, const char *name)
{
	fputc('\'', out);
	for (; *name; name++)
		fputs(*name == '\'' ? "'\\''" : (char[]){ *name, '\0' }, out);
	fputc('\'', out);
}

static void write_ansi_c(FILE *out, const char *name)
{
	fputs("$'", out);
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (c == '\'' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
	fputc('\'', out);
}

char *shell_word(const char *name)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *word;

	if (is_bare(name))
		return strdup(name);
	if (buffer_open(&buffer) < 0)
		return NULL;
	if (escape_is_plain(name, strlen(name)))
		write_quoted(buffer.out, name);
	else
		write_ansi_c(buffer.out, name);
	return buffer_take(&buffer, &word, NULL) < 0 ? NULL : word;
}
