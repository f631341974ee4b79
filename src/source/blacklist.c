// SPDX-License-Identifier: GPL-2.0-or-later
#include "blacklist.h"

#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <stdbool.h>
#include <string.h>

#include "cleanup.h"

/* modprobe.d(5) */
static const char *const usual[] = {
	"/etc/modprobe.d",     "/run/modprobe.d", "/usr/local/lib/modprobe.d",
	"/usr/lib/modprobe.d", "/lib/modprobe.d", NULL,
};

/* modprobe takes '-' and '_' for the same. */
static bool is_same_module(const char *a, const char *b)
{
	while (*a && (*a == *b || (strchr("-_", *a) && *b && strchr("-_", *b)))) {
		a++;
		b++;
	}
	return *a == *b;
}

static bool file_blacklists(const char *path, const char *module)
{
	_cleanup_file_ FILE *file = fopen(path, "re");
	char line[512], name[256];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, " blacklist %255s", name) == 1 &&
		    is_same_module(name, module))
			return true;
	return false;
}

/* The first file of a directory (or the file itself) that has the module. */
static int search(const char *place, const char *module, char **ret)
{
	_cleanup_free_ char *pattern = NULL;
	glob_t files = { 0 };

	if (file_blacklists(place, module)) {
		*ret = strdup(place);
		return *ret ? 0 : -ENOMEM;
	}
	if (asprintf(&pattern, "%s/*.conf", place) < 0)
		return -ENOMEM;
	if (glob(pattern, 0, NULL, &files) != 0)
		return 0;
	for (size_t i = 0; i < files.gl_pathc && !*ret; i++)
		if (file_blacklists(files.gl_pathv[i], module))
			*ret = strdup(files.gl_pathv[i]);
	globfree(&files);
	return 0;
}

int blacklist_find(const char *module, const char *const *configuration, char **ret)
{
	*ret = NULL;
	for (const char *const *place = configuration ? configuration : usual; *place;
	     place++) {
		int r = search(*place, module, ret);

		if (r < 0 || *ret)
			return r;
	}
	*ret = strdup("the kernel command line");
	return *ret ? 0 : -ENOMEM;
}
