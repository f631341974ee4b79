// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * required: a channel by name, on a platform device where that is said, with a driver
 * bound. Names and platform devices may hold '@' themselves (m4@10000000): a wish is
 * split at every '@' it has, and at none.
 */

#include <errno.h>
#include <string.h>

#include "checks.h"
#include "escape.h"
#include "finding.h"
#include "names.h"
#include "near.h"
#include "path_names.h"

/* By its name, by its device, or by a node in /dev. */
static bool is_named(const struct device *device, struct span wish)
{
	const size_t start = strlen(PATH_DEV "/");

	if (name_is(device->channel.name, wish) || name_is(device->name, wish))
		return true;
	if (!span_starts(wish, PATH_DEV "/"))
		return false;
	tree_foreach_child (child, device)
		if (name_is(child->devnode, span_from(wish, start)))
			return true;
	return false;
}

static bool is_on(const struct device *device, struct span processor)
{
	const struct device *bus = device_bus_ancestor(device);

	return (device->owner && processor_is_called(device->owner, processor)) ||
	       (bus &&
		(name_is(bus->name, processor) || name_is(bus->record->path, processor)));
}

static bool is_wished(const struct device *device, const char *wish)
{
	if (device->kind != KIND_CHANNEL)
		return false;
	if (is_named(device, span_of(wish)))
		return true;
	for (const char *at = strchr(wish, '@'); at; at = strchr(at + 1, '@'))
		if (is_named(device, (struct span){ wish, (size_t)(at - wish) }) &&
		    is_on(device, span_of(at + 1)))
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

/* The path of the platform device that the wish names; NULL: it is not there. */
static const char *_nullable_ place_of(const struct tree *tree, const char *wish)
{
	for (const char *at = strchr(wish, '@'); at; at = strchr(at + 1, '@'))
		tree_foreach (device, tree)
			if (device->kind == KIND_BUS_DEVICE &&
			    (strcmp(device->name, at + 1) == 0 ||
			     strcmp(device->record->path, at + 1) == 0))
				return device->record->path;
	return NULL;
}

/* The only processor that the wish names; NULL: none is, or several are. */
static const struct device *_nullable_ processor_of(const struct tree *tree,
						    const char *wish)
{
	const struct device *found = NULL;

	for (const char *at = strchr(wish, '@'); at; at = strchr(at + 1, '@'))
		tree_foreach (device, tree) {
			if (device->kind != KIND_REMOTEPROC ||
			    !processor_is_called(device, span_of(at + 1)))
				continue;
			if (found && found != device)
				return NULL;
			found = device;
		}
	return found;
}

/* A channel of the wished name that is elsewhere, else one of nearly that name. */
static const struct device *find_other(const struct tree *tree, const char *wish)
{
	_cleanup_free_ char *name = strndup(wish, strcspn(wish, "@"));
	const struct device *near = NULL;

	tree_foreach (device, tree) {
		if (!name || !device_is_user_channel(device) || !device->channel.name)
			continue;
		if (strcmp(device->channel.name, name) == 0)
			return device;
		if (!near && near_is(name, device->channel.name))
			near = device;
	}
	return near;
}

static void judge_other(struct finding *finding, const char *wish,
			const struct device *other)
{
	const char *name = finding_shown(finding, other->channel.name);
	struct span wished = { wish, strcspn(wish, "@") };

	if (!span_is(wished, other->channel.name))
		finding_message(
			finding,
			"is required, and there is no channel %s (did you mean %s?)",
			finding_shown(finding, wish), name);
	else if (other->owner)
		finding_message(finding, "is required, and %s is a channel of %s instead",
				name, finding_shown(finding, other->owner->name));
	else
		finding_message(
			finding,
			"is required, and %s is a channel of no processor of that name",
			name);
}

static void judge_missing(const struct tree *tree, struct finding *finding,
			  const char *wish)
{
	const struct device *other = find_other(tree, wish);

	finding_set(finding, STATUS_FAIL, "missing");
	if (other)
		judge_other(finding, wish, other);
	else
		finding_message(finding, "is required, and there is no channel %s",
				finding_shown(finding, wish));
	finding_fix(
		finding,
		"rproc-tree lists the channels; dmesg | grep \"creating channel\" tells what was announced");
}

static void judge_unbound(struct finding *finding, const struct device *found)
{
	if (found->record->path_only) {
		finding_skip(finding, "exists; its driver is not known");
		return;
	}
	finding_set(finding, STATUS_FAIL, "no driver");
	finding_message(finding, "is required, and no driver is bound to it");
	finding_fix(finding, "rproc-tree check --only channel-driver tells why");
}

static void judge(struct findings *findings, const struct check *check, const char *wish)
{
	const struct device *found = find(findings->tree, wish);
	const struct device *subject =
		found ? found
		      : findings_stand_in(findings, place_of(findings->tree, wish), wish,
					  processor_of(findings->tree, wish));
	struct finding *finding = findings_add(findings, check, subject);

	finding_identify(finding, finding_shown(finding, wish));
	if (!found)
		judge_missing(findings->tree, finding, wish);
	else if (!found->driver)
		judge_unbound(finding, found);
	findings_judged(findings, finding);
}

static void judge_all(struct findings *findings, const struct check *check,
		      const struct check_options *options)
{
	for (const char *const *wish = options->require; wish && *wish; wish++)
		judge(findings, check, *wish);
}

const struct check check_required = {
	.id = "required",
	.title = "a channel asked for on the command line exists",
	.worst = STATUS_FAIL,
	.looks =
		"With --require CHANNEL[@PROCESSOR], as often as needed: a channel of that name, device or /dev node, of that processor (platform device, name or remoteprocN) where one is said, with a driver bound to it.",
	.matters =
		"A service is useless until its channel exists and has a driver; a script can wait for that, or stop without it.",
	.fix = "rproc-tree lists the channels there are; channel-driver tells why no driver is bound.",
	.example =
		"rpmsg-tty@imx8mp-cm7 is required, and there is no channel rpmsg-tty@imx8mp-cm7",
	.judge_all = judge_all,
};
