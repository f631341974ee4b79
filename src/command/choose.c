// SPDX-License-Identifier: GPL-2.0-or-later
#include "choose.h"

#include <string.h>

#include "devpath.h"

/* Whether a record is what the command line calls so: by its own name or path, by the
 * names that attributes tell, by its node. */
static bool is_called(const struct record *record, const char *name)
{
	const char *label = record_text(record, "name");
	const char *node = record_property(record, "DEVNAME");

	if (strncmp(name, "/sys/", 5) == 0)
		name += 4;
	if (strncmp(name, "/dev/", 5) == 0)
		return node && strcmp(node, name + 5) == 0;
	return strcmp(record_name(record), name) == 0 ||
	       strcmp(record->path, name) == 0 || (label && strcmp(label, name) == 0);
}

static bool is_related(const struct record *record, const struct record *chosen)
{
	return record == chosen || devpath_is_below(record->path, chosen->path) ||
	       devpath_is_below(chosen->path, record->path);
}

const char *choose_devices(struct inventory *inventory, char *const *names)
{
	_cleanup_free_ bool *keep = calloc(inventory->count + 1, sizeof(*keep));
	const char *missing = NULL;
	size_t kept = 0;

	for (; keep && *names; names++) {
		bool found = false;

		for (size_t i = 0; i < inventory->count; i++) {
			if (!is_called(&inventory->records[i], *names))
				continue;
			found = true;
			for (size_t j = 0; j < inventory->count; j++)
				keep[j] = keep[j] || is_related(&inventory->records[j],
								&inventory->records[i]);
		}
		if (!found)
			missing = missing ? missing : *names;
	}
	if (missing)
		return missing;
	for (size_t i = 0; keep && i < inventory->count; i++)
		if (keep[i])
			inventory->records[kept++] = inventory->records[i];
		else
			record_clear(&inventory->records[i]);
	inventory->count = keep ? kept : inventory->count;
	return NULL;
}

void choose_none(struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++)
		record_clear(&inventory->records[i]);
	inventory->count = 0;
}
