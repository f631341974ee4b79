// SPDX-License-Identifier: GPL-2.0-or-later
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "call.h"

#define SECONDS_MAX 60

/* The descriptors of the program, and what the test reads of them. */
struct ends {
	int in;
	int out;
	int err;
	int terminal; /* the master of out; -1: none */
};

static void die(const char *what)
{
	fprintf(stderr, "spawn: %s: %s\n", what, strerror(errno));
	abort();
}

static int checked(int fd, const char *what)
{
	if (fd < 0)
		die(what);
	return fd;
}

static int memory(const char *name)
{
	return checked(memfd_create(name, MFD_CLOEXEC), name);
}

static int open_input(const struct start *start)
{
	int fd;

	if (!start->input)
		return checked(open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null");
	fd = memory("input");
	if (write(fd, start->input, start->input_size) != (ssize_t)start->input_size)
		die("input");
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static int open_terminal(const struct start *start, int *ret_master)
{
	const struct winsize size = { .ws_row = 24, .ws_col = start->columns };
	int slave;

	if (openpty(ret_master, &slave, NULL, NULL, &size) < 0)
		die("openpty");
	fcntl(*ret_master, F_SETFD, FD_CLOEXEC);
	fcntl(slave, F_SETFD, FD_CLOEXEC);
	return slave;
}

static int open_broken_pipe(void)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		die("pipe");
	close(ends[0]);
	return ends[1];
}

static int open_output(const struct start *start, int *ret_master)
{
	switch (start->output) {
	case OUTPUT_TERMINAL:
		return open_terminal(start, ret_master);
	case OUTPUT_FULL:
		return checked(open("/dev/full", O_WRONLY | O_CLOEXEC), "/dev/full");
	case OUTPUT_CLOSED:
		return -1;
	case OUTPUT_BROKEN:
		return open_broken_pipe();
	default:
		return memory("output");
	}
}

static void set_environment(const struct start *start)
{
	for (size_t i = 0; i < 4 && start->environment[i]; i++) {
		char *copy = strdup(start->environment[i]);
		char *value = strchr(copy, '=');

		if (value)
			*value++ = '\0';
		if (value)
			setenv(copy, value, 1);
		else
			unsetenv(copy);
		free(copy);
	}
}

__attribute__((noreturn)) static void
child(const struct start *start, const struct ends *ends, const char *const argv[])
{
	signal(SIGPIPE, SIG_DFL);
	dup2(ends->in, STDIN_FILENO);
	dup2(ends->err, STDERR_FILENO);
	if (ends->out < 0)
		close(STDOUT_FILENO);
	else
		dup2(ends->out, STDOUT_FILENO);
	set_environment(start);
	alarm(SECONDS_MAX); /* what hangs fails its test, and only that */
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Reads until the end; a terminal whose program is gone ends in EIO. */
static char *read_rest(int fd, size_t *ret_size)
{
	size_t allocated = 1 << 16, size = 0;
	char *bytes = malloc(allocated + 1);
	ssize_t n;

	while (bytes && (n = read(fd, bytes + size, allocated - size)) > 0) {
		size += (size_t)n;
		if (size == allocated)
			bytes = realloc(bytes, 2 * (allocated *= 2) + 1);
	}
	if (!bytes)
		die("memory");
	bytes[size] = '\0';
	*ret_size = size;
	return bytes;
}

static char *read_back(int fd, size_t *ret_size)
{
	lseek(fd, 0, SEEK_SET);
	return read_rest(fd, ret_size);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void close_all(const struct ends *ends)
{
	const int fds[] = { ends->in, ends->out, ends->err, ends->terminal };

	for (size_t i = 0; i < 4; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

/* What is more than the program alone is started even so. */
static bool can_call(const struct start *start, const char *name)
{
	return CALL_PROGRAM && start->output == OUTPUT_MEMORY && !start->environment[0] &&
	       strcmp(name, rproc_tree()) == 0;
}

static int call(const struct ends *ends, const char *const argv[])
{
	return call_program((const int[]){ ends->in, ends->out, ends->err }, argv);
}

static pid_t fork_child(const struct start *start, const struct ends *ends,
			const char *const argv[])
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0)
		child(start, ends, argv);
	return pid;
}

static void await(struct outcome *outcome, const struct start *start, struct ends *ends,
		  pid_t pid)
{
	if (start->output == OUTPUT_TERMINAL) {
		close(ends->out);
		ends->out = -1;
		outcome->out = read_rest(ends->terminal, &outcome->out_size);
	}
	outcome->status = wait_for(pid);
}

static void collect(struct outcome *outcome, const struct start *start,
		    const struct ends *ends)
{
	if (start->output == OUTPUT_MEMORY)
		outcome->out = read_back(ends->out, &outcome->out_size);
	if (!outcome->out)
		outcome->out = strdup("");
	outcome->err = read_back(ends->err, &outcome->err_size);
}

struct outcome spawn(const struct start *start, const char *const argv[])
{
	static const struct start usual;
	struct outcome outcome = { 0 };
	struct ends ends = { .terminal = -1 };

	start = start ? start : &usual;
	ends.in = open_input(start);
	ends.out = open_output(start, &ends.terminal);
	ends.err = memory("error");
	if (can_call(start, argv[0]))
		outcome.status = call(&ends, argv);
	else
		await(&outcome, start, &ends, fork_child(start, &ends, argv));
	collect(&outcome, start, &ends);
	close_all(&ends);
	return outcome;
}

void outcome_release(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
}

const char *rproc_tree(void)
{
	const char *program = getenv("RPROC_TREE");

	if (program)
		return program;
	fputs("spawn: RPROC_TREE is not set: run the tests with meson test\n", stderr);
	abort();
}

size_t line_count(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}
