// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libkmod's answers, as facts of the records. Three traps: an empty answer means "no such
 * alias" and "no index" alike, so the index is asked for first; a built-in module without
 * modules.builtin reads as coming; the state is of the live /sys/module, so it has to be
 * recorded. And kmod takes '-' for '_' and globs, where the kernel compares to the
 * letter.
 */

#include "modules.h"

#include <dirent.h>
#include <errno.h>
#include <libkmod.h>
#include <limits.h>
#include <string.h>

#include "blacklist.h"
#include "kind.h"

static void ctx_unrefp(struct kmod_ctx **ctx)
{
	kmod_unref(*ctx);
}

static void list_unrefp(struct kmod_list **list)
{
	kmod_module_unref_list(*list);
}

static bool is_rpmsg_virtio(const struct record *record)
{
	const char *modalias = record_property(record, "MODALIAS");

	return modalias && strncmp(modalias, "virtio:d00000007", 16) == 0;
}

static bool is_asked(const struct record *record)
{
	enum kind kind = kind_of(record);

	return !record->path_only && !record_driver(record) &&
	       (kind == KIND_CHANNEL || (kind == KIND_VIRTIO && is_rpmsg_virtio(record)));
}

/* "coming" is also what libkmod says of a built-in module that no modules.builtin tells
 * of: then /sys/module/NAME has no initstate. */
static const char *state_word(struct kmod_module *module,
			      const struct module_places *places)
{
	char path[PATH_MAX];

	switch (kmod_module_get_initstate(module)) {
	case KMOD_MODULE_BUILTIN:
		return "builtin";
	case KMOD_MODULE_LIVE:
		return "live";
	case KMOD_MODULE_COMING:
		snprintf(path, sizeof(path), "%s/%s/initstate", places->sys_module,
			 kmod_module_get_name(module));
		return access(path, F_OK) == 0 ? "loading" : "builtin";
	case KMOD_MODULE_GOING:
		return "loading";
	default:
		return "not-loaded";
	}
}

/* Why modprobe would not load it; *ret is NULL where it would. */
static int find_blacklist(struct kmod_ctx *ctx, struct kmod_module *module,
			  const struct kmod_list *all, const struct module_places *places,
			  char **ret)
{
	_cleanup_(list_unrefp) struct kmod_list *passed = NULL;
	const char *install = kmod_module_get_install_commands(module);

	if (install) {
		*ret = NULL;
		return asprintf(ret, "install %s", install) < 0 ? -ENOMEM : 0;
	}
	if (kmod_module_apply_filter(ctx, KMOD_FILTER_BLACKLIST, all, &passed) < 0 ||
	    passed)
		return 0;
	return blacklist_find(kmod_module_get_name(module), places->configuration, ret);
}

static int record_module(struct kmod_ctx *ctx, const struct kmod_list *found,
			 struct record *record, const struct module_places *places)
{
	struct kmod_module *module = kmod_module_get_module(found);
	_cleanup_free_ char *blacklist = NULL;
	int r = record_set_property(record, FACT_MODULE, kmod_module_get_name(module));

	if (r == 0)
		r = record_set_property(record, FACT_MODULE_STATE,
					state_word(module, places));
	if (r == 0)
		r = find_blacklist(ctx, module, found, places, &blacklist);
	if (r == 0 && blacklist)
		r = record_set_property(record, FACT_BLACKLIST, blacklist);
	kmod_module_unref(module);
	return r;
}

/* Whether kmod would take part of the alias for a pattern. */
static bool has_pattern(const char *alias)
{
	return strpbrk(alias, "*?[]");
}

/* 1: the alias has a module, and it is recorded. */
static int look_up(struct kmod_ctx *ctx, const char *alias, struct record *record,
		   const struct module_places *places)
{
	_cleanup_(list_unrefp) struct kmod_list *found = NULL;
	int r;

	if (!alias || has_pattern(alias))
		return 0;
	if (kmod_module_new_from_lookup(ctx, alias, &found) < 0 || !found)
		return 0;
	r = record_module(ctx, found, record, places);
	return r < 0 ? r : 1;
}

