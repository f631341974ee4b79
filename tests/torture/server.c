// SPDX-License-Identifier: GPL-2.0-or-later
#include "torture.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A child that takes longer hangs: the usual answer takes milliseconds. */
#define SECONDS_MAX 20
#define SHOWN_MAX   10

/* The exit statuses of the program that matter here (include/command.h). */
#define STATUS_TROUBLE 3

typedef int main_function(int argc, char **argv, char **environment);

struct outcome {
	int status; /* of waitpid() */
	int out, err;
	long calls;
	char said[1500]; /* on standard error, its start */
};

struct totals {
	long failed, same, told, wrong;
};

const char *const call_names[CALL_COUNT_] = {
	[CALL_MALLOC] = "malloc",         [CALL_OPEN] = "open",
	[CALL_OPENAT] = "openat",         [CALL_READ] = "read",
	[CALL_READDIR] = "readdir",       [CALL_FDOPENDIR] = "fdopendir",
	[CALL_OPENDIR] = "opendir",       [CALL_READLINK] = "readlink",
	[CALL_READLINKAT] = "readlinkat", [CALL_ACCESS] = "access",
	[CALL_FSTATAT] = "fstatat",       [CALL_LSTAT] = "lstat",
	[CALL_WRITE] = "write",
};

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "EMFILE", EMFILE }, { "ENFILE", ENFILE }, { "EIO", EIO },
	{ "ENOMEM", ENOMEM }, { "EACCES", EACCES }, { "EINTR", EINTR },
	{ "ENOSPC", ENOSPC }, { "EPIPE", EPIPE },
};
#define ERROR_COUNT (sizeof(errors) / sizeof(errors[0]))

static main_function *program;
static int arguments_count;
static char **arguments, **environment_;
static long *shared_count; /* calls that the child has made */

static bool is_named(const char *list, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = list; (at = strstr(at, name)); at += size)
		if ((at == list || at[-1] == ' ') && (at[size] == ' ' || !at[size]))
			return true;
	return false;
}

/* What is allocated from here on is not the program's: gcov writes its counts. */
static void tell_count(void)
{
	*shared_count = plan.count;
	plan.call = CALL_NONE;
}

/* stdio writes with a call of its own, that no preload sees; but a file can be full. */
static void limit_output(const struct plan *wanted)
{
	const struct rlimit limit = { (rlim_t)(wanted->number - 1), RLIM_INFINITY };

	if (wanted->call != CALL_WRITE || wanted->number == 0)
		return;
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) < 0)
		abort();
}

static void run_child(const struct plan *wanted, const struct outcome *outcome)
{
	dup2(outcome->out, STDOUT_FILENO);
	dup2(outcome->err, STDERR_FILENO);
	alarm(SECONDS_MAX);
	atexit(tell_count);
	limit_output(wanted);
	plan = *wanted;
	exit(program(arguments_count, arguments, environment_));
}

static off_t size_of(int fd)
{
	return lseek(fd, 0, SEEK_END);
}

/* What fits a pipe is all that a program may say. */
static void read_said(struct outcome *outcome)
{
	ssize_t size = read(outcome->err, outcome->said, sizeof(outcome->said) - 1);

	outcome->said[size > 0 ? size : 0] = '\0';
	close(outcome->err);
}

static struct outcome run(const struct plan *wanted)
{
	struct outcome outcome = { .out = memfd_create("out", 0) };
	int pipe_ends[2];
	pid_t child;

	if (outcome.out < 0 || pipe(pipe_ends) < 0)
		abort();
	outcome.err = pipe_ends[1];

	fflush(NULL);
	*shared_count = 0;
	child = fork();
	if (child == 0)
		run_child(wanted, &outcome);
	if (child < 0 || waitpid(child, &outcome.status, 0) != child)
		abort();
	outcome.calls =
		wanted->call == CALL_WRITE ? (long)size_of(outcome.out) : *shared_count;
	close(pipe_ends[1]);
	outcome.err = pipe_ends[0];
	read_said(&outcome);
	return outcome;
}

static void outcome_close(struct outcome *outcome)
{
	close(outcome->out);
}

static bool is_same(int a, int b)
{
	off_t size = size_of(a);
	char *x, *y;
	bool same;

	if (size != size_of(b))
		return false;
	if (size == 0)
		return true;
	x = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, a, 0);
	y = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, b, 0);
	same = memcmp(x, y, (size_t)size) == 0;
	munmap(x, (size_t)size);
	munmap(y, (size_t)size);
	return same;
}

