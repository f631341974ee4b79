/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* How a status looks in every format that has signs or colours: one table. */

#include "render.h"

/* A box of a picture. */
struct box_style {
	const char *name; /* of its class: letters only */
	const char *fill;
	const char *line;
};

struct mark {
	const char *sign[2]; /* of a problem, in the tree; [1]: in ASCII; NULL: none */
	const char *word;    /* before a message */
	const char *color;   /* of the word; all but that of a problem colour no row */
	struct box_style box;
};

/* Indexed by enum status. */
extern const struct mark marks[STATUS_COUNT_];

#define MARK_PLAIN "\033[0m"  /* ends a colour */
#define MARK_GONE  "\033[32m" /* a finding that is gone */

/* The status that a verdict stands for; where none is due it is a pass. */
enum status mark_status_of(enum verdict verdict);
