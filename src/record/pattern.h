/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The pattern of a phrase, and what stands in its fields. %n is a name, %f a file, %t the
 * rest or what is before the next letters, %e an errno (-22, -EBUSY), %d a number, %x and
 * %s addresses (destination, source), %v a virtio device, %m a node, %o another device or
 * driver; %_ is passed over.
 */

#include "phrase.h"

/* A field is never longer: firmware paths, channel names, devices. It bounds the search,
 * too: a line of megabytes is read once. */
#define PATTERN_FIELD_MAX 512

/* A part of a text that fits: letters of the pattern, or what stands in a field. */
struct piece {
	char field; /* 'n'; 0: letters */
	struct span text;
};

/* More parts than any pattern has. */
#define PATTERN_PIECES_MAX 12

/* The parts of a text that fits, and how many; 0: it does not fit. */
size_t pattern_pieces(const char *pattern, struct span text,
		      struct piece pieces[PATTERN_PIECES_MAX]);

/* Takes an errno that a text ends with: "ret = -22", "(-110)". */
void pattern_find_error(struct span text, struct phrase *phrase);

/* Fills the fields of *phrase, some of them also where the pattern does not fit. */
bool pattern_fits(const char *pattern, struct span text, struct phrase *phrase);
