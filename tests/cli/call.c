// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The program, linked into the test and called. Under an emulator a start costs ten times
 * what the program does after it; under a sanitizer most of its time is the search for
 * leaks at its end, which a test then does once. It is built there only, with main()
 * called program().
 */

#include "call.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int program(int argc, char **argv);

static void swap_in(const int streams[3], int ret_kept[3])
{
	for (int fd = 0; fd < 3; fd++) {
		ret_kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (dup2(streams[fd], fd) < 0)
			abort();
	}
}

static void swap_back(const int kept[3])
{
	for (int fd = 0; fd < 3; fd++)
		if (kept[fd] < 0 || dup2(kept[fd], fd) < 0 || close(kept[fd]) < 0)
			abort();
}

/* The program closes its standard output, as its last act but where usage is wrong. */
int call_program(const int streams[3], const char *const argv[])
{
	FILE *in = stdin, *out = stdout;
	int argc = 0, kept[3], status;

	while (argv[argc])
		argc++;
	fflush(NULL);
	swap_in(streams, kept);
	stdin = fdopen(STDIN_FILENO, "r");
	stdout = fdopen(STDOUT_FILENO, "w");
	if (!stdin || !stdout)
		abort();
	optind = 0;
	status = program(argc, (char **)argv);
	fflush(NULL);
	fclose(stdin);
	stdin = in;
	stdout = out;
	swap_back(kept);
	return status;
}