/* NULL: the answer is as ever, or it is said that it is none. */
static const char *judge(const struct outcome *got, const struct outcome *right)
{
	if (WIFSIGNALED(got->status))
		return WTERMSIG(got->status) == SIGALRM ? "hangs" : "is killed";
	if (got->status == right->status && is_same(got->out, right->out))
		return NULL;
	if (WEXITSTATUS(got->status) == STATUS_TROUBLE)
		return *got->said ? NULL : "fails without a word";
	if (WEXITSTATUS(got->status) == WEXITSTATUS(right->status))
		return *got->said && WEXITSTATUS(got->status) == 1
			       ? NULL
			       : "another answer, as if nothing had happened";
	if (WEXITSTATUS(got->status) == 1)
		return *got->said ? NULL : "a failure that was none";
	return "another exit status";
}

static void show(const char *call, const struct plan *wanted, const char *wrong,
		 const struct outcome *got)
{
	printf("wrong: %s %ld, %s: %s (status %#x)\n%s", call, wanted->number,
	       strerror(wanted->error), wrong, got->status, got->said);
}

static void fail_one(const struct plan *wanted, const struct outcome *right,
		     struct totals *totals)
{
	struct outcome got = run(wanted);
	const char *wrong = judge(&got, right);

	totals->failed++;
	if (wrong && totals->wrong++ < SHOWN_MAX)
		show(call_names[wanted->call], wanted, wrong, &got);
	if (!wrong && got.status == right->status && is_same(got.out, right->out))
		totals->same++;
	else if (!wrong)
		totals->told++;
	outcome_close(&got);
}

static long number_from(const char *key, long otherwise)
{
	const char *text = getenv(key);

	return text ? atol(text) : otherwise;
}

static void fail_with_each(struct plan *wanted, const char *with,
			   const struct outcome *right, struct totals *totals)
{
	for (size_t i = 0; i < ERROR_COUNT; i++) {
		wanted->error = errors[i].number;
		if (wanted->call == CALL_MALLOC  ? wanted->error == ENOMEM
		    : wanted->call == CALL_WRITE ? wanted->error == ENOSPC
						 : is_named(with, errors[i].name))
			fail_one(wanted, right, totals);
	}
}

/* Output comes one way only. Callers have the same addresses in each run where those are
 * not randomized. */
static struct places *places_for(enum call call)
{
	const char *path = getenv("TORTURE_PLACES");
	struct places *places;
	void *warm[1];
	int fd;

	if (call == CALL_WRITE || !path)
		return NULL;
	backtrace(warm, 1); /* the first time it allocates */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof(*places)) < 0)
		abort();
	places = mmap(NULL, sizeof(*places), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (places == MAP_FAILED)
		abort();
	close(fd);
	places->count = 0;
	return places;
}

static void fail_kind(enum call call, const char *with, struct totals *totals)
{
	struct plan wanted = { .call = call, .places = places_for(call) };
	struct places *places = wanted.places;
	struct outcome right = run(&wanted);
	long last = places ? (long)places->count : right.calls;
	long step = number_from("TORTURE_STEP", 1);

	wanted.places = NULL;
	for (long i = number_from("TORTURE_FIRST", 1); i <= last; i += step) {
		wanted.number = places ? places->numbers[i - 1] : i;
		fail_with_each(&wanted, with, &right, totals);
	}
	outcome_close(&right);
	if (places)
		munmap(places, sizeof(*places));
}

static int torture(int argc, char **argv, char **environment)
{
	const char *kinds = getenv("TORTURE_KINDS"), *with = getenv("TORTURE_ERRORS");
	struct totals totals = { 0 };

	if (!kinds)
		return program(argc, argv, environment);
	arguments_count = argc;
	arguments = argv;
	environment_ = environment;
	shared_count = mmap(NULL, sizeof(*shared_count), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int call = 0; call < CALL_COUNT_; call++)
		if (is_named(kinds, call_names[call]))
			fail_kind((enum call)call, with ? with : "EIO", &totals);
	printf("%ld calls failed: %ld times the same answer, %ld told, %ld wrong\n",
	       totals.failed, totals.same, totals.told, totals.wrong);
	return totals.wrong > 0 || totals.failed == 0;
}

typedef int start_function(main_function *main, int argc, char **argv, void (*init)(void),
			   void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	start_function *next = (start_function *)dlsym(RTLD_NEXT, "__libc_start_main");

	program = main;
	return next(torture, argc, argv, init, fini, rtld_fini, stack_end);
}
