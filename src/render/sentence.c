// SPDX-License-Identifier: GPL-2.0-or-later
#include "sentence.h"

#include <errno.h>
#include <string.h>

#include "escape.h"

#define NAMES_MAX 6 /* a list that is longer says how many more there are */

const struct device *sentence_device(const struct change *change)
{
	return change->after ? change->after : change->before;
}

static const char *owner_name(const struct change *change)
{
	const struct device *owner = sure(change->after)->owner;

	return owner ? owner->name : NULL;
}

/* Texts of the diff are escaped; on a terminal that has ASCII only, once more. */
static int say(FILE *out, const char *text, const struct render_options *options)
{
	_cleanup_free_ char *raw = NULL;
	_cleanup_free_ char *shown = NULL;
	size_t size;

	if (!options->ascii) {
		fputs(text, out);
		return 0;
	}
	raw = unescape_string(text, &size);
	shown = raw ? escape_bytes(raw, size, ESCAPE_ASCII) : NULL;
	if (!shown)
		return -ENOMEM;
	fputs(shown, out);
	return 0;
}

int sentence_name(FILE *out, const char *name, const struct render_options *options)
{
	_cleanup_free_ char *shown =
		escape_string(name, options->ascii ? ESCAPE_ASCII : 0);

	if (!shown)
		return -ENOMEM;
	fputs(shown, out);
	return 0;
}

/* As in its identity: NAME.0xADDRESS~N. A name may hold any byte. */
static int say_channel(FILE *out, const struct change *change,
		       const struct render_options *options)
{
	const struct channel *channel = &sentence_device(change)->channel;
	int r = sentence_name(out, channel->name, options);

	fputs(strrchr(change->identity, '.'), out);
	return r;
}

/* Short, and known from boot to boot; processors and virtio devices by their number. */
static int say_device(FILE *out, const struct change *change,
		      const struct render_options *options)
{
	const struct device *device = sentence_device(change);

	if (device->kind == KIND_CHANNEL && device->channel.name)
		return say_channel(out, change, options);
	if (device->kind == KIND_VDEV)
		return say(out, strrchr(change->identity, '/') + 1, options);
	return sentence_name(out, device->name, options);
}

static int say_devices(FILE *out, const struct group *group)
{
	size_t shown = group->count <= NAMES_MAX + 1 ? group->count : NAMES_MAX;
	int r = 0;

	for (size_t i = 0; i < shown && r == 0; i++) {
		if (i > 0)
			fputs(i + 1 == group->count ? " and " : ", ", out);
		r = say_device(out, group->changes[i], group->options);
	}
	if (shown < group->count)
		fprintf(out, " and %zu more", group->count - shown);
	return r;
}

/* What is a child of the same parent as before came along with what moved. */
static void count_below(const struct group *group, const struct device *device,
			size_t counts[KIND_COUNT_])
{
	tree_foreach_child (child, device) {
		if (group->newcomers[child - group->diff->after->devices])
			continue;
		counts[child->kind]++;
		count_below(group, child, counts);
	}
}

int sentence_newcomers(const struct diff *diff, bool **ret)
{
	bool *newcomers = calloc(diff->after->count + 1, sizeof(*newcomers));

	if (!newcomers)
		return -ENOMEM;
	for (size_t i = 0; i < diff->count; i++)
		if (diff->changes[i].kind == CHANGE_APPEARED ||
		    diff->changes[i].kind == CHANGE_MOVED)
			newcomers[diff->changes[i].after - diff->after->devices] = true;
	*ret = newcomers;
	return 0;
}

/* "1 vdev, 2 edges and 5 channels", of the kinds that are there. */
static void say_counts(FILE *out, const size_t counts[KIND_COUNT_])
{
	static const struct {
		enum kind kind;
		const char *noun;
	} nouns[] = {
		{ KIND_REMOTEPROC, "remote processor" },
		{ KIND_VDEV, "vdev" },
		{ KIND_VIRTIO, "virtio device" },
		{ KIND_EDGE, "edge" },
		{ KIND_CHANNEL, "channel" },
	};
	size_t left = 0;
	const char *before = "";

	for (size_t i = 0; i < ARRAY_SIZE(nouns); i++)
		left += counts[nouns[i].kind] > 0;
	for (size_t i = 0; i < ARRAY_SIZE(nouns); i++) {
		size_t count = counts[nouns[i].kind];

		if (count == 0)
			continue;
		left--;
		fprintf(out, "%s%zu %s%s", before, count, nouns[i].noun,
			count == 1 ? "" : "s");
		before = left == 1 ? " and " : ", ";
	}
}

static void say_company(FILE *out, const struct group *group)
{
	size_t counts[KIND_COUNT_] = { 0 };

	for (size_t i = 0; i < group->count; i++)
		count_below(group, group->changes[i]->after, counts);
	if (counts[KIND_VIRTIO] + counts[KIND_EDGE] + counts[KIND_CHANNEL] == 0)
		return;
	fprintf(out, ", and with %s ", group->count == 1 ? "it" : "them");
	counts[KIND_REMOTEPROC] = counts[KIND_VDEV] = 0;
	say_counts(out, counts);
}

static int say_moved(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	int r = say_devices(out, group);

	fputs(" moved from ", out);
	if (r == 0)
		r = say(out, first->before_text ? first->before_text : "nowhere",
			group->options);
	fputs(" to ", out);
	if (r == 0)
		r = say(out, first->after_text ? first->after_text : "nowhere",
			group->options);
	say_company(out, group);
	return r;
}

