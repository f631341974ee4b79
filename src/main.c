// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command line: options and commands from their tables, nothing else. The environment
 * (locale, terminal, NO_COLOR) is read here and passed on.
 */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>

#include "command.h"
#include "escape.h"
#include "near.h"
#include "version.h"

#define LONG_ONLY 256 /* getopt's value of option_rows[i] is LONG_ONLY + i */

struct request {
	struct invocation invocation;
	enum color_when color;
	unsigned int given; /* bits of enum option_id */
};

static int usage(const char *what, const char *which)
{
	_cleanup_free_ char *shown = escape_string(which, 0);

	complain("%s '%s'; see rproc-tree --help", what, shown ? shown : "");
	return -EINVAL;
}

/* The tables as getopt wants them. */
static void fill_getopt(struct option *options, char *letters)
{
	*letters++ = ':';
	for (int i = 0; i < OPTION_COUNT_; i++) {
		const struct option_row *row = &option_rows[i];

		options[i] = (struct option){ row->name,
					      !row->argument          ? no_argument
					      : *row->argument == '[' ? optional_argument
								      : required_argument,
					      NULL, LONG_ONLY + i };
		if (!row->letter)
			continue;
		*letters++ = row->letter;
		if (row->argument)
			*letters++ = ':';
	}
	*letters = '\0';
}

static int option_of(int value)
{
	for (int i = 0; i < OPTION_COUNT_; i++)
		if (value == LONG_ONLY + i || value == option_rows[i].letter)
			return i;
	return -1;
}

static int take_color(struct request *request, const char *when)
{
	static const char *const words[] = { "auto", "always", "never" };

	if (!when)
		when = "always";
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(words[i], when) == 0) {
			request->color = (enum color_when)i;
			return 0;
		}
	return usage("--color takes auto, always or never, not", when);
}

/* Seconds, with a fraction if need be; a day at most. */
static int take_seconds(int *ret_milliseconds, const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (!*text || *end || text[strspn(text, "0123456789.")] || seconds > 86400)
		return usage("expected a number of seconds, not", text);
	*ret_milliseconds = (int)(seconds * 1000);
	return 0;
}

static int take_exit_style(struct request *request, const char *name)
{
	request->invocation.exit_style = exit_style_find(name);
	return request->invocation.exit_style
		       ? 0
		       : usage("--exit-style takes kselftest, automake or nagios, not",
			       name);
}

static int take_columns(struct request *request, const char *list)
{
	size_t size;
	const char *unknown = columns_unknown(list, &size);
	_cleanup_free_ char *name = unknown ? strndup(unknown, size) : NULL;

	request->invocation.render.columns = list;
	return unknown ? usage("unknown column", name ? name : "") : 0;
}

static int check_ids(const char *list)
{
	size_t size;
	const char *unknown = checks_unknown(list, &size);
	_cleanup_free_ char *id = unknown ? strndup(unknown, size) : NULL;

	if (!unknown)
		return 0;
	checks_foreach(check) if (id && near_is(id, check->id))
	{
		_cleanup_free_ char *shown = escape_string(id, 0);

		complain("unknown check '%s' (did you mean %s?)", shown ? shown : "",
			 check->id);
		return -EINVAL;
	}
	return usage("unknown check", id ? id : "");
}

static int take_require(struct request *request, const char *channel)
{
	struct invocation *invocation = &request->invocation;
	size_t count = 0;

	while (invocation->requires[count])
		count++;
	if (count == REQUIRES_MAX || !*channel)
		return usage("no channel, or one too many, is required by", channel);
	invocation->requires[count] = channel;
	invocation->check.require = invocation->requires;
	return 0;
}

static int take_option(struct request *request, enum option_id option,
		       const char *argument)
{
	request->given |= 1u << option;
	switch (option) {
	case OPTION_FROM:
		request->invocation.from = argument;
		return 0;
	case OPTION_SYSROOT:
		request->invocation.sysroot = argument;
		return 0;
	case OPTION_NO_DEBUGFS:
		request->invocation.no_debugfs = true;
		return 0;
	case OPTION_FORMAT:
		request->invocation.format = argument;
		return 0;
	case OPTION_JSON:
		request->invocation.format = "json";
		return 0;
	case OPTION_STRICT:
		request->invocation.check.strict = true;
		return 0;
	case OPTION_ONLY:
		request->invocation.check.only = argument;
		return check_ids(argument);
	case OPTION_SKIP:
		request->invocation.check.skip = argument;
		return check_ids(argument);
	case OPTION_SETTLE:
		return take_seconds(&request->invocation.settle, argument);
	case OPTION_INTERVAL:
		return take_seconds(&request->invocation.interval, argument);
	case OPTION_EXIT_STYLE:
		return take_exit_style(request, argument);
	case OPTION_EXPECT:
		request->invocation.expect = argument;
		return 0;
	case OPTION_REQUIRE:
		return take_require(request, argument);
	case OPTION_REQUIRE_RUNNING:
		request->invocation.check.require_running = argument;
		return 0;
	case OPTION_EXCEPT:
		request->invocation.check.except = argument;
		return 0;
	case OPTION_OUTPUT_ALL:
		request->invocation.render.all_columns = true;
		return 0;
	case OPTION_NOHEADINGS:
		request->invocation.render.noheadings = true;
		return 0;
	case OPTION_LIST:
		request->invocation.render.list = true;
		return 0;
	case OPTION_RAW:
		request->invocation.render.raw = true;
		return 0;
	case OPTION_QUIET:
		request->invocation.quiet = true;
		return 0;
	case OPTION_VERBOSE:
		request->invocation.render.verbose = true;
		return 0;
	case OPTION_REDACT:
		request->invocation.redact = true;
		return 0;
	case OPTION_ASCII:
		request->invocation.render.ascii = true;
		return 0;
	case OPTION_COLOR:
		return take_color(request, argument);
	case OPTION_OUTPUT:
		return take_columns(request, argument);
	default:
		return 0;
	}
}

