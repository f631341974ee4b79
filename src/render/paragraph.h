/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdio.h>

/* Writes words in lines of so many columns (0: one line, whatever its length). All lines
 * but the first begin with indent (ASCII). Blanks at line ends are dropped; a word that
 * is longer than a line is broken at its edge. */
void paragraph_write(FILE *out, const char *text, size_t width, const char *indent);

/* The same, where so many columns of the first line are taken already. */
void paragraph_continue(FILE *out, const char *text, size_t column, size_t width,
			const char *indent);

/* Columns that a text takes: its characters. */
size_t paragraph_width(const char *text, size_t size);
