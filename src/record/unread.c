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

/* Asked for each device and check: without printf(). */
static void key_of(size_t i, char key[sizeof(FACT_UNREAD_FILE) + 2])
{
	const char digits[] = { (char)('0' + i / 10 % 10), (char)('0' + i % 10), '\0' };

	stpcpy(stpcpy(key, FACT_UNREAD_FILE), digits);
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

/* Below /sys: "/devices/...", "/bus/...". */
static const char *inside(const struct unread *unread)
{
	const char *slash = *unread->path ? strchr(unread->path + 1, '/') : NULL;

	return slash ? slash : "";
}

static bool lists_devices(const struct unread *unread)
{
	return strncmp(inside(unread), "/bus/", 5) == 0 ||
	       strncmp(inside(unread), "/class/", 7) == 0;
}

/* Whether one of the two paths is the other or lies below it. */
static bool is_same_branch(const char *a, size_t a_size, const char *b)
{
	size_t b_size = strlen(b), size = a_size < b_size ? a_size : b_size;

	return strncmp(a, b, size) == 0 &&
	       (a_size == b_size || (a_size > b_size ? a : b)[size] == '/');
}

/* A file stands for the directory it lies in. */
static bool concerns(const struct unread *unread, const char *path)
{
	const char *at = inside(unread), *slash = strrchr(at, '/');

	if (lists_devices(unread))
		return true;
	return strncmp(at, "/devices/", 9) == 0 &&
	       is_same_branch(at, (size_t)(slash - at), path);
}

bool unread_concerns(const struct inventory *inventory, const char *path,
		     struct unread *ret)
{
	struct unread unread;
	size_t i = 0;

	if (unread_count(inventory) == 0)
		return false;
	for (; unread_get(inventory, i, &unread); i++)
		if (concerns(&unread, path)) {
			*ret = unread;
			return true;
		}
	return unread_count(inventory) > i && unread_get(inventory, 0, ret);
}

bool unread_is_incomplete(const struct inventory *inventory)
{
	struct unread unread;
	size_t i = 0;

	for (; unread_get(inventory, i, &unread); i++)
		if (lists_devices(&unread) ||
		    strncmp(inside(&unread), "/devices/", 9) == 0)
			return true;
	return unread_count(inventory) > i;
}

const char *unread_reason(const struct unread *unread)
{
	return unread->error ? strerror(unread->error) : "unknown error";
}