static int take_options(struct request *request, int argc, char **argv)
{
	struct option options[OPTION_COUNT_ + 1] = { 0 };
	char letters[2 * OPTION_COUNT_ + 2];
	int value;

	fill_getopt(options, letters);
	opterr = 0;
	while ((value = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		int r;

		if (value == '?')
			return usage("unknown option, or one that takes no argument:",
				     argv[optind - 1]);
		if (value == ':')
			return usage("an argument is missing for", argv[optind - 1]);
		r = take_option(request, (enum option_id)option_of(value), optarg);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Options of check that say what has to be there, and nothing else would. */
static int check_wishes(const struct request *request)
{
	const struct check_options *check = &request->invocation.check;
	const char *only = check->only ? check->only : "";

	if (check->only && check->skip && strcmp(check->only, check->skip) == 0)
		return usage("--only and --skip leave no check:", check->only);
	if (strcmp(only, "required") == 0 && !check->require)
		return usage("nothing is required: --require is missing for --only",
			     only);
	if (strcmp(only, "required-running") == 0 && !check->require_running)
		return usage(
			"nothing is required: --require-running is missing for --only",
			only);
	if (strcmp(only, "expected") == 0 && !request->invocation.expect)
		return usage("nothing is expected: --expect is missing for --only", only);
	if (check->except && !check->require_running)
		return usage("--except goes with --require-running, not alone:",
			     check->except);
	return 0;
}

/* The first word is a command; or show's, and a device: the command finds out which. */
static const struct command *first_command(struct request *request, int argc, char **argv)
{
	const struct command *command =
		optind < argc ? command_find(argv[optind]) : &commands[0];

	request->invocation.first_is_device = !command;
	request->invocation.arguments =
		argv + (optind < argc && command ? optind + 1 : optind);
	return command ? command : &commands[0];
}

static int take_command(struct request *request, int argc, char **argv)
{
	const struct command *command = first_command(request, argc, argv);
	unsigned int always = 1u << OPTION_HELP | 1u << OPTION_VERSION;
	unsigned int foreign = request->given & ~(command->options | always);
	int count = 0;

	request->invocation.command = command;
	while (request->invocation.arguments[count])
		count++;
	if (count > command->arguments_max)
		return usage("too many arguments from",
			     request->invocation.arguments[command->arguments_max]);
	for (size_t i = 0; i < OPTION_COUNT_; i++)
		if (foreign & 1u << i) {
			complain("%s takes no --%s; see rproc-tree --help", command->name,
				 option_rows[i].name);
			return -EINVAL;
		}
	return check_wishes(request);
}

/* Two places to read from, or one twice. */
static int check_input(const struct invocation *invocation)
{
	if (!invocation->from || !invocation->sysroot)
		return 0;
	complain("--from and --sysroot exclude each other; see rproc-tree --help");
	return -EINVAL;
}

static int check_format(const struct invocation *invocation)
{
	const struct command *command = invocation->command;
	char what[40];

	if (!invocation->format || format_find(invocation->format, command->formats))
		return 0;
	snprintf(what, sizeof(what), "%s has no format", command->name);
	return usage(what, invocation->format);
}

static void look_at_environment(struct request *request)
{
	struct render_options *render = &request->invocation.render;
	const char *no_color = getenv("NO_COLOR");
	bool is_terminal = isatty(STDOUT_FILENO);
	struct winsize size;

	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		render->ascii = true;
	if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		render->width = size.ws_col;
	render->color =
		request->color == COLOR_ALWAYS ||
		(request->color == COLOR_AUTO && is_terminal && !(no_color && *no_color));
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
		if (open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) != fd)
			return -EBADF;
	}
	return 0;
}

static enum exit_status run(struct request *request, int argc, char **argv)
{
	if (take_options(request, argc, argv) < 0)
		return EXIT_USAGE;
	if (request->given & 1u << OPTION_HELP) {
		help_print();
		return EXIT_OK;
	}
	if (request->given & 1u << OPTION_VERSION) {
		puts("rproc-tree " RPROC_TREE_VERSION);
		return EXIT_OK;
	}
	if (take_command(request, argc, argv) < 0 ||
	    check_input(&request->invocation) < 0 ||
	    check_format(&request->invocation) < 0)
		return EXIT_USAGE;
	look_at_environment(request);
	return request->invocation.command->run(&request->invocation);
}

int main(int argc, char **argv)
{
	struct request request = { .invocation = { .interval = 2000 } };
	enum exit_status status;

	setlocale(LC_CTYPE, "");
	if (guard_streams() < 0)
		return EXIT_TROUBLE;
	status = run(&request, argc, argv);
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
		return exit_code(&request.invocation, status);
	complain("cannot write the output: %s", errno ? strerror(errno) : "write error");
	return exit_code(&request.invocation, EXIT_TROUBLE);
}
