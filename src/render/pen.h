/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Writes many short pieces to a stream, which is given a page of them at once: a call of
 * stdio costs more than most pieces. What has not been given yet is lost without
 * pen_flush(). Errors are left to ferror(out).
 */

#include <stdio.h>
#include <string.h>

struct pen {
	FILE *out;
	size_t used;
	char bytes[4096];
};

void pen_flush(struct pen *pen);

/* More than there is room for. */
void pen_put_more(struct pen *pen, const char *text, size_t size);

static inline void pen_put(struct pen *pen, const char *text, size_t size)
{
	if (size > sizeof(pen->bytes) - pen->used) {
		pen_put_more(pen, text, size);
		return;
	}
	memcpy(pen->bytes + pen->used, text, size);
	pen->used += size;
}

static inline void pen_text(struct pen *pen, const char *text)
{
	pen_put(pen, text, strlen(text));
}

static inline void pen_byte(struct pen *pen, char byte)
{
	if (pen->used == sizeof(pen->bytes))
		pen_flush(pen);
	pen->bytes[pen->used++] = byte;
}

void pen_blanks(struct pen *pen, size_t count);
