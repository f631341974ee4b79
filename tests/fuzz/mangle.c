// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mangle SAVED EVERY OFFSET DIRECTORY...: each file of the directories with one thing
 * wrong, a line left out, a value emptied, the rest cut off, at each of its lines in
 * turn, through a fuzzer's target. Chance tries that seldom; a board that does not tell
 * one fact is what people send. Of all of these it runs each EVERY-th, from the OFFSET-th
 * on. A run that dies is told, its text kept in SAVED, and the next one tried.
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cleanup.h"
#include "fuzz.h"

const unsigned int fuzz_share = 4;

struct text {
	char *bytes;
	size_t size;
};

/* The line that is wrong, with its end, of a text. */
struct place {
	const struct text *text;
	size_t start;
	size_t end;
	size_t next; /* where the line after it ends */
};

static void put(struct text *out, const char *bytes, size_t size)
{
	memcpy(out->bytes + out->size, bytes, size);
	out->size += size;
}

static void put_range(struct text *out, const struct place *at, size_t from, size_t to)
{
	put(out, at->text->bytes + from, to - from);
}

/* Where the value of the line begins: after its last "=", or else its last blank. */
static size_t value_of(const struct place *at)
{
	const char *line = at->text->bytes + at->start;
	size_t size = at->end - at->start;
	const char *mark = memrchr(line, '=', size);

	if (!mark)
		mark = memrchr(line, ' ', size);
	return mark ? (size_t)(mark + 1 - at->text->bytes) : at->start;
}

static void leave_out(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->start);
	put_range(out, at, at->end, at->text->size);
}

static void leave_two_out(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->start);
	put_range(out, at, at->next, at->text->size);
}

static void leave_rest_out(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->end);
}

static void cut_within(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->start + (at->end - at->start) / 2);
}

static void say_twice(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->end);
	put_range(out, at, at->start, at->text->size);
}

static void swap(struct text *out, const struct place *at)
{
	put_range(out, at, 0, at->start);
	put_range(out, at, at->end, at->next);
	put_range(out, at, at->start, at->end);
	put_range(out, at, at->next, at->text->size);
}

static void move_last(struct text *out, const struct place *at)
{
	leave_out(out, at);
	put_range(out, at, at->start, at->end);
}

static void replace(struct text *out, const struct place *at, const char *value)
{
	put_range(out, at, 0, value_of(at));
	put(out, value, strlen(value));
	put(out, "\n", 1);
	put_range(out, at, at->end, at->text->size);
}

static void empty(struct text *out, const struct place *at)
{
	replace(out, at, "");
}

static void say_nonsense(struct text *out, const struct place *at)
{
	replace(out, at, "-1");
}

static void lead_away(struct text *out, const struct place *at)
{
	replace(out, at, "../x");
}

/* One of its words, another one in each line. */
static void lead_a_word_away(struct text *out, const struct place *at)
{
	size_t from = at->start + at->start % (at->end - at->start), to;

	while (from > at->start && !strchr(" \n", at->text->bytes[from - 1]))
		from--;
	for (to = from; to < at->end && !strchr(" :\n", at->text->bytes[to]); to++)
		;
	put_range(out, at, 0, from);
	put(out, "../x", 4);
	put_range(out, at, to, at->text->size);
}

static void pad(struct text *out, const struct place *at)
{
	put_range(out, at, 0, value_of(at));
	put(out, "                \n", 17);
	put_range(out, at, at->end, at->text->size);
}

static const struct mangling {
	const char *what;
	void (*apply)(struct text *out, const struct place *at);
} manglings[] = {
	{ "left out", leave_out },
	{ "left out with the next", leave_two_out },
	{ "the last one", leave_rest_out },
	{ "cut within", cut_within },
	{ "said twice", say_twice },
	{ "after the next", swap },
	{ "at the end", move_last },
	{ "without its value", empty },
	{ "with another value", say_nonsense },
	{ "with a path as its value", lead_away },
	{ "with a path as a word", lead_a_word_away },
	{ "with blanks as its value", pad },
};

enum { MANGLINGS = ARRAY_SIZE(manglings), MOST_DEATHS = 20 };

static struct text read_file(const char *path)
{
	struct text text = { NULL, 0 };
	FILE *file = fopen(path, "re");
	size_t room = 0;
	ssize_t size = file ? getdelim(&text.bytes, &room, '\0', file) : -1;

