/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What libFuzzer calls, and what it offers. */

#include <stddef.h>
#include <stdint.h>

/* Of the formats that an input could be written in, one of so many is: which, the input
 * tells. Where runs count, one that writes them all finds less than four that write some.
 */
extern const unsigned int fuzz_share;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
			       unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size,
				 const uint8_t *other, size_t other_size, uint8_t *out,
				 size_t most, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
