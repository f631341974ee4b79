// SPDX-License-Identifier: GPL-2.0-or-later
#include "pen.h"

void pen_flush(struct pen *pen)
{
	fwrite(pen->bytes, 1, pen->used, pen->out);
	pen->used = 0;
}

void pen_put_more(struct pen *pen, const char *text, size_t size)
{
	pen_flush(pen);
	if (size <= sizeof(pen->bytes))
		pen_put(pen, text, size);
	else
		fwrite(text, 1, size, pen->out);
}

void pen_blanks(struct pen *pen, size_t count)
{
	while (count > 0) {
		size_t room = sizeof(pen->bytes) - pen->used;
		size_t size = count < room ? count : room;

		memset(pen->bytes + pen->used, ' ', size);
		pen->used += size;
		count -= size;
		if (count > 0)
			pen_flush(pen);
	}
}
