// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A command that asks for attributes, and the lines that answer it. A '*' in a path
 * stands for the processors in the order of text, 0, 1, 10, 2; how many there are, the
 * answers tell.
 */

#include "question.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "paths.h"

static void forget(struct pasted *pasted)
{
	struct question *question = &pasted->question;

	for (size_t i = 0; i < question->count; i++)
		free(question->files[i]);
	free(question->files);
	*question = (struct question){ 0 };
	for (size_t i = 0; i < pasted->answer_count; i++)
		free(pasted->answers[i]);
	free(pasted->answers);
	pasted->answers = NULL;
	pasted->answer_count = 0;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Those from there on are of the processors that were listed where these are as many,
 * else of those with the first so many numbers. */
static int name_answers(struct pasted *pasted, const char *attribute, size_t from,
			size_t count)
{
	_cleanup_free_ char(*names)[32] = calloc(count + 1, sizeof(*names));
	_cleanup_free_ char **sorted = calloc(count + 1, sizeof(*sorted));
	int r = 0;

	if (!names || !sorted)
		return -ENOMEM;
	if (!pasted_find_listed(pasted, names, count))
		for (size_t i = 0; i < count; i++)
			snprintf(names[i], sizeof(names[i]), "remoteproc%zu", i);
	for (size_t i = 0; i < count; i++)
		sorted[i] = names[i];
	qsort(sorted, count, sizeof(*sorted), compare_texts);
	for (size_t i = 0; i < count && r == 0; i++)
		r = pasted_say(pasted, span_of(sorted[i]), attribute,
			       span_of(pasted->answers[from + i]));
	return r;
}

static const char *attribute_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? attribute_find(span_of(slash + 1)) : NULL;
}

/* The shell puts all names before all states: as many of each, or it is no answer. */
static bool is_whole(const struct pasted *pasted)
{
	const struct question *question = &pasted->question;
	size_t count = question->count,
	       each = count > 0 ? pasted->answer_count / count : 0;

	if (each == 0 || pasted->answer_count % count != 0)
		return false;
	for (size_t i = 0; count > 1 && i < pasted->answer_count; i++) {
		const char *attribute = attribute_of(question->files[i / each]);

		if (attribute && strcmp(attribute, "state") == 0 &&
		    !attribute_is_state(span_of(pasted->answers[i])))
			return false;
	}
	return true;
}

int pasted_end_question(struct pasted *pasted)
{
	struct question *question = &pasted->question;
	bool known = pasted->answer_count > 0;
	int r = 0;

	for (size_t i = 0; i < question->count; i++)
		known = known && attribute_of(question->files[i]);
	if (known && is_whole(pasted)) {
		size_t each = pasted->answer_count / question->count;

		for (size_t i = 0; i < question->count && r == 0; i++)
			r = name_answers(pasted, attribute_of(question->files[i]),
					 i * each, each);
	}
	forget(pasted);
	return r;
}

static int add_file(struct pasted *pasted, struct span file)
{
	struct question *question = &pasted->question;
	char **files = reallocarray(question->files, question->count + 1, sizeof(*files));

	if (!files)
		return -ENOMEM;
	question->files = files;
	files[question->count] = strndup(file.start, file.size);
	if (!files[question->count])
		return -ENOMEM;
	question->count++;
	return 0;
}

static bool is_glob(struct span file)
{
	return memchr(file.start, '*', file.size) || memchr(file.start, '?', file.size);
}

/* A path that is asked for: of one device, or with a '*' where its name would be. */
static bool is_askable(struct span file)
{
	const char *attribute;
	struct span device;

	if (attribute_split(file, &device, &attribute))
		return true;
	return is_glob(file) && span_has(file, "remoteproc") && span_has(file, "/");
}

