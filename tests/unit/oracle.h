/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What holds whatever is read: shared by the unit tests and the fuzzer. Each function
 * returns NULL, or what is wrong.
 */

#include "render.h"
#include "source.h"

/* Valid UTF-8 without control, bidi or zero-width characters; newline and
 * indenting tabs are the only bytes below a blank. Written apart from src/model/escape.c
 * on purpose. */
const char *oracle_dirt(const char *text, size_t size);

/* The two trees show the same devices, facts and verdicts. */
const char *oracle_difference(const struct tree *a, const struct tree *b);

/* A renderer's output, which the caller owns; NULL: it failed. */
char *oracle_render(const struct findings *findings, const char *format,
		    const struct render_options *options);

/* The snapshot of a tree, which the caller owns; NULL: it failed. */
char *oracle_snapshot(const struct tree *tree);

/* Reads a text as source_text() does of a file called "text". */
int oracle_read(const char *text, size_t size, struct inventory **ret,
		struct notice *notice);
