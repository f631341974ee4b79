// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libkmod's answers, as facts of the records. Three traps: an empty answer means "no such
 * alias" and "no index" alike, so the index is asked for first; a built-in module without
 * modules.builtin reads as coming; the state is of the live /sys/module, so it has to be
 * recorded. And kmod takes '-' for '_' and globs, where the kernel compares to the
 * letter.
 *
 * Below another root, libkmod is given the directory of the modules and nothing else: its
 * configuration and the states of modules are read here, or it would tell of this system.
 */

#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "blacklist.h"
#include "buffer.h"
#include "kind.h"
#include "kmod_library.h"
#include "release.h"
#include "sysfs.h"

static void ctx_unrefp(struct kmod_ctx **ctx)
{
	libkmod.kmod_unref(*ctx);
}

static void list_unrefp(struct kmod_list **list)
{
	libkmod.kmod_module_unref_list(*list);
}

/* As kmod_module_get_initstate() does, which knows of this system only. *ret is NULL
 * where it could not be read. 0 or -ENOMEM. */
static int read_state(struct reading *reading, const char *name, const char **ret)
{
	_cleanup_close_ int fd = -1;
	_cleanup_free_ char *state = NULL;
	char path[PATH_MAX];
	size_t size;
	int r;

	snprintf(path, sizeof(path), PATH_SYS_MODULE "/%s/initstate", name);
	fd = paths_open(reading->paths, path, 0);
	r = fd < 0 ? fd : sysfs_read_fd(fd, &state, &size);
	*ret = NULL;
	if (r == 0)
		*ret = strncmp(state, "live", 4) == 0 ? "live" : "loading";
	if (r == 0 || !sysfs_is_gone(r))
		return r == 0 ? 0 : read_failed(reading, r, path, NULL);
	*strrchr(path, '/') = '\0'; /* a built-in module has the directory only */
	*ret = paths_find(reading->paths, path) == 0 ? "builtin" : "not-loaded";
	return 0;
}

static int record_state(struct reading *reading, struct kmod_module *module,
			struct record *record)
{
	const char *word = "builtin";
	int r = libkmod.kmod_module_get_initstate(module) == KMOD_MODULE_BUILTIN
			? 0
			: read_state(reading, libkmod.kmod_module_get_name(module),
				     &word);

	return r < 0 || !word ? r : record_set_property(record, FACT_MODULE_STATE, word);
}

/* Below another root kmod has no configuration, and no command line that were its. */
static int find_configured(struct reading *reading, const char *module,
			   const struct module_places *places, char **ret)
{
	int r = blacklist_find(reading, module, places->configuration, ret);

	if (r < 0 || *ret || !paths_is_live(reading->paths))
		return r;
	*ret = strdup("the kernel command line");
	return *ret ? 0 : -ENOMEM;
}

/* Why modprobe would not load it; *ret is NULL where it would. */
static int find_blacklist(struct reading *reading, struct kmod_ctx *ctx,
			  struct kmod_module *module, const struct kmod_list *all,
			  const struct module_places *places, char **ret)
{
	_cleanup_(list_unrefp) struct kmod_list *passed = NULL;
	const char *install = libkmod.kmod_module_get_install_commands(module);

	if (install) {
		*ret = NULL;
		return asprintf(ret, "install %s", install) < 0 ? -ENOMEM : 0;
	}
	if (paths_is_live(reading->paths) &&
	    (libkmod.kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, all, &passed) <
		     0 ||
	     passed))
		return 0;
	return find_configured(reading, libkmod.kmod_module_get_name(module), places,
			       ret);
}

static int record_module(struct reading *reading, struct kmod_ctx *ctx,
			 const struct kmod_list *found, struct record *record,
			 const struct module_places *places)
{
	struct kmod_module *module = libkmod.kmod_module_get_module(found);
	_cleanup_free_ char *blacklist = NULL;
	int r = record_set_property(record, FACT_MODULE,
				    libkmod.kmod_module_get_name(module));

	if (r == 0)
		r = record_state(reading, module, record);
	if (r == 0)
		r = find_blacklist(reading, ctx, module, found, places, &blacklist);
	if (r == 0 && blacklist)
		r = record_set_property(record, FACT_BLACKLIST, blacklist);
	libkmod.kmod_module_unref(module);
	return r;
}

/* Whether kmod would take part of the alias for a pattern. */
static bool has_pattern(const char *alias)
{
	return strpbrk(alias, "*?[]");
}

/* 1: the alias has a module, and it is recorded. */
static int look_up(struct reading *reading, struct kmod_ctx *ctx, const char *alias,
		   struct record *record, const struct module_places *places)
{
	_cleanup_(list_unrefp) struct kmod_list *found = NULL;
	int r;

