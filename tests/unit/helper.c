// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"

#include <locale.h>

void world_release(struct world *world)
{
	findings_free(world->findings);
	tree_free(world->tree);
	inventory_free(world->inventory);
}

void world_locale(void)
{
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		abort();
}

void world_build(struct world *world)
{
	const struct check_options options = { .passes = true };

	inventory_sort(world->inventory);
	assert_int_equal(tree_build(world->inventory, &world->tree), 0);
	assert_int_equal(findings_build(world->tree, &options, &world->findings), 0);
}

int world_read(struct world *world, const char *text)
{
	int r = oracle_read(text, strlen(text), &world->inventory, &world->notice);

	if (r == 0)
		world_build(world);
	return r;
}

void world_of(struct world *world, const char *text)
{
	int r = world_read(world, text);

	if (r < 0)
		fail_msg("%s", world->notice.text);
}

struct record *world_add(struct world *world, const char *path, const char *subsystem)
{
	struct record *record;

	if (!world->inventory)
		world->inventory = inventory_new(SOURCE_SNAPSHOT);
	assert_non_null(world->inventory);
	assert_int_equal(inventory_add(world->inventory, path, strlen(path), &record), 0);
	record->subsystem = subsystem;
	return record;
}

const struct device *world_device(const struct world *world, const char *path)
{
	tree_foreach (device, world->tree)
		if (strcmp(device->record->path, path) == 0)
			return device;
	fail_msg("not in the tree: %s", path);
	return NULL;
}

static const char *name_of(const struct finding *finding)
{
	return finding->device ? finding->device->name : finding->name;
}

const struct finding *world_finding(const struct world *world, const char *check,
				    const char *name)
{
	for (size_t i = 0; i < world->findings->count; i++)
		if (strcmp(world->findings->list[i].check->id, check) == 0 &&
		    strcmp(name_of(&world->findings->list[i]), name) == 0)
			return &world->findings->list[i];
	fail_msg("%s was not asked of %s", check, name);
	return NULL;
}

void assert_refused(const char *text, const char *says)
{
	_cleanup_world_ struct world world = { 0 };

	assert_int_equal(world_read(&world, text), -EBADMSG);
	assert_null(world.inventory);
	assert_null(strchr(world.notice.text, '\n'));
	assert_null(oracle_dirt(world.notice.text, strlen(world.notice.text)));
	if (!strstr(world.notice.text, says))
		fail_msg("'%s' does not say '%s'", world.notice.text, says);
}

void assert_survives(const struct world *world)
{
	_cleanup_free_ char *text = oracle_snapshot(world->tree), *again = NULL;
	_cleanup_world_ struct world copy = { 0 };
	const char *difference;

	assert_non_null(text);
	assert_null(oracle_dirt(text, strlen(text)));
	world_of(&copy, text);
	difference = oracle_difference(world->tree, copy.tree);
	if (difference)
		fail_msg("%s after reading:\n%s", difference, text);
	again = oracle_snapshot(copy.tree);
	assert_string_equal(text, again);
}
