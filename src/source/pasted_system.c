// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which system a text is of: the kernel's first lines, uname, the model of the device
 * tree. The last one told counts: a text may go over several boots.
 */

#include <stdio.h>
#include <string.h>

#include "inventory.h"
#include "pasted.h"

/* What follows the words, where they begin a message; NULL: it has no such. */
static const char *find_after(const char *line, const char *words)
{
	const char *at = strstr(line, words);

	return at && (at == line || at[-1] == ' ') ? at + strlen(words) : NULL;
}

/* "6.1.55-lts": two numbers at least, and nothing that a path has. */
static bool is_release(struct span word)
{
	size_t major = span_digits(word);

	return major > 0 && word.size > major + 1 && word.start[major] == '.' &&
	       is_digit(word.start[major + 1]) && !memchr(word.start, '/', word.size);
}

static void keep_release(struct pasted *pasted, const char *text)
{
	struct span word = { text, strcspn(text, " \t\"'`") };

	if (is_release(word) && word.size < sizeof(pasted->kernel))
		snprintf(pasted->kernel, sizeof(pasted->kernel), "%.*s", (int)word.size,
			 word.start);
}

/* "Linux HOST RELEASE #1 SMP ...", as uname -a prints it. */
static const char *find_uname(const char *line)
{
	const char *host = find_after(line, "Linux ");
	const char *release = host ? host + strcspn(host, " ") : "";
	const char *version = *release ? release + 1 + strcspn(release + 1, " ") : "";

	return version[0] == ' ' && version[1] == '#' && is_digit(version[2])
		       ? release + 1
		       : NULL;
}

static void keep_machine(struct pasted *pasted, const char *model)
{
	size_t size = strcspn(model, "\t\r");

	while (size > 0 && model[size - 1] == ' ')
		size--;
	if (size > 0 && size < sizeof(pasted->machine))
		snprintf(pasted->machine, sizeof(pasted->machine), "%.*s", (int)size,
			 model);
}

void pasted_note_system(struct pasted *pasted, const struct line *line)
{
	const char *version = find_after(line->bytes, "Linux version ");
	const char *uname = find_uname(line->bytes);
	const char *model = find_after(line->bytes, "Machine model: ");

	if (pasted->asks_release)
		keep_release(pasted, line->bytes);
	pasted->asks_release = strstr(line->bytes, "uname -r") != NULL;
	if (version)
		keep_release(pasted, version);
	else if (uname)
		keep_release(pasted, uname);
	else if (model)
		keep_machine(pasted, model);
}

int pasted_tell_system(const struct pasted *pasted)
{
	struct record *system = &pasted->inventory->system;
	int r = 0;

	if (*pasted->kernel && !record_property(system, FACT_KERNEL))
		r = record_set_property(system, FACT_KERNEL, pasted->kernel);
	if (r == 0 && *pasted->machine && !record_property(system, FACT_MACHINE))
		r = record_set_property(system, FACT_MACHINE, pasted->machine);
	return r;
}
