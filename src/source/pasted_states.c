// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processors with their states, as scripts, loops and people print them: a line has the
 * processor's device and one state, "remoteproc0: running", or is one of those that a
 * loop was asked for, whose command names the attributes in their order.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "paths.h"
#include "question.h"

#define WORDS_MAX 8

struct words {
	struct span list[WORDS_MAX];
	size_t count;
	bool many; /* more than fit */
};

/* The words of a line, without what is put around them in tables. */
static struct words split(const char *line)
{
	static const char around[] = " \t|,()=\"'`*<>[]";
	struct words words = { 0 };

	for (line += strspn(line, around); *line; line += strspn(line, around)) {
		struct span word = { line, strcspn(line, around) };

		line += word.size;
		while (word.size > 0 && strchr(":;!?.", word.start[word.size - 1]))
			word.size--;
		words.many |= word.size > 0 && words.count == WORDS_MAX;
		if (word.size > 0 && words.count < WORDS_MAX)
			words.list[words.count++] = word;
	}
	return words;
}

/* "remoteproc0", or a path that ends in it. */
static bool find_device(struct span word, struct span *ret)
{
	size_t end = word.size, start;

	while (end > 0 && word.start[end - 1] == '/')
		end--;
	for (start = end; start > 0 && word.start[start - 1] != '/'; start--)
		;
	*ret = (struct span){ word.start + start, end - start };
	return span_is_numbered(*ret, "remoteproc");
}

static bool is_label(struct span word)
{
	static const char *const labels[] = {
		"state", "name", "firmware", "->", "-", "=>", "--", "state:", "name:",
	};

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (span_is(word, labels[i]))
			return true;
	return false;
}

static bool is_file(struct span word)
{
	static const char *const ends[] = { ".elf", ".mbn", ".mdt", ".bin",  ".out",
					    ".axf", ".img", "-fw",  ".xem4", ".xe66" };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (span_ends(word, ends[i]))
			return true;
	return memchr(word.start, '/', word.size) != NULL;
}

/* What a line says besides device and state: at most a name and a file. */
struct claim {
	struct span device, state, name, file;
};

/* "10:00:01", "2026-03-03T10:00:01Z": what a script puts before what it prints. */
static bool is_time(struct span word)
{
	size_t digits = 0;

	for (size_t i = 0; i < word.size; i++)
		if (is_digit(word.start[i]))
			digits++;
		else if (!strchr(":.-+TZ/", word.start[i]))
			return false;
	return digits > 1 && digits < word.size;
}

static bool is_bullet(struct span word)
{
	return span_is(word, "-") || span_is(word, "+") || span_is(word, "\xe2\x80\xa2");
}

static void drop_lead(struct words *words)
{
	size_t times = 0;

	while (times < words->count &&
	       (is_time(words->list[times]) || is_bullet(words->list[times])))
		times++;
	words->count -= times;
	memmove(words->list, words->list + times, words->count * sizeof(*words->list));
}

/* "remoteproc0 is running" has no name in it; what else is prose is left alone. */
static bool read_claim(const struct words *words, struct claim *ret)
{
	struct claim claim = { 0 };
	bool prose = false;

	if (words->many || words->count < 2 ||
	    !find_device(words->list[0], &claim.device))
		return false;
	for (size_t i = 1; i < words->count; i++) {
		struct span word = words->list[i], *place = &claim.name;

		if (is_label(word))
			continue;
		if (span_is(word, "is")) {
			prose = true;
			continue;
		}
		if (attribute_find_state(&word))
			place = &claim.state;
		else if (is_file(word))
			place = &claim.file;
		if (place->size > 0)
			return false;
		*place = word;
	}
	*ret = claim;
	return claim.state.size > 0 && (!prose || claim.name.size == 0);
}

static int say(struct pasted *pasted, struct span device, const char *attribute,
	       struct span value)
{
	return value.size > 0 ? pasted_say(pasted, device, attribute, value) : 0;
}

static int take_claim(struct pasted *pasted, const struct words *words)
{
	struct claim claim;
	int r;

	if (!read_claim(words, &claim))
		return 0;
	r = say(pasted, claim.device, "state", claim.state);
	if (r == 0)
		r = say(pasted, claim.device, "name", claim.name);
	if (r == 0)
		r = say(pasted, claim.device, "firmware", claim.file);
	return r < 0 ? r : 1;
}

/* The attributes that a command names by "/name", in their order. */
static void find_attributes(struct loop *loop, const char *body)
{
	for (const char *at = body; (at = strchr(at, '/')); at++) {
		size_t size = strcspn(at + 1, " ;)\"'|&`}\t");
		const char *attribute = attribute_find((struct span){ at + 1, size });

		if (attribute && loop->count < LOOP_ATTRIBUTES)
			loop->attributes[loop->count++] = attribute;
	}
}