	if (size > 0)
		text.size = (size_t)size;
	if (file)
		fclose(file);
	return text;
}

static size_t line_end(const struct text *text, size_t start)
{
	const char *end = memchr(text->bytes + start, '\n', text->size - start);

	return end ? (size_t)(end + 1 - text->bytes) : text->size;
}

/* The text with its turn-th fault; NULL bytes: there are not so many. The caller's. */
static struct text mangled(const struct text *text, size_t turn)
{
	struct place at = { .text = text };
	struct text out = { NULL, 0 };

	for (size_t line = 0; line <= turn / MANGLINGS; line++) {
		at.start = at.end;
		if (at.start == text->size)
			return out;
		at.end = line_end(text, at.start);
	}
	at.next = line_end(text, at.end);
	out.bytes = calloc(2, text->size + 64);
	if (out.bytes)
		manglings[turn % MANGLINGS].apply(&out, &at);
	return out;
}

/* What a child has got to: it is told by the parent, should the child die. */
struct progress {
	size_t file;
	size_t turn;
	size_t runs;
	size_t deaths;
};

struct files {
	char *paths[4096];
	size_t count;
};

static void run_file(const struct text *text, size_t every, struct progress *progress)
{
	for (;; progress->turn += every) {
		struct text input = mangled(text, progress->turn);

		if (!input.bytes)
			break;
		LLVMFuzzerTestOneInput((const uint8_t *)input.bytes, input.size);
		free(input.bytes);
		progress->runs++;
	}
	progress->turn %= every;
}

static void run_files(const struct files *files, size_t every, struct progress *progress)
{
	for (; progress->file < files->count; progress->file++) {
		struct text text = read_file(files->paths[progress->file]);

		run_file(&text, every, progress);
		free(text.bytes);
	}
}

static void tell(const char *saved, const char *path, size_t turn)
{
	struct text text = read_file(path), input = mangled(&text, turn);
	char *name = NULL;
	FILE *file;

	fprintf(stderr, "died: %s, line %zu %s\n", path, turn / MANGLINGS + 1,
		manglings[turn % MANGLINGS].what);
	if (asprintf(&name, "%s/died-%s-%zu", saved, strrchr(path, '/') + 1, turn) > 0 &&
	    (file = fopen(name, "we"))) {
		fwrite(input.bytes, 1, input.size, file);
		fclose(file);
	}
	free(name);
	free(input.bytes);
	free(text.bytes);
}

/* Goes on after each that dies, in a new child. */
static void run(const char *saved, const struct files *files, size_t every,
		struct progress *progress)
{
	while (progress->deaths < MOST_DEATHS) {
		int status = 0;
		pid_t child = fork();

		if (child == 0) {
			run_files(files, every, progress);
			_exit(0);
		}
		if (child < 0 || waitpid(child, &status, 0) < 0)
			exit(2);
		if (status == 0)
			return;
		tell(saved, files->paths[progress->file], progress->turn);
		progress->deaths++;
		progress->turn += every;
	}
	fprintf(stderr, "no more after %d that died\n", MOST_DEATHS);
}

static void add_directory(struct files *files, const char *path)
{
	struct dirent **entries = NULL;
	int count = scandir(path, &entries, NULL, alphasort);

	if (count < 0)
		perror(path);
	for (int i = 0; i < count; i++) {
		char *name = NULL;

		if (*entries[i]->d_name != '.' &&
		    files->count < ARRAY_SIZE(files->paths) &&
		    asprintf(&name, "%s/%s", path, entries[i]->d_name) > 0)
			files->paths[files->count++] = name;
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	static struct files files;
	struct progress *progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	size_t every = argc < 5 ? 0 : strtoul(argv[2], NULL, 10);

	if (every == 0 || progress == MAP_FAILED ||
	    LLVMFuzzerInitialize(&argc, &argv) != 0)
		return 2;
	progress->turn = strtoul(argv[3], NULL, 10) % every;
	for (int i = 4; i < argc; i++)
		add_directory(&files, argv[i]);
	run(argv[1], &files, every, progress);
	for (size_t i = 0; i < files.count; i++)
		free(files.paths[i]);
	printf("%zu texts with one thing wrong, %zu died\n", progress->runs,
	       progress->deaths);
	return progress->runs > 0 && progress->deaths == 0 ? 0 : 1;
}
