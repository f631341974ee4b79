// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Vdevs, virtio devices and channels, as the log has them come and go. Who owns a vdev:
 * v4.10 to v6.0 say so in its name or prefix; an rproc-virtio.* belongs to the processor
 * that was being started, if that was only one. Whatever a processor owns goes when it
 * stops.
 */

#include <errno.h>
#include <stdio.h>

#include "cleanup.h"
#include "names.h"
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

static struct log_virtio *find_virtio(struct teller *teller, struct span name)
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

	if (vdev->owner != NO_PROCESSOR || vdev->next_ != NO_DEVICE)
		return 0;
	r = own_by_name(teller, vdev, device);
	if (r < 0)
		return r;
	if (vdev->owner == NO_PROCESSOR && span_starts(device, "rproc-virtio.") &&
	    teller->starting.count == 1)
		vdev->owner = teller->starting.sum;
	list = vdev_list(teller, vdev->owner);
	vdev->next_ = *list;
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

	if (owner == NO_PROCESSOR || virtio->owner != NO_PROCESSOR)
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
	struct log_virtio *virtio = find_virtio(teller, phrase->virtio);
	struct log_vdev *vdev = NULL;
	size_t owner = NO_PROCESSOR;
	int r = 0;

	if (!virtio)
		return -ENOMEM;
	if (virtio->vdev != NO_DEVICE || virtio->owner != NO_PROCESSOR) {
		/* The line of its end is missing: what it had belongs to the past. */
		end_channels(teller->history, virtio);
		virtio->gone = true;
		virtio = find_virtio(teller, phrase->virtio);
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

static struct log_channel *find_channel(struct teller *teller, struct span device)
{
	struct history *history = teller->history;
	size_t place = index_find(&teller->channels, device);
	struct log_channel *channels;

	if (place != NO_INDEX && !history->channels[place].gone)
		return &history->channels[place];
	channels =
		teller_grow(history->channels, history->channel_count, sizeof(*channels));
	if (!channels)
		return NULL;
	history->channels = channels;
	place = history->channel_count;
	channels[place] = (struct log_channel){ .virtio = NO_DEVICE,
						.line = teller->line,
						.next_ = NO_DEVICE };
	channels[place].device = teller_text(teller, device);
	if (!channels[place].device || index_set(&teller->channels, device, place) < 0)
		return NULL;
	history->channel_count++;
	return &channels[place];
}

/* Puts a new channel below its parent. */
static int place_channel(struct teller *teller, struct log_channel *channel,
			 struct span parent)
{
	struct log_virtio *virtio;

	if (channel->parent)
		return 0;
	channel->parent = teller_text(teller, parent);
	if (!channel->parent)
		return -ENOMEM;
	if (!name_is_virtio(channel->parent))
		return 0;
	virtio = find_virtio(teller, parent);
	if (!virtio)
		return -ENOMEM;
	channel->virtio = (size_t)(virtio - teller->history->virtios);
	channel->next_ = virtio->first_channel_;
	virtio->first_channel_ = (size_t)(channel - teller->history->channels);
	return 0;
}

/* The name of the device: PARENT.CHANNEL.SRC.DST, '/' written as '!'. virtio announces
 * destinations; a MediaTek SCP gives its own side the number. */
static int channel_device(const struct phrase *phrase, char **ret)
{
	bool virtio = span_starts(phrase->device, "virtio");
	int size = asprintf(
		ret, "%.*s.%.*s.%d.%d", (int)phrase->device.size, phrase->device.start,
		(int)phrase->name.size, phrase->name.size ? phrase->name.start : "",
		virtio ? -1 : (int)phrase->dst, virtio ? (int)phrase->dst : -1);

	if (size < 0)
		return -ENOMEM;
	for (char *at = *ret; *at; at++)
		if (*at == '/')
			*at = '!';
	return 0;
}

static int take_created(struct teller *teller, const struct phrase *phrase)
{
	_cleanup_free_ char *device = NULL;
	struct log_channel *channel;
	bool virtio = span_starts(phrase->device, "virtio");
	int r = channel_device(phrase, &device);

	if (r < 0)
		return r;
	if (phrase->event == EVENT_CHANNEL_DESTROYED) {
		size_t place = index_find(&teller->channels, span_of(device));

		if (place != NO_INDEX)
			teller->history->channels[place].gone = true;
		return 0;
	}
	channel = find_channel(teller, span_of(device));
	if (!channel)
		return -ENOMEM;
	r = teller_set_text(teller, &channel->name, phrase->name);
	channel->has_dst = virtio;
	channel->dst = virtio ? phrase->dst : 0;
	channel->has_src = !virtio;
	channel->src = virtio ? 0 : phrase->dst;
	return r < 0 ? r : place_channel(teller, channel, phrase->device);
}

/* "virtio0" of virtio0.rpmsg-tty.-1.1024, "P:glink-edge" of P:glink-edge.x.-1.-1; size 0:
 * no name of a channel. Edges may have dots in their names, virtio devices have none. */
static struct span channel_parent(struct span device)
{
	static const char *const edges[] = { ":glink-edge.", ":smd-edge." };
	_cleanup_free_ char *name = strndup(device.start, device.size);
	struct channel_name parts;
	const char *dot;

	if (!name || !name_parse_channel(name, &parts))
		return (struct span){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(edges); i++) {
		const char *edge = strstr(name, edges[i]);

		if (edge)
			return (struct span){
				device.start, (size_t)(edge - name) + strlen(edges[i]) - 1
			};
	}
	dot = strchr(name, '.');
	if (strncmp(name, "virtio", 6) != 0 || !dot)
		return (struct span){ 0 };
	return (struct span){ device.start, (size_t)(dot - name) };
}

/* A driver that speaks of a channel is bound to it, unless it says that it is not. */
static int take_bound(struct teller *teller, const struct phrase *phrase)
{
	struct span parent =
		phrase->device.size ? channel_parent(phrase->device) : (struct span){ 0 };
	const char *colon;
	struct log_channel *channel;
	int r;

	if (parent.size == 0)
		return 0;
	channel = find_channel(teller, phrase->device);
	r = channel ? place_channel(teller, channel, parent) : -ENOMEM;
	if (r == 0 && phrase->event != EVENT_PROBE_FAILED &&
	    phrase->event != EVENT_DEFERRED && !span_is(phrase->driver, "rpmsg"))
		r = teller_set_text(teller, &channel->driver, phrase->driver);
	if (r < 0)
		return r;
	if (phrase->event == EVENT_CHANNEL_NODE)
		return teller_set_text(teller, &channel->node, phrase->node);
	if (phrase->event != EVENT_CHANNEL_BOUND)
		return 0;
	channel->has_src = channel->has_dst = true;
	channel->src = phrase->src;
	channel->dst = phrase->dst;
	colon = phrase->text.size ? memmem(phrase->text.start, phrase->text.size, ": ", 2)
				  : NULL;
	if (!colon)
		return 0;
	return teller_set_text(
		teller, &channel->node,
		span_from(phrase->text, (size_t)(colon - phrase->text.start) + 2));
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

int teller_take_device(struct teller *teller, const struct phrase *phrase)
{
	struct log_virtio *virtio;

	switch (phrase->event) {
	case EVENT_VIRTIO_REGISTERED:
		return take_registered(teller, phrase);
	case EVENT_MEMORY_ASSIGNED:
		return take_memory(teller, phrase);
	case EVENT_HOST_ONLINE:
		virtio = find_virtio(teller, phrase->device);
		if (!virtio)
			return -ENOMEM;
		virtio->online_line = teller->line;
		virtio->id.known = true;
		virtio->id.value = 7;
		return 0;
	case EVENT_CHANNEL_CREATED:
	case EVENT_CHANNEL_DESTROYED:
		return take_created(teller, phrase);
	default:
		return take_bound(teller, phrase);
	}
}
