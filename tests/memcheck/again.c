// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * again FILE...: what the program, which is linked in, does with each FILE, four ways.
 * Each is a child that was forked and not started, so that under valgrind, whose start
 * costs more than what it looks at, that is paid once. Names what did not end in an
 * answer, be it good or bad, and ends with 1 then.
 */

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#undef main

int program(int argc, char **argv);

enum { FACE_WORDS = 3 };

static const char *const faces[][FACE_WORDS] = {
	{ "show" },
	{ "check", "--json" },
	{ "check", "--format", "ktap" },
	{ "capture" },
};

/* Where this file writes: the streams are the program's. */
static int messages;

static int count_words(const char *const face[])
{
	int count = 0;

	while (count < FACE_WORDS && face[count])
		count++;
	return count;
}

/* As in a process of its own: with a stream of its own, and no argument looked at. */
static int run(const char *const face[], const char *input)
{
	const char *argv[FACE_WORDS + 4] = { "rproc-tree" };
	int argc = 1;

	for (int i = 0; i < count_words(face); i++)
		argv[argc++] = face[i];
	argv[argc++] = "--from";
	argv[argc++] = input;
	optind = 0;
	stdout = fopen("/dev/null", "w");
	return program(argc, (char **)argv);
}

/* 0: well; 1: problems; 3: cannot be read; 4: nothing there. */
static bool is_answer(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) <= 4 && WEXITSTATUS(status) != 2;
}

static bool ask(const char *const face[], const char *input)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		exit(run(face, input));
	if (child < 0 || waitpid(child, &status, 0) != child) {
		dprintf(messages, "again: no child\n");
		return false;
	}
	if (is_answer(status))
		return true;
	dprintf(messages, "rproc-tree");
	for (int i = 0; i < count_words(face); i++)
		dprintf(messages, " %s", face[i]);
	dprintf(messages, " --from %s, process %d: %s %d\n", input, child,
		WIFEXITED(status) ? "exit status" : "signal",
		WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return false;
}

int main(int argc, char **argv)
{
	bool well = argc > 1;

	messages = dup(STDERR_FILENO);
	if (freopen("/dev/null", "w", stderr) == NULL)
		return EXIT_FAILURE;
	for (size_t face = 0; well && face < sizeof(faces) / sizeof(*faces); face++)
		run(faces[face], argv[1]);
	for (int i = 1; i < argc; i++)
		for (size_t face = 0; face < sizeof(faces) / sizeof(*faces); face++)
			well &= ask(faces[face], argv[i]);
	return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
