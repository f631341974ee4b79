// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An inventory is an array of records that grows by half, sorted once when the source is
 * through. A record holds two short arrays, of up to ten properties and six attributes;
 * they and all strings lie in the arena, or in a text that the arena has taken.
 */

#include "inventory.h"
#include "devpath.h"

#include <errno.h>
#include <string.h>

#include "array.h"
#include "span.h"

void record_clear(struct record *record)
{
	if (record->own_arena) {
		arena_release(record->arena);
		free(record->arena);
	}
	*record = (struct record){ 0 };
}

struct inventory *inventory_new(enum source_kind kind)
{
	struct inventory *inventory = calloc(1, sizeof(*inventory));

	if (inventory)
		inventory->kind = kind;
	return inventory;
}

void inventory_free(struct inventory *inventory)
{
	if (!inventory)
		return;
	free(inventory->records);
	record_clear(&inventory->system);
	arena_release(&inventory->arena);
	log_release(&inventory->log);
	free(inventory);
}

int inventory_add_lent(struct inventory *inventory, const char *path, struct record **ret)
{
	if (array_reserve(inventory->records, inventory->count + 1,
			  inventory->allocated) < 0)
		return -ENOMEM;
	*ret = &inventory->records[inventory->count++];
	**ret = (struct record){ .path = path, .arena = &inventory->arena };
	return 0;
}

int inventory_add(struct inventory *inventory, const char *path, size_t size,
		  struct record **ret)
{
	const char *copy = arena_copy(&inventory->arena, path, size);

	return copy ? inventory_add_lent(inventory, copy, ret) : -ENOMEM;
}

int inventory_add_path_only(struct inventory *inventory, const char *path,
			    const char *subsystem, struct record **ret)
{
	int r = inventory_add(inventory, path, strlen(path), ret);

	if (r < 0)
		return r;
	(*ret)->path_only = true;
	if (!subsystem)
		return 0;
	r = record_set(*ret, &(*ret)->subsystem, subsystem, strlen(subsystem));
	if (r < 0)
		return r;
	return strcmp(subsystem, "remoteproc") == 0
		       ? record_set_property(*ret, "DEVTYPE", "remoteproc")
		       : 0;
}

