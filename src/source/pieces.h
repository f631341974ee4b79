/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "log.h"

#define PIECES_MAX 16

/* Where a log was asked for, and the lines before came from a log, too. */
struct pieces {
	size_t commands[PIECES_MAX]; /* the line of the log that comes next */
	size_t count;
};

void pieces_mark(struct pieces *pieces, const struct log *log);

/* The first so many lines of the log are gone. */
void pieces_forget(struct pieces *pieces, size_t count);

/* Puts pieces of one boot in order. 0, or -ENOMEM with the log as it was. */
int pieces_join(const struct pieces *pieces, struct log *log);
