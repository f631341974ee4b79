// SPDX-License-Identifier: GPL-2.0-or-later
#include "pasted.h"

#include <errno.h>
#include <string.h>

#include "array.h"
#include "escape.h"
#include "history.h"
#include "kind.h"
#include "paths.h"
#include "phrase.h"
#include "undress.h"

int pasted_say(struct pasted *pasted, struct span device, const char *attribute,
	       struct span value)
{
	struct saying saying = { .line = pasted->text->number };

	if (array_reserve(pasted->sayings, pasted->saying_count + 1,
			  pasted->saying_allocated) < 0)
		return -ENOMEM;
	if (attribute && strcmp(attribute, "state") == 0)
		value = attribute_state(value);
	saying.device = strndup(device.start, device.size);
	saying.attribute = attribute ? strdup(attribute) : NULL;
	saying.value = strndup(value.size ? value.start : "", value.size);
	pasted->sayings[pasted->saying_count++] = saying;
	pasted->has_list = true;
	return saying.device && saying.value && (!attribute || saying.attribute)
		       ? 0
		       : -ENOMEM;
}

static void pasted_release(struct pasted *pasted)
{
	for (size_t i = 0; i < pasted->saying_count; i++) {
		free(pasted->sayings[i].device);
		free(pasted->sayings[i].attribute);
		free(pasted->sayings[i].value);
	}
	free(pasted->sayings);
	for (size_t i = 0; i < pasted->question.count; i++)
		free(pasted->question.files[i]);
	free(pasted->question.files);
	for (size_t i = 0; i < pasted->answer_count; i++)
		free(pasted->answers[i]);
	free(pasted->answers);
	free(pasted->odd.first);
	free(pasted->prose.first);
	free(pasted->commands.first);
	index_release(&pasted->channels);
}

static int take_listing(struct pasted *pasted, const struct line *line)
{
	int r = listing_take(pasted->text, pasted->inventory, pasted->notice, line);

	if (r == 0)
		r = find_take(pasted, line);
	if (r == 0)
		r = pasted_take_link(pasted, line);
	pasted->has_list |= r > 0;
	pasted->listed = r > 0 || strstr(line->bytes, "../") ||
			 strncmp(line->bytes, PATH_SYS, strlen(PATH_SYS)) == 0;
	return r;
}

/* The log comes last but for a line that starts with the kernel's time: a message may
 * quote anything. */
static int take_any(struct pasted *pasted, const struct line *line)
{
	static int (*const takers[])(struct pasted * pasted, const struct line *line) = {
		pasted_take_deferred, pasted_take_udevadm,   pasted_take_systool,
		pasted_take_driver,   take_listing,          pasted_take_inside,
		pasted_take_loop,     pasted_take_attribute, pasted_take_names,
		pasted_take_node,     pasted_take_log,       pasted_take_states,
	};
	struct span stamp;
	uint64_t time;
	int r = pasted_take_shell(pasted, line);

	if (r != 0)
		return r < 0 ? r : pasted_end_question(pasted);
	if (log_parse_time((struct span){ line->bytes, line->size }, &stamp, &time) > 0) {
		r = pasted_take_log(pasted, line);
		return r < 0 ? r : 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(takers); i++) {
		r = takers[i](pasted, line);
		if (r != 0)
			return r < 0 ? r : 0;
	}
	return pasted_take_odd(pasted, line);
}

static int take_line(struct pasted *pasted, const struct line *line)
{
	struct log *log = &pasted->inventory->log;
	size_t seen = log->seen;
	int r;

	boots_note(&pasted->boots, &pasted->pieces, log, line, pasted->text->number);
	pasted_note_system(pasted, line);
	if (pasted->after_log && strstr(line->bytes, "dmesg"))
		pieces_mark(&pasted->pieces, log);
	r = take_any(pasted, line);
	if (line->size > 0)
		pasted->after_log = log->seen > seen;
	return r;
}

static bool has_device(const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		enum kind kind = kind_of(&inventory->records[i]);

		if (kind != KIND_OTHER && kind != KIND_BUS_DEVICE)
			return true;
	}
	return false;
}

