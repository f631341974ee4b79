// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure COMMAND...: runs it once with its output thrown away and prints microseconds
 * and peak memory in KiB. Small, because a child's peak begins with that of its parent.
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return 1e6 * (double)time.tv_sec + (double)time.tv_nsec / 1e3;
}

static void run(char *argv[])
{
	int sink = open("/dev/null", O_WRONLY);

	dup2(sink, STDOUT_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

int main(int argc, char *argv[])
{
	struct rusage usage;
	double start = now();
	int status;
	pid_t child;

	if (argc < 2)
		return 2;
	child = fork();
	if (child == 0)
		run(argv + 1);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		return 1;
	printf("%.0f %ld\n", now() - start, usage.ru_maxrss);
	/* 1: something is wrong there, which is what the program was asked. */
	return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : 1;
}
