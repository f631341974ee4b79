// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether something was wrapped can only be told by what comes of it: two lines are one
 * where the first alone is no phrase of the kernel's, or no whole link, and both are.
 */

#include "undress.h"

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "log.h"
#include "mail_line.h"
#include "phrase.h"
#include "rejoin.h"
#include "typography.h"

#define PIECES_MAX 4 /* of one line */

/* ESC [ ... letter, ESC ( B, and ESC with one more byte; in place. */
static size_t skip_escape(const char *at)
{
	size_t size = 1;

	if (at[1] == ']') { /* title of a window, ends with BEL or ESC \ */
		while (at[size] && at[size] != '\a' && at[size] != '\n' &&
		       at[size] != '\033')
			size++;
		return size + (at[size] == '\a');
	}
	if (at[1] != '[')
		return at[1] == '(' ? strnlen(at, 3) : 1;
	for (size = 2; at[size] && strchr("0123456789;?:", at[size]); size++)
		;
	return size + (at[size] >= '@' && at[size] <= '~');
}

/* "[33m", "[0;32m" where a forum or a capture dropped the ESC; 0: it is none. */
static size_t color_size(const char *at)
{
	size_t size = 1 + strspn(at + 1, "0123456789;");

	return size > 1 && at[1] != ';' && at[size] == 'm' && at[size + 1] != ']'
		       ? size + 1
		       : 0;
}

static void strip_terminal(char *bytes)
{
	char *to = bytes;

	for (const char *at = bytes; *at;) {
		if (*at == '\033')
			at += skip_escape(at);
		else if (*at == '[' && color_size(at) > 0)
			at += color_size(at);
		else if (*at == '\r')
			at++;
		else
			*to++ = *at++;
	}
	*to = '\0';
}

/* "<br>", "</code>", "<span class=...>": how many bytes; 0: it is none. Levels of the
 * kernel and mail addresses look alike. */
static size_t tag_size(const char *at)
{
	static const char *const names[] = {
		"br", "pre",    "code", "p",    "div", "span",      "tt", "li",
		"ul", "strong", "em",   "b",    "td",  "tr",        "i",  "table",
		"a",  "tbody",  "font", "samp", "kbd", "blockquote"
	};
	const char *name = at + 1 + (at[1] == '/');
	size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz"), rest;

	if (size == 0 || !strchr(" />\t", name[size]))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (strlen(names[i]) != size || strncmp(names[i], name, size) != 0)
			continue;
		rest = strcspn(name, ">\n");
		return name[rest] == '>' ? (size_t)(name - at) + rest + 1 : 0;
	}
	return 0;
}

static bool ends_line(const char *tag)
{
	static const char *const tags[] = { "<br", "</p>", "</li>", "</tr>", "</div>" };

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++)
		if (strncmp(tag, tags[i], strlen(tags[i])) == 0)
			return true;
	return false;
}

/* The tags of a forum's page; in place. */
static void strip_tags(char *bytes)
{
	char *to = bytes;

	if (!strstr(bytes, "<br") && !strstr(bytes, "</"))
		return;
	for (const char *at = bytes; *at;) {
		size_t size = *at == '<' ? tag_size(at) : 0;

		if (size == 0) {
			*to++ = *at++;
			continue;
		}
		if (ends_line(at) && at[size] != '\n')
			*to++ = '\n';
		at += size;
	}
	*to = '\0';
}

/* Long lines that end in one '=': soft ends of quoted-printable. */
static size_t count_soft_ends(const char *bytes)
{
	const char *start = bytes;
	size_t count = 0;

	for (const char *end; (end = strchr(start, '\n')); start = end + 1)
		count += end - start >= 60 && end[-1] == '=' && end[-2] != '=';
	return count;
}

/* Once said in a header, or seen: a soft end and an escape of '=' or a blank, or several
 * soft ends. */
static bool is_printable_mail(const char *bytes)
{
	return strcasestr(bytes, "Content-Transfer-Encoding: quoted-printable") ||
	       (strstr(bytes, "=\n") && (strstr(bytes, "=3D") || strstr(bytes, "=20"))) ||
	       count_soft_ends(bytes) > 1;
}

static bool has_entities(const char *bytes)
{
	return strstr(bytes, "-&gt;") || strstr(bytes, "\n&gt;") ||
	       strstr(bytes, "&lt;") || strstr(bytes, "&#39;") ||
	       strncmp(bytes, "&gt;", 4) == 0;
}

/* The mark of a list, before a path or a time. */
static struct span strip_bullet(struct span line)
{
	size_t blank = 0;
	struct span inner;

	while (blank < line.size &&
	       (line.start[blank] == ' ' || line.start[blank] == '\t'))
		blank++;
	inner = span_from(line, blank);
	if (inner.size > 2 && strchr("-*+|", *inner.start) && inner.start[1] == ' ' &&
	    strchr("/[<", inner.start[2]))
		return span_from(inner, 2);
	return line;
}

struct undresser {
	FILE *out;
	char *pending; /* the line that may go on */
	size_t owed;   /* line ends after it */
	size_t pieces;
	bool soft;
};

static void flush(struct undresser *undresser)
{
	if (undresser->pending)
		fputs(undresser->pending, undresser->out);
	for (; undresser->owed > 0; undresser->owed--)
		fputc('\n', undresser->out);
	free(undresser->pending);
	undresser->pending = NULL;
	undresser->pieces = 0;
}

static bool starts_anew(const char *line)
{
	struct span stamp, span = span_of(line);
	uint64_t time;

	return *line == '/' || strstr(line, "# ") || strstr(line, "$ ") ||
	       strncmp(line, "==>", 3) == 0 || log_parse_time(span, &stamp, &time) > 0;
}

