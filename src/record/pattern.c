// SPDX-License-Identifier: GPL-2.0-or-later
#include "pattern.h"

#include <errno.h>
#include <strings.h>

#include "cleanup.h"

static const struct {
	int error;
	const char *name;
	const char *sentence; /* what it means of remote processors; NULL: nothing */
} errnos[] = {
	{ EPERM, "EPERM", "not permitted" },
	{ ENOENT, "ENOENT", "not found" },
	{ ESRCH, "ESRCH", "no such process" },
	{ EIO, "EIO", "input or output error" },
	{ ENXIO, "ENXIO", "no such device" },
	{ EAGAIN, "EAGAIN", "not now, or loading was aborted by user space" },
	{ ENOMEM, "ENOMEM", "not enough memory" },
	{ EACCES, "EACCES", "permission denied" },
	{ EFAULT, "EFAULT", "bad address" },
	{ EBUSY, "EBUSY", "busy, or taken already" },
	{ EEXIST, "EEXIST", "a device of that name exists" },
	{ ENODEV, "ENODEV", "no such device" },
	{ EINVAL, "EINVAL", "image refused" },
	{ ENOSPC, "ENOSPC", "no space left" },
	{ EPIPE, "EPIPE", NULL },
	{ ERANGE, "ERANGE", NULL },
	{ ENOSYS, "ENOSYS", "not implemented" },
	{ ENODATA, "ENODATA", NULL },
	{ ETIME, "ETIME", "no answer in time" },
	{ EPROTO, "EPROTO", NULL },
	{ EBADMSG, "EBADMSG", NULL },
	{ EOVERFLOW, "EOVERFLOW", NULL },
	{ EOPNOTSUPP, "EOPNOTSUPP", "not supported" },
	{ ENOBUFS, "ENOBUFS", "the queue is full" },
	{ ENOTCONN, "ENOTCONN", NULL },
	{ ESHUTDOWN, "ESHUTDOWN", NULL },
	{ ETIMEDOUT, "ETIMEDOUT", "no answer in time" },
	{ ECANCELED, "ECANCELED", NULL },
	{ 517, "EPROBE_DEFER", "deferred: what it needs is not there yet" },
};

/* What C libraries call them, in lower case: "write error: Invalid argument". dash says
 * "I/O error" of each. */
static const struct {
	int error;
	const char *text;
} shell_errors[] = {
	{ ENOENT, "no such file or directory" },
	{ EIO, "input/output error" },
	{ ENXIO, "no such device or address" },
	{ EAGAIN, "resource temporarily unavailable" },
	{ ENOMEM, "cannot allocate memory" },
	{ ENOMEM, "out of memory" },
	{ EACCES, "permission denied" },
	{ EFAULT, "bad address" },
	{ EBUSY, "device or resource busy" },
	{ EBUSY, "resource busy" },
	{ EEXIST, "file exists" },
	{ ENODEV, "no such device" },
	{ EINVAL, "invalid argument" },
	{ ENOSPC, "no space left on device" },
	{ ENOSYS, "function not implemented" },
	{ ETIME, "timer expired" },
	{ EOPNOTSUPP, "operation not supported" },
	{ ETIMEDOUT, "connection timed out" },
	{ ETIMEDOUT, "operation timed out" },
	{ EPERM, "operation not permitted" },
};

/* The console may have cut the text short. */
int phrase_shell_error(struct span text)
{
	while (text.size > 0 && strchr(" .\r", text.start[text.size - 1]))
		text.size--;
	for (size_t i = 0; text.size > 3 && i < ARRAY_SIZE(shell_errors); i++)
		if (strncasecmp(shell_errors[i].text, text.start, text.size) == 0)
			return -shell_errors[i].error;
	return 0;
}

const char *phrase_error(int error)
{
	for (size_t i = 0; i < ARRAY_SIZE(errnos); i++)
		if (errnos[i].error == -error)
			return errnos[i].sentence;
	return NULL;
}

/* Leading digits as a number; what no uint64_t holds is the largest. */
static uint64_t number_of(struct span digits, unsigned int base)
{
	uint64_t value = 0;

	for (size_t i = 0; i < digits.size; i++) {
		int add = hex_value(digits.start[i]);

		if (add < 0 || (unsigned int)add >= base)
			break;
		if (value > (UINT64_MAX - (unsigned int)add) / base)
			return UINT64_MAX;
		value = value * base + (unsigned int)add;
	}
	return value;
}

/* How many bytes of an errno stand there, "-22" or "-EBUSY"; 0: none. */
static size_t take_error(struct span text, struct phrase *phrase)
{
	size_t minus = text.size > 0 && *text.start == '-', digits;

	digits = span_digits(span_from(text, minus));
	if (digits > 0 && digits < 5 &&
	    (text.size == minus + digits || text.start[minus + digits] != 'x')) {
		phrase->error = -(int)number_of(span_from(text, minus), 10);
		phrase->has_error = true;
		return minus + digits;
	}
	for (size_t i = 0; minus && i < ARRAY_SIZE(errnos); i++) {
		size_t size = strlen(errnos[i].name);

		if (!span_starts(span_from(text, 1), errnos[i].name))
			continue;
		if (text.size > 1 + size && is_letter(text.start[1 + size]))
			continue;
		phrase->error = -errnos[i].error;
		phrase->has_error = true;
		return 1 + size;
	}
	return 0;
}

