// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * required: a channel by name, on a platform device where that is said, with a driver
 * bound. Names and platform devices may hold '@' themselves (m4@10000000): a wish is
 * split at every '@' it has, and at none.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "wish.h"

/* As the kernel has it, or as this program prints it. */
static bool is_called(const char *name, const char *wish, size_t size)
{
	_cleanup_free_ char *escaped = escape_string(name, 0);

	return name && ((strlen(name) == size && strncmp(name, wish, size) == 0) ||
			(escaped && strlen(escaped) == size &&
			 strncmp(escaped, wish, size) == 0));
}

static bool is_on(const struct device *device, const char *place)
{
	const struct device *bus = device_bus_ancestor(device);

	return bus && (is_called(bus->name, place, strlen(place)) ||
		       is_called(bus->record->path, place, strlen(place)));
}

static bool is_wished(const struct device *device, const char *wish)
{
	if (device->kind != KIND_CHANNEL)
		return false;
	if (is_called(device->channel.name, wish, strlen(wish)))
		return true;
	for (const char *at = strchr(wish, '@'); at; at = strchr(at + 1, '@'))
		if (is_called(device->channel.name, wish, (size_t)(at - wish)) &&
		    is_on(device, at + 1))
			return true;
	return false;
}

/* The best there is: one with a driver, else any. */
static const struct device *find(const struct tree *tree, const char *wish)
{
	const struct device *found = NULL;

	tree_foreach (device, tree) {
		if (!is_wished(device, wish))
			continue;
		if (device->driver)
			return device;
		found = found ? found : device;
	}
	return found;
}

/* The path of the platform device that the wish names, where it is there. Else one that
 * no device has, made of the wish itself: a finding has to have some. A new string. */
static char *place_of(const struct tree *tree, const char *wish)
{
	char *path;

	for (const char *at = strchr(wish, '@'); at; at = strchr(at + 1, '@'))
		tree_foreach (device, tree)
			if (device->kind == KIND_BUS_DEVICE &&
			    (strcmp(device->name, at + 1) == 0 ||
			     strcmp(device->record->path, at + 1) == 0))
				return strdup(device->record->path);
	return asprintf(&path, "/devices/%s", wish) < 0 ? NULL : path;
}

static const struct device *stand_in(struct findings *findings, const char *wish)
{
	_cleanup_free_ char *path = place_of(findings->tree, wish);

	return path ? findings_stand_in(findings, path, wish) : NULL;
}

static int judge_missing(struct finding *finding, const char *wish)
{
	_cleanup_free_ char *shown = escape_string(wish, 0);

	if (!shown)
		return -ENOMEM;
	finding->status = STATUS_FAIL;
	return finding_message(finding, "is required, and no channel %s is there",
			       shown) |
	       finding_fix(
		       finding,
		       "rproc-tree shows what is there; dmesg | grep \"creating channel\"");
}

static int judge_unbound(struct finding *finding, const struct device *found)
{
	if (found->record->path_only)
		return finding_skip(finding, "is there; its driver is not known");
	finding->status = STATUS_FAIL;
	return finding_message(finding, "is required, and no driver is bound to it") |
	       finding_fix(finding, "rproc-tree check --only channel-driver tells why");
}

static int judge(struct findings *findings, const struct check *check, const char *wish)
{
	const struct device *found = find(findings->tree, wish);
	const struct device *subject = found ? found : stand_in(findings, wish);
	struct finding *finding = subject ? findings_add(findings, check, subject) : NULL;
	int r = 0;

	if (!finding)
		return -ENOMEM;
	finding->identity = escape_string(wish, 0);
	if (!finding->identity)
		return -ENOMEM;
	if (!found)
		r = judge_missing(finding, wish);
	else if (!found->driver)
		r = judge_unbound(finding, found);
	findings_count(findings, finding);
	return r;
}

int require_judge(struct findings *findings, const struct check *check,
		  const struct check_options *options)
{
	int r = 0;

	for (size_t i = 0; options->require && options->require[i] && r == 0; i++)
		r = judge(findings, check, options->require[i]);
	return r;
}
