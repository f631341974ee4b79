// SPDX-License-Identifier: GPL-2.0-or-later
#include "identity.h"

#include <errno.h>
#include <linux/rpmsg.h>
#include <stdio.h>
#include <string.h>

#include "escape.h"
#include "index.h"
#include "names.h"

/* Where the other tree has its remote processors on the board: by their names and, as
 * some kernels tell none, by their numbers. What two have leads nowhere. */
struct places {
	const struct tree *tree;
	struct index names, numbers;
};

/* How the devices of one tree are named. */
struct naming {
	const struct tree *tree;
	const struct places *places; /* NULL: it is compared to no other */
	bool by_label;
};

void identities_release(struct identities *identities)
{
	free(identities->names);
	arena_release(&identities->arena);
}

const char *identity_of(const struct identities *identities, const struct tree *tree,
			const struct device *device)
{
	return identities->names[device - tree->devices];
}

size_t identity_tail(const struct identities *identities, const struct tree *tree,
		     const struct device *device)
{
	const struct device *base = device;
	const char *start;
	size_t size;

	while (base->parent && base->kind != KIND_BUS_DEVICE)
		base = base->parent;
	start = identity_of(identities, tree, base);
	size = (size_t)(strrchr(start, '/') + 1 - start);
	return strncmp(identity_of(identities, tree, device), start, size) == 0 ? size
										: 0;
}

/* Before v5.1 virtio devices were children of the remote processor, one for each vdev. */
static char *virtio_segment(const struct device *device)
{
	char *segment;

	if (device->parent->kind != KIND_REMOTEPROC)
		return strdup("virtio");
	if (asprintf(&segment, "vdev%u/virtio", device->index) < 0)
		return NULL;
	return segment;
}

static char *channel_segment(const struct device *device)
{
	_cleanup_free_ char *name = escape_string(device->channel.name, 0);
	const struct number *dst = &device->channel.dst;
	char *segment = name ? malloc(strlen(name) + sizeof(".0x01234567")) : NULL;
	char *end, *slash = segment;

	if (!segment)
		return NULL;
	end = stpcpy(segment, name);
	while ((slash = strchr(slash, '/')))
		*slash = '!'; /* as in the directory's name */
	if (!dst->known || dst->value == RPMSG_ADDR_ANY)
		strcpy(end, ".any");
	else
		address_write(stpcpy(end, "."), dst->value);
	return segment;
}

static char *join(struct arena *arena, const char *start, const char *between,
		  const char *end)
{
	char *joined = arena_text(arena, strlen(start) + strlen(between) + strlen(end));

	if (joined)
		strcpy(stpcpy(stpcpy(joined, start), between), end);
	return joined;
}