static int compare_records(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	int order = devpath_compare(x->path, y->path);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* How many records at the start are in order. */
static size_t sorted_prefix(const struct record *records, size_t all)
{
	size_t count = all > 0;

	while (count < all && compare_records(&records[count - 1], &records[count]) <= 0)
		count++;
	return count;
}

/* How many of the sorted records belong before one. */
static size_t place_of(const struct record *records, size_t count,
		       const struct record *record)
{
	size_t first = 0;

	while (first < count) {
		size_t middle = first + (count - first) / 2;

		if (compare_records(&records[middle], record) <= 0)
			first = middle + 1;
		else
			count = middle;
	}
	return first;
}

/* Puts a copy of the sorted records behind the first count into their places, from the
 * last on. */
static void merge(struct inventory *inventory, size_t count, const struct record *rest)
{
	struct record *records = inventory->records;

	for (size_t left = inventory->count - count; left > 0; left--) {
		size_t place = place_of(records, count, &rest[left - 1]);

		memmove(&records[place + left], &records[place],
			(count - place) * sizeof(*records));
		records[place + left - 1] = rest[left - 1];
		count = place;
	}
}

/* A snapshot comes in order, but for what lies below a device without subsystem. */
int inventory_sort(struct inventory *inventory)
{
	return inventory_sort_from(inventory,
				   sorted_prefix(inventory->records, inventory->count));
}

int inventory_sort_from(struct inventory *inventory, size_t sorted)
{
	size_t left = inventory->count - sorted;
	_cleanup_free_ struct record *copy = NULL;
	struct record *rest;

	if (left == 0)
		return 0;
	rest = inventory->records + sorted;
	copy = reallocarray(NULL, left, sizeof(*copy));
	if (!copy)
		return -ENOMEM;
	if (sorted_prefix(rest, left) < left)
		qsort(rest, left, sizeof(*rest), compare_records);
	memcpy(copy, rest, left * sizeof(*rest));
	merge(inventory, sorted, copy);
	return 0;
}

const struct record *inventory_duplicate(const struct inventory *inventory,
					 const struct record **ret_first)
{
	for (size_t i = 1; i < inventory->count; i++) {
		const struct record *record = &inventory->records[i];

		if (strcmp(record[-1].path, record->path) == 0) {
			*ret_first = record - 1;
			return record;
		}
	}
	return NULL;
}

static int compare_to_record(const void *path, const void *record)
{
	return devpath_compare(path, ((const struct record *)record)->path);
}

bool inventory_is_pasted(const struct inventory *inventory)
{
	return record_property(&inventory->system, FACT_PASTED) != NULL;
}

struct record *inventory_find(const struct inventory *inventory, const char *path)
{
	if (inventory->count == 0)
		return NULL;
	return bsearch(path, inventory->records, inventory->count, sizeof(struct record),
		       compare_to_record);
}

struct record *inventory_find_above(const struct inventory *inventory, const char *path)
{
	_cleanup_free_ char *above = strdup(path);
	char *slash;

	while (above && (slash = strrchr(above, '/')) && slash != above) {
		struct record *record;

		*slash = '\0';
		record = inventory_find(inventory, above);
		if (record)
			return record;
	}
	return NULL;
}

/* A record that is in no inventory gets an arena of its own when it needs one. */
static struct arena *_nullable_ arena_of(struct record *record)
{
	if (!record->arena) {
		record->arena = calloc(1, sizeof(*record->arena));
		record->own_arena = record->arena != NULL;
	}
	return record->arena;
}

static const char *_nullable_ copy(struct record *record, const char *bytes, size_t size)
{
	struct arena *arena = arena_of(record);

	return arena ? arena_copy(arena, bytes, size) : NULL;
}

int record_set(struct record *record, const char **string, const char *bytes, size_t size)
{
	const char *copied = copy(record, bytes, size);

	if (!copied)
		return -ENOMEM;
	*string = copied;
	return 0;
}

/* Room for one more member; *array and *room are those of the record. Members come one
 * after the other, so that the array mostly grows where it lies. */
static int reserve(struct record *record, void **array, unsigned int count,
		   unsigned int *room, size_t size)
{
	unsigned int wanted = count < 4 ? 4 : 2 * count;
	struct arena *arena;
	void *grown;

	if (count < *room)
		return 0;
	arena = arena_of(record);
	if (arena && *array && (char *)*array + count * size == arena->low)
		wanted = count + 1;
	grown = arena ? arena_grow(arena, *array, count * size, wanted * size) : NULL;
	if (!grown)
		return -ENOMEM;
	*array = grown;
	*room = wanted;
	return 0;
}

/* Where a property is, or where it would have to be inserted: mostly they come in order.
 */
static unsigned int property_position(const struct record *record, const char *key)
{
	unsigned int i = record->property_count;

	while (i > 0 && strcmp(record->properties[i - 1].key, key) >= 0)
		i--;
	return i;
}

int record_lend_property(struct record *record, const char *key, const char *value)
{
	unsigned int position = property_position(record, key);
	void *properties = record->properties;
	struct property *at;

	if (position < record->property_count &&
	    strcmp(record->properties[position].key, key) == 0) {
		record->properties[position].value = value;
		return 0;
	}
	if (reserve(record, &properties, record->property_count, &record->property_room,
		    sizeof(*at)) < 0)
		return -ENOMEM;
	record->properties = properties;
	at = record->properties + position;
	memmove(at + 1, at, (record->property_count - position) * sizeof(*at));
	*at = (struct property){ key, value };
	record->property_count++;
	return 0;
}

int record_set_property(struct record *record, const char *key, const char *value)
{
	unsigned int position = property_position(record, key);
	bool known = position < record->property_count &&
		     strcmp(record->properties[position].key, key) == 0;
	const char *key_copy =
		known ? record->properties[position].key : copy(record, key, strlen(key));
	const char *value_copy = copy(record, value, strlen(value));

	return key_copy && value_copy ? record_lend_property(record, key_copy, value_copy)
				      : -ENOMEM;
}

int record_lend_attribute(struct record *record, const char *name, const char *value,
			  size_t size)
{
	void *attributes = record->attributes;

	if (reserve(record, &attributes, record->attribute_count, &record->attribute_room,
		    sizeof(struct attribute)) < 0)
		return -ENOMEM;
	record->attributes = attributes;
	record->attributes[record->attribute_count++] =
		(struct attribute){ name, value, size };
	return 0;
}

int record_add_attribute(struct record *record, const char *name, const char *value,
			 size_t size)
{
	const char *name_copy = copy(record, name, strlen(name));
	const char *value_copy = copy(record, value, size);

	return name_copy && value_copy
		       ? record_lend_attribute(record, name_copy, value_copy, size)
		       : -ENOMEM;
}

const char *record_property(const struct record *record, const char *key)
{
	for (unsigned int i = 0; i < record->property_count; i++)
		if (text_is(record->properties[i].key, key))
			return record->properties[i].value;
	return NULL;
}

const struct attribute *record_attribute(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->attribute_count; i++)
		if (text_is(record->attributes[i].name, name))
			return &record->attributes[i];
	return NULL;
}

const char *record_text(const struct record *record, const char *name)
{
	const struct attribute *attribute = record_attribute(record, name);

	return attribute ? attribute->value : NULL;
}

const char *record_name(const struct record *record)
{
	return strrchr(record->path, '/') + 1;
}

const char *record_driver(const struct record *record)
{
	const char *slash;

	/* Only a bus binds drivers: the link of a device without one is no kernel's, and
	 * a snapshot has no place for it. */
	if (!record->driver_target || !record->subsystem)
		return record_property(record, "DRIVER");
	slash = strrchr(record->driver_target, '/');
	return slash ? slash + 1 : record->driver_target;
}
