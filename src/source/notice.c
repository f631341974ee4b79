// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>

#include "source.h"

void notice_set(struct notice *notice, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(notice->text, sizeof(notice->text), format, arguments);
	va_end(arguments);
}
