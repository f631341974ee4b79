// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two passes over an inventory: the first learns the names, from attributes, facts and
 * the log; the second writes every string anew without them (mask.h). Keys, attributes
 * and lines that this program does not need, and so knows nothing of, are left out.
 *
 * The same name becomes the same word everywhere, paths included, so that structure and
 * verdicts stay.
 */

#include "redact.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "kind.h"
#include "redact_line.h"

struct redaction {
	struct names names;
	size_t traces;
	bool machine;
	size_t masked; /* lines of the log with words that are not said */
	size_t lines;  /* of the log, left out */
	size_t values; /* properties and attributes, left out */
};

static void redaction_release(struct redaction *redaction)
{
	names_release(&redaction->names);
}

static bool is_one_of(const char *const *names, const char *name)
{
	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names;
}

/* Paths stay, and so may their parts in the log, with the names of drivers. */
static int learn_names(struct redaction *redaction, const struct record *record)
{
	const char *driver = record_driver(record);
	int r = driver ? masks_add_word(&redaction->names.known, span_of(driver)) : 0;

	if (r == 0 && record->subsystem)
		r = masks_add_word(&redaction->names.known, span_of(record->subsystem));
	for (const char *at = record->path; *at && r == 0; at += strcspn(at, "/")) {
		at += strspn(at, "/");
		r = masks_add_word(&redaction->names.known,
				   (struct span){ at, strcspn(at, "/") });
	}
	return r;
}

/* "unknown" is the kernel's word for the firmware of an attached core. */
static int learn_record(struct redaction *redaction, const struct record *record)
{
	const char *firmware = record_text(record, "firmware");
	size_t number;

	if (!firmware || !*firmware || strcmp(firmware, "unknown") == 0)
		return 0;
	return masks_add_file(&redaction->names.masks, span_of(firmware), &number);
}

/* Of compatible each word is a name. */
static int learn_system(struct redaction *redaction, const struct record *system)
{
	const char *machine = record_property(system, FACT_MACHINE);
	const char *compatible = record_property(system, FACT_COMPATIBLE);
	int r = machine ? masks_add_word(&redaction->names.masks, span_of(machine)) : 0;

	for (size_t size; compatible && *compatible && r == 0; compatible += size) {
		compatible += strspn(compatible, " ");
		size = strcspn(compatible, " ");
		r = masks_add_word(&redaction->names.masks,
				   (struct span){ compatible, size });
	}
	return r;
}

static int learn(struct redaction *redaction, const struct inventory *inventory)
{
	int r = learn_system(redaction, &inventory->system);

	for (size_t i = 0; i < inventory->count && r == 0; i++)
		r = learn_record(redaction, &inventory->records[i]);
	for (size_t i = 0; i < inventory->count && r == 0; i++)
		r = learn_names(redaction, &inventory->records[i]);
	for (size_t i = 0; i < inventory->log.count && r == 0; i++)
		r = redact_learn(&redaction->names, &inventory->log.lines[i]);
	return r;
}

/* Masks the names in size bytes; *value is another string of the record then. */
static int mask(const struct redaction *redaction, struct record *record,
		const char **value, size_t *size)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r;

	if (!*value || !masks_in(&redaction->names.masks, (struct span){ *value, *size }))
		return 0;
	r = buffer_open(&buffer);
	if (r < 0)
		return r;
	masks_write(&redaction->names.masks, (struct span){ *value, *size }, buffer.out);
	r = buffer_take(&buffer, &text, size);
	return r < 0 ? r : record_set(record, value, text, *size);
}

static int mask_string(const struct redaction *redaction, struct record *record,
		       const char **string)
{
	size_t size = *string ? strlen(*string) : 0;

	return mask(redaction, record, string, &size);
}

static int mask_firmware(const struct redaction *redaction, struct record *record,
			 struct attribute *attribute)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	size_t size, number = masks_at(&redaction->names.masks, span_of(attribute->value),
				       &size);
	int r;

	if (number == 0)
		return 0;
	r = buffer_open(&buffer);
	if (r < 0)
		return r;
	masks_write_word(&redaction->names.masks, number, buffer.out);
	r = buffer_take(&buffer, &text, &attribute->size);
	return r < 0 ? r : record_set(record, &attribute->value, text, attribute->size);
}

static int mask_attribute(struct redaction *redaction, struct record *record,
			  struct attribute *attribute)
{
	if (strcmp(attribute->name, "firmware") == 0)
		return mask_firmware(redaction, record, attribute);
	if (strcmp(attribute->name, FACT_TRACE) != 0 || attribute->size == 0)
		return mask(redaction, record, &attribute->value, &attribute->size);
	attribute->value = MASK;
	attribute->size = strlen(MASK);
	redaction->traces++;
	return 0;
}

static int mask_attributes(struct redaction *redaction, struct record *record)
{
	const char *const *known = kind_attributes(kind_of(record));
	unsigned int kept = 0;
	int r = 0;

	for (unsigned int i = 0; i < record->attribute_count; i++) {
		struct attribute *attribute = &record->attributes[i];

		if (is_one_of(known, attribute->name)) {
			r = r < 0 ? r : mask_attribute(redaction, record, attribute);
			record->attributes[kept++] = *attribute;
			continue;
		}
		redaction->values++;
	}
	record->attribute_count = kept;
	return r;
}

/* A file's name, or a command, that somebody wrote. */
static void mask_blacklist(const char **value)
{
	*value = strncmp(*value, "install ", 8) == 0 ? "install " MASK : MASK;
}

