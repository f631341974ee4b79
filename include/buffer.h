/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A text that is written in memory as if it were a file. What went wrong while it was
 * written is told when it is taken, so that nobody has to ask after each word.
 *
 * A buffer stays where it was opened: its FILE points to it.
 */

#include "cleanup.h"

struct buffer {
	FILE *out; /* NULL: not open */
	char *text;
	size_t size;
	size_t allocated;
	int error; /* 0, or -ENOMEM: a part was lost */
};

/* 0 or -ENOMEM. */
int buffer_open(struct buffer *buffer);

/* Closes it. The text, NUL-terminated and never NULL, is the caller's; ret_size may be
 * NULL. 0, or -ENOMEM when any of it was lost. */
int buffer_take(struct buffer *buffer, char **ret, size_t *ret_size);

void buffer_release(struct buffer *buffer);
#define _cleanup_buffer_ _cleanup_(buffer_release)
