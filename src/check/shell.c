// SPDX-License-Identifier: GPL-2.0-or-later
#include "shell.h"

#include <stdio.h>
#include <string.h>

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
	char *word = NULL;
	size_t size;
	FILE *memory;

	if (is_bare(name))
		return strdup(name);
	memory = open_memstream(&word, &size);
	if (!memory)
		return NULL;
	if (escape_is_plain(name, strlen(name)))
		write_quoted(memory, name);
	else
		write_ansi_c(memory, name);
	if (fclose(memory) == 0)
		return word;
	free(word);
	return NULL;
}
