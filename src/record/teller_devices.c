// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Vdevs and virtio devices, as the log has them come and go. Who owns a vdev:
 * v4.10 to v6.0 say so in its name or prefix; an rproc-virtio.* belongs to the processor
 * that was being started, if that was only one. Whatever a processor owns goes when it
 * stops.
 */

#include <errno.h>

#include "cleanup.h"
#include "teller.h"

/* The list that a vdev or virtio device is in, by its owner. */
static size_t *vdev_list(struct teller *teller, size_t owner)
{
	return owner == NO_PROCESSOR ? &teller->first_stray_vdev
				     : &teller->states[owner].first_vdev;
}

static size_t *virtio_list(struct teller *teller, size_t owner)
{
	return owner == NO_PROCESSOR ? &teller->first_stray_virtio
				     : &teller->states[owner].first_virtio;
}

static void end_channels(struct history *history, struct log_virtio *virtio)
{
	size_t i = virtio->first_channel_;

	for (; i != NO_DEVICE; i = history->channels[i].next_)
		history->channels[i].gone = true;
	virtio->first_channel_ = NO_DEVICE;
}

static void end_list(struct teller *teller, size_t owner)
{
	struct history *history = teller->history;
	size_t *vdevs = vdev_list(teller, owner), *virtios = virtio_list(teller, owner);

	for (size_t i = *vdevs; i != NO_DEVICE; i = history->vdevs[i].next_)
		history->vdevs[i].gone = true;
	for (size_t i = *virtios; i != NO_DEVICE; i = history->virtios[i].next_) {
		history->virtios[i].gone = true;
		end_channels(history, &history->virtios[i]);
	}
	*vdevs = NO_DEVICE;
	*virtios = NO_DEVICE;
}

/* Where nothing runs any more, what belonged to nobody known is gone, too. */
void teller_take_away(struct teller *teller, size_t processor)
{
	end_list(teller, processor);
	if (teller->up.count == 0 && teller->starting.count == 0)
		end_list(teller, NO_PROCESSOR);
}

static struct log_vdev *find_vdev(struct teller *teller, struct span device)
{
	struct history *history = teller->history;
	size_t place = index_find(&teller->vdevs, device);
	struct log_vdev *vdevs;

	if (place != NO_INDEX && !history->vdevs[place].gone)
		return &history->vdevs[place];
	vdevs = teller_grow(history->vdevs, history->vdev_count, sizeof(*vdevs));
	if (!vdevs)
		return NULL;
	history->vdevs = vdevs;
	place = history->vdev_count;
	vdevs[place] = (struct log_vdev){ .owner = NO_PROCESSOR,
					  .line = teller->line,
					  .next_ = NO_DEVICE };
	vdevs[place].device = teller_text(teller, device);
	if (!vdevs[place].device || index_set(&teller->vdevs, device, place) < 0)
		return NULL;
	history->vdev_count++;
	return &vdevs[place];
}

struct log_virtio *teller_find_virtio(struct teller *teller, struct span name)
{
	struct history *history = teller->history;
	size_t place = index_find(&teller->virtios, name);
	struct log_virtio *virtios;

	if (place != NO_INDEX && !history->virtios[place].gone)
		return &history->virtios[place];
	virtios = teller_grow(history->virtios, history->virtio_count, sizeof(*virtios));
	if (!virtios)
		return NULL;
	history->virtios = virtios;
	place = history->virtio_count;
	virtios[place] = (struct log_virtio){
		.vdev = NO_DEVICE,
		.owner = NO_PROCESSOR,
		.online_line = NO_LINE,
		.line = teller->line,
		.first_channel_ = NO_DEVICE,
		.next_ = teller->first_stray_virtio,
	};
	virtios[place].name = teller_text(teller, name);
	if (!virtios[place].name || index_set(&teller->virtios, name, place) < 0)
		return NULL;
	history->virtio_count++;
	teller->first_stray_virtio = place;
	return &virtios[place];
}

/* Who owns X#vdevNbuffer: remoteprocN itself, or the processor of the platform device X.
 */
static int own_by_name(struct teller *teller, struct log_vdev *vdev, struct span device)
{
	const char *hash = memchr(device.start, '#', device.size);
	struct span above;

	if (!hash)
		return 0;
	above = (struct span){ device.start, (size_t)(hash - device.start) };
	if (span_starts(above, "remoteproc")) {
		const struct biography *owner = teller_processor(teller, above);

		if (!owner)
			return -ENOMEM;
		vdev->owner = teller_place(teller, owner);
		return 0;
	}
	vdev->parent = teller_text(teller, above);
	vdev->owner = teller_processor_of(teller, &(struct phrase){ .device = above });
	if (vdev->owner == NO_PROCESSOR && teller->starting.count == 1)
		vdev->owner = teller->starting.sum;
	if (vdev->owner == NO_PROCESSOR)
		return vdev->parent ? 0 : -ENOMEM;
	return vdev->parent ? teller_tie(teller, vdev->owner,
					 &(struct phrase){ .device = above })
			    : -ENOMEM;
}

