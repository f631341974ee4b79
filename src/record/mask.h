/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The names that must not be told, and the words that stand for them: "firmware-2" for a
 * file, "(masked)" for the machine. They are kept as a tree of bytes, so that a text is
 * searched for all of them at once, the longest first. A byte counts as the same when
 * one side has it as \xNN: /dev/kmsg escapes what sysfs does not.
 */

#include <stdio.h>

#include "span.h"

#define MASK         "(masked)"
#define MASK_MACHINE ((size_t)-1) /* number of a name that is not a file's */

struct mask_node;

struct masks {
	struct mask_node *nodes; /* the first is the root */
	size_t count;
	size_t allocated;
	size_t files;       /* how many have a number, 1 is the first */
	unsigned int taken; /* bits: words for a file that a name has in it */
};

void masks_release(struct masks *masks);

/* Adds a file's name and its last component; *ret_number is the one it has already where
 * it is known. 0 or -ENOMEM. */
int masks_add_file(struct masks *masks, struct span name, size_t *ret_number);

/* Adds a name that is not a file's. 0 or -ENOMEM. */
int masks_add_word(struct masks *masks, struct span name);

/* The longest name that a text starts with: its number, 0 for none, and how many bytes of
 * the text it takes. */
size_t masks_at(const struct masks *masks, struct span text, size_t *ret_size);

/* Whether a name is anywhere in a text. */
bool masks_in(const struct masks *masks, struct span text);

/* Writes what stands for a number, once all names are known. */
void masks_write_word(const struct masks *masks, size_t number, FILE *out);

/* Writes a text with all names masked. */
void masks_write(const struct masks *masks, struct span text, FILE *out);

/* Whether a word is one of the field's own: a number, or what drivers of remote
 * processors say. It tells nothing of a product, whoever says it. */
bool word_is_common(struct span word);
