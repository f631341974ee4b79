// SPDX-License-Identifier: GPL-2.0-or-later
#include "facts_test.h"

#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>

static char directory[] = "/tmp/rproc-tree-facts-XXXXXX";
static bool is_made;

static int remove_entry(const char *path, const struct stat *status, int type,
			struct FTW *ftw)
{
	(void)status;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void remove_directory(void)
{
	nftw(directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *made_directory(void)
{
	if (!is_made) {
		assert_non_null(mkdtemp(directory));
		atexit(remove_directory);
		is_made = true;
	}
	return directory;
}

struct inventory *read_records(const char *text)
{
	struct inventory *inventory = NULL;
	struct notice notice = { "" };
	_cleanup_file_ FILE *file = fmemopen((void *)text, strlen(text), "r");

	assert_non_null(file);
	if (source_text(file, "test", &inventory, &notice) < 0)
		fail_msg("%s", notice.text);
	return inventory;
}

char *channel_record(const char *name)
{
	char *text;

	assert_true(asprintf(&text,
			     "P: /devices/p/virtio0/virtio0.x.-1.50\nE: SUBSYSTEM=rpmsg\n"
			     "E: MODALIAS=rpmsg:%s\nA: name=%s\\n\n",
			     name, name) > 0);
	return text;
}

struct record *find_kind(const struct inventory *inventory, enum kind kind)
{
	for (size_t i = 0; i < inventory->count; i++)
		if (kind_of(&inventory->records[i]) == kind)
			return &inventory->records[i];
	fail_msg("no %s among the records", kind_name(kind));
	return NULL;
}

char *made_bytes(const char *name, const char *bytes, size_t size)
{
	_cleanup_file_ FILE *file = NULL;
	char *path;

	assert_true(asprintf(&path, "%s/%s", made_directory(), name) > 0);
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
	file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	return path;
}

char *made_file(const char *name, const char *text)
{
	return made_bytes(name, text, strlen(text));
}
