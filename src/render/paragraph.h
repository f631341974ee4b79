/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdio.h>

/* Writes words in lines of so many columns; a longer word has a line of its own. All
 * lines but the first begin with indent (ASCII). Blanks at line ends are dropped. */
void paragraph_write(FILE *out, const char *text, size_t width, const char *indent);

/* Columns that a text takes: its characters. */
size_t paragraph_width(const char *text, size_t size);
