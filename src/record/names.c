// SPDX-License-Identifier: GPL-2.0-or-later
#include "names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "escape.h"

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* Whether name is prefix, a decimal number and nothing else. */
static bool is_numbered(const char *name, const char *prefix)
{
	size_t size = strlen(prefix);

	return strncmp(name, prefix, size) == 0 && digits(name + size) > 0 &&
	       name[size + digits(name + size)] == '\0';
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t size = strlen(name), end = strlen(suffix);

	return size > end && strcmp(name + size - end, suffix) == 0;
}

bool name_is_vdev_buffer(const char *path)
{
	const char *name = strrchr(path, '/'), *parent = name, *mark;
	size_t size;

	if (!name || name == path)
		return false;
	while (parent > path && parent[-1] != '/')
		parent--;
	size = (size_t)(name - parent);
	mark = name + 1 + size;
	if (strncmp(name + 1, parent, size) != 0 || strncmp(mark, "#vdev", 5) != 0)
		return false;
	return digits(mark + 5) > 0 && strcmp(mark + 5 + digits(mark + 5), "buffer") == 0;
}

bool name_is_rproc_virtio(const char *name)
{
	static const char prefix[] = "rproc-virtio.";
	const char *number = name + sizeof(prefix) - 1;

	if (strncmp(name, prefix, sizeof(prefix) - 1) != 0 || digits(number) == 0)
		return false;
	return number[digits(number)] == '\0' ||
	       strcmp(number + digits(number), ".auto") == 0;
}

bool name_is_remoteproc(const char *name)
{
	return is_numbered(name, "remoteproc");
}

bool name_is_virtio(const char *name)
{
	return is_numbered(name, "virtio");
}

bool name_is_rpmsg_chardev(const char *name)
{
	return is_numbered(name, "rpmsg") || is_numbered(name, "rpmsg_ctrl");
}

bool name_is_edge(const char *name)
{
	return ends_with(name, ":smd-edge") || ends_with(name, ":glink-edge") ||
	       strncmp(name, "smd:", 4) == 0 || strstr(name, ":smd:");
}

bool name_is_pci(const char *name)
{
	static const char form[] = "hhhh:hh:hh.h";

	for (size_t i = 0; form[i]; i++) {
		if (form[i] == 'h' ? !name[i] || !strchr("0123456789abcdef", name[i])
				   : name[i] != form[i])
			return false;
	}
	return name[sizeof(form) - 1] == '\0';
}

/* The signed decimal between the last dot before end and end; false: there is none. */
static bool last_number(const char *name, size_t *end, long long *ret)
{
	size_t dot = *end, first;

	while (dot > 0 && name[dot - 1] != '.')
		dot--;
	first = dot + (name[dot] == '-');
	if (dot < 2 || first == *end || first + digits(name + first) < *end)
		return false;
	errno = 0;
	*ret = strtoll(name + dot, NULL, 10);
	*end = dot - 1;
	return errno == 0;
}

bool name_parse_channel(const char *name, struct channel_name *ret)
{
	size_t end = strlen(name);

	if (!last_number(name, &end, &ret->dst) || !last_number(name, &end, &ret->src))
		return false;
	ret->channel_end = end;
	return true;
}

bool name_is(const char *name, struct span typed)
{
	_cleanup_free_ char *shown = name ? escape_string(name, 0) : NULL;

	return name && (span_is(typed, name) || (shown && span_is(typed, shown)));
}
