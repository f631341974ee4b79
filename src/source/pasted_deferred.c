// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What cat prints of devices_deferred: a device a line, and after a tab, which a mail may
 * have made blanks, its driver's reason. It is told as a line of the log, where newer
 * kernels print the same.
 */

#include <errno.h>
#include <string.h>

#include "pasted.h"
#include "phrase.h"

/* One that waits for a processor is none. */
static bool waits_for_us(struct span name, const char *reason)
{
	return phrase_mentions(reason, strlen(reason)) &&
	       !phrase_mentions(reason, strcspn(reason, ":")) &&
	       !phrase_mentions(name.start, name.size);
}

static int take_device(struct pasted *pasted, struct span name, const char *reason)
{
	_cleanup_free_ char *told = NULL;

	if (waits_for_us(name, reason))
		return 1;
	if (asprintf(&told, DEFERRED_BEFORE "%.*s: %s", (int)name.size, name.start,
		     *reason ? reason : "its driver did not say for what") < 0)
		return -ENOMEM;
	if (log_offer(&pasted->inventory->log, told, strlen(told)) < 0)
		return -ENOMEM;
	return 1;
}

int pasted_take_deferred(struct pasted *pasted, const struct line *line)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:@_,-";
	struct span name = { line->bytes, strspn(line->bytes, letters) };
	const char *rest = line->bytes + name.size;

	if (strstr(line->bytes, "devices_deferred")) {
		pasted->deferred = true;
		return 0;
	}
	/* Without the tab it may be a prompt, or prose: most devices have a number. */
	pasted->deferred &=
		name.size > 0 &&
		(*rest == '\t' || ((!*rest || *rest == ' ') &&
				   strcspn(line->bytes, "0123456789") < name.size));
	return pasted->deferred ? take_device(pasted, name, rest + strspn(rest, " \t"))
				: 0;
}