/* A copy in the arena of what the caller owns; NULL: there was no memory for either. */
static char *keep(struct arena *arena, const char *_nullable_ text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

/* A name without the number at its end: ttyRPMSG0, rpmsg_ctrl1 */
static char *unnumbered(const char *name)
{
	size_t size = strlen(name);

	while (size > 0 && strchr("0123456789", name[size - 1]))
		size--;
	return escape_bytes(name, size, 0);
}

static char *segment_of(const struct device *device)
{
	const char *colon = strrchr(device->name, ':');
	char *segment;

	switch (device->kind) {
	case KIND_REMOTEPROC:
		return strdup("remoteproc");
	case KIND_VDEV:
		return asprintf(&segment, "vdev%zu", vdev_index(device)) < 0 ? NULL
									     : segment;
	case KIND_VIRTIO:
		return virtio_segment(device);
	case KIND_CHANNEL:
		return channel_segment(device);
	case KIND_EDGE: /* remoteproc0:smd-edge: what comes before is its parent's name
			 */
		return escape_string(colon ? colon + 1 : device->name, 0);
	default:
		return unnumbered(device->name);
	}
}

/* What a device belongs to: a misparented vdev to the processor it was taken from. */
static const struct device *holder(const struct device *device)
{
	return device->kind == KIND_VDEV && device->owner ? device->owner
							  : device->parent;
}

static size_t position(const struct tree *tree, const struct device *device)
{
	return (size_t)(device - tree->devices);
}

/* The processor of a text that does not tell what it is a child of, where this device
 * stands for that. NULL: it is a device of its own. */
static const struct device *_nullable_ unplaced_processor(const struct device *device)
{
	static const char start[] = PLACE_UNKNOWN "/unknown-of-remoteproc";

	if (device->kind != KIND_BUS_DEVICE ||
	    strncmp(device->record->path, start, sizeof(start) - 1) != 0)
		return NULL;
	tree_foreach_child (child, device)
		if (child->kind == KIND_REMOTEPROC)
			return child;
	return NULL;
}

/* In place of its number. TI and others call a processor what it is a child of, which is
 * where a log puts it. */
static char *label_path(const struct device *processor)
{
	_cleanup_free_ char *label = escape_string(processor->remoteproc.name, 0);
	char *path;

	if (!label)
		return NULL;
	for (char *slash = label; (slash = strchr(slash, '/'));)
		*slash = '!';
	return asprintf(&path, PLACE_UNKNOWN "/%s", label) < 0 ? NULL : path;
}

static bool has_labels(const struct tree *tree)
{
	tree_foreach (device, tree) {
		const struct device *unplaced = unplaced_processor(device);

		if (unplaced && !unplaced->remoteproc.name)
			return false;
	}
	return true;
}

static void places_release(struct places *places)
{
	index_release(&places->names);
	index_release(&places->numbers);
}

static int add_place(struct index *index, const char *key, size_t place, size_t nowhere)
{
	bool known = index_find(index, span_of(key)) != NO_INDEX;

	return index_set(index, span_of(key), known ? nowhere : place);
}

static int places_build(const struct tree *tree, struct places *ret)
{
	int r = 0;

	*ret = (struct places){ .tree = tree };
	tree_foreach (device, tree) {
		const char *name = device->remoteproc.name;
		size_t place = position(tree, device);

		if (r < 0 || device->kind != KIND_REMOTEPROC || !device->parent ||
		    unplaced_processor(device->parent))
			continue;
		r = add_place(&ret->numbers, record_name(device->record), place,
			      tree->count);
		if (r == 0 && name)
			r = add_place(&ret->names, name, place, tree->count);
	}
	return r;
}

/* The platform device that the other tree has for a processor; NULL: none. */
static const struct device *_nullable_ place_of(const struct places *places,
						const struct device *processor)
{
	const struct tree *tree = places->tree;
	const char *name = processor->remoteproc.name;
	size_t place = name ? index_find(&places->names, span_of(name)) : NO_INDEX;

	if (place == NO_INDEX) {
		place = index_find(&places->numbers,
				   span_of(record_name(processor->record)));
		if (place < tree->count && name && tree->devices[place].remoteproc.name)
			return NULL;
	}
	return place < tree->count ? tree->devices[place].parent : NULL;
}

static char *name_unplaced(const struct naming *naming, const struct device *device,
			   const struct device *processor)
{
	const struct device *place =
		naming->places ? place_of(naming->places, processor) : NULL;

	if (!place && naming->by_label)
		return label_path(processor);
	return escape_string((place ? place : device)->record->path, 0);
}

static int name_alone(const struct naming *naming, const struct device *device,
		      struct identities *ret)
{
	const struct device *unplaced = unplaced_processor(device);
	_cleanup_free_ char *name = unplaced ? name_unplaced(naming, device, unplaced)
					     : escape_string(device->record->path, 0);
	const char *kept = keep(&ret->arena, name);

	ret->names[position(naming->tree, device)] = kept;
	return kept ? 0 : -ENOMEM;
}

/* Gives a device its name, and before it the devices it belongs to. A vdev's owner may
 * lie after it in the tree; it belongs to no vdev itself, so this ends. */
static int give_name(const struct naming *naming, const struct device *device,
		     struct identities *ret)
{
	const struct tree *tree = naming->tree;
	const struct device *above = holder(device);
	const char **name = &ret->names[position(tree, device)];
	_cleanup_free_ char *segment = NULL;

	if (*name)
		return 0;
	if (!above || device->kind == KIND_BUS_DEVICE)
		return name_alone(naming, device, ret);
	segment = give_name(naming, above, ret) < 0 ? NULL : segment_of(device);
	if (segment)
		*name = join(&ret->arena, ret->names[position(tree, above)], "/",
			     segment);
	return *name ? 0 : -ENOMEM;
}

static int compare_names(const void *a, const void *b)
{
	const char **const *x = a, **const *y = b;
	int order = strcmp(**x, **y);

	return order ? order : (*x > *y) - (*x < *y);
}

/* Adds ~2, ~3 to what is called the same, in the order of the tree. True: some were. */
static int number_same(struct arena *arena, const char ***sorted, size_t count)
{
	size_t same = 1;
	int changed = 0;

	qsort(sorted, count, sizeof(*sorted), compare_names);
	for (size_t i = 1; i < count; i++) {
		char number[24];

		same = strcmp(*sorted[i - same], *sorted[i]) == 0
			       ? same + 1
			       : 1; /* head of the run */
		if (same == 1)
			continue;
		snprintf(number, sizeof(number), "%zu", same);
		*sorted[i] = join(arena, *sorted[i], "~", number);
		if (!*sorted[i])
			return -ENOMEM;
		changed = 1;
	}
	return changed;
}

/* A numbered name may be what another is called: then once more. */
static int make_unique(struct identities *identities)
{
	size_t count = identities->count;
	_cleanup_free_ const char ***sorted = calloc(count + 1, sizeof(*sorted));
	int r;

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		sorted[i] = &identities->names[i];
	do
		r = number_same(&identities->arena, sorted, count);
	while (r > 0);
	return r;
}

static int build(const struct naming *naming, struct identities *ret)
{
	const struct tree *tree = naming->tree;
	struct identities identities = { calloc(tree->count + 1, sizeof(char *)),
					 tree->count,
					 { 0 } };
	int r = identities.names ? 0 : -ENOMEM;

	tree_foreach (device, tree)
		if (r == 0)
			r = give_name(naming, device, &identities);
	if (r == 0)
		r = make_unique(&identities);
	if (r == 0)
		*ret = identities;
	else
		identities_release(&identities);
	return r;
}

int identities_build(const struct tree *tree, struct identities *ret)
{
	return build(&(struct naming){ .tree = tree }, ret);
}

int identities_build_both(const struct tree *before, struct identities *ret_before,
			  const struct tree *after, struct identities *ret_after)
{
	_cleanup_(places_release) struct places left = { 0 }, right = { 0 };
	bool by_label = has_labels(before) && has_labels(after);
	int r = places_build(before, &left);

	if (r == 0)
		r = places_build(after, &right);
	if (r == 0)
		r = build(&(struct naming){ before, &right, by_label }, ret_before);
	return r < 0 ? r : build(&(struct naming){ after, &left, by_label }, ret_after);
}
