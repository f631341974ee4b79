// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a shell has to say besides the contents of files: that the kernel refused what was
 * written to a file state, and where the user is. A refused "echo start" becomes a line
 * of the log, so that it is told with the rest: it says what the kernel told its caller.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "pasted.h"
#include "paths.h"
#include "phrase.h"

#define PATIENCE 12 /* lines of the kernel that may come in between */

static bool ends_path(char c)
{
	return !c || strchr(" ;|&'\"`)<>#$[", c);
}

/* The last path that comes before end: a prompt shows where the user is. */
static void take_prompt(struct pasted *pasted, const char *line, const char *end)
{
	const char *at = strstr(line, PATH_SYS "/");
	size_t size = at ? strcspn(at, "#$% >]") : 0;

	if (at && at + size < end && size < sizeof(pasted->directory))
		snprintf(pasted->directory, sizeof(pasted->directory), "%.*s", (int)size,
			 at);
}

/* "cd /sys/class/remoteproc/remoteproc0", after a prompt or at the start of a line. */
static void take_directory(struct pasted *pasted, const char *line)
{
	const char *at = strstr(line, "cd ");
	size_t size = 0;

	if (!at || (at > line && at[-1] != ' ' && at[-1] != '`'))
		return;
	at += 3;
	while (!ends_path(at[size]))
		size++;
	while (size > 1 && at[size - 1] == '/')
		size--;
	if (*at == '/' && size < sizeof(pasted->directory))
		snprintf(pasted->directory, sizeof(pasted->directory), "%.*s", (int)size,
			 at);
	else if (*at == '~' || *at == '-')
		pasted->directory[0] = '\0';
	else if (size > 0 &&
		 strlen(pasted->directory) + size + 2 < sizeof(pasted->directory))
		sprintf(pasted->directory + strlen(pasted->directory), "/%.*s", (int)size,
			at);
}

/* "remoteproc0" of a path that ends in /remoteproc0/state, which may be relative. */
static bool find_processor(const struct pasted *pasted, const char *path, size_t size,
			   char ret[32])
{
	char whole[600];
	const char *end, *start;

	if (size < 5 || size > 300 || memcmp(path + size - 5, "state", 5) != 0)
		return false;
	snprintf(whole, sizeof(whole), "%s/%.*s", *path == '/' ? "" : pasted->directory,
		 (int)size, path);
	end = strrchr(whole, '/');
	for (start = end; start > whole && start[-1] != '/'; start--)
		;
	snprintf(ret, 32, "%.*s", (int)(end - start), start);
	return span_is_numbered(span_of(ret), "remoteproc");
}

/* "> PATH" or "tee PATH" after "start"; NULL: nothing is started. */
static const char *find_target(const char *line)
{
	const char *echo = strstr(line, "echo "), *start, *target;

	if (!echo)
		echo = strstr(line, "printf ");
	start = echo ? strstr(echo, "start") : NULL;
	if (!start || start - echo > 16 || (start[5] && !strchr(" '\"\\>|", start[5])))
		return NULL;
	target = strchr(start, '>');
	if (target)
		return target + 1 + strspn(target + 1, "> ");
	target = strstr(start, "tee ");
	if (!target)
		return NULL;
	target += 4;
	while (strncmp(target, "-a ", 3) == 0)
		target += 3;
	return target;
}

static bool take_start(struct pasted *pasted, const char *line)
{
	const char *target = find_target(line);
	size_t size = 0;

	while (target && !ends_path(target[size]))
		size++;
	if (!target || !find_processor(pasted, target, size, pasted->started))
		return false;
	pasted->patience = PATIENCE;
	return true;
}

/* What the shell prints of the errno; NULL: it is no such line. */
static const char *find_refusal(const char *line)
{
	static const char *const words[] = { "write error: ", "echo: I/O error",
					     "/state: " };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		const char *at = strstr(line, words[i]);

		if (!at || (i == 2 && !strstr(line, "tee: ")))
			continue;
		return i == 1 ? at + strlen("echo: ") : at + strlen(words[i]);
	}
	return NULL;
}

static int take_refusal(struct pasted *pasted, const char *line)
{
	const char *what = find_refusal(line);
	_cleanup_free_ char *said = NULL;

	if (!what || pasted->patience == 0)
		return 0;
	pasted->patience = 0;
	if (asprintf(&said, SHELL_START_BEFORE "%s" SHELL_START_AFTER "%.*s",
		     pasted->started, (int)strcspn(what, "[`"), what) < 0)
		return -ENOMEM;
	return log_offer(&pasted->inventory->log, said, strlen(said));
}

int pasted_take_shell(struct pasted *pasted, const struct line *line)
{
	struct phrase phrase;
	const char *command = strstr(line->bytes, "echo ");
	bool started, refused = pasted->patience > 0 && find_refusal(line->bytes);
	int r = take_refusal(pasted, line->bytes);

	if (r < 0)
		return r;
	take_prompt(pasted, line->bytes, command ? command : line->bytes + line->size);
	take_directory(pasted, line->bytes);
	started = take_start(pasted, line->bytes);
	/* The answer to another command is none to this. */
	if (!started && command)
		pasted->patience = 0;
	if (!started && pasted->patience > 0)
		pasted->patience--;
	/* printk glues its lines to what a shell shows. */
	return (started || refused) && !phrase_parse(line->bytes, line->size, &phrase);
}