/* "{0,1}" names several. */
static int add_braces(struct pasted *pasted, struct span word)
{
	const char *open = memchr(word.start, '{', word.size);
	const char *close =
		open ? memchr(open, '}', word.size - (size_t)(open - word.start)) : NULL;
	const char *end = word.start + word.size;
	int r = 0;

	if (!close)
		return is_askable(word) ? add_file(pasted, word) : 0;
	for (const char *at = open + 1; at < close && r == 0;) {
		size_t size = strcspn(at, ",}");
		_cleanup_free_ char *file = NULL;

		if (asprintf(&file, "%.*s%.*s%.*s", (int)(open - word.start), word.start,
			     (int)size, at, (int)(end - close - 1), close + 1) < 0)
			return -ENOMEM;
		if (is_askable(span_of(file)))
			r = add_file(pasted, span_of(file));
		at += size + 1;
	}
	return r;
}

/* What comes after a command's name, where a prompt or nothing stands before it; NULL:
 * the line is no such command. */
static const char *find_command(const char *line, const char *command)
{
	size_t size = strlen(command);

	for (const char *at = strstr(line, command); at; at = strstr(at + 1, command)) {
		const char *before = at;

		if (at[size] != ' ' && at[size] != '\0')
			continue;
		while (before > line && before[-1] == ' ')
			before--;
		if (before == line || (before < at && strchr("#$%>;&", before[-1])) ||
		    (before - line >= 4 && memcmp(before - 4, "sudo", 4) == 0))
			return at + size;
	}
	return NULL;
}

/* The directory that the prompt shows: "root@board:/sys/class/remoteproc/remoteproc0# ".
 */
static struct span prompt_directory(const char *line, const char *command)
{
	const char *at = strstr(line, PATH_SYS "/");

	if (!at || at >= command)
		return (struct span){ 0 };
	return (struct span){ at, strcspn(at, "#$% >]") };
}

/* Where the next file may stand: after blanks, or in the next cat of a list of commands.
 */
static const char *next_word(const char *at)
{
	static const char command[] = "cat ";
	bool list = false;

	while (*at == ' ' || *at == ';' || (at[0] == '&' && at[1] == '&')) {
		list |= *at != ' ';
		at += at[0] == '&' ? 2 : 1;
	}
	if (!list)
		return strchr("|&`", *at) ? "" : at;
	at += strncmp(at, "sudo ", 5) == 0 ? 5 : 0;
	return strncmp(at, command, 4) == 0 ? at + 4 : "";
}

static int ask(struct pasted *pasted, const char *line, const char *words)
{
	struct span directory = prompt_directory(line, words);
	int r = 0;

	if (directory.size == 0)
		directory = span_of(pasted->directory);

	for (const char *at = words; *at && r == 0;) {
		size_t size = strcspn(at, " ;|&`");
		struct span word = { at, size };
		_cleanup_free_ char *file = NULL;

		if (size > 0 && *at != '/' && *at != '-' && directory.size > 0) {
			if (asprintf(&file, "%.*s/%.*s", (int)directory.size,
				     directory.start, (int)size, at) < 0)
				return -ENOMEM;
			word = span_of(file);
		}
		if (size > 0)
			r = add_braces(pasted, word);
		at = next_word(at + size);
	}
	for (size_t i = 0; i < pasted->question.count; i++)
		pasted->question.whole |=
			strstr(pasted->question.files[i], "resource_table") ||
			strstr(pasted->question.files[i], "carveout_memories") ||
			strstr(pasted->question.files[i], "/trace");
	return r;
}

int question_take_command(struct pasted *pasted, const char *line)
{
	static const char *const commands[] = { "cat", "head", "tail", "grep" };

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		const char *words = find_command(line, commands[i]);
		int r;

		if (!words ||
		    (!strchr(words, '/') && prompt_directory(line, words).size == 0 &&
		     !*pasted->directory))
			continue;
		r = pasted_end_question(pasted);
		if (r == 0)
			r = ask(pasted, line, words);
		return r < 0 ? r : 1;
	}
	return 0;
}

static bool is_prompt(const char *line)
{
	return strstr(line, "# ") || strstr(line, "$ ") || strstr(line, ":~#");
}

