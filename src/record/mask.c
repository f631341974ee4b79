// SPDX-License-Identifier: GPL-2.0-or-later
/* Nodes are numbered from 0, the root; 0 as a link means that there is none. */

#include "mask.h"

#include <errno.h>

#include "array.h"
#include "cleanup.h"

/* A shorter name is masked where it is known to be one, and not searched for: "m4" is
 * part of many words. */
#define SEARCHED_MIN 4

struct mask_node {
	unsigned char byte;
	size_t child;   /* the first of those that go on from here */
	size_t sibling; /* the next that goes on from the same node */
	size_t number;  /* of the name that ends here; 0: none does */
	bool searched;  /* also where no name is expected */
};

/* What a name is masked by may not be part of a name, or it could not be told from one.
 */
static const char *const words[] = { "firmware-", "file-", "masked-", "hidden-" };

void masks_release(struct masks *masks)
{
	free(masks->nodes);
}

/* The byte that a text starts with, and how many bytes it is written in. */
static unsigned char byte_at(struct span text, size_t *ret_size)
{
	*ret_size = 1;
	if (text.size >= 4 && text.start[0] == '\\' && text.start[1] == 'x' &&
	    hex_value(text.start[2]) >= 0 && hex_value(text.start[3]) >= 0) {
		*ret_size = 4;
		return (unsigned char)(hex_value(text.start[2]) * 16 +
				       hex_value(text.start[3]));
	}
	return (unsigned char)*text.start;
}

static size_t child_of(const struct masks *masks, size_t node, unsigned char byte)
{
	size_t child = masks->nodes[node].child;

	while (child && masks->nodes[child].byte != byte)
		child = masks->nodes[child].sibling;
	return child;
}

static int add_child(struct masks *masks, size_t node, unsigned char byte, size_t *ret)
{
	int r = array_reserve(masks->nodes, masks->count + 1, masks->allocated);

	if (r < 0)
		return r;
	masks->nodes[masks->count] = (struct mask_node){
		.byte = byte,
		.sibling = masks->nodes[node].child,
	};
	masks->nodes[node].child = masks->count;
	*ret = masks->count++;
	return 0;
}

/* The node where a name ends, made where there is none. */
static int node_of(struct masks *masks, struct span name, size_t *ret)
{
	size_t node = 0, size, child;
	int r = 0;

	if (masks->count == 0) {
		r = array_reserve(masks->nodes, 1, masks->allocated);
		if (r < 0)
			return r;
		masks->nodes[masks->count++] = (struct mask_node){ 0 };
	}
	for (; name.size > 0 && r == 0; name = span_from(name, size)) {
		unsigned char byte = byte_at(name, &size);

		child = child_of(masks, node, byte);
		if (!child)
			r = add_child(masks, node, byte, &child);
		node = child;
	}
	*ret = node;
	return r;
}

static bool is_searched(struct span name)
{
	return name.size >= SEARCHED_MIN && !word_is_common(name);
}

static int add(struct masks *masks, struct span name, size_t number)
{
	size_t node;
	int r = node_of(masks, name, &node);

	if (r < 0)
		return r;
	if (masks->nodes[node].number == 0)
		masks->nodes[node].number = number;
	masks->nodes[node].searched = is_searched(name);
	return 0;
}

static struct span last_component(struct span name)
{
	const char *slash = memrchr(name.start, '/', name.size);

	return slash ? span_from(name, (size_t)(slash + 1 - name.start)) : name;
}

int masks_add_file(struct masks *masks, struct span name, size_t *ret_number)
{
	struct span last = last_component(name);
	size_t size, number = masks_at(masks, name, &size);
	int r = 0;

	if (number == 0 || size != name.size) {
		number = ++masks->files;
		r = add(masks, name, number);
		if (r == 0 && last.size > 0 && last.size < name.size)
			r = add(masks, last, number);
	}
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (span_has(name, words[i]))
			masks->taken |= 1U << i;
	if (r == 0)
		*ret_number = number;
	return r;
}

int masks_add_word(struct masks *masks, struct span name)
{
	return name.size == 0 || span_is(name, MASK) ? 0 : add(masks, name, MASK_MACHINE);
}

static size_t find(const struct masks *masks, struct span text, bool anywhere,
		   size_t *ret_size)
{
	size_t number = 0, taken = 0, size, node = 0;

	for (; masks->count > 0 && text.size > 0; text = span_from(text, size)) {
		node = child_of(masks, node, byte_at(text, &size));
		if (!node)
			break;
		taken += size;
		if (masks->nodes[node].number == 0 ||
		    (anywhere && !masks->nodes[node].searched))
			continue;
		number = masks->nodes[node].number;
		*ret_size = taken;
	}
	return number;
}

size_t masks_at(const struct masks *masks, struct span text, size_t *ret_size)
{
	return find(masks, text, false, ret_size);
}

bool masks_in(const struct masks *masks, struct span text)
{
	size_t size;

	for (; text.size > 0; text = span_from(text, 1))
		if (find(masks, text, true, &size) > 0)
			return true;
	return false;
}

void masks_write_word(const struct masks *masks, size_t number, FILE *out)
{
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(words) && masks->taken & (1U << i))
		i++;
	if (number == MASK_MACHINE)
		fputs(MASK, out);
	else
		fprintf(out, "%s%zu", words[i], number);
}

void masks_write(const struct masks *masks, struct span text, FILE *out)
{
	size_t size = 1;

	for (; text.size > 0; text = span_from(text, size)) {
		size_t number = find(masks, text, true, &size);

		if (number > 0) {
			masks_write_word(masks, number, out);
			continue;
		}
		size = 1;
		fputc(*text.start, out);
	}
}