/* What the change means for rproc_get_by_child(): the words of the fix. */
static int say_verdict(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	bool one = group->count == 1;
	bool found = first->after->verdict == VERDICT_OK;
	bool lost = first->before->verdict == VERDICT_OK;
	int r = say_devices(out, group);

	fprintf(out, " %s %s, and %s %s now", one ? "was" : "were", first->before_text,
		one ? "is" : "are", first->after_text);
	if (!found && !lost)
		return r;
	fprintf(out, ": rproc_get_by_child() returned %s for %s, and ",
		lost ? "the remote processor" : "NULL", one ? "it" : "them");
	if (!found) {
		fputs("returns NULL now", out);
		return r;
	}
	fputs("finds ", out);
	return r < 0 ? r : sentence_name(out, owner_name(first), group->options);
}

/* A virtio device and its vdev are one thing; the kernel's own channels are none. */
static bool is_counted(const struct device *device)
{
	return device->kind != KIND_VIRTIO
		       ? device->kind != KIND_CHANNEL || !device->channel.service
		       : !device->parent || device->parent->kind != KIND_VDEV;
}

/* A processor with all that it had is told in numbers; a few devices by their names. */
static bool is_whole_processor(const struct group *group, size_t counts[KIND_COUNT_])
{
	for (size_t i = 0; i < group->count; i++) {
		const struct device *device = sentence_device(group->changes[i]);

		counts[device->kind] += is_counted(device);
	}
	if (counts[KIND_VDEV] == 0) {
		counts[KIND_VDEV] = counts[KIND_VIRTIO];
		counts[KIND_VIRTIO] = 0;
	}
	return counts[KIND_REMOTEPROC] > 0 && group->count > 1;
}

static int say_presence(FILE *out, const struct group *group)
{
	size_t counts[KIND_COUNT_] = { 0 };
	bool whole = is_whole_processor(group, counts);
	bool one = group->count == 1;
	int r = 0;

	if (whole) {
		say_counts(out, counts);
		one = counts[KIND_REMOTEPROC] + counts[KIND_VDEV] + counts[KIND_VIRTIO] +
			      counts[KIND_EDGE] + counts[KIND_CHANNEL] ==
		      1;
	} else {
		r = say_devices(out, group);
	}
	fputs(one ? " is " : " are ", out);
	fputs(group->changes[0]->kind == CHANGE_WENT ? "gone" : "new", out);
	return r;
}

static int say_driver(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	int r = say_devices(out, group);

	fputs(group->count == 1 ? " is bound to " : " are bound to ", out);
	if (r == 0)
		r = say(out, first->after_text ? first->after_text : "no driver",
			group->options);
	fputs(group->count == 1 ? ", was to " : ", were to ", out);
	return r < 0 ? r
		     : say(out, first->before_text ? first->before_text : "no driver",
			   group->options);
}

static int say_state(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	int r = say_devices(out, group);

	fputs(group->count == 1 ? " is " : " are ", out);
	if (r == 0)
		r = say(out, first->after_text, group->options);
	fputs(group->count == 1 ? ", was " : ", were ", out);
	return r < 0 ? r : say(out, first->before_text, group->options);
}

/* The names of changes are for scripts. */
static const char *const words[CHANGE_COUNT_] = {
	[CHANGE_FIRMWARE_FILE] = "its firmware file",
	[CHANGE_NODE] = "its node in /dev",
	[CHANGE_OVERRIDE] = "driver_override",
};

static int say_fact(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	int r = say_devices(out, group);

	fprintf(out, ": %s is ",
		words[first->kind] ? words[first->kind] : change_name(first->kind));
	if (r == 0)
		r = say(out, *first->after_text ? first->after_text : "empty",
			group->options);
	fputs(", was ", out);
	return r < 0 ? r
		     : say(out, *first->before_text ? first->before_text : "empty",
			   group->options);
}

/* "0, 28": the file has one digit for each bit, the lowest first. */
static void say_bits(FILE *out, const char *digits)
{
	const char *between = "";

	for (size_t i = 0; digits[i]; i++)
		if (digits[i] == '1') {
			fprintf(out, "%s%zu", between, i);
			between = ", ";
		}
	if (*between == '\0')
		fputs("none", out);
}

static int say_features(FILE *out, const struct group *group)
{
	const struct change *first = group->changes[0];
	int r = say_devices(out, group);

	fputs(": feature bits are ", out);
	say_bits(out, first->after_text);
	fputs(", were ", out);
	say_bits(out, first->before_text);
	return r;
}

static int (*const sentences[CHANGE_COUNT_])(FILE *out, const struct group *group) = {
	[CHANGE_APPEARED] = say_presence, [CHANGE_WENT] = say_presence,
	[CHANGE_MOVED] = say_moved,       [CHANGE_VERDICT] = say_verdict,
	[CHANGE_BOUND] = say_driver,      [CHANGE_UNBOUND] = say_driver,
	[CHANGE_DRIVER] = say_driver,     [CHANGE_STATE] = say_state,
	[CHANGE_FEATURES] = say_features,
};

int sentence_write(FILE *out, const struct group *group)
{
	enum change_kind kind = group->changes[0]->kind;

	return (sentences[kind] ? sentences[kind] : say_fact)(out, group);
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

int sentence_compare(const struct change *a, const struct change *b)
{
	int order = (a->kind > b->kind) - (a->kind < b->kind);

	if (order || a->kind == CHANGE_APPEARED || a->kind == CHANGE_WENT)
		return order;
	order = compare_texts(a->before_text, b->before_text);
	if (order == 0)
		order = compare_texts(a->after_text, b->after_text);
	return order ? order : compare_texts(owner_name(a), owner_name(b));
}