/* A state that a newer kernel has: of one file that was asked for. */
static bool is_one_word(struct span line)
{
	size_t size = 0;

	while (size < line.size && (line.start[size] == '-' || line.start[size] == '_' ||
				    (line.start[size] >= 'a' && line.start[size] <= 'z')))
		size++;
	return size > 2 && size == line.size;
}

/* What cannot be the content of that file ends the answer. Where a '*' stands for several
 * it may be that of the next. */
static bool fits(const struct question *question, struct span line)
{
	const char *file = question->files[question->answered];

	if (span_starts(line, "cat: ") || is_prompt(line.start) || line.size > 400)
		return false;
	if (is_glob(span_of(file)) && question->count > 1)
		return !memchr(line.start, ' ', line.size);
	if (span_ends(span_of(file), "/state"))
		return attribute_is_state(line) ||
		       (!is_glob(span_of(file)) && is_one_word(line));
	return !memchr(line.start, ' ', line.size);
}

/* A trace may have anything in it; the tables have headings, and lines that are set in.
 */
static bool fits_whole(const char *file, struct span line)
{
	return strstr(file, "/trace") || strchr(" \t", *line.start) ||
	       span_starts(line, "Entry ") || span_starts(line, "Carveout ") ||
	       span_starts(line, "No resource table");
}

/* The next line of the file that is being printed, which has many. */
static int take_whole(struct pasted *pasted, struct span line)
{
	struct question *question = &pasted->question;
	struct saying *last;
	char *longer;

	if (line.size == 0)
		return 0;
	if (is_prompt(line.start) || !fits_whole(question->files[0], line)) {
		forget(pasted);
		return 0;
	}
	if (question->answered == 0) {
		const char *attribute;
		struct span device;
		int r;

		if (!attribute_split(span_of(question->files[0]), &device, &attribute))
			return 0;
		r = pasted_say(pasted, device, attribute, line);
		question->answered = 1;
		return r < 0 ? r : 1;
	}
	last = &pasted->sayings[pasted->saying_count - 1];
	if (asprintf(&longer, "%s\n%.*s", last->value, (int)line.size, line.start) < 0)
		return -ENOMEM;
	free(last->value);
	last->value = longer;
	return 1;
}

int question_take_answer(struct pasted *pasted, struct span line)
{
	struct question *question = &pasted->question;
	const char *file = question->answered < question->count
				   ? question->files[question->answered]
				   : NULL,
		   *attribute;
	struct span device;
	char **answers;
	int r;

	if (question->whole)
		return take_whole(pasted, line);
	if (!file)
		return 0;
	if (line.size == 0 && pasted->answer_count == 0 && question->answered == 0) {
		question->spaced = true;
		return 1;
	}
	if (line.size == 0 && question->spaced)
		return 1;
	if (line.size == 0 || !fits(question, line)) {
		r = pasted_end_question(pasted);
		return r;
	}
	if (attribute_split(span_of(file), &device, &attribute)) {
		question->answered++;
		r = pasted_say(pasted, device, attribute, line);
		return r < 0 ? r : 1;
	}
	answers =
		reallocarray(pasted->answers, pasted->answer_count + 1, sizeof(*answers));
	if (!answers)
		return -ENOMEM;
	pasted->answers = answers;
	answers[pasted->answer_count] = strndup(line.start, line.size);
	if (!answers[pasted->answer_count])
		return -ENOMEM;
	pasted->answer_count++;
	return 1;
}

/* "==> PATH <==" */
int question_take_header(struct pasted *pasted, struct span line)
{
	const char *start = line.start + 4, *end = strstr(line.start, " <==");
	int r;

	if (!span_starts(line, "==> ") || !end || end < start)
		return 0;
	r = pasted_end_question(pasted);
	if (r == 0 && is_askable((struct span){ start, (size_t)(end - start) }))
		r = add_file(pasted, (struct span){ start, (size_t)(end - start) });
	return r < 0 ? r : 1;
}
