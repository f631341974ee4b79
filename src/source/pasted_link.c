// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * "device -> ../../../5000000.m4fss": ls -l of one processor's directory, or what
 * readlink answers. The link says what the processor is a child of; whose it is, the
 * command or the prompt said before.
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
		pasted->asks_parent = strcmp(name.start + name.size, "/device") == 0;
	}
}

/* The last part of a link's target: no other words follow it. size 0: it is no such link.
 */
static struct span last_part(const char *target)
{
	struct span name;

	while (strncmp(target, "../", 3) == 0)
		target += 3;
	name = (struct span){ target, strcspn(target, " /") };
	return target[name.size] == '\0' || strcmp(target + name.size, "/") == 0
		       ? name
		       : span_of("");
}

/* Where the link "device" leads to, as ls -l or, of what was asked for, readlink has it.
 */
static struct span find_device(const struct pasted *pasted, const char *line)
{
	static const char mark[] = "device -> ../../";
	const char *at = strstr(line, mark);

	if (at && (at == line || strchr(" /", at[-1])))
		return last_part(at + strlen("device -> "));
	return pasted->asks_parent && strncmp(line, "../../", 6) == 0 ? last_part(line)
								      : span_of("");
}

int pasted_take_link(struct pasted *pasted, const struct line *line)
{
	struct span device;
	int r;

	take_processor(pasted, line->bytes);
	device = find_device(pasted, line->bytes);
	if (device.size == 0 || !*pasted->told)
		return strstr(line->bytes, " subsystem -> ../") != NULL;
	r = pasted_say(pasted, span_of(pasted->told), SAYING_PARENT, device);
	return r < 0 ? r : 1;
}
