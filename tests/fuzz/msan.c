// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What stdio gives to a stream of our own was written by a libc that MSan does not see
 * into: each byte of it would count as never written. (--wrap=fopencookie)
 */

#include <sanitizer/msan_interface.h>
#include <stdio.h>

FILE *__real_fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions);
FILE *__wrap_fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions);

static cookie_write_function_t *inner_write;

static ssize_t write_known(void *cookie, const char *bytes, size_t size)
{
	__msan_unpoison(bytes, size);
	return inner_write(cookie, bytes, size);
}

FILE *__wrap_fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions)
{
	inner_write = functions.write;
	functions.write = write_known;
	return __real_fopencookie(cookie, mode, functions);
}
