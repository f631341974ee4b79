// SPDX-License-Identifier: GPL-2.0-or-later
#include "picture.h"

#include <errno.h>
#include <linux/rpmsg.h>
#include <string.h>

#include "escape.h"

/* Of what has no problem and no verdict; the styles of statuses stand in mark.c. */
static const struct box_style bus = { "bus", "#e9ecef", "#60707f" };
static const struct box_style running = { "running", "#cfe0f5", "#2b5c9e" };

const struct box_style *picture_style_at(size_t number)
{
	const struct box_style *const styles[] = {
		&bus,
		&running,
		&marks[STATUS_INFO].box,
		&marks[STATUS_PASS].box,
		&marks[STATUS_WARN].box,
		&marks[STATUS_FAIL].box,
	};

	return number < ARRAY_SIZE(styles) ? styles[number] : NULL;
}

/* A vdev has no verdict of its own: it is lost when what is below it is. */
static bool has_lost_child(const struct device *device)
{
	tree_foreach_child (child, device)
		if (mark_status_of(child->verdict) == STATUS_FAIL)
			return true;
	return false;
}

const struct box_style *picture_style(const struct device *device,
				      const struct finding *worst)
{
	if (worst && finding_is_problem(worst))
		return &marks[worst->status].box;
	if (device->kind == KIND_VDEV && has_lost_child(device))
		return &marks[STATUS_FAIL].box;
	if (device->kind == KIND_BUS_DEVICE)
		return &bus;
	if (device->kind == KIND_REMOTEPROC)
		return remoteproc_runs(device) ? &running : &marks[STATUS_INFO].box;
	return device->verdict == VERDICT_OK && !worst ? &marks[STATUS_PASS].box
						       : &marks[STATUS_INFO].box;
}

/* The vdev is what moved; a flagged device without vdev points for itself. */
bool picture_is_lost(const struct device *device)
{
	if (!device->owner || device_ancestor(device, KIND_REMOTEPROC))
		return false;
	if (device->kind == KIND_VDEV)
		return true;
	/* An owner is found by the parent. */
	return device_is_flagged(device) && !device_ancestor(device, KIND_VDEV) &&
	       !device_is_flagged(device->parent);
}

/* "belongs below remoteproc0"; beside it by design: "beside remoteproc0". */
static char *place_of(const struct device *device, unsigned int flags)
{
	_cleanup_free_ char *owner = escape_string(device->owner->name, flags);
	char *place;

	if (!owner ||
	    asprintf(&place, "%s %s",
		     device->verdict == VERDICT_BESIDE ? "beside" : "belongs below",
		     owner) < 0)
		return NULL;
	return place;
}

/* "running", "crashed", "running, no vdev" */
static char *state_of(const struct device *device, const char *brief, unsigned int flags)
{
	const char *state = device->remoteproc.state_word;
	_cleanup_free_ char *word = escape_string(state, flags);
	char *text;

	if (!word)
		return NULL;
	if (!brief || (state && strcmp(state, brief) == 0))
		return steal(word);
	return asprintf(&text, "%s%s%s", word, *word ? ", " : "", brief) < 0 ? NULL
									     : text;
}

/* A new string, what is said below the name. NULL: out of memory. */
static char *said_of(const struct device *device, const struct finding *worst,
		     unsigned int flags)
{
	const char *brief = NULL;

	if (worst && finding_is_problem(worst))
		brief = worst->brief;
	if (picture_is_lost(device))
		return place_of(device, flags);
	if (device->kind == KIND_REMOTEPROC)
		return state_of(device, brief, flags);
	if (brief || device_is_flagged(device))
		return strdup(brief ? brief : sure(verdict_name(device->verdict)));
	return escape_string(device->kind == KIND_BUS_DEVICE ? NULL : device->driver,
			     flags);
}

static void print_address(char *to, size_t size, const struct device *device, bool ascii)
{
	const struct number *dst = &device->channel.dst;

	*to = '\0';
	if (device->kind == KIND_CHANNEL && dst->known && dst->value != RPMSG_ADDR_ANY)
		snprintf(to, size, ascii ? " -> 0x%x" : " → 0x%x", dst->value);
}

char *picture_label(const struct device *device, const struct finding *worst,
		    const struct render_options *options)
{
	unsigned int flags = options->ascii ? ESCAPE_ASCII : 0;
	bool named = device->kind == KIND_CHANNEL && device->channel.name;
	_cleanup_free_ char *name =
		escape_string(named ? device->channel.name : device->name, flags);
	_cleanup_free_ char *said = said_of(device, worst, flags);
	char address[24], *label;

	if (!name || !said)
		return NULL;
	print_address(address, sizeof(address), device, options->ascii);
	if (!named)
		*address = '\0';
	if (asprintf(&label, "%s%s%s%s", name, address, *said ? "\n" : "", said) < 0)
		return NULL;
	return label;
}