/* The alias of the uevent, and rpmsg:NAME where a device tree node took its place. */
static int look_up_device(struct kmod_ctx *ctx, struct record *record,
			  const struct module_places *places)
{
	const char *modalias = record_property(record, "MODALIAS");
	const char *name = record_text(record, "name");
	_cleanup_free_ char *alias = NULL;
	int r = look_up(ctx, modalias, record, places);

	if (r != 0)
		return r < 0 ? r : 0;
	if (name && asprintf(&alias, "rpmsg:%s", name) < 0)
		return -ENOMEM;
	r = look_up(ctx, alias, record, places);
	if (r != 0)
		return r < 0 ? r : 0;
	return record_set_property(record, FACT_MODULE_STATE, "none");
}

static int record_no_index(struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		struct record *record = &inventory->records[i];
		int r = is_asked(record) ? record_set_property(record, FACT_MODULE_STATE,
							       "no-index")
					 : 0;

		if (r < 0)
			return r;
	}
	return 0;
}

/* The names of the bus's drivers, for a driver_override that names none of them. */
static int record_drivers(struct inventory *inventory, const char *directory)
{
	_cleanup_free_ struct dirent **entries = NULL;
	_cleanup_free_ char *names = NULL;
	size_t size;
	int count = scandir(directory, &entries, NULL, alphasort);
	FILE *memory;

	if (count < 0)
		return errno == ENOMEM ? -ENOMEM : 0;
	memory = open_memstream(&names, &size);
	for (int i = 0; i < count; i++) {
		if (memory && entries[i]->d_name[0] != '.')
			fprintf(memory, "%s ", entries[i]->d_name);
		free(entries[i]);
	}
	if (!memory || fclose(memory) != 0)
		return -ENOMEM;
	names[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_DRIVERS, names);
}

/* What rpmsg names the installed modules serve: the text the index was made of. */
static int record_aliases(struct inventory *inventory, const char *directory)
{
	char path[PATH_MAX], line[512], alias[256], module[128];
	_cleanup_free_ char *names = NULL;
	_cleanup_file_ FILE *file = NULL;
	FILE *memory;
	size_t size;

	snprintf(path, sizeof(path), "%s/modules.alias", directory);
	file = fopen(path, "re");
	memory = file ? open_memstream(&names, &size) : NULL;
	if (!memory)
		return file ? -ENOMEM : 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "alias %255s %127s", alias, module) == 2 &&
		    strncmp(alias, "rpmsg:", 6) == 0)
			fprintf(memory, "%s=%s ", alias, module);
	if (fclose(memory) != 0)
		return -ENOMEM;
	names[size - (size > 0)] = '\0';
	return record_set_property(&inventory->system, FACT_ALIASES, names);
}

static int ask(struct inventory *inventory, const struct module_places *places)
{
	_cleanup_(ctx_unrefp) struct kmod_ctx *ctx =
		kmod_new(places->directory, (const char *const *)places->configuration);
	int r;

	if (!ctx)
		return record_no_index(inventory);
	kmod_set_log_priority(ctx, 0);
	if (kmod_load_resources(ctx) < 0 ||
	    kmod_validate_resources(ctx) != KMOD_RESOURCES_OK)
		return record_no_index(inventory);
	r = record_aliases(inventory, kmod_get_dirname(ctx));
	for (size_t i = 0; r == 0 && i < inventory->count; i++)
		if (is_asked(&inventory->records[i]))
			r = look_up_device(ctx, &inventory->records[i], places);
	return r;
}

int modules_record(struct inventory *inventory, const struct module_places *places)
{
	bool any = false;
	int r;

	for (size_t i = 0; i < inventory->count && !any; i++)
		any = is_asked(&inventory->records[i]);
	if (!any)
		return 0;
	r = record_drivers(inventory, places->drivers);
	return r < 0 ? r : ask(inventory, places);
}
