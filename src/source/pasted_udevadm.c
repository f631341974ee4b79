// SPDX-License-Identifier: GPL-2.0-or-later
/* udevadm info of single devices, with -a and without, between other things. */

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "block.h"
#include "pasted.h"
#include "paths.h"

static int begin(struct pasted *pasted, struct span path, bool whole)
{
	struct record *record;
	int r;

	pasted->current = 0;
	if (!span_starts(path, "/devices/") || block_check_path(path.start, path.size))
		return 1;
	r = inventory_add(pasted->inventory, path.start, path.size, &record);
	if (r < 0)
		return r;
	record->line = pasted->text->number;
	record->path_only = !whole;
	pasted->current = pasted->inventory->count;
	pasted->has_list = true;
	return 1;
}

static int set_subsystem(struct record *record, struct span value)
{
	record->subsystem = NULL;
	if (value.size &&
	    record_set(record, &record->subsystem, value.start, value.size) < 0)
		return -ENOMEM;
	return span_is(value, "remoteproc")
		       ? record_set_property(record, "DEVTYPE", "remoteproc")
		       : 0;
}

static int set_driver(struct record *record, struct span value)
{
	_cleanup_free_ char *driver = strndup(value.start, value.size);

	if (!driver)
		return -ENOMEM;
	return value.size ? record_set_property(record, "DRIVER", driver) : 0;
}

/* E: KEY=VALUE */
static int take_property(struct record *record, const char *line)
{
	static const char *const kept[] = { "DEVTYPE", "DEVNAME", "MAJOR", "MINOR",
					    "MODALIAS" };
	const char *equals = strchr(line, '=');
	struct span key, value;

	if (!equals)
		return 0;
	key = (struct span){ line, (size_t)(equals - line) };
	value = span_of(equals + 1);
	if (span_is(key, "SUBSYSTEM"))
		return set_subsystem(record, value);
	if (span_is(key, "DRIVER"))
		return set_driver(record, value);
	if (span_is(key, "DEVNAME") && span_starts(value, PATH_DEV "/"))
		value = span_from(value, strlen(PATH_DEV "/"));
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		if (span_is(key, kept[i]))
			return record_set_property(record, kept[i], value.start);
	return 0;
}

/* KEY=="VALUE", ATTR{NAME}=="VALUE" */
static int take_match(struct record *record, const char *line, const char *equals)
{
	const char *end = strrchr(equals, '"');
	struct span key, value;
	size_t open;

	if (end < equals + 3)
		return 0;
	key = (struct span){ line, (size_t)(equals - line) };
	value = (struct span){ equals + 3, (size_t)(end - equals - 3) };
	if (span_is(key, "SUBSYSTEM") || span_is(key, "SUBSYSTEMS"))
		return set_subsystem(record, value);
	if (span_is(key, "DRIVER") || span_is(key, "DRIVERS"))
		return set_driver(record, value);
	open = span_starts(key, "ATTR{") ? 5 : span_starts(key, "ATTRS{") ? 6 : 0;
	if (open > 0 && span_ends(key, "}")) {
		_cleanup_free_ char *name = strndup(line + open, key.size - open - 1);

		if (!name)
			return -ENOMEM;
		return record_attribute(record, name)
			       ? 0
			       : record_add_attribute(record, name, value.start,
						      value.size);
	}
	return 0;
}

int pasted_take_udevadm(struct pasted *pasted, const struct line *line)
{
	static const char looking[] = "looking at ";
	const char *text = line->bytes + strspn(line->bytes, " \t"), *equals;
	struct record *record;
	int r;

	if (strncmp(text, "P: ", 3) == 0)
		return begin(pasted, span_of(text + 3), true);
	if (strncmp(text, looking, sizeof(looking) - 1) == 0) {
		const char *open = strchr(text, '\''), *close = strrchr(text, '\'');

		return open && close > open
			       ? begin(pasted,
				       (struct span){ open + 1,
						      (size_t)(close - open - 1) },
				       true)
			       : 0;
	}
	if (pasted->current == 0 || line->size == 0)
		return 0;
	record = &pasted->inventory->records[pasted->current - 1];
	if (strncmp(text, "E: ", 3) == 0) {
		r = take_property(record, text + 3);
		return r < 0 ? r : 1;
	}
	equals = strstr(text, "==\"");
	if (equals) {
		r = take_match(record, text, equals);
		return r < 0 ? r : 1;
	}
	return strlen(text) > 2 && text[1] == ':' && strchr("NSLMRUTDQVIJ", text[0]);
}
