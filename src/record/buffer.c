// SPDX-License-Identifier: GPL-2.0-or-later
#include "buffer.h"

#include <errno.h>
#include <stdbool.h>

int buffer_open(struct buffer *buffer)
{
	*buffer = (struct buffer){ 0 };
	buffer->out = open_memstream(&buffer->text, &buffer->size);
	return buffer->out ? 0 : -ENOMEM;
}

int buffer_take(struct buffer *buffer, char **ret, size_t *ret_size)
{
	bool failed = ferror(buffer->out);

	failed = fclose(steal(buffer->out)) != 0 || failed;
	if (failed || !buffer->text)
		return -ENOMEM;
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
