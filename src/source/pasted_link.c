// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * "device -> ../../../5000000.m4fss": ls -l of one processor's directory. The link says
 * what the processor is a child of; whose it is, the command or the prompt said before.
 */

#include <stdio.h>
#include <string.h>

#include "pasted.h"

/* "remoteproc0" of the last ".../remoteproc/remoteproc0" on the line. */
static void take_processor(struct pasted *pasted, const char *line)
{
	static const char mark[] = "/remoteproc/remoteproc";

	for (const char *at = line; (at = strstr(at, mark)); at++) {
		struct span name = span_of(at + strlen("/remoteproc/"));

		name.size = strspn(name.start, "remotpc0123456789");
		if (span_is_numbered(name, "remoteproc") &&
		    name.size < sizeof(pasted->told))
			snprintf(pasted->told, sizeof(pasted->told), "%.*s",
				 (int)name.size, name.start);
	}
}

/* The last part of the link's target; size 0: it is no such link. */
static struct span find_device(const char *line)
{
	const char *at = strstr(line, " device -> ../../");
	struct span name = { 0 };

	if (!at)
		return name;
	at += strlen(" device -> ");
	while (strncmp(at, "../", 3) == 0)
		at += 3;
	name = (struct span){ at, strcspn(at, " /") };
	return at[name.size] == '\0' || strcmp(at + name.size, "/") == 0 ? name
									 : span_of("");
}

int pasted_take_link(struct pasted *pasted, const struct line *line)
{
	struct span device = find_device(line->bytes);
	int r;

	take_processor(pasted, line->bytes);
	if (device.size == 0 || !*pasted->told)
		return strstr(line->bytes, " subsystem -> ../") != NULL;
	r = pasted_say(pasted, span_of(pasted->told), SAYING_PARENT, device);
	return r < 0 ? r : 1;
}
