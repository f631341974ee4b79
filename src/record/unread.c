// SPDX-License-Identifier: GPL-2.0-or-later
#include "unread.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The names are written, not the numbers: those differ between architectures. */
static const struct {
	int error;
	const char *name;
} errors[] = {
	{ EIO, "EIO" },
	{ EMFILE, "EMFILE" },
	{ ENFILE, "ENFILE" },
	{ EACCES, "EACCES" },
	{ EPERM, "EPERM" },
	{ ELOOP, "ELOOP" },
	{ EINVAL, "EINVAL" },
	{ EBUSY, "EBUSY" },
	{ EAGAIN, "EAGAIN" },
	{ EOVERFLOW, "EOVERFLOW" },
	{ ETIMEDOUT, "ETIMEDOUT" },
	{ ESTALE, "ESTALE" },
	{ EISDIR, "EISDIR" },
	{ EOPNOTSUPP, "EOPNOTSUPP" },
	{ ENAMETOOLONG, "ENAMETOOLONG" },
	{ EFAULT, "EFAULT" },
	{ EBADMSG, "EBADMSG" },
	{ E2BIG, "E2BIG" },
};

static const char *error_name(int error)
{
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (errors[i].error == error)
			return errors[i].name;
	return "ERROR";
}

static int error_number(const char *name, size_t size)
{
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (strlen(errors[i].name) == size &&
		    strncmp(errors[i].name, name, size) == 0)
			return errors[i].error;
	return 0;
}

static void key_of(size_t i, char key[sizeof(FACT_UNREAD_FILE) + 2])
{
	snprintf(key, sizeof(FACT_UNREAD_FILE) + 2, FACT_UNREAD_FILE "%02zu", i % 100);
}

size_t unread_count(const struct inventory *inventory)
{
	const char *count = record_property(&inventory->system, FACT_UNREAD);

	return count ? strtoul(count, NULL, 10) : 0;
}

bool unread_get(const struct inventory *inventory, size_t i, struct unread *ret)
{
	char key[sizeof(FACT_UNREAD_FILE) + 2];
	const char *value, *blank;

	if (i >= UNREAD_KEPT)
		return false;
	key_of(i, key);
	value = record_property(&inventory->system, key);
	blank = value ? strchr(value, ' ') : NULL;
	if (!blank)
		return false;
	*ret = (struct unread){ .path = blank + 1,
				.name = value,
				.size = (size_t)(blank - value),
				.error = error_number(value, (size_t)(blank - value)) };
	return true;
}

/* What failed may be tried again, on another way to the same device. */
static bool is_known(const struct inventory *inventory, const char *path)
{
	struct unread unread;

	for (size_t i = 0; unread_get(inventory, i, &unread); i++)
		if (strcmp(unread.path, path) == 0)
			return true;
	return false;
}

int unread_add(struct inventory *inventory, const char *path, int error)
{
	size_t count = unread_count(inventory);
	char key[sizeof(FACT_UNREAD_FILE) + 2], number[24];
	_cleanup_free_ char *value = NULL;
	int r = 0;

	if (is_known(inventory, path))
		return 0;
	if (count < UNREAD_KEPT) {
		if (asprintf(&value, "%s %s", error_name(error), path) < 0)
			return -ENOMEM;
		key_of(count, key);
		r = record_set_property(&inventory->system, key, value);
	}
	snprintf(number, sizeof(number), "%zu", count + 1);
	return r < 0 ? r : record_set_property(&inventory->system, FACT_UNREAD, number);
}

/* The path of an unread file begins with /sys, that of a record does not. */
static bool lies_at(const struct unread *unread, const char *path, const char *file)
{
	size_t size = path ? strlen(path) : 0;
	const char *inside = *unread->path ? strchr(unread->path + 1, '/') : NULL;
	const char *slash;

	if (path && (!inside || strncmp(inside, path, size) != 0 ||
		     (inside[size] != '/' && inside[size] != '\0')))
		return false;
	slash = strrchr(unread->path, '/');
	return !file || (slash && strcmp(slash + 1, file) == 0);
}

bool unread_find(const struct inventory *inventory, const char *path, const char *file,
		 struct unread *ret)
{
	struct unread unread;
	size_t i = 0;

	for (; unread_get(inventory, i, &unread); i++)
		if (lies_at(&unread, path, file)) {
			*ret = unread;
			return true;
		}
	return unread_count(inventory) > i && unread_get(inventory, 0, ret);
}

const char *unread_reason(const struct unread *unread)
{
	return unread->error ? strerror(unread->error) : "unknown error";
}
