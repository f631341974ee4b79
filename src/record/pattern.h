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

/* Fills the fields of *phrase, some of them also where the pattern does not fit. */
bool pattern_fits(const char *pattern, struct span text, struct phrase *phrase);
