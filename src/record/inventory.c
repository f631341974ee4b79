// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An inventory is an array of records that grows by half, sorted once when the source is
 * through. A record holds a few short arrays: a device has ten properties, six
 * attributes.
 */

#include "inventory.h"
#include "devpath.h"

#include <errno.h>
#include <string.h>

#include "array.h"

void record_clear(struct record *record)
{
	free(record->path);
	free(record->subsystem);
	free(record->driver_target);
	for (size_t i = 0; i < record->property_count; i++) {
		free(record->properties[i].key);
		free(record->properties[i].value);
	}
	free(record->properties);
	for (size_t i = 0; i < record->attribute_count; i++) {
		free(record->attributes[i].name);
		free(record->attributes[i].value);
	}
	free(record->attributes);
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
	for (size_t i = 0; i < inventory->count; i++)
		record_clear(&inventory->records[i]);
	free(inventory->records);
	record_clear(&inventory->system);
	log_release(&inventory->log);
	free(inventory);
}

int inventory_add(struct inventory *inventory, const char *path, size_t size,
		  struct record **ret)
{
	char *copy;

	if (array_reserve(inventory->records, inventory->count + 1,
			  inventory->allocated) < 0)
		return -ENOMEM;
	copy = strndup(path, size);
	if (!copy)
		return -ENOMEM;
	*ret = &inventory->records[inventory->count++];
	**ret = (struct record){ .path = copy };
	return 0;
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
	(*ret)->subsystem = strdup(subsystem);
	if (!(*ret)->subsystem)
		return -ENOMEM;
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

static size_t sorted_prefix(const struct inventory *inventory)
{
	const struct record *records = inventory->records;
	size_t count = inventory->count > 0;

	while (count < inventory->count &&
	       compare_records(&records[count - 1], &records[count]) <= 0)
		count++;
	return count;
}

/* Puts a copy of the sorted records behind the first count into their places, from the
 * last on. */
static void merge(struct inventory *inventory, size_t count, const struct record *rest)
{
	struct record *to = inventory->records + inventory->count;
	size_t left = inventory->count - count;

	while (left > 0) {
		bool take_rest =
			count == 0 || compare_records(&inventory->records[count - 1],
						      &rest[left - 1]) <= 0;

		*--to = take_rest ? rest[--left] : inventory->records[--count];
	}
}

/* A snapshot comes in order, but for what lies below a device without subsystem; what is
 * inferred from paths is few. */
int inventory_sort(struct inventory *inventory)
{
	size_t sorted = sorted_prefix(inventory), left = inventory->count - sorted;
	_cleanup_free_ struct record *copy = NULL;
	struct record *rest;

	if (left == 0)
		return 0;
	rest = inventory->records + sorted;
	copy = reallocarray(NULL, left, sizeof(*copy));
	if (!copy)
		return -ENOMEM;
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

/* Where a property is, or where it would have to be inserted. */
static size_t property_position(const struct record *record, const char *key)
{
	size_t i = 0;

	while (i < record->property_count && strcmp(record->properties[i].key, key) < 0)
		i++;
	return i;
}

static int property_insert(struct record *record, size_t position, const char *key,
			   char *value)
{
	struct property *properties = reallocarray(
		record->properties, record->property_count + 1, sizeof(*properties));
	char *copy;

	if (!properties)
		return -ENOMEM;
	record->properties = properties;
	copy = strdup(key);
	if (!copy)
		return -ENOMEM;
	memmove(properties + position + 1, properties + position,
		(record->property_count - position) * sizeof(*properties));
	properties[position] = (struct property){ copy, value };
	record->property_count++;
	return 0;
}

int record_set_property(struct record *record, const char *key, const char *value)
{
	size_t position = property_position(record, key);
	_cleanup_free_ char *copy = strdup(value);
	int r;

	if (!copy)
		return -ENOMEM;
	if (position < record->property_count &&
	    strcmp(record->properties[position].key, key) == 0) {
		free(record->properties[position].value);
		record->properties[position].value = steal(copy);
		return 0;
	}
	r = property_insert(record, position, key, copy);
	if (r == 0)
		steal(copy);
	return r;
}

int record_add_attribute(struct record *record, const char *name, const char *value,
			 size_t size)
{
	struct attribute *attributes = reallocarray(
		record->attributes, record->attribute_count + 1, sizeof(*attributes));
	_cleanup_free_ char *name_copy = strdup(name);
	_cleanup_free_ char *value_copy = malloc(size + 1);

	if (attributes)
		record->attributes = attributes;
	if (!attributes || !name_copy || !value_copy)
		return -ENOMEM;
	memcpy(value_copy, value, size);
	value_copy[size] = '\0';
	attributes[record->attribute_count++] =
		(struct attribute){ steal(name_copy), steal(value_copy), size };
	return 0;
}

const char *record_property(const struct record *record, const char *key)
{
	size_t position = property_position(record, key);

	if (position == record->property_count ||
	    strcmp(record->properties[position].key, key) != 0)
		return NULL;
	return record->properties[position].value;
}

const struct attribute *record_attribute(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->attribute_count; i++)
		if (strcmp(record->attributes[i].name, name) == 0)
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