void pattern_find_error(struct span text, struct phrase *phrase)
{
	size_t end = text.size, start;

	while (end > 0 && strchr(").!", text.start[end - 1]))
		end--;
	start = end;
	while (start > 0 && is_digit(text.start[start - 1]))
		start--;
	if (start > 1 && start < end && text.start[start - 1] == '-' &&
	    strchr(" =:(", text.start[start - 2]))
		take_error((struct span){ text.start + start - 1, end - start + 1 },
			   phrase);
}

/* virtioN: what stands where the kernel writes the name of such a device, and is none,
 * would become part of a path. */
static size_t take_virtio(struct span text, struct span *ret)
{
	static const char prefix[] = "virtio";
	size_t size = span_starts(text, prefix) ? strlen(prefix) : 0;
	size_t digits = size > 0 ? span_digits(span_from(text, size)) : 0;

	*ret = (struct span){ text.start, digits > 0 ? size + digits : 0 };
	return ret->size;
}

/* How many digits of a 32-bit address stand there; 0: none, or no such address. */
static size_t take_address(struct span text, uint32_t *address)
{
	size_t size = 0;

	while (size < text.size && hex_value(text.start[size]) >= 0)
		size++;
	if (size > 8)
		return 0;
	*address = (uint32_t)number_of((struct span){ text.start, size }, 16);
	return size;
}

/* A field of text ends where the pattern's next letters begin; a name that the firmware
 * chose may have them in it, so there the last place counts. */
static bool take_text(struct span text, const char *next, bool last, struct span *ret)
{
	size_t limit = text.size < PATTERN_FIELD_MAX ? text.size : PATTERN_FIELD_MAX;
	size_t letters = strcspn(next, "%");
	const char *found = NULL;

	if (!*next) {
		*ret = text;
		return true;
	}
	for (const char *at = text.start;
	     (at = memmem(at, limit - (size_t)(at - text.start), next, letters)); at++) {
		found = at;
		if (!last)
			break;
	}
	if (!found)
		return false;
	*ret = (struct span){ text.start, (size_t)(found - text.start) };
	return true;
}

/* Where a field of text goes. */
static struct span *place_of(struct phrase *phrase, char field)
{
	switch (field) {
	case 'n':
		return &phrase->name;
	case 'f':
		return &phrase->file;
	case 'm':
		return &phrase->node;
	case 'o':
		return &phrase->other;
	default:
		return &phrase->text;
	}
}

/* Takes one field; *at moves past it. */
static bool take_field(char field, const char *next, struct span *at,
		       struct phrase *phrase)
{
	struct span ignored, *place = place_of(phrase, field);
	size_t size;

	switch (field) {
	case 'e':
		size = take_error(*at, phrase);
		break;
	case 'd':
		size = span_digits(*at);
		phrase->number = number_of(*at, 10);
		break;
	case 'x':
		size = take_address(*at, &phrase->dst);
		break;
	case 's':
		size = take_address(*at, &phrase->src);
		break;
	case 'v':
		size = take_virtio(*at, &phrase->virtio);
		break;
	default:
		place = field == '_' ? &ignored : place;
		if (!take_text(*at, next, strncmp(next, " addr ", 6) == 0, place))
			return false;
		*at = span_from(*at, place->size);
		return true;
	}
	*at = span_from(*at, size);
	return size > 0;
}

/* A name or file is one word where nothing follows it in the pattern: a forum may have
 * put the next message on the same line. */
static void end_at_blank(char field, struct span *place)
{
	const char *blank;

	if (!strchr("nfmo", field) || place->size == 0)
		return;
	blank = memchr(place->start, ' ', place->size);
	if (blank)
		place->size = (size_t)(blank - place->start);
	if (place->size > 0 && place->start[place->size - 1] == ',')
		place->size--;
}

/* Takes the letters a pattern starts with. */
static bool take_letters(const char **pattern, struct span *text, struct piece *ret)
{
	size_t letters = strcspn(*pattern, "%");

	if (text->size < letters || memcmp(text->start, *pattern, letters) != 0)
		return false;
	*ret = (struct piece){ 0, { text->start, letters } };
	*text = span_from(*text, letters);
	*pattern += letters;
	return true;
}

/* The parts go to pieces, which may be NULL. 0: the text does not fit. */
static size_t fit(const char *pattern, struct span text, struct phrase *phrase,
		  struct piece *pieces)
{
	size_t count = 0;

	while (*pattern) {
		struct piece letters, field = { 0 };

		if (!take_letters(&pattern, &text, &letters))
			return 0;
		if (*pattern) {
			field = (struct piece){ pattern[1], text };
			pattern += 2;
			if (!take_field(field.field, pattern, &text, phrase))
				return 0;
			field.text.size = (size_t)(text.start - field.text.start);
		}
		if (field.field && !*pattern && !strchr("t_", field.field)) {
			end_at_blank(field.field, place_of(phrase, field.field));
			end_at_blank(field.field, &field.text);
		}
		if (pieces && letters.text.size > 0)
			pieces[count++] = letters;
		if (pieces && field.field)
			pieces[count++] = field;
		count += !pieces;
	}
	return count;
}

bool pattern_fits(const char *pattern, struct span text, struct phrase *phrase)
{
	return fit(pattern, text, phrase, NULL) > 0;
}

size_t pattern_pieces(const char *pattern, struct span text,
		      struct piece pieces[PATTERN_PIECES_MAX])
{
	struct phrase ignored = { 0 };

	return fit(pattern, text, &ignored, pieces);
}
