// SPDX-License-Identifier: GPL-2.0-or-later
#include "span.h"

#include <stdint.h>

/* Which two bytes words begin with, as bits; others may have the same bit. */
struct beginnings {
	uint64_t bits[4];
};

static unsigned char bit_of(const char *word)
{
	return (unsigned char)(31 * (unsigned char)word[0] + (unsigned char)word[1]);
}

static struct beginnings beginnings_of(const char *const *words)
{
	struct beginnings all = { { 0 } };

	for (; *words; words++)
		all.bits[bit_of(*words) / 64] |= (uint64_t)1 << bit_of(*words) % 64;
	return all;
}

static bool starts_with_any(struct span span, const char *const *words)
{
	for (; *words; words++)
		if (**words == *span.start && span_starts(span, *words))
			return true;
	return false;
}

bool span_has_any(struct span span, const char *const *words)
{
	struct beginnings all = beginnings_of(words);

	for (size_t i = 0; i + 1 < span.size; i++) {
		unsigned char bit = bit_of(span.start + i);

		if (all.bits[bit / 64] >> bit % 64 & 1 &&
		    starts_with_any(span_from(span, i), words))
			return true;
	}
	return false;
}