/* "0 1 2" of "for i in 0 1 2": the numbers that are gone over; else all, by a '*'. */
static void find_numbers(struct loop *loop, const char *list)
{
	for (; *list && *list != ';'; list += *list == ' ') {
		size_t digits = span_digits(span_of(list));

		if (digits == 0 || digits > 4 || !strchr(" ;", list[digits]) ||
		    loop->number_count == LOOP_NUMBERS)
			return;
		loop->numbers[loop->number_count++] =
			(unsigned int)strtoul(list, NULL, 10);
		list += digits;
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* A glob sorts as text, 0, 1, 10, 2: how many there are is known when the loop ends. */
int pasted_end_loop(struct pasted *pasted)
{
	struct loop *loop = &pasted->loop;
	_cleanup_free_ char(*names)[32] = NULL;
	bool sorted = loop->count > 0 && loop->number_count == 0 && !loop->named;

	loop->count = 0;
	if (!sorted || loop->at <= 10)
		return 0;
	names = calloc(loop->at, sizeof(*names));
	if (!names)
		return -ENOMEM;
	for (size_t i = 0; i < loop->at; i++)
		snprintf(names[i], sizeof(names[i]), "remoteproc%zu", i);
	qsort(names, loop->at, sizeof(names[0]), compare_names);
	for (size_t i = loop->first; i < pasted->saying_count; i++) {
		size_t place = strtoul(pasted->sayings[i].device + 10, NULL, 10);
		char *name = strdup(names[place]);

		if (!name)
			return -ENOMEM;
		free(pasted->sayings[i].device);
		pasted->sayings[i].device = name;
	}
	return 0;
}

/* "for i in ...; do cat $i/name $i/state; done", "paste <(cat .../name) <(...)". */
static bool take_command(struct pasted *pasted, const char *line)
{
	const char *list = strstr(line, "for "), *body = NULL;
	struct loop loop = { .first = pasted->saying_count };

	list = list ? strstr(list, " in ") : NULL;
	if (list && strstr(list, "do "))
		body = strstr(list, "do ");
	else if (strstr(line, "paste ") && strstr(line, "<("))
		body = strstr(line, "<(");
	if (!body || !strstr(line, "remoteproc"))
		return false;
	find_attributes(&loop, body);
	if (list)
		find_numbers(&loop, list + 4);
	pasted->loop = loop;
	return loop.count > 0;
}

static void next_processor(struct loop *loop)
{
	unsigned int number = loop->number_count > 0
				      ? loop->numbers[loop->at % loop->number_count]
				      : (unsigned int)loop->at;

	snprintf(loop->device, sizeof(loop->device), "remoteproc%u", number);
	loop->at++;
	loop->next = 0;
}

static int take_value(struct pasted *pasted, struct span value)
{
	struct loop *loop = &pasted->loop;

	if (!loop->device[0] || loop->next == loop->count)
		next_processor(loop);
	return pasted_say(pasted, span_of(loop->device), loop->attributes[loop->next++],
			  value);
}

/* Whether the words may be the values that come next. */
static bool fits_loop(const struct loop *loop, const struct words *words, size_t first)
{
	size_t next = loop->device[0] && first == 0 ? loop->next : 0;

	if (words->many)
		return false;
	for (size_t i = first; i < words->count; i++, next++) {
		bool state = strcmp(loop->attributes[next % loop->count], "state") == 0;

		if (state != attribute_is_state(words->list[i]))
			return false;
	}
	return words->count - first <= loop->count;
}

/* The next values of a loop; what cannot be one ends it. */
static int take_loop(struct pasted *pasted, const char *line)
{
	struct loop *loop = &pasted->loop;
	struct words words = split(line);
	struct span device;
	size_t first = 0;
	int r = 0;

	if (words.count == 0)
		return 0;
	while (first < words.count && !find_device(words.list[first], &device))
		first++;
	first = first < words.count ? first + 1 : 0;
	if (strstr(line, "$ ") || strstr(line, "# ") || !fits_loop(loop, &words, first))
		return pasted_end_loop(pasted);
	if (first > 0) {
		snprintf(loop->device, sizeof(loop->device), "%.*s", (int)device.size,
			 device.start);
		loop->next = 0;
		loop->named = true;
		loop->at++;
	}
	for (size_t i = first; i < words.count && r == 0; i++)
		r = take_value(pasted, words.list[i]);
	return r < 0 ? r : 1;
}

int pasted_take_loop(struct pasted *pasted, const struct line *line)
{
	int r = pasted->loop.count > 0 ? take_loop(pasted, line->bytes) : 0;

	/* The command may come while another loop is being answered. */
	return r != 0 ? r : take_command(pasted, line->bytes);
}

int pasted_take_states(struct pasted *pasted, const struct line *line)
{
	struct words words;

	if (line->size > 300)
		return 0;
	words = split(line->bytes);
	drop_lead(&words);
	return take_claim(pasted, &words);
}