static bool is_link_start(const char *line)
{
	size_t size = strlen(line);

	while (size > 0 && line[size - 1] == ' ')
		size--;
	return size > 3 && strncmp(line + size - 3, " ->", 3) == 0;
}

/* The last part of a link's target is its name again. */
static bool is_whole_link(const char *line)
{
	const char *arrow = strstr(line, " -> "), *name, *end;
	size_t size;

	if (!arrow || !strstr(arrow, "/devices/"))
		return false;
	end = arrow + strlen(arrow);
	while (strchr(" /'\"", end[-1]))
		end--;
	for (name = end; name[-1] != '/'; name--)
		;
	size = (size_t)(end - name);
	while (arrow > line && strchr("'\"@", arrow[-1]))
		arrow--;
	return (size_t)(arrow - line) >= size && memcmp(arrow - size, name, size) == 0;
}

/* A message that ends in the sender's own words, as wide as mail programs leave a line.
 */
static bool may_be_cut_short(const char *line)
{
	struct span stamp;
	struct phrase phrase;
	uint64_t time;
	size_t size = strlen(line);

	return size >= 55 && size <= 80 &&
	       log_parse_time(span_of(line), &stamp, &time) > 0 &&
	       rejoin_is_phrase(line, &phrase) && phrase.text.size > 0;
}

/* Whether a line is one that may have been cut. */
static bool may_go_on(const char *line)
{
	struct phrase phrase;

	if (is_link_start(line))
		return true;
	if (strstr(line, " -> ") && strstr(line, "../"))
		return !is_whole_link(line);
	return strlen(line) >= 30 &&
	       (strstr(line, ": ") || phrase_mentions(line, strlen(line)) ||
		rejoin_is_phrase(line, &phrase));
}

/* Neither a file nor a processor has a blank in its name. */
static bool has_blank(struct span name)
{
	return name.size > 0 && memchr(name.start, ' ', name.size);
}

static bool is_link(const char *line)
{
	return strstr(line, " -> ") || is_link_start(line);
}

/* Whether a line may be the rest of the one before. */
static bool may_be_rest(const char *first, const char *second)
{
	struct phrase own;

	if (starts_anew(second) && !strstr(first, " -> "))
		return false;
	return is_link(first) ? !strstr(second, " -> ") : !rejoin_is_phrase(second, &own);
}

static bool belongs(const char *first, const char *joined)
{
	struct phrase phrase;

	if (is_link(first))
		return is_whole_link(joined);
	return rejoin_is_phrase(joined, &phrase) && !has_blank(phrase.file) &&
	       !has_blank(phrase.name) &&
	       (rejoin_explained(joined) > rejoin_explained(first) ||
		may_be_cut_short(first));
}

/* The line as part of the pending one, with a blank between or without; NULL: it is one
 * of its own. */
static int try_join(struct undresser *undresser, const char *line, char **ret)
{
	static const char *const between[] = { " ", "" };

	*ret = NULL;
	if (!undresser->pending || undresser->pieces >= PIECES_MAX || !*line ||
	    strlen(line) > 400 || strlen(undresser->pending) > 1000)
		return 0;
	if (undresser->soft)
		return asprintf(ret, "%s%s", undresser->pending, line) < 0 ? -ENOMEM : 0;
	if (!may_go_on(undresser->pending) || !may_be_rest(undresser->pending, line))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(between); i++) {
		_cleanup_free_ char *joined = NULL;
		size_t size = strlen(undresser->pending);

		while (size > 0 && undresser->pending[size - 1] == ' ')
			undresser->pending[--size] = '\0';

		if (asprintf(&joined, "%s%s%s", undresser->pending, between[i], line) < 0)
			return -ENOMEM;
		if (belongs(undresser->pending, joined)) {
			*ret = steal(joined);
			return 0;
		}
	}
	return 0;
}

static int take_line(struct undresser *undresser, struct span raw, bool printable,
		     bool entities)
{
	_cleanup_free_ char *line = strndup(raw.start, raw.size);
	_cleanup_free_ char *bare = NULL;
	char *joined;
	struct span span;
	bool soft;
	int r;

	if (!line)
		return -ENOMEM;
	soft = printable && mail_line_decode_printable(line);
	if (entities)
		mail_line_decode_entities(line);
	rejoin_unwrap(line);
	span = span_of(line);
	if (!undresser->soft)
		span = strip_bullet(mail_line_unquoted(span));
	bare = strndup(span.start, span.size);
	r = bare ? rejoin_padded(&bare) : -ENOMEM;
	if (r < 0)
		return r;
	r = try_join(undresser, bare, &joined);
	if (r < 0)
		return r;
	if (joined) {
		free(undresser->pending);
		undresser->pending = joined;
		undresser->pieces++;
	} else {
		flush(undresser);
		undresser->pending = steal(bare);
	}
	undresser->owed++;
	undresser->soft = soft;
	return 0;
}

int undress(struct text *text)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *clean = NULL;
	struct undresser undresser = { 0 };
	bool printable, entities;
	size_t size = 0;
	int r = buffer_open(&buffer);

	if (r < 0)
		return r;
	undresser.out = buffer.out;
	strip_terminal(text->bytes);
	strip_tags(text->bytes);
	typography_undo(text->bytes);
	printable = is_printable_mail(text->bytes);
	entities = has_entities(text->bytes);
	for (const char *at = text->bytes; r == 0 && *at;) {
		struct span line = mail_line_next(&at);

		r = take_line(&undresser, line, printable, entities);
	}
	flush(&undresser);
	if (r == 0)
		r = buffer_take(&buffer, &clean, &size);
	if (r < 0)
		return r;
	free(text->bytes);
	text->bytes = steal(clean);
	text->size = size;
	return 0;
}
