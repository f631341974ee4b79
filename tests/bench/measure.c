// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure COMMAND...: runs it once with its output thrown away and prints microseconds of
 * processor time and peak memory in KiB: the clock would count the neighbours' work, too.
 * Small, because a child's peak begins with that of its parent.
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static double microseconds(struct timeval time)
{
	return 1e6 * (double)time.tv_sec + (double)time.tv_usec;
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
	int status;
	pid_t child;

	if (argc < 2)
		return 2;
	child = fork();
	if (child == 0)
		run(argv + 1);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		return 1;
	printf("%.0f %ld\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
	       usage.ru_maxrss);
	/* 1: something is wrong there, which is what the program was asked. */
	return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : 1;
}