/* Whether the log tells of something that is worth a finding. */
static int has_event(struct pasted *pasted, bool *ret)
{
	_cleanup_history_ struct history *history = NULL;
	int r = history_tell(&pasted->inventory->log, &history);

	if (r < 0)
		return r;
	*ret = history->processor_count + history->probe_count + history->silence_count +
		       history->stray_count >
	       0;
	for (size_t i = 0; i < history->oops_count; i++)
		*ret |= !history->oopses[i].foreign;
	pasted->oops = history->oops_count > 0;
	return 0;
}

static int judge(struct pasted *pasted)
{
	struct inventory *inventory = pasted->inventory;
	bool event = false;
	int r = record_set_property(&inventory->system, FACT_PASTED, "1");

	if (r < 0)
		return r;

	inventory->kind = inventory->log.count == 0 ? SOURCE_LISTING
			  : pasted->has_list        ? SOURCE_MIXED
						    : SOURCE_LOG;
	if (has_device(inventory) || record_property(&inventory->system, FACT_PLAIN))
		return 0;
	r = has_event(pasted, &event);
	if (r < 0 || event)
		return r;
	return pasted->asked && pasted->odd.count + pasted->prose.count == 0
		       ? 0
		       : pasted_refuse(pasted);
}

int pasted_read(struct text *text, struct inventory *inventory, struct notice *notice)
{
	_cleanup_(pasted_release) struct pasted pasted = {
		.text = text,
		.inventory = inventory,
		.notice = notice,
	};
	struct line line;
	bool ended = text->bytes[text->size - 1] == '\n';
	int r = undress(text);

	if (r == 0)
		r = find_prepare(&pasted);
	while (r == 0 && text_next(text, &line)) {
		pasted.listed = false;
		r = take_line(&pasted, &line);
	}
	pasted.cut = !ended && pasted.listed;
	if (r == 0)
		r = pasted_end_question(&pasted);
	if (r == 0)
		r = pasted_end_loop(&pasted);
	boots_end(&pasted.boots, &pasted.pieces, &inventory->log);
	if (r == 0)
		r = pieces_join(&pasted.pieces, &inventory->log);
	if (r == 0)
		r = pasted_tell_system(&pasted);
	if (r == 0)
		r = pasted_merge(&pasted);
	if (r == 0)
		r = judge(&pasted);
	return r < 0 ? r : pasted_tell(&pasted);
}

/* "virtio0": bare names of channels have it. */
static bool has_virtio(const struct line *line)
{
	const char *at = memmem(line->bytes, line->size, "virtio", 6);

	return at && is_digit(at[6]);
}

static bool is_concerned(const struct line *line)
{
	struct phrase phrase;

	return phrase_mentions(line->bytes, line->size) || has_virtio(line) ||
	       memmem(line->bytes, line->size, "/devices/", 9) ||
	       memmem(line->bytes, line->size, "devices_deferred", 16) ||
	       phrase_parse(line->bytes, line->size, &phrase);
}

bool pasted_matches(const struct text *text)
{
	return text_any(text, is_concerned);
}

/* A command at a prompt, or the first words of what -a prints. */
static bool is_udevadm(const struct line *line)
{
	static const char command[] = "udevadm info ";
	const char *at = memmem(line->bytes, line->size, command, sizeof(command) - 1);

	if (at && !memmem(line->bytes, line->size, "--export-db", 11) &&
	    !memmem(line->bytes, line->size, " -e", 3))
		return at == line->bytes || strchr(" #$>", at[-1]);
	return memmem(line->bytes, line->size, "looking at device '/devices/", 28);
}

static bool is_snapshot_line(const struct line *line)
{
	return line->size > 20 && memcmp(line->bytes, "E: RPROC_TREE_LINES=", 20) == 0;
}

static bool is_attribute(const struct line *line)
{
	return line->size > 3 && strchr("AH", line->bytes[0]) && line->bytes[1] == ':';
}

static bool is_record(const struct line *line)
{
	return line->size > 3 && line->bytes[0] == 'P' && line->bytes[1] == ':';
}

/* No record has this. */
static bool is_logged(const struct line *line)
{
	struct phrase phrase;

	return line->size > 3 && line->bytes[1] != ':' &&
	       phrase_parse(line->bytes, line->size, &phrase);
}

bool udevadm_matches(const struct text *text)
{
	if (text_any(text, is_snapshot_line))
		return false;
	return text_any(text, is_udevadm) ||
	       (text_any(text, is_record) && !text_any(text, is_attribute) &&
		text_any(text, is_logged));
}