	if (!alias || has_pattern(alias))
		return 0;
	if (libkmod.kmod_module_new_from_lookup(ctx, alias, &found) < 0 || !found)
		return 0;
	r = record_module(reading, ctx, found, record, places);
	return r < 0 ? r : 1;
}

/* The alias of the uevent, and rpmsg:NAME where a device tree node took its place. */
static int look_up_device(struct reading *reading, struct kmod_ctx *ctx,
			  struct record *record, const struct module_places *places)
{
	const char *modalias = record_property(record, "MODALIAS");
	const char *name = record_text(record, "name");
	_cleanup_free_ char *alias = NULL;
	int r = look_up(reading, ctx, modalias, record, places);

	if (r != 0)
		return r < 0 ? r : 0;
	if (name && asprintf(&alias, "rpmsg:%s", name) < 0)
		return -ENOMEM;
	r = look_up(reading, ctx, alias, record, places);
	if (r != 0)
		return r < 0 ? r : 0;
	return record_set_property(record, FACT_MODULE_STATE, "none");
}

/* What rpmsg names the installed modules serve: the text the index was made of. */
static int record_aliases(struct inventory *inventory, const char *directory)
{
	char path[PATH_MAX], line[512], alias[256], module[128];
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *names = NULL;
	_cleanup_file_ FILE *file = NULL;
	size_t size;
	int r;

	snprintf(path, sizeof(path), "%s/modules.alias", directory);
	file = fopen(path, "re");
	r = file ? buffer_open(&buffer) : 0;
	if (r < 0 || !file)
		return r;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "alias %255s %127s", alias, module) == 2 &&
		    strncmp(alias, "rpmsg:", 6) == 0)
			fprintf(buffer.out, "%s=%s ", alias, module);
	r = buffer_take(&buffer, &names, &size);
	if (r < 0)
		return r;
	names[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_ALIASES, names);
}

/* Whether libkmod can be let loose on the directory: it follows links, which below
 * another root may lead out of it. */
static bool is_index(const struct reading *reading, const char *directory)
{
	_cleanup_close_ int fd = sysfs_open(AT_FDCWD, directory, O_DIRECTORY);
	_cleanup_free_ char *target = NULL;
	static const char *const files[] = {
		"modules.dep.bin",     "modules.alias.bin",         "modules.symbols.bin",
		"modules.builtin.bin", "modules.builtin.alias.bin", "modules.softdep",
		"modules.alias",
	};

	for (size_t i = 0; fd >= 0 && i < ARRAY_SIZE(files); i++)
		if (!paths_is_live(reading->paths) &&
		    sysfs_link(fd, files[i], &target) == 0)
			return false;
	return fd >= 0;
}

/* 1: libkmod can be asked; 0: there is no index, or it could not be read. */
static int load_index(struct reading *reading, struct kmod_ctx *ctx,
		      const char *directory)
{
	_cleanup_free_ char *index = NULL;
	int r;

	if (!ctx || !directory || !is_index(reading, directory))
		return 0;
	libkmod.kmod_set_log_priority(ctx, 0);
	r = libkmod.kmod_load_resources(ctx);
	if (r >= 0)
		return libkmod.kmod_validate_resources(ctx) == KMOD_RESOURCES_OK;
	if (asprintf(&index, "%s/modules.dep.bin", directory) < 0)
		return -ENOMEM;
	return access(index, F_OK) == 0 ? read_failed(reading, r, directory, NULL) : 0;
}

static int ask(struct reading *reading, const struct module_places *places)
{
	static const char *const none[] = { NULL };
	struct inventory *inventory = reading->inventory;
	_cleanup_(ctx_unrefp) struct kmod_ctx *ctx = libkmod.kmod_new(
		places->directory,
		paths_is_live(reading->paths) ? places->configuration : none);
	int r = load_index(reading, ctx, places->directory);

	if (r <= 0)
		return r < 0 ? r : modules_set_states(inventory, "no-index");
	r = record_aliases(inventory, places->directory);
	for (size_t i = 0; r == 0 && i < inventory->count; i++)
		if (modules_is_asked(inventory, &inventory->records[i]))
			r = look_up_device(reading, ctx, &inventory->records[i], places);
	return r;
}

int modules_ask(struct reading *reading, const struct module_places *places)
{
	int r = kmod_library_load(KMOD_SONAME);

	if (r == 0)
		return ask(reading, places);
	r = r == -ENOENT ? 0 : read_failed(reading, r, KMOD_SONAME, NULL);
	return r < 0 ? r : modules_set_states(reading->inventory, "no-libkmod");
}
