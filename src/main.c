// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The environment (locale, terminal, NO_COLOR) is read here and passed on; the rest is
 * the command's.
 */

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

#include "command.h"
#include "path_names.h"

static void look_at_environment(struct invocation *invocation)
{
	struct render_options *render = &invocation->render;
	const char *no_color = getenv("NO_COLOR");
	bool is_terminal = isatty(STDOUT_FILENO);
	struct winsize size;

	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		render->ascii = true;
	if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		render->width = size.ws_col;
	render->color = invocation->color == COLOR_ALWAYS ||
			(invocation->color == COLOR_AUTO && is_terminal &&
			 !(no_color && *no_color));
}

/* A closed standard stream would be the next file that is opened. */
static int guard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (fd == STDOUT_FILENO) {
			complain("standard output is closed");
			return -EBADF;
		}
		if (open(PATH_NULL, fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) == fd)
			continue;
		complain("stream %d is closed, and " PATH_NULL " cannot be opened: %s",
			 fd, strerror(errno));
		return -EBADF;
	}
	return 0;
}

/* The first character is what a locale's conversion is loaded for. Without memory for
 * that each character would be refused, and the columns would be out of line. */
static int take_locale(void)
{
	static const char character[] = "\xc3\xa4";
	mbstate_t state = { 0 };
	wchar_t wide;

	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 ||
	    mbrtowc(&wide, character, strlen(character), &state) == strlen(character))
		return 0;
	complain("%s", strerror(ENOMEM));
	return -ENOMEM;
}

static enum exit_status run(struct invocation *invocation, int argc, char **argv)
{
	if (options_take(invocation, argc, argv) < 0)
		return EXIT_USAGE;
	if (invocation->given & 1u << OPTION_HELP) {
		help_print(invocation->named ? invocation->command : NULL);
		return EXIT_OK;
	}
	if (invocation->given & 1u << OPTION_VERSION) {
		version_print();
		return EXIT_OK;
	}
	look_at_environment(invocation);
	return invocation->command->run(invocation);
}

/* Nagios shows its people a line of standard output, and takes 2 for critical: a command
 * line that is wrong may be so before the option that says who asks. */
static bool is_for_nagios(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "nagios") == 0 ||
		    strcmp(argv[i], "--format=nagios") == 0 ||
		    strcmp(argv[i], "--exit-style=nagios") == 0)
			return true;
	return false;
}

static int say_usage_to_nagios(void)
{
	puts("RPROC UNKNOWN - wrong usage: standard error and rproc-tree --help tell more");
	return exit_style_find("nagios")->codes[EXIT_USAGE];
}

int main(int argc, char **argv)
{
	struct invocation invocation = { .interval = 2000 };
	enum exit_status status;

	if (guard_streams() < 0 || take_locale() < 0)
		return EXIT_TROUBLE;
	status = run(&invocation, argc, argv);
	if (status == EXIT_USAGE && is_for_nagios(argc, argv))
		return say_usage_to_nagios();
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
		return exit_code(&invocation, status);
	complain("cannot write the output: %s",
		 errno ? strerror(errno) : "an earlier write failed");
	return exit_code(&invocation, EXIT_TROUBLE);
}
