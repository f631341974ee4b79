// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Not open_memstream(): when its text cannot grow, the write fails and neither ferror()
 * nor fclose() tells of it, and the text may be NULL after an fclose() that returned 0.
 */

#include "buffer.h"

#include <errno.h>
#include <string.h>

#include "array.h"

static int append(struct buffer *buffer, const char *bytes, size_t size)
{
	if (buffer->error == 0)
		buffer->error = array_reserve(buffer->text, buffer->size + size + 1,
					      buffer->allocated);
	if (buffer->error < 0)
		return buffer->error;
	memcpy(buffer->text + buffer->size, bytes, size);
	buffer->size += size;
	buffer->text[buffer->size] = '\0';
	return 0;
}

/* What stdio calls; its error is 0. */
static ssize_t write_bytes(void *cookie, const char *bytes, size_t size)
{
	return append(cookie, bytes, size) < 0 ? 0 : (ssize_t)size;
}

int buffer_open(struct buffer *buffer)
{
	static const cookie_io_functions_t functions = { .write = write_bytes };

	*buffer = (struct buffer){ 0 };
	buffer->out = fopencookie(buffer, "w", functions);
	return buffer->out ? 0 : -ENOMEM;
}

int buffer_take(struct buffer *buffer, char **ret, size_t *ret_size)
{
	if (fclose(steal(buffer->out)) != 0)
		buffer->error = -ENOMEM;
	if (append(buffer, "", 0) < 0)
		return buffer->error;
	*ret = steal(buffer->text);
	if (ret_size)
		*ret_size = buffer->size;
	return 0;
}

void buffer_release(struct buffer *buffer)
{
	if (buffer->out)
		fclose(buffer->out);
	free(buffer->text);
}
