// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A line of the log is written anew from the pattern that it fits: its letters are the
 * kernel's, names of devices and drivers stay, a file becomes its word, and free text
 * stays where each of its words is one that any driver says. Nothing else is kept: what
 * syslog or a person put before it, what follows it, lines that fit no pattern.
 */

#include "redact_line.h"

#include <errno.h>

#include "buffer.h"
#include "pattern.h"

void names_release(struct names *names)
{
	masks_release(&names->masks);
	masks_release(&names->known);
}

int redact_learn(struct names *names, const struct log_line *line)
{
	struct masks *masks = &names->masks;
	struct phrase phrase;
	size_t number, size = 0;

	if (!phrase_parse(line->bytes, line->size, &phrase) || phrase.file.size == 0)
		return 0;
	/* A name with a blank in it ends there to the parser, but not to who knows it. */
	if (masks_at(masks,
		     (struct span){ phrase.file.start, (size_t)(line->bytes + line->size -
								phrase.file.start) },
		     &size) > 0 &&
	    size >= phrase.file.size)
		return 0;
	return masks_add_file(masks, phrase.file, &number);
}

static bool is_punctuation(char c)
{
	return strchr(",.:;()[]#=!", c);
}

/* A word without what stands around it, "(-22)," for one. */
static struct span inside(struct span word)
{
	while (word.size > 0 && is_punctuation(word.start[word.size - 1]))
		word.size--;
	while (word.size > 0 && (is_punctuation(*word.start) || *word.start == '-'))
		word = span_from(word, 1);
	return word;
}

static struct span next_word(struct span *text)
{
	const char *blank = memchr(text->start, ' ', text->size);
	struct span word = { text->start,
			     blank ? (size_t)(blank - text->start) : text->size };

	*text = span_from(*text, word.size + (blank ? 1 : 0));
	return word;
}

/* Each part of a name is a word that others have, too: "3000000.remoteproc". */
static bool has_common_parts(struct span name)
{
	while (name.size > 0) {
		size_t size = 0, digits = 0;

		while (size < name.size && !strchr("_-.:@#", name.start[size])) {
			digits = is_digit(name.start[size]) ? digits + 1 : 0;
			size++;
		}
		if (size > 0 && !word_is_common((struct span){ name.start, size }) &&
		    !word_is_common((struct span){ name.start, size - digits }))
			return false;
		name = span_from(name, size + (size < name.size ? 1 : 0));
	}
	return true;
}

static bool is_common_module(struct span word)
{
	if (span_ends(word, "(+)"))
		word.size -= 3;
	return has_common_parts(word);
}

/* Of the modules in a trace those of this field. */
static void write_modules(struct span text, FILE *out)
{
	while (text.size > 0) {
		struct span word = next_word(&text);

		if (phrase_mentions(word.start, word.size) && is_common_module(word))
			fprintf(out, " %.*s", (int)word.size, word.start);
	}
}

/* Word by word: what any driver says stays, any other words become one mask. */
static void write_words(struct span text, FILE *out)
{
	bool masked = false, first = true;

	for (; text.size > 0; first = false) {
		struct span word = next_word(&text), plain = inside(word);
		bool common = plain.size == 0 || word_is_common(plain);

		if (!common && masked)
			continue;
		fprintf(out, "%s%.*s", first ? "" : " ", common ? (int)word.size : 0,
			word.start);
		if (!common)
			fputs(MASK, out);
		masked = !common;
	}
}

static void write_free_text(struct span text, enum event event, FILE *out)
{
	if (event == EVENT_OOPS_MODULES)
		write_modules(text, out);
	else if (event == EVENT_CRASH_CAUSE)
		fputs(MASK, out);
	else
		write_words(text, out);
}

/* The file's own word, even where the name is too short to be searched for. */
static void write_file(const struct masks *masks, struct span file, FILE *out)
{
	size_t size, number = masks_at(masks, file, &size);

	if (number > 0)
		masks_write_word(masks, number, out);
	else
		fputs(MASK, out);
}

