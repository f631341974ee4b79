// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "command.h"

const struct exit_style exit_styles[] = {
	{ "kselftest",
	  "0 pass, 1 fail or trouble, 4 skip",
	  /* KSFT_* of kselftest.h, which has 2 and 3 for other things */
	  { [EXIT_FAILED] = 1,
	    [EXIT_USAGE] = 1,
	    [EXIT_TROUBLE] = 1,
	    [EXIT_NOTHING] = 4 } },
	{ "automake",
	  "0 pass, 1 fail, 77 skip, 99 trouble",
	  { [EXIT_FAILED] = 1,
	    [EXIT_USAGE] = 99,
	    [EXIT_TROUBLE] = 99,
	    [EXIT_NOTHING] = 77 } },
	{ "nagios",
	  "0 ok, 1 warning, 2 critical, 3 unknown",
	  { [EXIT_FAILED] = 2,
	    [EXIT_WARNED] = 1,
	    [EXIT_USAGE] = 3,
	    [EXIT_TROUBLE] = 3,
	    [EXIT_NOTHING] = 3 } },
	{ .name = NULL },
};

const struct exit_style *exit_style_find(const char *name)
{
	for (const struct exit_style *style = exit_styles; name && style->name; style++)
		if (strcmp(style->name, name) == 0)
			return style;
	return NULL;
}

int exit_code(const struct invocation *invocation, enum exit_status status)
{
	const struct format *format = format_find(invocation->format, FORMAT_CHECK);
	const struct exit_style *style = invocation->exit_style;

	if (invocation->command && !(invocation->command->formats & FORMAT_CHECK))
		return (int)status;
	if (!style && invocation->format && format)
		style = exit_style_find(format->exit_style);
	if (style)
		return style->codes[status];
	return status == EXIT_WARNED ? EXIT_OK : (int)status;
}
