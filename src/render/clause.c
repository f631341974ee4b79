// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A message says something of one device, and does not name it: "is offline", "no driver:
 * ...", "its start has no end". Here the subject comes before it. What begins with a
 * verb goes on after the subject, the rest after a colon; said of several devices, verb
 * and pronouns are in the plural.
 */

#include "clause.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "subject.h"

struct word_pair {
	const char *one;
	const char *many;
};

static const struct word_pair verbs[] = {
	{ "is", "are" },        { "are", "are" },  { "has", "have" },
	{ "have", "have" },     { "was", "were" }, { "runs", "run" },
	{ "exists", "exist" },  { "did", "did" },  { "cannot", "cannot" },
	{ "could", "could" },   { "does", "do" },  { "oopsed", "oopsed" },
	{ "warned", "warned" },
};

/* "no driver: ..." goes on as "has no driver: ...". */
static const struct word_pair lacks[] = {
	{ "no driver", "no driver" },
	{ "no remote processor", "no remote processor" },
};

static const struct word_pair pronouns[] = {
	{ "it has", "they have" },
	{ "it is", "they are" },
	{ "it was", "they were" },
	{ "its", "their" },
	/* The object: "nobody boots it" is of another. */
	{ "serves it", "serves them" },
	{ "serve it", "serve them" },
	{ "probe it", "probe them" },
	{ "bound to it", "bound to them" },
};

/* The pair whose first word a text begins with, NULL: none. */
static const struct word_pair *find_pair(const struct word_pair *pairs, size_t count,
					 const char *text)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(pairs[i].one);

		if (strncmp(text, pairs[i].one, size) == 0 && !is_letter(text[size]))
			return &pairs[i];
	}
	return NULL;
}

/* Pronouns stand at the start and after a blank only: names have no blanks around them.
 */
static void write_message(FILE *out, const char *text, bool several)
{
	bool starts = true;

	while (*text) {
		const struct word_pair *pair =
			starts && several
				? find_pair(pronouns, ARRAY_SIZE(pronouns), text)
				: NULL;

		starts = *text == ' ';
		if (!pair) {
			fputc(*text++, out);
			continue;
		}
		fputs(pair->many, out);
		text += strlen(pair->one);
	}
}

/* What comes after the subject, the blank or colon between them included. */
static void write_predicate(FILE *out, const char *text, bool several)
{
	const struct word_pair *verb = find_pair(verbs, ARRAY_SIZE(verbs), text);

	if (verb) {
		fprintf(out, " %s", several ? verb->many : verb->one);
		text += strlen(verb->one);
	} else if (find_pair(lacks, ARRAY_SIZE(lacks), text)) {
		fputs(several ? " have " : " has ", out);
	} else {
		fputs(": ", out);
	}
	write_message(out, text, several);
}

static bool says_what_head_says(const struct finding *head, const struct finding *finding)
{
	if (head->several || finding->several)
		return head->several == finding->several;
	return head->check == finding->check &&
	       strcmp(finding_text(head), finding_text(finding)) == 0;
}

/* A block in two: those that say what the head says, and what these explain. */
struct parts {
	const struct finding **peers;  /* the head is the first */
	const struct finding **sorted; /* the same, by device */
	size_t peer_count;
	const struct finding **effects;
	size_t effect_count;
};

static void parts_release(struct parts *parts)
{
	free(parts->peers);
	free(parts->sorted);
	free(parts->effects);
}

static int compare_devices(const void *a, const void *b)
{
	const struct finding *const *x = a, *const *y = b;

	return ((*x)->device > (*y)->device) - ((*x)->device < (*y)->device);
}

/* Whether the device of a finding is that of a peer, too. */
static bool is_peer(const struct parts *parts, const struct finding *finding)
{
	return finding->device && bsearch(&finding, parts->sorted, parts->peer_count,
					  sizeof(*parts->sorted), compare_devices);
}

static int part(const struct finding *const *findings, size_t count, struct parts *ret)
{
	ret->peers = calloc(count + 1, sizeof(*ret->peers));
	ret->sorted = calloc(count + 1, sizeof(*ret->sorted));
	ret->effects = calloc(count + 1, sizeof(*ret->effects));
	if (!ret->peers || !ret->sorted || !ret->effects)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		if (says_what_head_says(findings[0], findings[i]))
			ret->peers[ret->peer_count++] = findings[i];
	memcpy(ret->sorted, ret->peers, ret->peer_count * sizeof(*ret->sorted));
	qsort(ret->sorted, ret->peer_count, sizeof(*ret->sorted), compare_devices);
	for (size_t i = 0; i < count; i++)
		if (!says_what_head_says(findings[0], findings[i]) &&
		    !is_peer(ret, findings[i]))
			ret->effects[ret->effect_count++] = findings[i];
	return 0;
}

static int write_block(FILE *out, const struct parts *parts)
{
	const struct finding *head = parts->peers[0];
	bool several = parts->peer_count > 1;
	_cleanup_free_ char *subject = subject_text(parts->peers, parts->peer_count);
	_cleanup_free_ char *company =
		parts->effect_count > 0
			? subject_company(parts->effects, parts->effect_count)
			: NULL;

	if (!subject || (parts->effect_count > 0 && !company))
		return -ENOMEM;
	fputs(subject, out);
	write_predicate(out,
			several && head->several ? head->several : finding_text(head),
			several);
	if (company)
		fprintf(out, " (and %s)", company);
	return 0;
}

char *clause_text(const struct finding *const *findings, size_t count)
{
	_cleanup_(parts_release) struct parts parts = { 0 };
	_cleanup_buffer_ struct buffer buffer = { 0 };
	char *text;

	if (part(findings, count, &parts) < 0 || buffer_open(&buffer) < 0 ||
	    write_block(buffer.out, &parts) < 0 || buffer_take(&buffer, &text, NULL) < 0)
		return NULL;
	return text;
}

/* "the kernel log was not recorded" is about no device. */
static bool is_about_a_device(const char *reason)
{
	if (find_pair(verbs, ARRAY_SIZE(verbs), reason) ||
	    find_pair(lacks, ARRAY_SIZE(lacks), reason))
		return true;
	for (bool starts = true; *reason; starts = *reason++ == ' ')
		if (starts && find_pair(pronouns, ARRAY_SIZE(pronouns), reason))
			return true;
	return false;
}

char *clause_skips(const struct finding *const *skips, size_t count)
{
	const char *reason = finding_text(skips[0]);
	_cleanup_free_ char *subject = NULL;
	_cleanup_buffer_ struct buffer buffer = { 0 };
	size_t devices;
	char *text;

	if (!is_about_a_device(reason))
		return strdup(reason);
	subject = subject_counted(skips, count, &devices);
	if (!subject || buffer_open(&buffer) < 0)
		return NULL;
	fputs(subject, buffer.out);
	write_predicate(buffer.out, reason, devices > 1);
	return buffer_take(&buffer, &text, NULL) < 0 ? NULL : text;
}