/* Where a piece of the text ends that is known: the longest name may go on after it. */
static const char *write_piece(const struct masks *masks, const struct piece *piece,
			       const char *end, enum event event, FILE *out)
{
	struct span rest = { piece->text.start, (size_t)(end - piece->text.start) };
	size_t size = 0;

	switch (piece->field) {
	case 0:
	case 'e':
	case 'd':
	case 'x':
	case 's':
		fprintf(out, "%.*s", (int)piece->text.size, piece->text.start);
		break;
	case 'f':
		if (masks_at(masks, rest, &size) > 0 && size > piece->text.size)
			rest.size = size;
		else
			rest = piece->text;
		write_file(masks, rest, out);
		return rest.start + rest.size;
	case 't':
	case '_':
		write_free_text(piece->text, event, out);
		break;
	default:
		masks_write(masks, piece->text, out);
	}
	return piece->text.start + piece->text.size;
}

static bool is_known(const struct names *names, struct span name)
{
	size_t size;

	return has_common_parts(name) ||
	       (masks_at(&names->known, name, &size) > 0 && size == name.size);
}

/* "DRIVER DEVICE: ". What stands in the driver's place may be a host's name; before
 * remoteprocN only its class is a driver. */
static void write_prefix(const struct names *names, const struct phrase *phrase,
			 FILE *out)
{
	static const char core[] = "remoteproc";
	bool own = span_starts(phrase->device, core);

	if (phrase->device.size == 0)
		return;
	if (own && span_is(phrase->driver, core))
		fprintf(out, "%s ", core);
	else if (!own && phrase->driver.size > 0 && !is_known(names, phrase->driver))
		fputs("masked ", out);
	else if (!own && phrase->driver.size > 0) {
		masks_write(&names->masks, phrase->driver, out);
		fputc(' ', out);
	}
	masks_write(&names->masks, phrase->device, out);
	fputs(": ", out);
}

static void write_phrase(const struct names *names, const struct phrase *phrase,
			 FILE *out)
{
	const struct masks *masks = &names->masks;
	struct piece pieces[PATTERN_PIECES_MAX];
	const char *end = phrase->said.start + phrase->said.size;
	const char *at = phrase->said.start;
	size_t count = pattern_pieces(phrase->pattern, phrase->said, pieces);

	write_prefix(names, phrase, out);
	for (size_t i = 0; i < count; i++)
		if (pieces[i].text.start >= at)
			at = write_piece(masks, &pieces[i], end, phrase->event, out);
	if (at < end)
		fputs(" " MASK, out);
}

/* "pc : rproc_boot+0x10/0x20": up to the offset. */
static void write_frame(const struct phrase *phrase, FILE *out)
{
	const char *end = phrase->message.start + phrase->message.size;
	const char *name_end = phrase->name.start + phrase->name.size, *at = name_end;
	bool paren = *name_end == ')';

	while (!paren && at < end && strchr("+/0123456789abcdefx", *at))
		at++;
	fprintf(out, "%.*s%s%.*s%s", (int)(phrase->name.start - phrase->message.start),
		phrase->message.start, paren ? "(" : "", (int)(at - phrase->name.start),
		phrase->name.start, paren ? ")" : "");
}

static bool is_same(const struct phrase *a, const struct phrase *b)
{
	return a->event == b->event && a->cause == b->cause &&
	       a->has_error == b->has_error && a->error == b->error &&
	       a->number == b->number && a->src == b->src && a->dst == b->dst;
}

/* Writing a line anew must not change what it tells, nor make a name of its pieces. */
static bool is_clean(const struct masks *masks, const struct phrase *before,
		     const char *text, size_t message)
{
	struct phrase after;

	return phrase_parse(text + message, strlen(text + message), &after) &&
	       is_same(before, &after) && !masks_in(masks, span_of(text));
}

int redact_line(const struct names *names, struct log_line *line, bool *ret_clean)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	struct phrase phrase;
	int r;

	*ret_clean = false;
	if (!phrase_parse(line->bytes + line->message, line->size - line->message,
			  &phrase) ||
	    (phrase.device.size > 0 && !is_known(names, phrase.device)))
		return 0;
	r = buffer_open(&buffer);
	if (r < 0)
		return r;
	fprintf(buffer.out, "%.*s", (int)line->message, line->bytes);
	if (phrase.pattern)
		write_phrase(names, &phrase, buffer.out);
	else
		write_frame(&phrase, buffer.out);
	r = buffer_take(&buffer, &text, NULL);
	if (r < 0)
		return r;
	*ret_clean = is_clean(&names->masks, &phrase, text, line->message);
	if (!*ret_clean)
		return 0;
	free(line->bytes);
	line->bytes = steal(text);
	line->size = strlen(line->bytes);
	return 0;
}
