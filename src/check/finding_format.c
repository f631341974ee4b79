// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "check.h"
#include "cleanup.h"

const char *finding_format(struct finding *finding, const char *format, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (size < 0) {
		text = NULL;
		finding->error = -ENOMEM;
		return "";
	}
	return finding_shown(finding, text);
}
