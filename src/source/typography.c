// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What forums and word processors make of plain text: "can’t" of can't, a dash of a minus
 * before a number, blanks that do not break. The kernel prints none of these.
 */

#include "typography.h"

#include <string.h>

#include "cleanup.h"
#include "span.h"

/* Within a word, as in "can't". */
static bool is_apostrophe(char before, char after)
{
	return is_letter(before) && is_letter(after);
}

static bool is_minus(char before, char after)
{
	return (!before || strchr(" :=(\t", before)) && is_digit(after);
}

static bool is_anywhere(char before, char after)
{
	(void)before;
	(void)after;
	return true;
}

static const struct {
	const char *bytes;
	char plain;
	bool (*fits)(char before, char after);
} characters[] = {
	{ "\xe2\x80\x99", '\'', is_apostrophe }, /* right single quotation mark */
	{ "\xe2\x80\x91", '-', is_minus },       /* non-breaking hyphen */
	{ "\xe2\x80\x93", '-', is_minus },       /* en dash */
	{ "\xe2\x88\x92", '-', is_minus },       /* minus sign */
	{ "\xc2\xa0", ' ', is_anywhere },        /* no-break space */
};

/* How many bytes stand for a plain character there; 0: they are as they should be. */
static size_t find(const char *at, char before, char *ret)
{
	if ((unsigned char)*at < 0xc2)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(characters); i++) {
		size_t size = strlen(characters[i].bytes);

		if (strncmp(at, characters[i].bytes, size) == 0 &&
		    characters[i].fits(before, at[size])) {
			*ret = characters[i].plain;
			return size;
		}
	}
	return 0;
}

void typography_undo(char *text)
{
	char *to = text;

	for (const char *at = text; *at;) {
		size_t size = find(at, to > text ? to[-1] : '\0', to);

		if (size == 0)
			*to = *at;
		at += size ? size : 1;
		to++;
	}
	*to = '\0';
}