/* "EIO /sys/...": what lies elsewhere may be anything. */
static int mask_unread(const struct redaction *redaction, struct record *record,
		       const char **value)
{
	const char *path = strchr(*value, ' ');
	_cleanup_free_ char *text = NULL;

	if (!path || strncmp(path, " /sys/", 6) == 0)
		return mask_string(redaction, record, value);
	if (asprintf(&text, "%.*s " MASK, (int)(path - *value), *value) < 0)
		return -ENOMEM;
	return record_set(record, value, text, strlen(text));
}

static int mask_property(struct redaction *redaction, struct record *record,
			 struct property *property)
{
	if (strcmp(property->key, FACT_BLACKLIST) == 0) {
		mask_blacklist(&property->value);
		return 0;
	}
	if (strncmp(property->key, FACT_UNREAD_FILE, strlen(FACT_UNREAD_FILE)) == 0)
		return mask_unread(redaction, record, &property->value);
	if (strcmp(property->key, FACT_MACHINE) != 0 &&
	    strcmp(property->key, FACT_COMPATIBLE) != 0)
		return mask_string(redaction, record, &property->value);
	redaction->machine = true;
	property->value = MASK;
	return 0;
}

static int mask_properties(struct redaction *redaction, struct record *record,
			   const char *const *known)
{
	unsigned int kept = 0;
	int r = 0;

	for (unsigned int i = 0; i < record->property_count; i++) {
		struct property *property = &record->properties[i];

		if (is_one_of(known, property->key) ||
		    strncmp(property->key, FACT_UNREAD_FILE, strlen(FACT_UNREAD_FILE)) ==
			    0) {
			r = r < 0 ? r : mask_property(redaction, record, property);
			record->properties[kept++] = *property;
			continue;
		}
		redaction->values++;
	}
	record->property_count = kept;
	return r;
}

static int mask_record(struct redaction *redaction, struct record *record)
{
	static const char *const known[] = {
		"DEVNAME",    "DEVPATH",      "DEVTYPE",           "DRIVER",
		"MAJOR",      "MINOR",        "MODALIAS",          "SUBSYSTEM",
		FACT_MODULE,  FACT_BLACKLIST, FACT_MODULE_STATE,   FACT_FIRMWARE,
		FACT_MISSING, FACT_BUFFERS,   FACT_MISSING_DETAIL, FACT_NODE,
		NULL,
	};
	int r = mask_attributes(redaction, record);

	if (r == 0)
		r = mask_properties(redaction, record, known);
	if (r == 0)
		r = mask_string(redaction, record, &record->path);
	if (r == 0)
		r = mask_string(redaction, record, &record->subsystem);
	return r < 0 ? r : mask_string(redaction, record, &record->driver_target);
}

static int mask_system(struct redaction *redaction, struct record *system)
{
	static const char *const known[] = {
		FACT_KERNEL, FACT_MACHINE, FACT_ALIASES,    FACT_DRIVERS,
		FACT_LEAKED, FACT_UNREAD,  FACT_COMPATIBLE, FACT_CONFIG,
		FACT_LOADED, FACT_LOG,     FACT_LOG_FROM,   FACT_LOG_TO,
		FACT_ODD,    FACT_PLAIN,   FACT_PASTED,     NULL,
	};

	return mask_properties(redaction, system, known);
}

static int mask_log(struct redaction *redaction, struct log *log)
{
	size_t kept = 0;
	int r = 0;

	for (size_t i = 0; i < log->count; i++) {
		bool clean = true;

		if (r == 0)
			r = redact_line(&redaction->names, &log->lines[i], &clean);
		if (clean) {
			redaction->masked += span_has(span_of(log->lines[i].bytes), MASK);
			log->lines[kept++] = log->lines[i];
			continue;
		}
		free(log->lines[i].bytes);
		redaction->lines++;
	}
	log->count = kept;
	return r;
}

static void write_count(FILE *out, size_t count, const char *one, const char *many)
{
	if (count > 0)
		fprintf(out, ", %zu %s", count, count == 1 ? one : many);
}

/* "the machine's name, 2 firmware names, 1 log line in part, 3 log lines left out" */
static int write_summary(const struct redaction *redaction, struct record *system)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	if (redaction->machine)
		fputs(", the machine's name", buffer.out);
	write_count(buffer.out, redaction->names.masks.files, "firmware name",
		    "firmware names");
	write_count(buffer.out, redaction->traces, "trace", "traces");
	write_count(buffer.out, redaction->masked, "log line in part",
		    "log lines in part");
	write_count(buffer.out, redaction->lines, "log line left out",
		    "log lines left out");
	write_count(buffer.out, redaction->values, "value left out", "values left out");
	r = buffer_take(&buffer, &text, NULL);
	if (r < 0)
		return r;
	return record_set_property(system, FACT_REDACTED, *text ? text + 2 : "nothing");
}

int redact(struct inventory *inventory)
{
	_cleanup_(redaction_release) struct redaction redaction = { 0 };
	const struct record *first;
	int r = learn(&redaction, inventory);

	for (size_t i = 0; i < inventory->count && r == 0; i++)
		r = mask_record(&redaction, &inventory->records[i]);
	if (r == 0)
		r = mask_log(&redaction, &inventory->log);
	if (r == 0)
		r = mask_system(&redaction, &inventory->system);
	if (r == 0)
		r = inventory_sort(inventory);
	if (r < 0)
		return r;
	if (inventory_duplicate(inventory, &first))
		return -EEXIST;
	return write_summary(&redaction, &inventory->system);
}

const char *redact_error(int r)
{
	return r == -EEXIST
		       ? "cannot redact: with their names masked, two devices would have the same path"
		       : strerror(-r);
}
