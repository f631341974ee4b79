// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the kernel log, as people paste it. It names devices, not paths: where a vdev is
 * called X#vdevNbuffer, X is what it hangs from, so its verdict is certain; an
 * rproc-virtio.N says nothing of its parent, so what hangs from that is left out rather
 * than guessed. A platform device that the log does not name is "unknown-of-remoteprocN".
 *
 * Later lines undo earlier ones: the tree is that of the log's end.
 */

#include <errno.h>
#include <string.h>

#include "dmesg_log.h"
#include "names.h"
#include "readers.h"

/* The word of a line that ends where text begins: "remoteproc0" of "remoteproc0: text".
 */
static bool device_before(const char *line, const char *text, char device[NAME_MAX_])
{
	const char *end = text, *start;

	if (end - line < 3 || end[-1] != ' ' || end[-2] != ':')
		return false;
	end -= 2;
	for (start = end; start > line && start[-1] != ' '; start--)
		;
	if (end - start >= NAME_MAX_ || memchr(start, '/', (size_t)(end - start)))
		return false;
	memcpy(device, start, (size_t)(end - start));
	device[end - start] = '\0';
	return *device;
}

/* Adds it, when its name is a processor's. NULL: it is none. */
static struct processor *find_processor(struct told *log, const char *device)
{
	for (size_t i = 0; i < log->processor_count; i++)
		if (strcmp(log->processors[i].device, device) == 0)
			return &log->processors[i];
	if (!name_is_remoteproc(device) || log->processor_count == MANY)
		return NULL;
	strcpy(log->processors[log->processor_count].device, device);
	return &log->processors[log->processor_count++];
}

/* When it stops, all that it had goes, and so it is if the log has no line of that. */
static void take_away(struct told *log, const struct processor *processor)
{
	for (size_t i = 0; i < log->vdev_count; i++) {
		struct vdev *vdev = &log->vdevs[i];
		size_t size = strcspn(vdev->device, "#");

		if (strncmp(vdev->device, processor->device, size) == 0 ||
		    strncmp(vdev->device, processor->name, size) == 0)
			vdev->gone = true;
	}
}

static void copy_word(char to[NAME_MAX_], const char *from, const char *end)
{
	snprintf(to, NAME_MAX_, "%.*s", (int)strcspn(from, end), from);
}

static void take_state(struct told *log, struct processor *processor, const char *text)
{
	static const struct {
		const char *begin;
		const char *has;
		const char *state;
	} words[] = {
		{ "remote processor ", " is now up", "running" },
		{ "remote processor ", " is now attached", "attached" },
		{ "stopped remote processor ", "", "offline" },
		{ "crash detected in ", "", "crashed" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strncmp(text, words[i].begin, strlen(words[i].begin)) != 0 ||
		    !strstr(text, words[i].has))
			continue;
		processor->state = words[i].state;
		copy_word(processor->name, text + strlen(words[i].begin), " :");
		if (strcmp(words[i].state, "offline") == 0)
			take_away(log, processor);
	}
	if (strncmp(text, "Booting fw image ", 17) == 0)
		copy_word(processor->firmware, text + 17, ",");
	if (strstr(text, " is available"))
		copy_word(processor->name, text, " ");
}

static void take_vdev(struct told *log, const char *device, const char *text)
{
	struct vdev *vdev = &log->vdevs[log->vdev_count];
	char virtio[24], above[NAME_MAX_];
	unsigned int id;

	if (sscanf(text, "registered %23s (type %u)", virtio, &id) != 2 ||
	    !name_is_virtio(virtio))
		return;
	if (!strstr(device, "#vdev")) {
		log->unplaced++;
		return;
	}
	for (size_t i = 0; i < log->vdev_count; i++)
		if (strcmp(log->vdevs[i].device, device) == 0)
			vdev = &log->vdevs[i];
	if (vdev == &log->vdevs[MANY])
		return;
	log->vdev_count += vdev == &log->vdevs[log->vdev_count];
	copy_word(above, device, "#");
	find_processor(log, above);
	*vdev = (struct vdev){ .id = id };
	strcpy(vdev->device, device);
	strcpy(vdev->virtio, virtio);
}

/* "creating channel NAME addr 0x32": NAME may have blanks. */
static void take_channel(struct told *log, const char *virtio, const char *text,
			 bool gone)
{
	const char *name =
		text + strlen(gone ? "destroying channel " : "creating channel ");
	const char *end = NULL;
	struct channel channel = { .gone = gone };

	for (const char *at = strstr(name, " addr 0x"); at;
	     at = strstr(at + 1, " addr 0x"))
		end = at;
	if (!end || end - name >= NAME_MAX_ ||
	    sscanf(end, " addr %x", &channel.address) != 1)
		return;
	memcpy(channel.name, name, (size_t)(end - name));
	strcpy(channel.virtio, virtio);
	for (size_t i = 0; i < log->channel_count; i++) {
		struct channel *old = &log->channels[i];

		if (strcmp(old->virtio, virtio) == 0 &&
		    strcmp(old->name, channel.name) == 0 &&
		    old->address == channel.address)
			old->gone = true;
	}
	if (!gone && log->channel_count < ARRAY_SIZE(log->channels))
		log->channels[log->channel_count++] = channel;
}

/* What a line of this field says, behind the device's name. */
static const char *const phrases[] = {
	"remote processor ",   "stopped remote processor ", "crash detected in ",
	"Booting fw image ",   "registered virtio",         "creating channel ",
	"destroying channel ",
};

static const char *find_phrase(const char *line, char device[NAME_MAX_])
{
	const char *available = strstr(line, " is available");

	for (size_t i = 0; i < ARRAY_SIZE(phrases); i++) {
		const char *text = strstr(line, phrases[i]);

		if (text && device_before(line, text, device))
			return text;
	}
	for (; available && available > line && available[-1] != ' '; available--)
		;
	return available && device_before(line, available, device) &&
			       name_is_remoteproc(device)
		       ? available
		       : NULL;
}

static bool is_line(const struct line *line)
{
	char text[512], device[NAME_MAX_];

	if (line->size >= sizeof(text))
		return false;
	memcpy(text, line->bytes, line->size);
	text[line->size] = '\0';
	return find_phrase(text, device) != NULL;
}

bool dmesg_matches(const struct text *text)
{
	return text_any(text, is_line);
}

static void take_line(struct told *log, const char *line)
{
	char device[NAME_MAX_];
	const char *text = find_phrase(line, device);
	struct processor *processor;

	if (!text)
		return;
	if (strncmp(text, "registered ", 11) == 0)
		take_vdev(log, device, text);
	else if (strncmp(text, "creating ", 9) == 0)
		take_channel(log, device, text, false);
	else if (strncmp(text, "destroying ", 11) == 0)
		take_channel(log, device, text, true);
	processor = find_processor(log, device);
	if (processor)
		take_state(log, processor, text);
}

int dmesg_read(struct text *text, struct inventory *inventory, struct notice *notice)
{
	_cleanup_free_ struct told *log = calloc(1, sizeof(*log));
	struct line line;
	int r;

	if (!log)
		return -ENOMEM;
	while (text_next(text, &line))
		take_line(log, line.bytes);
	r = dmesg_log_records(log, inventory);
	if (r == 0 && log->unplaced > 0)
		notice_set(
			notice,
			"%s: %zu virtio devices, with their channels, are left out: the log does not tell what they hang from",
			text->name, log->unplaced);
	return r;
}
