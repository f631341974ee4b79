// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Channels, as they are announced, and as their drivers speak of them.
 */

#include <errno.h>
#include <stdio.h>

#include "cleanup.h"
#include "names.h"
#include "teller.h"

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
	virtio = teller_find_virtio(teller, parent);
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

int teller_take_created(struct teller *teller, const struct phrase *phrase)
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
	char name[512]; /* longer than any name that sysfs takes */
	struct channel_name parts;

	if (!span_copy(device, name, sizeof(name)) || !name_parse_channel(name, &parts))
		return (struct span){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(edges); i++) {
		const char *edge = strstr(name, edges[i]);

		if (edge)
			return (struct span){
				device.start, (size_t)(edge - name) + strlen(edges[i]) - 1
			};
	}
	if (strncmp(name, "virtio", 6) != 0)
		return (struct span){ 0 };
	return (struct span){ device.start, strcspn(name, ".") };
}

/* A driver that speaks of a channel is bound to it, unless it says that it is not. */
int teller_take_bound(struct teller *teller, const struct phrase *phrase)
{
	struct span parent =
		phrase->device.size ? channel_parent(phrase->device) : (struct span){ 0 };
	const char *colon;
	struct log_channel *channel;
	int r;

	/* Before v4.9 a channel is called rpmsgN, which tells no parent. */
	if (parent.size == 0 && (phrase->event != EVENT_CHANNEL_BOUND ||
				 !span_is_numbered(phrase->device, "rpmsg")))
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
