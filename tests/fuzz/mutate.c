// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every text that is read is made of lines, and what breaks a reader is more often a line
 * that comes twice, or of another text, than a byte that is another. Half of the
 * mutations are libFuzzer's own.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

const unsigned int fuzz_share = 4;

struct piece {
	const uint8_t *bytes;
	size_t size;
};

/* xorshift: libFuzzer gives a seed, so that a run can be repeated. */
static unsigned int draw(unsigned int *seed, size_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return below > 0 ? (unsigned int)(*seed % below) : 0;
}

/* The line that some byte is in, with its end. */
static struct piece line_at(const uint8_t *bytes, size_t size, size_t at)
{
	size_t start = at, end = at;

	while (start > 0 && bytes[start - 1] != '\n')
		start--;
	while (end < size && bytes[end] != '\n')
		end++;
	return (struct piece){ bytes + start, end - start + (end < size) };
}

static struct piece any_line(const uint8_t *bytes, size_t size, unsigned int *seed)
{
	return line_at(bytes, size, draw(seed, size));
}

/* Puts a piece, which may be of the same bytes, so many times in. */
static size_t insert(uint8_t *bytes, size_t size, size_t most, struct piece piece,
		     size_t at, size_t times)
{
	uint8_t *copy = malloc(piece.size + 1);

	if (!copy)
		return size;
	memcpy(copy, piece.bytes, piece.size);
	for (; times > 0 && piece.size > 0 && size + piece.size <= most; times--) {
		memmove(bytes + at + piece.size, bytes + at, size - at);
		memcpy(bytes + at, copy, piece.size);
		size += piece.size;
	}
	free(copy);
	return size;
}

static size_t take_out(uint8_t *bytes, size_t size, struct piece piece)
{
	size_t start = (size_t)(piece.bytes - bytes);

	memmove(bytes + start, bytes + start + piece.size, size - start - piece.size);
	return size - piece.size;
}

/* A word, or what is between two separators, is put before another. */
static size_t move_word(uint8_t *bytes, size_t size, size_t most, unsigned int *seed)
{
	size_t from = draw(seed, size), to = draw(seed, size), length = 0;

	while (from > 0 && !strchr(" \n/=:", bytes[from - 1]))
		from--;
	while (from + length < size && !strchr(" \n/=:", bytes[from + length]))
		length++;
	return insert(bytes, size, most, (struct piece){ bytes + from, length }, to, 1);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
			       unsigned int seed)
{
	unsigned int state = seed * 2654435761u + 1;
	struct piece line;

	if (size == 0 || draw(&state, 2) == 0)
		return LLVMFuzzerMutate(bytes, size, most);
	line = any_line(bytes, size, &state);
	switch (draw(&state, 5)) {
	case 0: /* repeated */
		return insert(bytes, size, most, line, (size_t)(line.bytes - bytes),
			      1 + draw(&state, 3) * draw(&state, 40));
	case 1: /* again, elsewhere */
		return insert(bytes, size, most, line,
			      (size_t)(any_line(bytes, size, &state).bytes - bytes), 1);
	case 2:
		return take_out(bytes, size, line);
	case 3: /* cut within a line, as a terminal does */
		return (size_t)(line.bytes - bytes) + draw(&state, line.size + 1);
	default:
		return move_word(bytes, size, most, &state);
	}
}

/* Lines of one text among those of another. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size,
				 const uint8_t *other, size_t other_size, uint8_t *out,
				 size_t most, unsigned int seed)
{
	unsigned int state = seed * 2654435761u + 1;
	size_t size = one_size < most ? one_size : most;

	memcpy(out, one, size);
	for (unsigned int count = 1 + draw(&state, 4);
	     count > 0 && other_size > 0 && size > 0; count--) {
		struct piece line = any_line(other, other_size, &state);

		size = insert(out, size, most, line,
			      (size_t)(any_line(out, size, &state).bytes - out), 1);
	}
	return size;
}