static int own_vdev(struct teller *teller, struct log_vdev *vdev, struct span device)
{
	size_t place = (size_t)(vdev - teller->history->vdevs);
	size_t *list;
	int r;

	if (vdev->listed_)
		return 0;
	r = own_by_name(teller, vdev, device);
	if (r < 0)
		return r;
	if (vdev->owner == NO_PROCESSOR && span_starts(device, "rproc-virtio.") &&
	    teller->starting.count == 1)
		vdev->owner = teller->starting.sum;
	list = vdev_list(teller, vdev->owner);
	vdev->next_ = *list;
	vdev->listed_ = true;
	*list = place;
	return 0;
}

/* Out of the list of those without owner, where a virtio device came when it was named.
 * It is looked for at the head: what is named next is registered next. */
static void own_virtio(struct teller *teller, struct log_virtio *virtio, size_t owner)
{
	struct history *history = teller->history;
	size_t place = (size_t)(virtio - history->virtios);
	size_t *link = &teller->first_stray_virtio;

	if (owner == NO_PROCESSOR)
		return;
	for (int steps = 0; *link != NO_DEVICE && *link != place && steps < 64; steps++)
		link = &history->virtios[*link].next_;
	if (*link != place)
		return;
	*link = virtio->next_;
	virtio->owner = owner;
	virtio->next_ = teller->states[owner].first_virtio;
	teller->states[owner].first_virtio = place;
}

static int take_registered(struct teller *teller, const struct phrase *phrase)
{
	struct log_virtio *virtio = teller_find_virtio(teller, phrase->virtio);
	struct log_vdev *vdev = NULL;
	size_t owner = NO_PROCESSOR;
	int r = 0;

	if (!virtio)
		return -ENOMEM;
	if (virtio->vdev != NO_DEVICE || virtio->owner != NO_PROCESSOR) {
		/* The line of its end is missing: what it had belongs to the past. */
		end_channels(teller->history, virtio);
		virtio->gone = true;
		virtio = teller_find_virtio(teller, phrase->virtio);
		if (!virtio)
			return -ENOMEM;
	}
	virtio->id.known = phrase->number <= UINT32_MAX;
	virtio->id.value = (uint32_t)phrase->number;
	if (index_find(&teller->processors, phrase->device) != NO_INDEX) {
		owner = index_find(&teller->processors, phrase->device);
	} else if (span_has(phrase->device, "#vdev") ||
		   span_starts(phrase->device, "rproc-virtio.")) {
		vdev = find_vdev(teller, phrase->device);
		r = vdev ? own_vdev(teller, vdev, phrase->device) : -ENOMEM;
	}
	if (r < 0)
		return r;
	if (vdev) {
		virtio->vdev = (size_t)(vdev - teller->history->vdevs);
		owner = vdev->owner;
	}
	own_virtio(teller, virtio, owner);
	return 0;
}

static int take_memory(struct teller *teller, const struct phrase *phrase)
{
	struct log_vdev *vdev;
	size_t place;
	int r;

	if (!span_has(phrase->device, "#vdev") &&
	    !span_starts(phrase->device, "rproc-virtio.")) {
		place = teller_processor_of(teller, phrase);
		if (place == NO_PROCESSOR)
			return 0;
		teller_use(teller, teller->line);
		return teller_set_text(teller, &teller->history->processors[place].memory,
				       phrase->node);
	}
	vdev = find_vdev(teller, phrase->device);
	r = vdev ? own_vdev(teller, vdev, phrase->device) : -ENOMEM;
	return r < 0 ? r : teller_set_text(teller, &vdev->memory, phrase->node);
}

/* Whoever says it is virtio_rpmsg_bus, which is bound to it. */
static int take_bus(struct teller *teller, const struct phrase *phrase)
{
	struct log_virtio *virtio;

	if (!span_is_numbered(phrase->device, "virtio")) {
		int r = teller_take_bound(teller, phrase);

		return r == 0 && (phrase->cause == CAUSE_MESSAGE ||
				  phrase->cause == CAUSE_ANNOUNCEMENT)
			       ? teller_add_stray(teller, phrase, NO_PROCESSOR)
			       : r;
	}
	virtio = teller_find_virtio(teller, phrase->device);
	if (!virtio)
		return -ENOMEM;
	if (virtio->online_line == NO_LINE)
		virtio->online_line = teller->line;
	virtio->id.known = true;
	virtio->id.value = 7;
	return phrase->event == EVENT_CHANNEL_TROUBLE
		       ? teller_add_stray(teller, phrase, NO_PROCESSOR)
		       : 0;
}

int teller_take_device(struct teller *teller, const struct phrase *phrase)
{
	switch (phrase->event) {
	case EVENT_VIRTIO_REGISTERED:
		return take_registered(teller, phrase);
	case EVENT_MEMORY_ASSIGNED:
		return take_memory(teller, phrase);
	case EVENT_HOST_ONLINE:
	case EVENT_CHANNEL_TROUBLE:
		return take_bus(teller, phrase);
	case EVENT_CHANNEL_CREATED:
	case EVENT_CHANNEL_DESTROYED:
		return teller_take_created(teller, phrase);
	default:
		return teller_take_bound(teller, phrase);
	}
}
